"""What was put right while a feed was read, gathered as it happens."""

from dataclasses import dataclass, field
from typing import Any

from peru_media.model.parsed import Repair
from peru_media.parsing.names import Names

__all__ = ["MOST", "Element", "Notes", "shown"]

Element = Any  # lxml ships no types

MOST = 10_000
_SHOWN = 60
_REMEMBERED = 4_096


@dataclass(slots=True)
class Notes:
    """What one reading knows besides the element in hand.

    Attributes:
        url: where the feed came from. lines_before: dropped before its first line.
        names: what the feed calls its elements, and what they are.
        same: values read before, of elements that may come again.
    """

    url: str | None = None
    lines_before: int = 0
    names: Names = field(default_factory=Names)
    repairs: list[Repair] = field(default_factory=list)
    more: int = 0
    same: dict[object, Any] = field(default_factory=dict)

    def at(self, line: int, column: int, code: str, what: str) -> None:
        """Note a repair at a place; after ten thousand, only count them."""
        if len(self.repairs) >= MOST:
            self.more += 1
            return
        self.repairs.append(Repair(line=line, column=column, code=code, what=what))

    def on(self, element: Element, code: str, what: str) -> None:
        """Note a repair of an element, or of what stands in it."""
        line = (element.sourceline or 0) + self.lines_before
        name = self.names[element.tag]
        self.at(line, 0, code, f"<{name}>: {what}")

    def remember(self, key: object, value: object) -> None:
        """Keep a value for the next element that says the same; a few thousand."""
        if len(self.same) >= _REMEMBERED:
            self.same.clear()
        self.same[key] = value

    def told(self) -> tuple[Repair, ...]:
        """All repairs, by line and column; those of no line come first."""
        if self.more:
            what = f"{self.more:,} more repairs are not listed."
            more = Repair(line=0, code="more-repairs", what=what)
            self.repairs, self.more = [more, *self.repairs], 0
        return tuple(sorted(self.repairs, key=lambda one: (one.line, one.column)))


def shown(text: str) -> str:
    """Quote what a feed says, shortened."""
    return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
