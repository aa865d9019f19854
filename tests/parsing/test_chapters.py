import json

import pytest

from peru_media.parsing.chapters import chapters_fault


def _file(*starts: object, version: object = "1.2.0") -> bytes:
    chapters = [{"startTime": start, "title": "x"} for start in starts]
    return json.dumps({"version": version, "chapters": chapters}).encode()


@pytest.mark.parametrize(
    "data",
    [
        _file(0),
        _file(0, 1.5, 1.5, 90),
        b"\xef\xbb\xbf" + _file(0),
        _file(0).decode().encode("utf-16"),
    ],
)
def test_chapters_that_apps_can_show_have_no_fault(data: bytes) -> None:
    assert chapters_fault(data) == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", 'no list of "chapters"'),
        (b'{"version": "1", "chapters": {}}', 'no list of "chapters"'),
        (_file(0, version=1.2), '"version"'),
        (_file(), "no chapter"),
        (_file("0"), "Chapter 1 has no"),
        (_file(0, True), "Chapter 2 has no"),  # noqa: FBT003  # a value of the file
        (_file(0, -1), "Chapter 2 has no"),
        (_file(float("nan")), "Chapter 1 has no"),
        (_file(10**400), "Chapter 1 has no"),
        (_file(None), "Chapter 1 has no"),
        (_file(2, 1), "Chapter 2 begins before"),
    ],
)
def test_what_apps_could_not_show_is_said(data: bytes, words: str) -> None:
    assert words in chapters_fault(data)
