import pytest

from peru_media.publishing.first_bytes import sniffed
from tests.projects import cover, tone

MP4 = b"\0\0\0\x20ftyp"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (tone(440), "audio/mpeg"),
        (cover(), "image/png"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"\xff\xf3\x90\x00", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (MP4 + b"M4A ", "audio/x-m4a"),
        (MP4 + b"M4V ", "video/x-m4v"),
        (MP4 + b"qt  ", "video/quicktime"),
        (MP4 + b"isom", "video/mp4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0AVI LIST", ""),
        (b"%PDF-1.7", "application/pdf"),
        (b"WEBVTT\n", "text/vtt"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"\n <!-- a wall --> <HTML lang=en>", "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "text/html"),
        (b'<?xml version="1.0"?><rss>', "application/xml"),
        (b"<rss>", "application/xml"),
        (b' \n{"a": 1}', "application/json"),
        (b"\xef\xbb\xbf[1]", "application/json"),
        (b"Just words.", ""),
        (b"\xff\xfe<\x00h\x00", ""),
        (b"", ""),
    ],
)
def test_what_begins_so_is_of_that_kind(data: bytes, kind: str) -> None:
    assert sniffed(data) == kind


def test_a_long_row_of_comments_takes_no_time() -> None:
    assert sniffed(b"<!--" * 1_000) == ""
    assert sniffed(b"<!---->" * 600) == ""
