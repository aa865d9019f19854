"""Problems as staff read them: one a line, and a summary below."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import click

from peru_media.model.letters import visible
from peru_media.model.problem import Place, Problem, Severity

__all__ = [
    "counted",
    "listed",
    "restored",
    "serious",
    "stand_ins",
    "summary",
    "summed",
    "tally",
    "written",
]

_WIDEST = 60
_STAND_IN = "I502"
_SHOWN = 3
_FEW = 5
_OWN = re.compile(r'".*"|\d+', re.DOTALL)
_COLOURS = {Severity.ERROR: "red", Severity.WARN: "yellow", Severity.INFO: "cyan"}


def listed(problems: Sequence[Problem]) -> Iterator[str]:
    """One line a problem: place, severity, code, sentence, and what to do.

    Severity and code are coloured; a stream that is no terminal loses the colours.
    Stand-ins are left to ``stand_ins``, which counts them. Whatever a terminal
    would obey is written out: a feed is a stranger's.
    """
    problems = [problem for problem in problems if problem.code != _STAND_IN]
    places = [visible(str(problem.place)) for problem in problems]
    width = max((len(one) for one in places if len(one) <= _WIDEST), default=0)
    for place, problem in zip(places, problems, strict=True):
        mark = click.style(
            f"{problem.severity!s:<5}  {problem.code}", fg=_COLOURS[problem.severity]
        )
        advice = f" -> {problem.fix}" if problem.fix else ""
        yield f"{place:<{width}}  {mark}  {visible(problem.what + advice)}"


def summed(
    problems: Sequence[Problem],
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """Keep the first of what is found again and again, and say how often it was.

    What differs in nothing but numbers and quoted words is the same again. A feed of
    500 episodes would else say the same 500 times, and hide what it says once.

    Returns:
        The problems to be told one by one, and a line for each kind that goes on.
    """
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        kind = (problem.code, _OWN.sub("", problem.what))
        kinds.setdefault(kind, []).append(problem)
    many = [found for found in kinds.values() if len(found) > _FEW]
    rest = {id(problem) for found in many for problem in found[_SHOWN:]}
    kept = tuple(problem for problem in problems if id(problem) not in rest)
    return kept, tuple(_more(found) for found in many)


def _more(found: Sequence[Problem]) -> str:
    first, last = found[0], found[-1]
    mark = click.style(
        f"{first.severity!s:<5}  {first.code}", fg=_COLOURS[first.severity]
    )
    until = f", the last in line {last.place.line}" if last.place.line else ""
    return f"{mark}  {len(found) - _SHOWN:,} more like it{until}"


def summary(
    problems: Sequence[Problem], folders: Sequence[str], *, took: str = ""
) -> str:
    """How many errors and warnings there are, and in how many of the episodes.

    ``folders`` are those of all episodes that were looked at.
    """
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    others = sum(problem.severity is Severity.WARN for problem in problems)
    return (
        f"{counted(errors, 'error')}, {counted(others, 'warning')} "
        f"in {_where(serious(problems), folders)}{took}. Nothing was changed."
    )


def tally(problems: Sequence[Problem]) -> str:
    """How many errors, warnings and notes there are, in words."""
    kinds = [problem.severity for problem in problems]
    nouns = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note"}
    return ", ".join(counted(kinds.count(kind), noun) for kind, noun in nouns.items())


def _where(problems: Sequence[Problem], folders: Sequence[str]) -> str:
    paths = [problem.place.path for problem in problems]
    touched = sum(any(p.startswith(folder) for p in paths) for folder in folders)
    elsewhere = any(not p.startswith(tuple(folders)) for p in paths)
    text = f"{touched} of {counted(len(folders), 'episode')}"
    return f"{text} and in other files" if elsewhere else text


def stand_ins(problems: Sequence[Problem]) -> Iterator[str]:
    """One line for all the stand-ins there are, which ``listed`` leaves out."""
    number = sum(problem.code == _STAND_IN for problem in problems)
    if number:
        what = "is a stand-in: it" if number == 1 else "are stand-ins: they"
        mark = click.style(f"info   {_STAND_IN}", fg=_COLOURS[Severity.INFO])
        yield (
            f"{mark}  {counted(number, 'episode')} {what} "
            "can be published to this computer alone"
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
