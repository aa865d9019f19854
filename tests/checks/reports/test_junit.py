"""The report is read back as CI systems read it."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

import pytest

from peru_media.checks.reports import Meaning, junit_report
from peru_media.model.problem import Problem
from tests.checks.reports.findings import FOUND, MEANINGS


@dataclass(frozen=True)
class Case:
    """A test case as GitLab and Jenkins keep it: the first failure alone counts."""

    name: str
    classname: str
    file: str
    failure: str
    said: str


def _suite(text: str) -> ET.Element:
    root = ET.fromstring(text.encode())  # noqa: S314  # our own report
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.tag == "testsuite"
    for name in ("tests", "failures", "errors", "skipped", "time"):
        assert suite.get(name) == root.get(name)
    return suite


def _cases(
    problems: tuple[Problem, ...] = FOUND, *, strict: bool = False
) -> dict[str, Case]:
    suite = _suite(junit_report(problems, meanings=MEANINGS, strict=strict))
    cases = [
        Case(
            case.attrib["name"],
            case.attrib["classname"],
            case.get("file", ""),
            case.findtext("failure", ""),
            case.findtext("system-out", ""),
        )
        for case in suite.iter("testcase")
    ]
    assert suite.get("tests") == str(len(cases))
    assert suite.get("failures") == str(sum(bool(case.failure) for case in cases))
    return {case.name.split()[0]: case for case in cases}


def test_every_code_is_a_case_that_passed_or_failed() -> None:
    cases = _cases()

    assert list(cases) == ["E1001", "E9999", "I5001", "W3002"]
    assert [bool(case.failure) for case in cases.values()] == [True, *[False] * 3]
    assert cases["E9999"] == Case("E9999 Never found.", "peru-media check", "", "", "")


def test_a_failure_says_where_what_and_what_to_do() -> None:
    case = _cases()["E1001"]

    first, second = case.failure.splitlines()
    assert case.file == "episodes/one/episode.md"
    assert first == (
        "episodes/one/episode.md:4:1 error E1001 It is no feed. -> Look at it."
    )
    assert r"\x1b[2J" in second
    assert r"</failure> & \" ' " in second.replace('"', r"\"")


def test_warnings_are_told_and_fail_where_strict() -> None:
    told, strict = _cases()["W3002"], _cases(strict=True)["W3002"]

    assert (told.failure, strict.said) == ("", "")
    assert told.said == strict.failure
    assert told.said.splitlines()[1].endswith(":9 warn W3002 It is odd again.")


@pytest.mark.parametrize("meanings", [{}, {"E1001": Meaning(title="No feed.")}])
def test_no_problem_is_no_failure(meanings: dict[str, Meaning]) -> None:
    suite = _suite(junit_report((), meanings=meanings, seconds=1.25))

    assert suite.get("failures") == "0"
    assert suite.get("time") == "1.250"
    assert len(suite) == len(meanings)
