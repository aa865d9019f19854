"""Fields of a group are set, and not one byte beside them changes."""

import pytest

from peru_media.errors import ContentError
from peru_media.reading.filling import fill_group

PATH = "episodes/a/episode.md"
MADE = {"file": "transcript.vtt", "made_by": "machine", "checked": None}


def page(fields: str) -> str:
    return f"---\nshow: stories  # the show\n{fields}# the end\n---\ntranscript: no\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("transcript:\n", "transcript: {file: transcript.vtt, made_by: machine}\n"),
        (
            "transcript: words.srt # by Ann\n",
            "transcript: {file: transcript.vtt, made_by: machine} # by Ann\n",
        ),
        (
            "transcript: {}\n",
            "transcript: {made_by: machine, file: transcript.vtt}\n",
        ),
        (
            "transcript: {made_by: human}  # Ann's\n",
            "transcript: {file: transcript.vtt, made_by: machine}  # Ann's\n",
        ),
        (
            "transcript: {file: a.srt, checked: 2026-01-01, made_by: human}\n",
            "transcript: {file: transcript.vtt, checked: , made_by: machine}\n",
        ),
        (
            (
                "transcript:\n  # Ann typed it.\n  file: a.srt  # as sent\n"
                "  checked: 2026-01-01\n"
            ),
            (
                "transcript:\n  # Ann typed it.\n  made_by: machine\n"
                "  file: transcript.vtt  # as sent\n  checked: \n"
            ),
        ),
        (
            "transcript:\n  waiver: {reason: being typed, until: 2026-12-01}\n",
            (
                "transcript:\n  made_by: machine\n  file: transcript.vtt\n"
                "  waiver: {reason: being typed, until: 2026-12-01}\n"
            ),
        ),
    ],
)
def test_a_group_is_filled_as_it_stands(
    before: str, after: str, newline: str, mark: str
) -> None:
    old = (mark + page(before)).replace("\n", newline).encode()

    new = fill_group(old, PATH, "transcript", MADE)

    assert new.decode() == (mark + page(after)).replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_group_that_is_not_there_comes_below_all_fields(newline: str) -> None:
    old = page("").replace("\n", newline).encode()

    new = fill_group(old, PATH, "transcript", MADE)

    line = f"transcript: {{file: transcript.vtt, made_by: machine}}{newline}"
    assert new == old.replace(
        b"# the end" + newline.encode(), b"# the end" + newline.encode() + line.encode()
    )


def test_filling_twice_changes_nothing_more() -> None:
    once = fill_group(page("").encode(), PATH, "transcript", MADE)

    assert fill_group(once, PATH, "transcript", MADE) == once


@pytest.mark.parametrize(
    "text",
    [
        b"no fields",
        b"---\n\xff\n---\n",
        b"---\nshow: [\n---\n",
        b"---\ntranscript: [a, b]\n---\n",
        b"---\ntranscript: {file: [a]}\n---\n",
    ],
)
def test_a_file_that_is_not_the_one_that_was_read_is_left_alone(text: bytes) -> None:
    with pytest.raises(ContentError) as caught:
        fill_group(text, PATH, "transcript", MADE)
    [problem] = caught.value.problems
    assert problem.code == "E153"
