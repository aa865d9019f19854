"""What is odd about the times of a transcript is found at its line."""

from pathlib import Path

import pytest

from peru_media.media.probe import facts_of
from peru_media.model.facts import FileFacts


def _probed(folder: Path, content: str, name: str = "transcript.vtt") -> FileFacts:
    path = folder / name
    path.write_text(content, "utf-8")
    return FileFacts.model_validate(facts_of(path))


def _vtt(*spans: str) -> str:
    return "WEBVTT\n\n" + "\n".join(f"{span}\nwords\n" for span in spans)


@pytest.mark.parametrize(
    ("spans", "unordered", "overlap"),
    [
        (["00:00.000 --> 00:04.000", "00:04.000 --> 00:05.000"], None, None),
        (["00:00.000 --> 00:04.000", "00:00.000 --> 00:05.000"], None, None),
        (["00:00.000 --> 00:04.000", "00:03.980 --> 00:05.000"], None, None),
        (["00:00.000 --> 00:04.000", "00:03.000 --> 00:05.000"], None, 6),
        (["00:05.000 --> 00:06.000", "00:03.000 --> 00:05.000"], 6, None),
        (["00:09.000 --> 00:01.000", "00:03.000 --> 00:05.000"], None, None),
    ],
)
def test_order_and_overlap_are_told_by_line(
    spans: list[str], unordered: int | None, overlap: int | None, tmp_path: Path
) -> None:
    facts = _probed(tmp_path, _vtt(*spans))

    assert (facts.unordered_line, facts.overlap_line) == (unordered, overlap)


def test_segments_are_counted_as_lines_are(tmp_path: Path) -> None:
    words = '"body": "x", "speaker": "Ann"'
    facts = _probed(
        tmp_path,
        '{"version": "1.0.0", "segments": ['
        f'{{"startTime": 4, "endTime": 5, {words}}},'
        f'{{"startTime": 1, "endTime": 3, {words}}},'
        f'{{"startTime": 2, "endTime": 3, {words}}}]}}',
        "transcript.json",
    )

    assert (facts.unordered_line, facts.overlap_line, facts.speakers) == (2, 3, 1)


def test_short_pauses_are_part_of_what_is_spoken(tmp_path: Path) -> None:
    facts = _probed(
        tmp_path,
        _vtt(
            "00:30.000 --> 00:31.000",
            "00:00.000 --> 00:04.000",
            "00:09.000 --> 00:10.000",
            "00:15.001 --> 00:16.000",
            "00:15.500 --> 00:15.600",
        ),
    )

    assert facts.spoken == ((0.0, 10.0), (15.001, 16.0), (30.0, 31.0))
    assert facts.cues == 5


def test_a_transcript_of_countless_stretches_is_summed_up(tmp_path: Path) -> None:
    spans = (
        f"{h:02}:{m:02}:{s:02}.000 --> {h:02}:{m:02}:{s:02}.100"
        for h in range(20)
        for m in range(60)
        for s in range(0, 60, 10)
    )

    facts = _probed(tmp_path, _vtt(*spans))

    assert facts.cues == 7200
    assert facts.spoken is not None
    assert len(facts.spoken) == 5000


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n" + "w" * 65, "a.vtt", None),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>" + "w" * 65, "a.vtt", None),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\nx\n" + "w" * 66, "a.vtt", 5),
        ("1\n00:00:00,000 --> 00:00:01,000\n" + "w" * 32, "a.srt", None),
        ("1\n00:00:00,000 --> 00:00:01,000\n" + "w" * 33, "a.srt", 3),
    ],
)
def test_a_long_line_is_told(
    content: str, name: str, line: int | None, tmp_path: Path
) -> None:
    assert _probed(tmp_path, content, name).long_line == line


@pytest.mark.parametrize(
    ("words", "speakers"),
    [("<v Ann>Hi\n<v Dan>Ho\n<v Ann>Hi", 2), ("Hi", 0)],
)
def test_those_who_speak_are_counted(words: str, speakers: int, tmp_path: Path) -> None:
    vtt = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{words}\n"

    assert _probed(tmp_path, vtt).speakers == speakers
