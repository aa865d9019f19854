"""What files say of each other, and what only several of them together tell."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peru_media.model.address import RESERVED, is_slug
from peru_media.model.advice import AdviceError, quoted
from peru_media.model.files import ConsentRecord, EpisodeFile, ShowFile
from peru_media.model.further import prefixes_of
from peru_media.model.moment import local_moment
from peru_media.model.problem import Place, Problem
from peru_media.model.site import Steps, Written
from peru_media.reading.problems import error, nearest

__all__ = [
    "Known",
    "contributor_problems",
    "episode_problems",
    "folder_problems",
    "show_problems",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What an episode can refer to.

    Attributes:
        shows: every show that could be read, by its slug.
        folders: the slug of every show's folder, also of one with problems.
        timezone: the site's; None where the site's file could not be read.
    """

    shows: dict[str, Written[ShowFile]]
    folders: AbstractSet[str]
    timezone: str | None


def folder_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """Every folder's name can stand in an address, and there is one of each.

    Args:
        paths: of the files that make a folder an episode or a show, in order.
    """
    first: dict[str, str] = {}
    for path in paths:
        slug = path.split("/")[-2]
        if not is_slug(slug) or slug == "contributors":
            yield error("E142", Place(path, 1, 1), *_unfit(slug))
        elif slug in first:
            what = f'There is a folder "{slug}" already: {first[slug]}.'
            fix = "Rename one of the two; the name is part of the address."
            yield error("E141", Place(path, 1, 1), what, fix)
        first.setdefault(slug, path.rpartition("/")[0])


def contributor_problems(record: Written[ConsentRecord]) -> Iterator[Problem]:
    """A consent record has the name of its file, so that it can be found."""
    if record.value.id != record.slug:
        what = "The id is not the name of the file."
        fix = f"Write id: {record.slug}, or rename the file."
        yield error("E143", record.value_place("id"), what, fix)


def show_problems(show: Written[ShowFile], known: Known) -> Iterator[Problem]:
    """A show's dates are moments, and its XML uses the prefixes it declares."""
    yield from _extra(show, show)
    yield from _declared_once(show)
    zone = show.value.timezone or known.timezone
    for steps, text in show.value.podcast.dates():
        if zone is not None:
            yield from _date(show, steps, text, zone)


def episode_problems(episode: Written[EpisodeFile], known: Known) -> Iterator[Problem]:
    """An episode's shows and collection exist, and its moment is a moment."""
    yield from _shows(episode, known)
    for slug in episode.value.show:
        if slug in known.shows:
            yield from _extra(episode, known.shows[slug])
    show = known.shows.get(episode.value.show[0])
    if show is not None:
        yield from _collection(episode, show)
        yield from _moment(episode, show.value.timezone or known.timezone)


def _shows(episode: Written[EpisodeFile], known: Known) -> Iterator[Problem]:
    for number, slug in enumerate(episode.value.show):
        if slug not in known.folders:
            meant = nearest(slug, known.folders)
            make = f"Make feeds/{slug}/show.md first."
            fix = f'Did you mean "{meant}"?' if meant else make
            place = episode.value_place("show", number)
            yield error("E140", place, f'There is no show "{slug}".', fix)


def _collection(
    episode: Written[EpisodeFile], show: Written[ShowFile]
) -> Iterator[Problem]:
    name = episode.value.collection
    names = [collection.name for collection in show.value.collections]
    if name is not None and name not in names:
        meant = nearest(name, names)
        add = f"Add it to the collections of {show.path}."
        fix = f'Did you mean "{meant}"?' if meant else add
        what = f'The show "{show.slug}" has no collection "{name}".'
        yield error("E144", episode.value_place("collection"), what, fix)


def _moment(episode: Written[EpisodeFile], zone: str | None) -> Iterator[Problem]:
    publish = episode.value.publish
    if publish in {"draft", "now"} or zone is None:
        return
    try:
        local_moment(publish, ZoneInfo(zone))
    except AdviceError as advice:
        clocks = advice.kind == "clocks"
        what = f"{'' if clocks else 'publish '}{advice.subject} {advice.what}."
        fix = advice.fix if clocks else f"{advice.fix} Or write draft, or now."
        code = "E131" if clocks else "E130"
        yield error(code, episode.value_place("publish"), what, fix)


def _extra(
    written: Written[ShowFile] | Written[EpisodeFile], show: Written[ShowFile]
) -> Iterator[Problem]:
    """Every prefix that the XML uses is declared by the show whose feed it is for."""
    if not written.value.extra:
        return
    known = show.value.namespaces
    for prefix in sorted(prefixes_of(written.value.extra) - known.keys()):
        meant = nearest(prefix, known)
        guess = f'Did you mean "{meant}"? ' if meant else ""
        fix = f"{guess}Add it to namespaces in {show.path}: {{{prefix}: its address}}."
        what = f'The show "{show.slug}" declares no prefix "{prefix}".'
        yield error("E145", written.value_place("extra"), what, fix)


def _declared_once(show: Written[ShowFile]) -> Iterator[Problem]:
    """Two prefixes of one namespace would make two attributes one."""
    first: dict[str, str] = {}
    for prefix, address in show.value.namespaces.items():
        if address in first:
            what = f'"{prefix}" stands for the same namespace as "{first[address]}".'
            place = show.value_place("namespaces", prefix)
            yield error("E117", place, what, "Keep one of the two.")
        first.setdefault(address, prefix)


def _date(
    show: Written[ShowFile], steps: Steps, text: str, zone: str
) -> Iterator[Problem]:
    """A time that the clocks skip or repeat; its form was looked at before."""
    try:
        local_moment(text, ZoneInfo(zone))
    except AdviceError as advice:
        place = _place(show, ("podcast", *steps))
        yield error("E131", place, f"{advice.subject} {advice.what}.", advice.fix)


def _place(show: Written[ShowFile], steps: Steps) -> Place:
    """The place of a value, also where one thing stands for a list of one."""
    single = tuple(step for step in steps if step != 0)
    return show.value_place(*(steps if steps in show.values else single))


def _unfit(slug: str) -> tuple[str, str]:
    """Say why a folder's name cannot be part of an address, and offer another."""
    if slug in RESERVED or slug == "contributors":
        what = f'"{slug}" has a meaning of its own in addresses.'
        return what, f"Rename the folder, such as {slug}-1."
    letters = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode()
    plain = re.sub("[^a-z0-9]+", "-", letters.lower())[:80].strip("-")
    what = f"The folder's name {quoted(slug)} cannot be part of an address."
    rule = "lower-case letters, digits and hyphens, at most 80"
    return what, f"Rename it{f' to {plain}' if plain else ''}: {rule}."
