"""Which answers are the part that was asked for (RFC 9110, 14)."""

import pytest

from peru_media.checks.feed.online.ranges import range_fault, total_beyond
from peru_media.model.probed import Question, Visit


def _visit(span: str, status: int, told: str, size: int = 0) -> Visit:
    return Visit(
        question=Question.FIRST,
        url="https://example.org/1.mp3",
        status=status,
        headers={"content-range": told} if told else {},
        span=span,
        size=size,
    )


@pytest.mark.parametrize(
    ("span", "told", "size"),
    [
        ("bytes=0-1", "bytes 0-1/500", 2),
        ("bytes=0-1", "bytes 0-1/*", 2),
        ("bytes=10-19", "bytes 10-19/20", 10),
        ("bytes=-128", "bytes 372-499/500", 128),
        ("bytes=-128", "bytes 372-499/*", 128),
    ],
)
def test_the_part_that_was_asked_for_is_right(span: str, told: str, size: int) -> None:
    assert range_fault(_visit(span, 206, told, size)) == ""


@pytest.mark.parametrize(
    ("span", "status", "told", "size", "words"),
    [
        ("bytes=0-1", 200, "", 500, "answers 200 with all of it"),
        ("bytes=0-1", 416, "bytes */500", 0, "answers 416"),
        ("bytes=0-1", 206, "", 2, 'it says "" in'),
        ("bytes=0-1", 206, "0-1/500", 2, '"0-1/500"'),
        ("bytes=0-1", 206, "bytes 1-2/500", 2, '"bytes 1-2/500"'),
        ("bytes=0-1", 206, "bytes 0-499/500", 500, '"bytes 0-499/500"'),
        ("bytes=0-1", 206, "bytes 0-1/500", 500, "500 bytes come in place of 2"),
        ("bytes=-5", 206, "bytes 0-4/500", 5, '"bytes 0-4/500"'),
        ("bytes=-5", 206, "bytes 494-499/500", 6, '"bytes 494-499/500"'),
        ("odd", 206, "bytes 0-1/500", 2, '"bytes 0-1/500"'),
        ("bytes=0-1", 206, "bytes 0-1/" + "9" * 40, 2, "in Content-Range"),
    ],
)
def test_another_part_is_told(
    span: str, status: int, told: str, size: int, words: str
) -> None:
    assert words in range_fault(_visit(span, status, told, size))


@pytest.mark.parametrize(
    ("status", "told", "total"),
    [
        (416, "bytes */500", 500),
        (416, "bytes */*", None),
        (416, "*/500", None),
        (416, "", None),
        (200, "bytes */500", None),
    ],
)
def test_the_end_is_told_by_416_alone(
    status: int, told: str, total: int | None
) -> None:
    assert total_beyond(_visit("bytes=500-", status, told)) == total
