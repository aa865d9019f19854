"""Problems as a JUnit report, which Jenkins, GitLab and most others show."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from peru_media.checks.reports.meaning import Meaning
from peru_media.model.letters import visible
from peru_media.model.problem import Problem, Severity

__all__ = ["junit_report"]

_SUITE = "peru-media check"


def junit_report(
    problems: Sequence[Problem],
    *,
    meanings: Mapping[str, Meaning],
    strict: bool = False,
    seconds: float = 0.0,
) -> str:
    """Write one test case a code: failed where it was found, passed where it was not.

    Errors fail, and warnings where ``strict``; other findings are in the case's
    output. Several findings of one code stand in one failure, one a line, since
    most readers show the first failure of a case alone.

    Args:
        problems: what was found.
        meanings: of every code that was looked for.
        strict: whether warnings fail.
        seconds: how long the check took.

    Returns:
        XML, as Jenkins' and GitLab's readers take it.
    """
    least = Severity.WARN if strict else Severity.ERROR
    root = ET.Element("testsuites", {"name": _SUITE})
    suite = ET.SubElement(root, "testsuite", {"name": _SUITE})
    by_code = _by_code(problems, meanings)
    failed = 0
    for code, found in by_code.items():
        title = meanings.get(code, Meaning(title="")).title
        case = _case(suite, code, title, found)
        failed += _fill(case, found, least=least)
    counts = {"tests": len(by_code), "failures": failed, "errors": 0, "skipped": 0}
    for element in (root, suite):
        element.attrib |= {name: str(number) for name, number in counts.items()}
        element.set("time", f"{seconds:.3f}")
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _by_code(
    problems: Sequence[Problem], codes: Iterable[str]
) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {code: [] for code in codes}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    return dict(sorted(found.items()))


def _case(
    suite: ET.Element, code: str, title: str, found: Sequence[Problem]
) -> ET.Element:
    """Add the case of one code, with the file where it was found first."""
    named = {"name": f"{code} {title}".strip(), "classname": _SUITE, "time": "0"}
    if found:
        named["file"] = visible(found[0].place.path)
    return ET.SubElement(suite, "testcase", named)


def _fill(case: ET.Element, found: Sequence[Problem], *, least: Severity) -> bool:
    """Say in a case what was found; tell whether it failed."""
    grave = [problem for problem in found if problem.severity >= least]
    mild = [problem for problem in found if problem.severity < least]
    if grave:
        head = {"message": visible(grave[0].what), "type": str(grave[0].severity)}
        ET.SubElement(case, "failure", head).text = _lines(grave)
    if mild:
        ET.SubElement(case, "system-out").text = _lines(mild)
    return bool(grave)


def _lines(problems: Sequence[Problem]) -> str:
    return "\n".join(visible(str(problem)) for problem in problems)
