"""Problems as SARIF 2.1.0, which code hosts and editors show beside the line."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from peru_media.checks.reports.meaning import Meaning, severity_of
from peru_media.model.letters import visible
from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.value import canonical, digest

__all__ = ["sarif_report"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note"}
_PRINT = "place/v1"
_SAFE = "/._-~!$&'()*+,;=@"


def sarif_report(
    problems: Sequence[Problem],
    *,
    meanings: Mapping[str, Meaning],
    version: str,
    strict: bool = False,
) -> str:
    """Write problems as a SARIF log of one run (OASIS SARIF 2.1.0).

    Only the codes that were found are described, each by what is wrong, why that
    matters, how to mend it, and the source.

    Args:
        problems: what was found.
        meanings: of the codes.
        version: of this program.
        strict: whether warnings count as errors.

    Returns:
        JSON, with paths relative to the project, and feeds by their address.
    """
    codes = sorted({problem.code for problem in problems})
    index = {code: number for number, code in enumerate(codes)}
    rules = [_rule(code, meanings.get(code, Meaning(title=code))) for code in codes]
    driver = {"name": "peru-media", "semanticVersion": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index[one.code], strict=strict) for one in problems],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str, meaning: Meaning) -> dict[str, Any]:
    source = f"Source: {meaning.source}." if meaning.source else ""
    parts = [part for part in (meaning.why, meaning.fix, source) if part]
    help_text = " ".join(parts) or meaning.title
    return {
        "id": code,
        "shortDescription": {"text": meaning.title},
        "fullDescription": {"text": f"{meaning.title} {meaning.why}".strip()},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[severity_of(code)]},
    }


def _result(problem: Problem, index: int, *, strict: bool) -> dict[str, Any]:
    severity = problem.severity
    if strict and severity is Severity.WARN:
        severity = Severity.ERROR
    advice = f" {problem.fix}" if problem.fix else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[severity],
        "message": {"text": visible(f"{problem.what}{advice}")},
        "locations": [{"physicalLocation": _location(problem.place)}],
        "partialFingerprints": {_PRINT: _fingerprint(problem)},
    }


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
    numbers = {"startLine": place.line, "startColumn": place.column}
    region = {name: number for name, number in numbers.items() if number}
    return location | ({"region": region} if region else {})


def _uri(path: str) -> str:
    """A path of the project as a relative address; a web address as it is."""
    data = path.encode("utf-8", "surrogatepass")
    if urlsplit(path).scheme in {"http", "https"}:
        return quote(data, safe=f"{_SAFE}:?%[]")
    return quote(data.replace(b"\\", b"/"), safe=_SAFE)


def _fingerprint(problem: Problem) -> str:
    """The same problem keeps its name when lines above it come and go."""
    parts = (problem.code, problem.place.path, problem.what)
    return digest(canonical([visible(part) for part in parts]))
