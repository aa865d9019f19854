"""Adding tombstones to ``feeds/withdrawn.yaml``, and changing nothing beside them."""

import re
from collections.abc import Iterator, Sequence

from peru_media.model.files import TombstoneField, WithdrawnFile
from peru_media.reading.composing import scalar
from peru_media.reading.fields import fit
from peru_media.reading.text import BOM, decode, sheet
from peru_media.reading.tree import Tree, plant

__all__ = ["with_tombstones"]

_PATH = "feeds/withdrawn.yaml"
_EMPTY = re.compile(
    rb"^(withdrawn:)[ \t]*(?:\[[ \t]*\]|~)?[ \t]*(?:#.*)?\r?\n", re.MULTILINE
)
_HEAD = b"""\
# What was withdrawn for ever, by hashes alone. Written by: make withdraw
# Commit this file, and never delete a line: it keeps people from coming back.
withdrawn:
"""


def with_tombstones(text: bytes | None, new: Sequence[TombstoneField]) -> bytes:
    """The file with more tombstones in it; every other byte stays, where it can.

    One that is written in a way that has no room for more is written anew.

    Args:
        text: the whole file; None where there is none.
        new: what is added.
    """
    known = _read(text) if text is not None else ()
    if text is not None and known is not None:
        wanted = (*known, *new)
        for candidate in _candidates(text, new):
            if _read(candidate) == wanted:
                return candidate
    return _HEAD + _items((*(known or ()), *new), 2)


def _candidates(text: bytes, new: Sequence[TombstoneField]) -> Iterator[bytes]:
    """Where more may fit: below the last one, or in place of an empty list."""
    ended = text if text.endswith(b"\n") or not text else text + b"\n"
    tree = _tree(text)
    first = tree.keys.get(("withdrawn", 0)) if tree else None
    if first is not None:
        line = ended.decode().removeprefix(BOM).splitlines()[(first.line or 1) - 1]
        yield ended + _items(new, line.find("-"))
        return
    if not tree or ("withdrawn",) not in tree.keys:
        yield ended + b"withdrawn:\n" + _items(new, 2)
        return
    items = b"\\1\n" + _items(new, 2)
    yield _EMPTY.sub(items, ended, count=1)


def _tree(text: bytes) -> Tree | None:
    whole = decode(text, _PATH)
    taken = sheet(whole, _PATH) if isinstance(whole, str) else whole
    return None if isinstance(taken, tuple) else plant(taken.fields, _PATH)


def _read(text: bytes) -> tuple[TombstoneField, ...] | None:
    """The tombstones that a text holds; None where it cannot be read."""
    tree = _tree(text)
    if tree is None or tree.problems:
        return None
    value = fit(WithdrawnFile, tree, secret=False)
    return value.withdrawn if isinstance(value, WithdrawnFile) else None


def _items(stones: Sequence[TombstoneField], indent: int) -> bytes:
    lines = [line for stone in stones for line in _item(stone)]
    return "".join(f"{' ' * indent}{line}\n" for line in lines).encode()


def _item(stone: TombstoneField) -> Iterator[str]:
    mark = "- "
    for name, value in stone.sparse().items():
        if isinstance(value, list):
            yield f"{mark}{name}:"
            yield from (f"    - {one}" for one in value)
        else:
            yield f"{mark}{name}: {scalar(str(value))}"
        mark = "  "
