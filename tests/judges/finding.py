"""What a judge finds, and the parts that judges are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "Findings", "error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule: the name that the W3C gives it, and where it is."""

    code: str
    severity: Literal["error", "warning"]
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.line}: {self.severity} {self.code}: {self.what}"


Findings = Iterator[Finding]


def error(code: str, line: int, what: str) -> Finding:
    return Finding(code, "error", line, what)


def warning(code: str, line: int, what: str) -> Finding:
    return Finding(code, "warning", line, what)
