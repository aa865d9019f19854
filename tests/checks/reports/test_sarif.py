"""The log has the shape that SARIF 2.1.0 asks for, and says what was found."""

import json
import re
from typing import Any
from urllib.parse import unquote

from peru_media.checks.reports import sarif_report
from peru_media.model.problem import Problem
from tests.checks.reports.findings import FOUND, HOSTILE, MEANINGS, URL

_URI = re.compile(r"(?:https?://)?[A-Za-z0-9%/._~!$&'()*+,;=@:?\[\]-]+")
_RESULT = {"ruleId", "ruleIndex", "level", "message", "locations"}


def _log(
    problems: tuple[Problem, ...] = FOUND, *, strict: bool = False
) -> dict[str, Any]:
    text = sarif_report(problems, meanings=MEANINGS, version="1.2.3", strict=strict)
    log: dict[str, Any] = json.loads(text.encode())
    _expect_shape(log)
    return log


def _expect_shape(log: dict[str, Any]) -> None:
    """What the schema requires of the parts that are used (SARIF 2.1.0, 3.13 on)."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert "helpUri" not in rule
        for name in ("shortDescription", "fullDescription", "help"):
            assert rule[name]["text"]
    for result in run["results"]:
        assert result.keys() >= _RESULT
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        _expect_place(result["locations"][0]["physicalLocation"])


def _expect_place(place: dict[str, Any]) -> None:
    assert _URI.fullmatch(place["artifactLocation"]["uri"])
    region = place.get("region", {"startLine": 1})
    assert region.keys() <= {"startLine", "startColumn"}
    assert all(type(value) is int and value > 0 for value in region.values())


def _places(log: dict[str, Any]) -> list[dict[str, Any]]:
    results = log["runs"][0]["results"]
    return [result["locations"][0]["physicalLocation"] for result in results]


def test_every_problem_is_a_result_with_its_place() -> None:
    log = _log()

    levels = [result["level"] for result in log["runs"][0]["results"]]
    assert levels == ["error", "warning", "warning", "note", "error"]
    first, second, third, fourth, _ = _places(log)
    assert first == {
        "artifactLocation": {"uri": "episodes/one/episode.md"},
        "region": {"startLine": 4, "startColumn": 1},
    }
    assert second["artifactLocation"]["uri"] == "a,%20b/c%20d%3A%C3%A9.xml"
    assert third == {
        "artifactLocation": {"uri": URL},
        "region": {"startLine": 9},
    }
    assert "region" not in fourth


def test_each_code_is_described_once() -> None:
    rules = _log()["runs"][0]["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == ["E1001", "I5001", "W3002"]
    assert rules[0] == {
        "id": "E1001",
        "shortDescription": {"text": "No feed."},
        "fullDescription": {"text": "No feed. Nobody hears."},
        "help": {"text": "Nobody hears. Mend. Source: RSS."},
        "defaultConfiguration": {"level": "error"},
    }
    levels = [rule["defaultConfiguration"]["level"] for rule in rules]
    assert levels == ["error", "note", "warning"]


def test_strict_takes_warnings_for_errors() -> None:
    results = _log(strict=True)["runs"][0]["results"]

    assert [one["level"] for one in results] == ["error"] * 3 + ["note", "error"]


def test_a_problem_that_moves_keeps_its_fingerprint() -> None:
    results = _log()["runs"][0]["results"]

    prints = [one["partialFingerprints"]["place/v1"] for one in results]
    assert len(set(prints)) == len(FOUND)


def test_hostile_words_are_written_out() -> None:
    text = sarif_report(FOUND, meanings=MEANINGS, version="1")
    place = _places(json.loads(text))[-1]

    assert r"\\x1b[2J" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    path = unquote(place["artifactLocation"]["uri"], errors="surrogatepass")
    assert path.endswith(".xml")
    assert HOSTILE[:4] in path


def test_nothing_found_is_a_log_without_results() -> None:
    run = _log(())["runs"][0]

    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
