"""A text is what it holds, and its times are looked at before the public does."""

from pathlib import Path

import pytest

from peru_media.media.probe import facts_of
from peru_media.media.text import LARGEST
from peru_media.model.facts import FileFacts

SPOKEN = "00:00:01.000 --> 00:00:04.500\nhi\n"
BACKWARDS = "00:00:09.000 --> 00:00:04.500\nhi\n"


def probed(
    folder: Path, content: str | bytes, name: str = "transcript.vtt"
) -> FileFacts:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return FileFacts.model_validate(facts_of(path))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("WEBVTT", "text/vtt"),
        ("WEBVTT\n\n" + SPOKEN, "text/vtt"),
        ("WEBVTT\r\n\r\n" + SPOKEN, "text/vtt"),
        ("WEBVTT - a title\n", "text/vtt"),
        ("WEBVTT\ttitle\n", "text/vtt"),
        ("\ufeffWEBVTT\n", "text/vtt"),
        ("WEBVTTX\n", "text/plain"),
        ("webvtt\n", "text/plain"),
        ("\nWEBVTT\n", "text/plain"),
        ("hello\n", "text/plain"),
        ("1\n00:00:00,000 --> 00:00:01,000\nhi", "application/x-subrip"),
        ("\ufeff\n1\r\n00:00:00,000 --> 00:00:01,000\r\nhi", "application/x-subrip"),
        ("1\nof us --> two\n", "text/plain"),
        ("00:00:00,000 --> 00:00:01,000\nhi", "text/plain"),
        (' {"version": "1.0.0"}', "application/json"),
        ('{"version": ', "text/plain"),
        ("{" + '"a":[' * 100_000, "text/plain"),
        ("[1, 2]", "text/plain"),
        ("<!DOCTYPE html><p>x", "text/html"),
        ('<?xml version="1.0"?>\n<html xmlns="x">', "text/html"),
        ("<cite>Amy:</cite> <time>0:00</time> <p>Hello</p>", "text/html"),
        ("<!-- made by hand --><p>x", "text/html"),
        ("<3 is a heart", "text/plain"),
        ("Just wörds", "text/plain"),
    ],
)
def test_a_text_is_what_it_holds(content: str, media_type: str, tmp_path: Path) -> None:
    facts = probed(tmp_path, content)

    assert (facts.kind, facts.media_type, facts.fault) == ("text", media_type, None)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("WEBVTT\n", (0, 0.0, None)),
        (f"WEBVTT\n\n{SPOKEN}\n00:05.000 --> 01:07.250\nho\n", (2, 67.25, None)),
        (f"WEBVTT\n\n{SPOKEN}\n{BACKWARDS}\n{BACKWARDS}", (1, 4.5, 6)),
        (f"WEBVTT\n\n0:1 --> 0:2\n\n{SPOKEN}", (1, 4.5, 3)),
        (f"WEBVTT\n\n{SPOKEN}from A --> B\n", (1, 4.5, None)),
        ("1\n00:00:00,000 --> 00:00:01,000\nhi", (1, 1.0, None)),
        ("1\n00:00:00,000 --> 100:00:01,000\nhi", (1, 360001.0, None)),
        ("hello\n", (None, None, None)),
        ('{"segments": [{"startTime": 1, "endTime": "4.5"}]}', (1, 4.5, None)),
        ('{"segments": [{"startTime": 5, "endTime": 4.5}]}', (0, 0.0, 1)),
        ('{"segments": [{"startTime": 5}, 3, "words"]}', (0, 0.0, 1)),
        ('{"segments": [{"startTime": 5, "endTime": Infinity}]}', (0, 0.0, 1)),
        (f'{{"segments": [{{"startTime": 5, "endTime": {"9" * 400}}}]}}', (0, 0.0, 1)),
        ('{"segments": {}}', (0, 0.0, None)),
    ],
)
def test_the_times_of_a_text_are_told(
    content: str, told: tuple[int | None, float | None, int | None], tmp_path: Path
) -> None:
    facts = probed(tmp_path, content)

    assert (facts.cues, facts.words_end, facts.broken_line) == told


def test_a_text_that_is_far_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_bytes(b"WEBVTT\n" + b"x" * LARGEST)

    assert facts_of(path)["fault"] == "The text is over 5 MB: is it the right file?"
