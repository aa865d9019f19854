from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from peru_media.cli.figures import day, length, megabytes, moment
from peru_media.cli.findings import (
    listed,
    restored,
    serious,
    stand_ins,
    summary,
    written,
)
from peru_media.model.problem import Place, Problem, Severity

LONDON = ZoneInfo("Europe/London")
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def _problem(severity: Severity, place: Place, fix: str = "") -> Problem:
    return Problem(code="E1", severity=severity, place=place, what="Bad.", fix=fix)


PROBLEMS = (
    _problem(Severity.ERROR, Place("a.md", 3, 7), "Mend it."),
    _problem(Severity.WARN, Place("a.md")),
    _problem(Severity.INFO, Place("b.md", 1, 1)),
)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0.0 kB"),
        (49_000, "49.0 kB"),
        (99_999, "100.0 kB"),
        (17_300_000, "17.3 MB"),
        (1_234_567_890, "1,234.6 MB"),
    ],
)
def test_sizes_are_in_megabytes(size: int, text: str) -> None:
    assert megabytes(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.4, "0 min 00 s"), (1084, "18 min 04 s"), (3600 + 61.6, "1 h 1 min 02 s")],
)
def test_durations_are_in_minutes(seconds: float, text: str) -> None:
    assert length(seconds) == text


def test_moments_name_their_zone() -> None:
    assert moment(SUMMER, LONDON) == "Thu 02 Jul 2026 00:30 Europe/London"
    assert day(SUMMER, LONDON) == "Thu 02 Jul 2026"


def test_problems_stand_in_columns() -> None:
    assert [_plain(line) for line in listed(PROBLEMS)] == [
        "a.md:3:7  error  E1  Bad. -> Mend it.",
        "a.md      warn   E1  Bad.",
        "b.md:1:1  info   E1  Bad.",
    ]
    assert list(listed(())) == []


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, None),
        (1, "1 episode is a stand-in: it"),
        (6, "6 episodes are stand-ins: they"),
    ],
)
def test_stand_ins_are_one_line(number: int, words: str | None) -> None:
    found = [
        replace(_problem(Severity.INFO, Place(f"{at}.md")), code="I502")
        for at in range(number)
    ]

    lines = [_plain(line) for line in stand_ins(found)]
    wanted = f"info   I502  {words} can be published to this computer alone"
    assert lines == ([wanted] if words else [])
    assert list(listed(found)) == []


def test_a_summary_counts_what_matters() -> None:
    folders = ("a.md", "b.md")

    assert (
        summary(PROBLEMS, folders)
        == "1 error, 1 warning in 1 of 2 episodes. Nothing was changed."
    )
    assert serious(PROBLEMS) == PROBLEMS[:2]


def test_problems_come_back_from_json_as_they_were() -> None:
    assert restored(written(PROBLEMS)) == PROBLEMS


def _plain(line: str) -> str:
    for colour in ("\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[0m"):
        line = line.replace(colour, "")
    return line
