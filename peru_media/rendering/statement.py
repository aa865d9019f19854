"""What the accessibility statement has to own up to, out of what is published."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from peru_media.model.source import Document, Episode, Show
from peru_media.model.value import Value
from peru_media.rendering.addresses import page_path

__all__ = ["Lack", "Statement", "statement"]


class Lack(Value):
    """Something that not everybody can use: where, in which language it is named.

    ``reason`` and ``until`` where staff gave them.
    """

    path: str
    title: str
    language: str
    reason: str = ""
    until: date | None = None


class Statement(Value):
    """What is not accessible of a site, by kind, and what is newest on it.

    Attributes:
        silent: recordings without a transcript for now.
        unread: transcripts that a machine wrote and nobody checked.
        flat: documents that are not made for screen readers.
        uncaptioned: films without captions.
    """

    silent: tuple[Lack, ...] = ()
    unread: tuple[Lack, ...] = ()
    flat: tuple[Lack, ...] = ()
    uncaptioned: tuple[Lack, ...] = ()
    newest: datetime | None = None


def statement(shows: Iterable[Show], episodes: Iterable[Episode]) -> Statement:
    """Gather what is not accessible among what is out.

    Args:
        shows: those that everybody may find.
        episodes: theirs, once each.
    """
    out = sorted(episodes, key=lambda one: (one.published, one.id))
    said = [(one, one.transcript) for one in out]
    return Statement(
        silent=tuple(_lack(one) for one in out if one.waiver),
        unread=tuple(
            _lack(one)
            for one, words in said
            if words and words.made_by == "machine" and not words.checked
        ),
        flat=tuple(_flat(shows, out)),
        uncaptioned=tuple(
            _lack(one)
            for one, words in said
            if _is_film(one) and not (one.captions or words)
        ),
        newest=out[-1].published if out else None,
    )


def _is_film(episode: Episode) -> bool:
    return episode.enclosure.media_type.startswith("video/")


def _lack(episode: Episode) -> Lack:
    return Lack(
        path=page_path(episode),
        title=episode.title,
        language=episode.language,
        reason=episode.waiver or "",
        until=episode.waiver_until,
    )


def _flat(shows: Iterable[Show], episodes: Iterable[Episode]) -> Iterator[Lack]:
    for language, document in _documents(shows, episodes):
        if document.accessible is False:
            path = document.address.removesuffix(".pdf")
            yield Lack(path=path, title=document.title, language=language)


def _documents(
    shows: Iterable[Show], episodes: Iterable[Episode]
) -> Iterator[tuple[str, Document]]:
    for show in shows:
        for document in show.documents:
            yield show.language, document
    for episode in episodes:
        for document in episode.documents:
            yield episode.language, document
