"""Look through all that is to go out for words that were to be taken out."""

import gzip
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from peru_media.model.edits import wordings
from peru_media.model.files import EpisodeFile
from peru_media.model.identity import identity
from peru_media.model.problem import Problem, Severity
from peru_media.model.release import Ledger
from peru_media.model.site import Site, Written
from peru_media.model.value import canonical
from peru_media.model.wording import stands_in
from peru_media.publishing.binding import Build

__all__ = ["leaking", "leaks", "read_aloud"]

_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\[nrt]|\\u00[0-9a-f]{2}")
_GZIP = b"\x1f\x8b"


def leaks(site: Site, built: Build, ledger: Ledger) -> tuple[Problem, ...]:
    """Find words that an episode takes out in anything that is made of it.

    Its public value is looked through, and its page, transcripts, chapters,
    citations and all else that is its own, each as it is written and as it is read:
    without tags, and with what stands for a sign as that sign.

    Args:
        site: as staff wrote it.
        built: what is to go out.
        ledger: of the live release.
    """
    found = (_problem(one, where) for one, _, where in _leaking(site, built, ledger))
    return tuple(dict.fromkeys(found))


def leaking(site: Site, built: Build, ledger: Ledger) -> frozenset[str]:
    """Name the episodes, by id, in which such words stand."""
    return frozenset(name for _, name, _ in _leaking(site, built, ledger))


def read_aloud(text: str) -> Iterator[str]:
    """A text as it is written, and in each way in which somebody may read it."""
    written = _ESCAPED.sub(" ", text)
    yield html.unescape(written)
    yield html.unescape(unquote(written))
    yield html.unescape(_TAG.sub("", written))


def _leaking(
    site: Site, built: Build, ledger: Ledger
) -> Iterator[tuple[Written[EpisodeFile], str, str]]:
    """Each episode, its id, and where words stand that it takes out."""
    for written in site.episodes:
        words, name = wordings(written.value), identity(site, written, ledger)
        for where, text in _public(built, name) if words and name else ():
            if any(stands_in(view, words) for view in read_aloud(text)):
                yield written, name or "", where


def _public(built: Build, name: str) -> Iterator[tuple[str, str]]:
    for episode in built.source.episodes:
        if episode.id == name:
            fields = episode.model_dump(mode="json", exclude={"card", "picture"})
            yield "its public values", canonical(fields).decode()
    addresses = {
        version.key: path
        for table in built.tables.values()
        for path, versions in table.items()
        for version in versions
    }
    for key, stored in built.texts.items():
        if f"/{name}/" in key:
            yield addresses.get(key, key), _plain(stored)


def _plain(stored: bytes) -> str:
    content = gzip.decompress(stored) if stored.startswith(_GZIP) else stored
    return content.decode(errors="replace")


def _problem(written: Written[EpisodeFile], where: str) -> Problem:
    return Problem(
        code="E428",
        severity=Severity.ERROR,
        place=written.value_place("edits"),
        what=f"The words still stand in {where}.",
        fix="Look how they are written there, and take them out of the file by hand.",
        safety=True,
    )
