"""The commands are read back as GitHub's runner reads them."""

import re
from dataclasses import dataclass

from peru_media.checks.reports import github_report
from peru_media.model.problem import Place
from tests.checks.reports.findings import FOUND, HOSTILE, URL, problem

_COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^:]*)::(?P<data>.*)")


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def _read(line: str) -> Command:
    match = _COMMAND.fullmatch(line)
    assert match is not None, line
    pairs = (pair.split("=", 1) for pair in match["properties"].split(","))
    properties = {name: _unescaped(text) for name, text in pairs}
    return Command(match["name"], properties, _unescaped(match["data"]))


def _unescaped(text: str) -> str:
    for code, letter in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ",")):
        text = text.replace(f"%{code}", letter)
    return text.replace("%25", "%")


def test_each_problem_is_one_command_of_its_severity() -> None:
    commands = [_read(line) for line in github_report(FOUND).splitlines()]

    names = ["error", "warning", "warning", "notice", "error"]
    assert [command.name for command in commands] == names
    assert commands[0] == Command(
        "error",
        {"file": "episodes/one/episode.md", "line": "4", "col": "1", "title": "E1001"},
        "It is no feed. -> Look at it.",
    )


def test_a_file_may_be_called_as_it_likes() -> None:
    (line,) = github_report(FOUND[1:2]).splitlines()

    assert "file=a%2C b/c d%3Aé.xml,line=7,title=W3002::" in line
    assert _read(line).properties["file"] == "a, b/c d:é.xml"


def test_what_is_no_file_of_the_repository_is_told_in_words() -> None:
    first, second = (_read(line) for line in github_report(FOUND[2:4]).splitlines())

    assert first.properties == {"title": "W3002"}
    assert first.data == f"{URL}:9: It is odd again."
    assert second.data == f"{URL}: It may be. -> Look at it."


def test_hostile_words_begin_no_command_of_their_own() -> None:
    report = github_report(FOUND)

    assert len(report.splitlines()) == len(FOUND)
    assert all(line.startswith("::") for line in report.splitlines())
    assert "\x1b" not in report
    data = _read(report.splitlines()[-1]).data
    assert r"\x1b[2J\x07 ::error file=x::boo%0A\r\n<![CDATA[" in data


def test_nothing_found_is_nothing_said() -> None:
    assert github_report(()) == ""


def test_a_place_without_a_line_has_none() -> None:
    (line,) = github_report([problem(place=Place(HOSTILE))]).splitlines()

    assert set(_read(line).properties) == {"file", "title"}
