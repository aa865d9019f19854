"""What others take of an episode: the player for their pages, and its citation."""

from datetime import datetime
from functools import partial

from peru_media.model.release import Version
from peru_media.model.source import Episode, Show
from peru_media.rendering.addresses import cite_path, embed_path, page_path
from peru_media.rendering.citation import Work, csl_json
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.press import Press
from peru_media.rendering.share_pages import embed_page
from peru_media.rendering.views import Imprint, episode_frame
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
    inputs, imprint = press.framed(episode, show), press.imprint
    found = {}
    for voice in press.voices:
        found[voice.path(embed_path(episode))] = press.leaf(
            "embed",
            *inputs,
            voice.language.encode(),
            make=partial(_embedded, imprint, episode, show, voice),
            of=episode,
            since=since,
        )
    make = partial(_cited, imprint, episode, show)
    made = press.leaf("citation", *inputs, make=make, of=episode, since=since)
    return found | {cite_path(page_path(episode)): made}


def cited(press: Press, work: Work, *, of: Episode | None, since: datetime) -> Version:
    """The citation of a work: of a show's document, or of one of its episodes."""
    make = partial(csl_json, work)
    inputs = work.fingerprint.encode()
    return press.leaf("citation", inputs, make=make, of=of, since=since)


def _embedded(imprint: Imprint, episode: Episode, show: Show, voice: Voice) -> bytes:
    frame = episode_frame(episode, show, Ways(), imprint=imprint)
    return embed_page(imprint, frame, episode, voice=voice)


def _cited(imprint: Imprint, episode: Episode, show: Show) -> bytes:
    return csl_json(episode_frame(episode, show, Ways(), imprint=imprint).work)
