"""The folder of an imported show or episode, once its files have come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from peru_media.model.address import extension, slug_from
from peru_media.model.alternate import ImageField
from peru_media.model.contents import has_the_name_of_a_medium
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import EpisodeFile, MediaField, PersonField, ShowFile
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.site import Site, Written
from peru_media.publishing.importing.drafts import (
    Draft,
    EpisodeDraft,
    ShowDraft,
    Wanted,
)

__all__ = [
    "Come",
    "file_name",
    "finished_episode",
    "finished_show",
    "is_as_left",
    "lacking",
    "to_fetch",
    "unfit",
]

P = TypeVar("P", PodcastShow, PodcastEpisode)

_MEDIA = {FileKind.AUDIO: "audio", FileKind.VIDEO: "video", FileKind.PDF: "document"}
_TEXTS = {
    "application/json": "json",
    "application/srt": "srt",
    "application/x-subrip": "srt",
    "text/html": "html",
    "text/plain": "txt",
    "text/vtt": "vtt",
}
_PICTURES = {"image/jpeg": "jpg", "image/png": "png"}
_HEAD = 200
_PAGE = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Come:
    """A file that came: where it lies, and what it measurably is."""

    path: Path
    facts: FileFacts


_Files = Mapping[Wanted, Come]


def unfit(wanted: Wanted, come: Come) -> str | None:
    """Say why a file is not what it was fetched as; None where it is."""
    facts = come.facts
    if wanted.role == "medium":
        if facts.kind not in _MEDIA:
            return "what came is no recording, film or PDF"
        return facts.fault
    if wanted.role in {"cover", "person", "chapter", "image"}:
        known = facts.picture is not None and facts.media_type in _PICTURES
        return None if known else "what came is no JPEG or PNG"
    with come.path.open("rb") as file:
        head = file.read(_HEAD).lstrip().lower()
    page = head.startswith(_PAGE) and wanted.media_type != "text/html"
    return "what came is a web page" if page else None


def finished_show(draft: ShowDraft, files: _Files) -> tuple[ShowFile, dict[str, Path]]:
    """Say of the fields which files go with them, and name those files."""
    people, found = _people(draft.value.people, files)
    podcast = _hung(draft.value.podcast, files)
    changed: dict[str, object] = {"people": people, "podcast": podcast}
    for wanted, come in files.items():
        name = file_name(wanted, come.facts)
        if name is not None:
            found[name] = come.path
        if wanted.role == "cover":
            changed["cover"] = name
    return draft.value.model_copy(update=changed), found


def finished_episode(
    draft: EpisodeDraft, files: _Files
) -> tuple[EpisodeFile, dict[str, Path]]:
    """Say of the fields which files go with them, and name those files.

    Without its medium an episode stays a draft.
    """
    people, found = _people(draft.value.people, files)
    podcast = _hung(draft.value.podcast, files)
    changed: dict[str, object] = {"people": people, "podcast": podcast}
    chapters = list(draft.value.chapters)
    for wanted, come in files.items():
        name = file_name(wanted, come.facts)
        if name is None:
            continue
        found[name] = come.path
        if wanted.role == "medium":
            fields = {"file": name, "sha256": come.facts.sha256}
            changed["media"] = draft.value.media.model_copy(update=fields)
        elif wanted.role == "chapter" and wanted.place < len(chapters):
            before = chapters[wanted.place]
            chapters[wanted.place] = before.model_copy(update={"image": name})
    changed["chapters"] = tuple(chapters)
    if "media" not in changed:
        changed["publish"] = "draft"
    return draft.value.model_copy(update=changed), found


def lacking(
    written: Written[EpisodeFile], wanted: Iterable[Wanted]
) -> tuple[Wanted, ...]:
    """The files that the folder of an episode could have and does not."""
    names = [path.removeprefix(written.folder) for path in written.files]
    stems = {name.partition(".")[0] for name in names}
    if any(map(has_the_name_of_a_medium, names)) or written.value.media.file:
        stems.add("medium")
    if written.value.transcript.file:
        stems.add("transcript")
    usual = {"medium", "cover", "transcript"} - stems
    return tuple(one for one in wanted if one.role in usual)


def to_fetch(draft: Draft, site: Site) -> tuple[Wanted, ...]:
    """The files that an import would fetch, each address once."""
    slug = draft.show.slug
    here = {one.slug: one for one in site.episodes_of(slug)}
    every = [] if site.show(slug) else [*draft.show.wanted]
    for one in draft.episodes:
        written = here.get(one.slug)
        every += lacking(written, one.wanted) if written else one.wanted
    return tuple({one.url: one for one in every}.values())


def is_as_left(written: Written[EpisodeFile], draft: EpisodeDraft) -> bool:
    """Whether a folder still is the draft that an import without files made of it."""
    here, there = written.value, draft.value
    return (
        here.publish == "draft" != there.publish
        and _words_of(here) == _words_of(there)
        and written.body.strip() == draft.body.strip()
    )


def _words_of(value: EpisodeFile) -> EpisodeFile:
    """What an item says whose files are not there: all but date, files and pictures."""
    media = MediaField(stand_in=value.media.stand_in)
    people = tuple(one.model_copy(update={"image": None}) for one in value.people)
    bare = {"people": people, "media": media, "publish": "draft"}
    return value.model_copy(
        update={**bare, "chapters": (), "podcast": PodcastEpisode()}
    )


def file_name(wanted: Wanted, facts: FileFacts) -> str | None:
    """The name of a file in the folder of an episode; a person's is given elsewhere."""
    if wanted.role == "medium":
        return f"{_MEDIA[facts.kind]}.{extension(facts.media_type)}"
    if wanted.role == "transcript":
        return f"transcript.{_TEXTS[wanted.media_type or 'text/plain']}"
    number = wanted.place + 1
    stems = {"cover": "cover", "chapter": f"chapters/{number}"}
    stems["image"] = f"images/{number}"
    stem = stems.get(wanted.role)
    return f"{stem}.{_PICTURES[facts.media_type]}" if stem else None


def _hung(said: P, files: _Files) -> P:
    """Pictures by the names of their files; what is measured need not be said."""
    names = {w.place: file_name(w, c.facts) for w, c in files.items() if _is_image(w)}
    images = tuple(
        ImageField(file=names[place], alt=one.alt, purpose=one.purpose)
        if place in names
        else one
        for place, one in enumerate(said.image)
    )
    return said.model_copy(update={"image": images}) if names else said


def _is_image(wanted: Wanted) -> bool:
    return wanted.role == "image"


def _people(
    people: tuple[PersonField, ...], files: _Files
) -> tuple[tuple[PersonField, ...], dict[str, Path]]:
    pictures = {w.place: come for w, come in files.items() if w.role == "person"}
    names = dict(_people_names(people, pictures))
    found = {name: pictures[place].path for place, name in names.items()}
    shown = tuple(
        one.model_copy(update={"image": names.get(place)})
        for place, one in enumerate(people)
    )
    return shown, found


def _people_names(
    people: tuple[PersonField, ...], pictures: Mapping[int, Come]
) -> Iterator[tuple[int, str]]:
    for place, come in pictures.items():
        name = slug_from(people[place].name or "") or "person"
        kind = _PICTURES[come.facts.media_type]
        yield place, f"people/{name}-{place + 1}.{kind}"
