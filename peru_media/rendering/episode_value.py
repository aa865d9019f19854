"""From what staff wrote of an episode to its public value."""

from collections.abc import Container
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from peru_media.model.address import (
    extension,
    media_key,
    media_path,
)
from peru_media.model.chapters import chapters_of
from peru_media.model.contents import captions_of, cover_of, transcript_of
from peru_media.model.enclosure import Enclosure
from peru_media.model.files import (
    ChapterField,
    EpisodeFile,
)
from peru_media.model.podcast import PodcastEpisode
from peru_media.model.site import Written
from peru_media.model.sound import waveform
from peru_media.model.source import (
    Chapter,
    Document,
    Episode,
    Soundbite,
    Transcript,
)
from peru_media.model.transcripts import SUBTITLES
from peru_media.model.value import digest
from peru_media.rendering.choice import Chosen
from peru_media.rendering.gallery import hung_episode
from peru_media.rendering.papers import Binder
from peru_media.rendering.workshop import Workshop

__all__ = ["episode_value"]


_AS_WRITTEN = (
    "title", "subtitle", "number", "season", "collection", "type", "content_note",
    "doi", "cite", "redirect_from", "location", "extra",
)  # fmt: skip


def episode_value(
    desk: Workshop, chosen: Chosen, going_out: Container[str], base_url: str
) -> Episode:
    """Make the public value of an episode.

    ``going_out`` are the slugs of all that are published with it: links to others
    would lead nowhere.
    """
    episode, show = chosen.written.value, chosen.show.value
    hang = partial(desk.picture_in, chosen.written)
    said = hung_episode(episode.podcast, hang, base_url=base_url)
    enclosure = _enclosure(desk, chosen)
    return Episode(
        **{name: getattr(episode, name) for name in _AS_WRITTEN},
        id=chosen.id,
        name=chosen.name,
        slug=chosen.written.slug,
        shows=episode.show,
        guid=episode.guid or "",
        published=chosen.published,
        until=chosen.until,
        enclosure=enclosure,
        notes=chosen.written.body,
        language=episode.language or show.language,
        explicit=show.explicit if episode.explicit is None else episode.explicit,
        licence=episode.licence or show.licence,
        people=desk.people(chosen.written, episode.people),
        chapters=tuple(
            _chapter(desk, chosen.written, one)
            for one in chapters_of(chosen.written, desk.facts)
        ),
        **_words(desk, chosen, enclosure),
        documents=_episode_documents(desk, chosen),
        soundbites=tuple(Soundbite(**one.model_dump()) for one in episode.soundbites),
        picture=desk.picture(cover_of(chosen.written), f"Cover of {episode.title}"),
        card=desk.card(chosen.written.path, episode.title),
        stand_in=episode.media.stand_in,
        related=tuple(slug for slug in episode.related if slug in going_out),
        podcast=None if said == PodcastEpisode() else said,
    )


def _words(desk: Workshop, chosen: Chosen, medium: Enclosure) -> dict[str, Any]:
    """What is said, in writing, or why it is not."""
    waiver = chosen.written.value.transcript.waiver
    return {
        "transcript": _transcript(desk, chosen),
        "captions": _captions(desk, chosen, medium),
        "waiver": waiver.reason if waiver else None,
        "waiver_until": waiver.until if waiver else None,
    }


def _episode_documents(desk: Workshop, chosen: Chosen) -> tuple[Document, ...]:
    binder = Binder(
        identity=chosen.id,
        show=chosen.show.slug,
        prefix=f"{chosen.name}-",
        open=chosen.open,
    )
    fields = chosen.written.value.documents
    return binder.bind(fields, desk.copies_of(chosen.written, fields))


def _chapter(
    desk: Workshop, written: Written[EpisodeFile], field: ChapterField
) -> Chapter:
    image = desk.address(written.file(field.image)) if field.image else None
    return Chapter(
        start=field.start,
        end=field.end,
        title=field.title,
        toc=field.toc,
        location=field.location,
        url=field.url,
        image=image,
        image_alt=field.image_alt,
    )


def _enclosure(desk: Workshop, chosen: Chosen) -> Enclosure:
    copied = desk.copies.get(chosen.medium or "")
    if copied is None:
        kept = desk.ledger.episodes[chosen.id].enclosure
        if kept is None:
            msg = f"{chosen.written.path}: neither a recording nor a published copy"
            raise ValueError(msg)
        return _placed(kept, public=chosen.open, waveform=_waveform(desk, chosen))
    master = desk.facts[chosen.medium or ""]
    file_name = f"{chosen.name}.{extension(copied.facts.media_type)}"
    return Enclosure(
        address=media_path(chosen.id, copied.facts.sha256, file_name),
        key=media_key(chosen.id, copied.facts.sha256, file_name, public=chosen.open),
        media_type=copied.facts.media_type,
        size=copied.facts.size,
        sha256=copied.facts.sha256,
        duration=master.duration,
        bit_rate=master.bit_rate,
        pages=master.pages,
        waveform=_waveform(desk, chosen),
    )


def _waveform(desk: Workshop, chosen: Chosen) -> str | None:
    """The hash of the recording's waveform, where it was heard."""
    facts = desk.facts.get(chosen.medium or "")
    return digest(waveform(facts.sound)) if facts and facts.sound else None


def _placed(medium: Enclosure, *, public: bool, waveform: str | None) -> Enclosure:
    """The same medium, where it may lie now: open to anyone, or held.

    It keeps its waveform, for computers decode a recording slightly differently.
    """
    key = f"{'public' if public else 'held'}/{medium.key.partition('/')[2]}"
    own = medium.waveform or waveform
    return medium.model_copy(update={"key": key, "waveform": own})


def _captions(desk: Workshop, chosen: Chosen, medium: Enclosure) -> Transcript | None:
    """What is shown over a film; nobody would see it over sound."""
    facts = desk.facts.get(captions_of(chosen.written) or "")
    if facts is None or facts.media_type not in SUBTITLES.values():
        return None
    if not medium.media_type.startswith("video/"):
        return None
    episode, show = chosen.written.value, chosen.show.value
    return Transcript(
        sha256=facts.sha256,
        media_type=facts.media_type,
        language=episode.language or show.language,
    )


def _transcript(desk: Workshop, chosen: Chosen) -> Transcript | None:
    path = transcript_of(chosen.written)
    if path is None or path not in desk.facts:
        return None
    field = chosen.written.value.transcript
    return Transcript(
        sha256=desk.facts[path].sha256,
        media_type=_TEXT_TYPES[PurePosixPath(path).suffix],
        language=chosen.written.value.language or chosen.show.value.language,
        made_by=field.made_by,
        checked=field.checked.isoformat() if field.checked else None,
    )


_TEXT_TYPES = {
    ".html": "text/html",
    ".json": "application/json",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
}
