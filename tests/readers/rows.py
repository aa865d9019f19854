"""How a reader names what it read: one row a tag, and one way to walk them all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.readers.said import Place, Said, add

__all__ = ["Row", "said_by"]


@dataclass(frozen=True, slots=True)
class Row:
    """Where a reader keeps a tag.

    Attributes:
        tag: its name in a feed. key: where its values lie, with dots between the
        steps; many or one. names: attribute -> the reader's name of it; ``""`` is
        the value itself.
        rows: the tags in it.
        outer: an element around it of which the reader says nothing itself.
    """

    tag: str
    key: str
    names: Mapping[str, str | Callable[[Any], Any]] = field(default_factory=dict)
    rows: tuple["Row", ...] = ()
    outer: str = ""


def said_by(found: Any, rows: tuple[Row, ...]) -> Said:
    """All that a reader says, in the common form."""
    said: Said = {}
    _walk(said, found, rows, path="", place=())
    return said


def _walk(
    said: Said, found: Any, rows: tuple[Row, ...], *, path: str, place: Place
) -> None:
    for row in rows:
        around = (0,) if row.outer else ()
        prefix = f"{path}{row.outer}/" if row.outer else path
        for number, one in enumerate(_listed(_at(found, row.key))):
            values = {name: _value(one, key) for name, key in row.names.items()}
            add(said, prefix + row.tag, (*place, *around), values)
            inside = (*place, *around, number)
            _walk(said, one, row.rows, path=f"{prefix}{row.tag}/", place=inside)


def _value(one: Any, key: str | Callable[[Any], Any]) -> Any:
    return _at(one, key) if isinstance(key, str) else key(one)


def _at(found: Any, key: str) -> Any:
    for step in key.split(".") if key else ():
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _listed(found: Any) -> Iterator[Any]:
    if isinstance(found, list | tuple):
        yield from found
    elif found is not None:
        yield found
