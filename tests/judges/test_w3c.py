"""The judge finds what is planted, and nothing where there is nothing."""

import ast
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.judges.accepted import blamed
from tests.judges.planted import ATOM, FAULTS, JSON, OPML, RSS, Fault
from tests.judges.w3c import Answer, judge

Record = Callable[[str, object], None]

NOW = datetime(2026, 11, 2, 13, tzinfo=UTC)
URL = "https://example.org/feed.xml"
KIND = "application/rss+xml"
FAR_TOO_FEW = 60
HERE = Path(__file__).parent
WITHOUT_BLAME = {"UnsupportedNamespace"}


def _codes(data: bytes) -> set[str]:
    found = judge(data, now=NOW, url=URL)
    return {one.code for one in found} - WITHOUT_BLAME


@pytest.mark.parametrize("document", [RSS, ATOM, OPML, JSON])
def test_a_faultless_document_passes(document: str) -> None:
    assert _codes(document.encode()) == set()


def test_it_says_that_the_w3c_does_not_know_the_podcast_namespace() -> None:
    [found] = judge(RSS.encode(), now=NOW, url=URL)

    assert str(found).startswith("2: warning UnsupportedNamespace: https://podcast")


@pytest.mark.parametrize(
    "fault", FAULTS, ids=[f"{n}-{fault.code}" for n, fault in enumerate(FAULTS)]
)
def test_a_planted_fault_is_found_by_its_name(fault: Fault) -> None:
    assert fault.code in _codes(fault.planted())


def test_there_are_enough_faults_to_trust_it(record_property: Record) -> None:
    found = [fault for fault in FAULTS if fault.code in _codes(fault.planted())]
    kinds = {fault.code for fault in found}
    said = f"{len(found)} of {len(FAULTS)} planted faults found, of {len(kinds)} kinds"
    record_property("figure", f"the W3C's rules, judged: {said}")

    assert len(found) > FAR_TOO_FEW


def test_bytes_that_are_no_utf_8_are_found_in_their_line() -> None:
    found = judge(RSS.replace("Stories", "Stóries").encode("latin-1"), now=NOW)

    assert [(one.code, one.line) for one in found] == [("NotUTF8", 7)]


@pytest.mark.parametrize(
    ("document", "served", "code"),
    [
        (RSS, Answer(content_type="text/xml"), "TextXml"),
        (RSS, Answer(content_type="text/html"), "UnexpectedContentType"),
        (RSS, Answer(content_type=f"{KIND}; charset=latin-1"), "EncodingMismatch"),
        (RSS, Answer(content_type=KIND), "Uncompressed"),
        (RSS, Answer(content_type=KIND, redirects=(301, 302)), "TempRedirect"),
        (JSON, Answer(content_type=KIND), "UnexpectedContentType"),
    ],
)
def test_how_it_is_served_counts(document: str, served: Answer, code: str) -> None:
    found = judge(document.encode(), now=NOW, url=URL, answer=served)

    assert code in {one.code for one in found}


def test_a_document_served_well_passes() -> None:
    served = Answer(content_type=f"{KIND}; charset=utf-8", encoding="gzip")

    assert blamed(judge(RSS.encode(), now=NOW, url=URL, answer=served)) == []


def test_it_shares_no_code_with_what_it_judges() -> None:
    """Only the standard library, and its own files."""
    imported = set()
    for path in sorted(HERE.glob("*.py")):
        if not path.name.startswith("test_"):
            imported |= _imports(ast.parse(path.read_text()))

    own = {name for name in imported if name.startswith("tests.")}
    assert all(name.startswith("tests.judges") for name in own)
    assert {name.partition(".")[0] for name in imported - own} == {
        "collections",
        "dataclasses",
        "datetime",
        "email",
        "html",
        "json",
        "re",
        "typing",
        "urllib",
        "xml",
    }


def _imports(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found
