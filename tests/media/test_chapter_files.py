"""Chapters beside a recording are found in texts of several kinds."""

from pathlib import Path
from typing import Any

import pytest

from peru_media.media.cues import cue_chapters
from peru_media.media.probe import facts_of

PSC = (
    '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters">'
    '<psc:chapter start="1.5" title="A" href="https://e.org/"/></psc:chapters>'
)


def _probed(folder: Path, content: str) -> dict[str, Any]:
    path = folder / "chapters.txt"
    path.write_text(content, "utf-8")
    return facts_of(path)


def _chapters(folder: Path, content: str) -> list[tuple[float, float | None, str]]:
    found = _probed(folder, content)["chapters"]
    return [(one["start"], one.get("end"), one["title"]) for one in found]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("0.000000\t0.000000\tA\n5.5\t7.25\tB\n", [(0, 5.5, "A"), (5.5, 7.25, "B")]),
        ("\n1,5\t1,5\tA b\tc\r\n", [(1.5, None, "A b\tc")]),
        ("1\t2\tA\n\\\t100.0\t200.0\n", [(1, 2, "A")]),
        ("1\t2\n", []),
        ("1\t2\tA\nwords\n", []),
        ("", []),
        ("\n".join(f"{n}\t{n}\tx" for n in range(2_001)), []),
    ],
)
def test_labels_of_audacity_are_chapters(
    content: str, told: list[tuple[float, float | None, str]], tmp_path: Path
) -> None:
    if content:
        assert _chapters(tmp_path, content) == told
    assert _probed(tmp_path, content or "x")["media_type"] == "text/plain"


@pytest.mark.parametrize(
    "before", ["", '<?xml version="1.0"?>\n', "<!-- from\nmy editor -->"]
)
def test_podlove_chapters_are_told_from_html(before: str, tmp_path: Path) -> None:
    facts = _probed(tmp_path, before + PSC)

    assert facts["media_type"] == "application/xml"
    assert facts["chapters"] == [{"start": 1.5, "title": "A", "url": "https://e.org/"}]


def test_countless_comments_before_anything_else_are_looked_at_once(
    tmp_path: Path,
) -> None:
    assert _probed(tmp_path, "<!-- x -->\n" * 5_000 + "words")["chapters"] == []


def test_json_chapters_are_told_from_transcripts(tmp_path: Path) -> None:
    rows = '{"startTime": 3, "title": "B"}, {"startTime": -1}, {"title": "x"}'

    facts = _probed(tmp_path, f'{{"version": "1.2.0", "chapters": [{rows}]}}')

    assert facts["chapters"] == [{"start": 3.0, "title": "B"}]
    assert "cues" not in facts


def _point(number: int, frame: int) -> bytes:
    head = number.to_bytes(4, "little")
    return head + bytes(4) + b"data" + bytes(8) + frame.to_bytes(4, "little")


def _label(name: bytes, number: int, text: str) -> bytes:
    body = number.to_bytes(4, "little") + text.encode() + b"\0"
    size = len(body).to_bytes(4, "little")
    return name + size + body + b"\0" * (len(body) % 2)


def test_a_cue_takes_its_label_before_its_note() -> None:
    cue = (2).to_bytes(4, "little") + _point(1, 48) + _point(2, 96)
    adtl = b"adtl" + _label(b"labl", 1, "Label") + _label(b"note", 1, "Note")
    adtl += _label(b"ltxt", 2, "?") + _label(b"note", 2, "Second")

    assert cue_chapters(cue, adtl, rate=48) == [
        {"start": 1.0, "title": "Label"},
        {"start": 2.0, "title": "Second"},
    ]


@pytest.mark.parametrize(
    ("cue", "adtl", "rate"),
    [
        (b"", b"", 48),
        (
            b"\xff\xff\xff\xff" + _point(1, 5)[:20],
            b"adtl" + _label(b"labl", 1, "x"),
            48,
        ),
        (
            (1).to_bytes(4, "little") + _point(1, 5),
            b"INFO" + _label(b"labl", 1, "x"),
            48,
        ),
        (
            (1).to_bytes(4, "little") + _point(1, 5),
            b"adtl" + _label(b"labl", 1, "x"),
            0,
        ),
        (
            (1).to_bytes(4, "little") + _point(1, 5),
            b"adtl" + _label(b"labl", 2, "x"),
            48,
        ),
        ((1).to_bytes(4, "little") + _point(1, 5), b"adtllabl\xff\xff\xff\x7f", 48),
    ],
)
def test_cues_that_make_no_sense_are_no_chapters(
    cue: bytes, adtl: bytes, rate: int
) -> None:
    assert cue_chapters(cue, adtl, rate=rate) == []
