"""What others take of an episode: the player for their pages, and its citation."""

from datetime import datetime
from functools import partial

from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import cite_path, embed_path, page_path
from peru_media.rendering.citation import Work, csl_json
from peru_media.rendering.press import Press
from peru_media.rendering.share_pages import embed_page
from peru_media.rendering.views import EpisodeFrame, episode_frame
from peru_media.rendering.voice import Voice

__all__ = ["cited", "shared_paths", "shared_texts"]


def shared_paths(press: Press, episode: Episode) -> list[str]:
    """The addresses of an episode's embedded player, and of its citation."""
    embedded = [voice.path(embed_path(episode)) for voice in press.voices]
    return [*embedded, cite_path(page_path(episode))]


def shared_texts(
    press: Press, episode: Episode, show: Show, *, since: datetime
) -> dict[str, Version]:
    """What these addresses answer."""
    frame = episode_frame(episode, show, [], imprint=press.imprint)
    found = {
        voice.path(embed_path(episode)): _embedded(press, episode, frame, voice, since)
        for voice in press.voices
    }
    path = cite_path(page_path(episode))
    return found | {path: cited(press, frame.work, of=episode, since=since)}


def cited(press: Press, work: Work, *, of: Episode | None, since: datetime) -> Version:
    """The citation of a work, of an episode's or of a show's own document."""
    make = partial(csl_json, work)
    inputs = work.fingerprint.encode()
    return press.leaf("citation", inputs, make=make, of=of, since=since)


def _embedded(
    press: Press,
    episode: Episode,
    frame: EpisodeFrame,
    voice: Voice,
    since: datetime,
) -> Version:
    values = (press.imprint, frame, episode)
    inputs = [value.fingerprint.encode() for value in values]
    make = partial(embed_page, *values, voice=voice)
    language = voice.language.encode()
    return press.leaf("embed", *inputs, language, make=make, of=episode, since=since)
