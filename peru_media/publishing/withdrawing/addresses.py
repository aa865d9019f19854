"""Every address that was ever published of an episode, as far as a store knows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from peru_media.model.address import episode_path
from peru_media.model.forms import forms_of
from peru_media.model.source import Picture, PictureFile, Source
from peru_media.publishing.withdrawing.history import History
from peru_media.rendering.addresses import document_path, page_path
from peru_media.rendering.voice import voices_of

__all__ = ["Addresses", "addresses_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses of some episodes on one target, as paths.

    Attributes:
        roots: those above all others, by id: each page in each language, each
            document, and the place of the media.
        all: every single one. pages: of the episodes' own pages. sounds: under
            which the media lie.
    """

    roots: dict[str, tuple[str, ...]]
    all: tuple[str, ...]
    pages: tuple[str, ...]
    sounds: tuple[str, ...]


def addresses_of(history: History, ids: Collection[str]) -> Addresses:
    """Gather the addresses of these episodes from every release that is left.

    An address at which somebody else's content is shown by now is not theirs.
    """
    others = frozenset(_of_others(history, frozenset(ids)))
    pages = {name: set(_pages(history, name)) - others for name in ids}
    roots = {
        name: _highest({*pages[name], *_papers(history, name), *_rows(history, name)})
        - others
        for name in ids
    }
    every = _below(history, set().union(*roots.values()))
    return Addresses(
        roots={name: tuple(sorted(found)) for name, found in roots.items()},
        all=tuple(sorted({*every, *_pictures(history, ids)} - others)),
        pages=tuple(sorted(set().union(*pages.values()))),
        sounds=tuple(f"/media/{name}/" for name in sorted(ids)),
    )


def _of_others(history: History, ids: frozenset[str]) -> Iterator[str]:
    """What the live release answers with content that is not of these episodes."""
    tables = history.live.tables().values() if history.live.root else ()
    for path, versions in chain.from_iterable(table.items() for table in tables):
        keys = [version.key for version in versions if version.key]
        if not path.startswith("/assets/") and any(
            ids.isdisjoint(key.split("/")) for key in keys
        ):
            yield path
    left = _words_of_others(history, ids)
    yield from (path for path in _pictures(history, ids) if path in left)


def _words_of_others(history: History, ids: Collection[str]) -> str:
    """What the live release says of all others, pictures by their addresses."""
    source = history.sources[0] if history.sources else None
    if source is None:
        return ""
    episodes = (one for one in source.episodes if one.id not in ids)
    values = (*source.shows, *episodes)
    return "\n".join(value.model_dump_json() for value in values)


def _pages(history: History, name: str) -> Iterator[str]:
    """The page of an episode in each language, by each name that it ever had."""
    entries = [entry for entry in history.entries if entry.id == name]
    slugs = {slug for entry in entries for slug in (entry.name, entry.slug)}
    guids = {entry.show for entry in entries}
    for source in history.sources:
        shows = [show.slug for show in source.shows if show.guid in guids]
        known = [episode_path(show, slug) for show in shows for slug in slugs]
        said = [page_path(one) for one in source.episodes if one.id == name]
        for path in (*known, *said):
            yield from _spoken(source, path)


def _spoken(source: Source, path: str) -> Iterator[str]:
    yield from (voice.path(path) for voice in voices_of(source.languages))


def _papers(history: History, name: str) -> Iterator[str]:
    """The documents of an episode, each with its page."""
    for source in history.sources:
        for episode in (one for one in source.episodes if one.id == name):
            for document in episode.documents:
                yield document.address
                page = document_path(episode.shows[0], document.name)
                yield from _spoken(source, page)


def _rows(history: History, name: str) -> Iterator[str]:
    """Whatever a table ever answered with an object of the episode; its media."""
    yield f"/media/{name}"
    for table in history.tables:
        for path, versions in table.items():
            if any(name in (version.key or "").split("/") for version in versions):
                yield path


def _highest(paths: set[str]) -> set[str]:
    """Those of some addresses that lie below no other of them."""
    return {path for path in paths if paths.isdisjoint(_above(path))}


def _above(path: str) -> Iterator[str]:
    while "/" in path[1:]:
        path = path[: path.rindex("/")]
        yield path


def _below(history: History, roots: set[str]) -> Iterator[str]:
    """Every address at or below these, in any release, in every form."""
    yield from (root for root in roots if not root.startswith("/media/"))
    for path in set(chain.from_iterable(history.tables)):
        if path in roots or not roots.isdisjoint(_above(path)):
            yield path
            yield from forms_of(path)


def _pictures(history: History, ids: Collection[str]) -> Iterator[str]:
    """The pictures of these episodes: covers, cards, and those of chapters."""
    for episode in (one for one in history.episodes() if one.id in ids):
        for picture in (episode.picture, episode.card):
            yield from (one.address for one in _sizes(picture))
        named = (
            *(c.image for c in episode.chapters),
            *(p.image for p in episode.people),
        )
        yield from (one for one in named if one and one.startswith("/assets/"))


def _sizes(picture: Picture | None) -> tuple[PictureFile, ...]:
    return picture.sizes if picture is not None else ()
