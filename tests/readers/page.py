"""Which reader reads which tag, as a page: ``python -m tests.readers.page``."""

from collections.abc import Iterator
from pathlib import Path

from tests.readers.every import READERS, Reader, model, verdicts

__all__ = ["PLACE", "cells", "reference"]

PLACE = Path(__file__).parents[2] / "docs" / "readers.md"
HEAD = """\
# Who reads what

Written by `make golden` from one feed that holds every tag, read by five readers; held
to it by a test. **yes**: every value is the one that was written. *in part*: all but
what is told below. no: not at all.

Apps are built on readers like these. What one of them leaves out, an app may still
read by itself; what it reads, an app may still not show.
"""
_ROW = "| {} |"
_PLACES = {"item/": "of an episode", "podcast:liveItem/": "of a broadcast"}


def cells() -> dict[str, list[str]]:
    """Each tag with the verdict of each reader."""
    found: dict[str, list[str]] = {path: [] for path in model()}
    for reader in READERS:
        for one in verdicts(reader):
            lack = one.lack
            word = "**yes**" if lack is None else "no" if lack.whole else "*in part*"
            found[one.path].append("**wrong**" if one.faults else word)
    return found


def reference() -> str:
    """The page, as Markdown."""
    titles = ["Tag", *(f"{one.name} {one.release}" for one in READERS)]
    rows = [titles, ["---"] * len(titles), *_rows()]
    table = "\n".join(_ROW.format(" | ".join(row)) for row in rows)
    parts = (_lacks(reader) for reader in READERS)
    return "\n".join([HEAD, table, "", "## What is left out", "", *parts])


def _rows() -> Iterator[list[str]]:
    found = cells()
    for path in sorted(found, key=_order):
        yield [_named(path), *found[path]]


def _order(path: str) -> tuple[bool, bool, str]:
    """The show's tags, then those of episodes, then those of broadcasts."""
    return path.startswith("podcast:liveItem/"), path.startswith("item/"), path


def _named(path: str) -> str:
    for start, where in _PLACES.items():
        if path.startswith(start):
            return f"{_inner(path.removeprefix(start))} {where}"
    return _inner(path)


def _inner(path: str) -> str:
    *outer, tag = path.split("/")
    return f"`{tag}`" + "".join(f" in `{one}`" for one in reversed(outer))


def _lacks(reader: Reader) -> str:
    reasons: dict[str, list[str]] = {}
    for one in verdicts(reader):
        if one.lack is not None:
            of = f" ({', '.join(sorted(one.lack.only))})" if one.lack.only else ""
            reasons.setdefault(one.lack.why, []).append(f"{_named(one.path)}{of}")
    lines = [f"- {why}: {'; '.join(tags)}" for why, tags in reasons.items()]
    told = "\n".join(lines) if lines else "- nothing"
    return f"**{reader.name}**\n\n{told}\n"


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
