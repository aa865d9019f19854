"""How a work is cited: who made it, when, what it is called, and where it is."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from peru_media.model.source import Document, Episode, Person, Picture, Show
from peru_media.model.value import Value, canonical
from peru_media.rendering.addresses import document_path, page_path
from peru_media.rendering.characters import legal
from peru_media.rendering.voice import Voice
from peru_media.rendering.words import DOCUMENTS, kind_of

__all__ = [
    "GENRES",
    "Name",
    "Work",
    "citation_text",
    "cited_document",
    "cited_episode",
    "csl_json",
    "makers",
]

_MAKERS = frozenset(
    {
        "author", "co-host", "co-writer", "contributor", "guest", "guest host",
        "guest writer", "host", "interviewee", "interviewer", "narrator", "presenter",
        "reporter", "researcher", "storyteller", "writer",
    }
)  # fmt: skip
_TYPES = {"audio": "broadcast", "video": "motion_picture", "pdf": "report"}
GENRES = {"audio": "Audio podcast episode", "video": "Video", "pdf": "PDF"}


class Name(Value):
    """Somebody as a citation names them.

    ``family`` and ``given`` alone where they were written so (``Fox, Chris``): which
    part of a public name is which, nobody but its bearer knows.
    """

    text: str
    family: str = ""
    given: str = ""


class Work(Value):
    """A published work, as citations name it.

    Attributes:
        key: its name in addresses. kind: ``audio``, ``video`` or ``pdf``.
        genre: what it is, in English. by: who made it.
        issued: year, month and day; or the year alone; or nothing.
        within: title of its show. address: of its page, whole.
        picture: what stands for it where it is embedded.
    """

    key: str
    kind: Literal["audio", "video", "pdf"]
    genre: str
    title: str
    by: tuple[Name, ...]
    issued: tuple[int, ...]
    within: str
    publisher: str
    address: str
    doi: str | None = None
    language: str
    pages: int | None = None
    licence: str | None = None
    abstract: str | None = None
    picture: Picture | None = None


def cited_episode(
    episode: Episode, show: Show, *, organisation: str, base_url: str
) -> Work:
    """An episode as a work: made by those who speak or write in it.

    Where nobody is named, by the show's author, or by the organisation.
    """
    kind, licence = kind_of(episode.enclosure.media_type), _licence(episode, show)
    named = _named(episode.people) or _named(show.people)
    day = episode.published.astimezone(ZoneInfo(show.timezone)).date()
    return Work(
        key=episode.slug,
        kind=kind,
        genre=GENRES[kind],
        title=episode.title,
        by=named or _house(show, organisation),
        issued=(day.year, day.month, day.day),
        within=show.title,
        publisher=organisation,
        address=base_url + page_path(episode),
        doi=episode.doi,
        language=episode.language,
        pages=episode.enclosure.pages,
        licence=licence,
        abstract=episode.subtitle,
        picture=episode.picture or show.picture,
    )


def cited_document(
    document: Document, show: Show, language: str, *, organisation: str, base_url: str
) -> Work:
    """A document as a work: by its authors, of its year, both only as given."""
    return Work(
        key=document.name,
        kind="pdf",
        genre=document.kind,
        title=document.title,
        by=tuple(_written(one) for one in document.authors)
        or _house(show, organisation),
        issued=(document.year,) if document.year else (),
        within=show.title,
        publisher=organisation,
        address=base_url + document_path(show.slug, document.name),
        doi=document.doi,
        language=language,
        pages=document.pages,
        licence=document.licence.url if document.licence else None,
    )


def citation_text(work: Work, voice: Voice) -> str:
    """Cite a work in one line, but for its address, in the words of a language."""
    usual = work.genre in DOCUMENTS or work.genre in GENRES.values()
    genre = voice.text(work.genre) if usual else work.genre
    parts = [f"{_names(work)} ({_when(work, voice)})"]
    parts.append(f"{work.title.rstrip('.')} [{genre[:1].upper()}{genre[1:]}]")
    parts.append(voice.text("In %(title)s", title=work.within))
    if [work.publisher] != [name.text for name in work.by]:
        parts.append(work.publisher)
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts)


def makers(people: Iterable[Person]) -> list[Person]:
    """Those who made a work by what they say or write, and not by helping with it."""
    return [person for person in people if person.role.casefold() in _MAKERS]


def csl_json(work: Work) -> bytes:
    """Write a work as CSL-JSON, the form of which others are made.

    A list of one item, by the schema of citationstyles.org 1.0.2; what an embedding
    page shows of it stands in ``custom``.
    """
    item: dict[str, Any] = {
        "id": work.key,
        "type": _TYPES[work.kind],
        "genre": work.genre,
        "title": work.title,
        "author": [_csl_name(name) for name in work.by],
        "container-title": work.within,
        "publisher": work.publisher,
        "URL": work.address,
        "language": work.language,
        "custom": {"kind": work.kind},
    }
    if work.issued:
        item["issued"] = {"date-parts": [list(work.issued)]}
    further = {"DOI": work.doi, "license": work.licence, "abstract": work.abstract}
    item |= {name: text for name, text in further.items() if text}
    if work.pages:
        item["number-of-pages"] = str(work.pages)
    if work.picture is not None:
        fields = {"address", "width", "height"}
        item["custom"]["picture"] = work.picture.model_dump(include=fields)
    return canonical([_clean(item)])


def _named(people: Iterable[Person]) -> tuple[Name, ...]:
    names = dict.fromkeys(person.name for person in makers(people))
    return tuple(Name(text=name) for name in names)


def _house(show: Show, organisation: str) -> tuple[Name, ...]:
    return (Name(text=show.author or organisation),)


def _written(author: str) -> Name:
    family, comma, given = (part.strip() for part in author.partition(","))
    if comma and family and given and "," not in given:
        return Name(text=author, family=family, given=given)
    return Name(text=author)


def _licence(episode: Episode, show: Show) -> str | None:
    licence = episode.licence or show.licence
    return licence.url if licence else None


def _clean(value: object) -> object:
    """The same in one line each, without characters that nothing could show."""
    if isinstance(value, str):
        return " ".join(legal(value).split())
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return value


def _csl_name(name: Name) -> dict[str, str]:
    if name.family:
        return {"family": name.family, "given": name.given}
    return {"literal": name.text}


def _names(work: Work) -> str:
    names = [name.text for name in work.by]
    between = "; " if any("," in name for name in names) else ", "
    return between.join(names)


def _when(work: Work, voice: Voice) -> str:
    if not work.issued:
        return voice.text("no date")
    if len(work.issued) == 1:
        return str(work.issued[0])
    return voice.date(date(*work.issued))
