"""One finding of a check: where, how grave, what is wrong, what to do."""

from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Place", "Problem", "Severity"]


class Severity(IntEnum):
    """How grave a problem is; an error stops a publish."""

    INFO = 1
    WARN = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the files a problem lies.

    Attributes:
        path: relative to the project, with forward slashes; a folder ends in one.
        line: from 1; 0 where the problem concerns the whole file or folder.
        column: from 1; 0 as above, or where no more than the line is known.
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [number for number in (self.line, self.column) if number]
        return ":".join(map(str, (self.path, *numbers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding of a check.

    Attributes:
        code: the stable code of its rule, such as ``E201``.
        severity: an error stops a publish, a warning does not.
        place: the file, line and column to look at.
        what: one sentence, what is wrong.
        fix: what to do about it; empty only where nothing can be advised.
        safety: whether publishing refuses because somebody must be protected
            (consent, a tombstone, a stand-in, a guid): exit 7 instead of 3.
    """

    code: str
    severity: Severity
    place: Place
    what: str
    fix: str = ""
    safety: bool = False

    def __str__(self) -> str:
        advice = f" -> {self.fix}" if self.fix else ""
        return f"{self.place} {self.severity} {self.code} {self.what}{advice}"
