"""What a report says of a code, besides each problem that has it."""

from collections.abc import Iterable, Mapping
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


def meanings(
    rules: Iterable[Rule[Any]], titles: Mapping[str, str] | None = None
) -> dict[str, Meaning]:
    """Give every code its meaning; ``titles`` are those of codes without a rule."""
    found = {code: Meaning(title=title) for code, title in (titles or {}).items()}
    for rule in rules:
        found[rule.code] = Meaning(
            title=rule.title, why=rule.why, fix=rule.fix, source=rule.source
        )
    return found


def severity_of(code: str) -> Severity:
    """How grave a code is in general, by its first letter."""
    return _SEVERITIES.get(code[:1], Severity.ERROR)
