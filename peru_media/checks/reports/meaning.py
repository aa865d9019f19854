"""What a report says of a code, besides each problem that has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peru_media.checks.rules import Rule
from peru_media.model.problem import Severity

__all__ = ["Meaning", "meanings", "severity_of"]

_SEVERITIES = {"W": Severity.WARN, "I": Severity.INFO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a code means: what is wrong, why that matters, and how to mend it.

    Attributes:
        source: the law, standard or guide that asks for it; empty where none does.
    """

    title: str
    why: str = ""
    fix: str = ""
    source: str = ""


def meanings(rules: Iterable[Rule[Any]]) -> dict[str, Meaning]:
    """Give the meaning of every rule by its code."""
    return {
        rule.code: Meaning(
            title=rule.title, why=rule.why, fix=rule.fix, source=rule.source
        )
        for rule in rules
    }


def severity_of(code: str) -> Severity:
    """How grave a code is in general, by its first letter."""
    return _SEVERITIES.get(code[:1], Severity.ERROR)
