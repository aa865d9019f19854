"""Problems as staff read them: one a line, and a summary below."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from peru_media.model.problem import Place, Problem, Severity

__all__ = ["counted", "listed", "restored", "serious", "summary", "written"]

_WIDEST = 60
_COLOURS = {Severity.ERROR: "red", Severity.WARN: "yellow", Severity.INFO: "cyan"}


def listed(problems: Sequence[Problem]) -> Iterator[str]:
    """One line a problem: place, severity, code, sentence, and what to do.

    Severity and code are coloured; a stream that is no terminal loses the colours.
    """
    widths = [len(str(problem.place)) for problem in problems]
    width = max((length for length in widths if length <= _WIDEST), default=0)
    for problem in problems:
        mark = click.style(
            f"{problem.severity!s:<5}  {problem.code}", fg=_COLOURS[problem.severity]
        )
        advice = f" -> {problem.fix}" if problem.fix else ""
        yield f"{problem.place!s:<{width}}  {mark}  {problem.what}{advice}"


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are, in words, and in how many files."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    others = sum(problem.severity is Severity.WARN for problem in problems)
    files = len({problem.place.path for problem in problems})
    return (
        f"{counted(errors, 'error')}, {counted(others, 'warning')} "
        f"in {counted(files, 'file')}. Nothing was changed."
    )


def serious(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Errors and warnings, without what is only worth knowing."""
    return tuple(p for p in problems if p.severity >= Severity.WARN)


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 episode``, ``2 episodes``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def written(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON can hold them."""
    return [
        {
            "code": problem.code,
            "severity": str(problem.severity),
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "what": problem.what,
            "fix": problem.fix,
            "safety": problem.safety,
        }
        for problem in problems
    ]


def restored(fields: Sequence[dict[str, Any]]) -> tuple[Problem, ...]:
    """Problems from what ``written`` made of them."""
    return tuple(
        Problem(
            code=one["code"],
            severity=Severity[one["severity"].upper()],
            place=Place(one["path"], one["line"], one["column"]),
            what=one["what"],
            fix=one["fix"],
            safety=one["safety"],
        )
        for one in fields
    )
