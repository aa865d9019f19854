"""What can be found: every public page that a search may lead to, and its life."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Literal

from peru_media.model.address import show_path
from peru_media.model.release import Utc
from peru_media.model.source import Document, Episode, Person, Show, Source, Transcript
from peru_media.model.value import Value
from peru_media.rendering.addresses import document_path, page_path
from peru_media.rendering.characters import legal
from peru_media.rendering.notes import notes_html, plain_text, shortened

__all__ = ["Findable", "findable"]

_BRIEF = 200


class Findable(Value):
    """A page that a search may lead to, with all that is searched but its speech.

    Attributes:
        id: decides in which block of the search files it lies.
        kind: what it is. path: its public path. language: of its words.
        show: title of the public show that it belongs to; empty for a show.
        shows: slugs of every public show that it belongs to.
        since, until: while it may be found; None for ever.
        notes: Markdown. also: further titles that it is found by.
        chapters: start in seconds, and title.
    """

    id: str
    kind: Literal["show", "episode", "document"]
    path: str
    title: str
    subtitle: str = ""
    language: str
    timezone: str
    show: str = ""
    shows: tuple[str, ...]
    since: Utc | None = None
    until: Utc | None = None
    people: tuple[str, ...] = ()
    notes: str = ""
    also: tuple[str, ...] = ()
    chapters: tuple[tuple[float, str], ...] = ()
    transcript: Transcript | None = None

    @property
    def brief(self) -> str:
        """What it is, in a few words: its subtitle, or how its notes begin."""
        words = self.subtitle or plain_text(notes_html(self.notes, page=""), bullet=" ")
        return shortened(" ".join(legal(words).split()), limit=_BRIEF)


def findable(source: Source, *, at: datetime, until: datetime) -> list[Findable]:
    """List what may be found from a moment up to a horizon, in the order of ids.

    What unlisted and private shows have is not there, nor what has ended, nor
    what comes after the horizon.
    """
    public = {one.slug: one for one in source.shows if one.visibility == "public"}
    hidden = {one.slug for one in source.shows if one.visibility == "private"}
    found = [each for show in public.values() for each in _of_show(show)]
    for episode in source.episodes:
        shows = [public[slug] for slug in episode.shows if slug in public]
        if shows and episode.shows[0] not in hidden and _lives(episode, at, until):
            found += _of_episode(episode, shows)
    return sorted(found, key=lambda one: (one.id, one.path))


def _lives(episode: Episode, at: datetime, until: datetime) -> bool:
    end = episode.until
    return episode.published <= until and (
        end is None or max(at, episode.published) < end
    )


def _of_show(show: Show) -> Iterator[Findable]:
    name = sha256(show.guid.encode()).hexdigest()[:20]
    yield Findable(
        id=name,
        kind="show",
        path=show_path(show.slug),
        title=show.title,
        language=show.language,
        timezone=show.timezone,
        shows=(show.slug,),
        people=_names(show.people),
        notes=show.description,
        also=tuple(one.title for one in show.collections),
    )
    for document in show.documents:
        path = document_path(show.slug, document.name)
        yield _document(document, show, (show.slug,), name=name, path=path)


def _of_episode(episode: Episode, shows: list[Show]) -> Iterator[Findable]:
    show, slugs = shows[0], tuple(one.slug for one in shows)
    collections = {one.name: one.title for each in shows for one in each.collections}
    collection = collections.get(episode.collection or "")
    life = {"since": episode.published, "until": episode.until}
    yield Findable(
        id=episode.id,
        kind="episode",
        path=page_path(episode),
        title=episode.title,
        subtitle=episode.subtitle or "",
        language=episode.language,
        timezone=show.timezone,
        show=show.title,
        shows=slugs,
        people=_names(episode.people),
        notes=episode.notes,
        also=(collection,) if collection else (),
        chapters=tuple((one.start, one.title) for one in episode.chapters if one.toc),
        transcript=episode.transcript,
        **life,
    )
    for document in episode.documents:
        path = document_path(episode.shows[0], document.name)
        found = _document(document, show, slugs, name=episode.id, path=path)
        yield found.model_copy(update={"language": episode.language} | life)


def _document(
    document: Document, show: Show, shows: tuple[str, ...], *, name: str, path: str
) -> Findable:
    return Findable(
        id=name,
        kind="document",
        path=path,
        title=document.title,
        language=show.language,
        timezone=show.timezone,
        show=show.title,
        shows=shows,
        people=document.authors,
        notes=document.summary,
    )


def _names(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people)
