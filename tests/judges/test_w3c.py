"""The judge finds what is planted, and nothing where there is nothing."""

import ast
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.judges.planted import ATOM, FAULTS, JSON, OPML, RSS, Fault
from tests.judges.w3c import judge

Record = Callable[[str, object], None]

NOW = datetime(2026, 11, 2, 13, tzinfo=UTC)
URL = "https://example.org/feed.xml"
FAR_TOO_FEW = 60
HERE = Path(__file__).parent
WITHOUT_BLAME = {"UnsupportedNamespace"}


def _codes(data: bytes, **how: str) -> set[str]:
    found = judge(data, now=NOW, url=URL, **how)
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
        (RSS, "text/xml", "TextXml"),
        (RSS, "text/html; charset=utf-8", "UnexpectedContentType"),
        (RSS, "application/rss+xml; charset=iso-8859-1", "EncodingMismatch"),
        (JSON, "application/rss+xml", "UnexpectedContentType"),
    ],
)
def test_what_it_is_served_as_counts(document: str, served: str, code: str) -> None:
    assert code in _codes(document.encode(), content_type=served)


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
