"""Tell by its first bytes what a server really sent, whatever it calls it."""

import re

__all__ = ["sniffed"]

_HEAD = 4 * 2**10
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
    rb"<(?:!doctype\s+html|html|head|body|script|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_MAGIC = (
    (b"ID3", "audio/mpeg"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"WEBVTT", "text/vtt"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_RIFF = {b"WAVE": "audio/wav", b"WEBP": "image/webp"}
_AUDIO_BRANDS = {b"M4A ", b"M4B ", b"M4P "}
_BRANDS = {b"M4V ": "video/x-m4v", b"qt  ": "video/quicktime"}
_MPEG = re.compile(rb"\xff[\xe2-\xe5\xf2-\xf5\xfa-\xfd]")
_ADTS = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")


def sniffed(data: bytes) -> str:
    """Give the media type of what begins so; empty where the bytes tell nothing.

    A page of HTML is known by its first tag, a film or sound in MP4 by its brand,
    MPEG and AAC sound by the mark of a frame.
    """
    data = data[:_HEAD]
    if _HTML.match(data):
        return "text/html"
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        audio = "audio/x-m4a" if brand in _AUDIO_BRANDS else "video/mp4"
        return _BRANDS.get(brand, audio)
    magic = (kind for start, kind in _MAGIC if data.startswith(start))
    return next(magic, "") or _by_frame(data) or _by_brace(data)


def _by_frame(data: bytes) -> str:
    if _ADTS.match(data):
        return "audio/aac"
    return "audio/mpeg" if _MPEG.match(data) else ""


def _by_brace(data: bytes) -> str:
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"<?xml", b"<rss", b"<feed")):
        return "application/xml"
    return "application/json" if text.startswith((b"{", b"[")) else ""
