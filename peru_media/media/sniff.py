"""Tell what a file is by its first bytes, whatever its name says."""

import os
from dataclasses import dataclass
from typing import BinaryIO

from peru_media.errors import MediaError
from peru_media.media.frames import adts_at, synced, tag_at

__all__ = ["TAG_LIMIT", "Form", "sniff"]

TAG_LIMIT = 16 << 20
_MOST_TAGS = 1_000
_HEAD = 64 << 10
_CHAIN = 3
_LONE_CHAIN = 6
_FTYP = slice(4, 8)
_BRAND = slice(8, 12)


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is made as.

    Attributes:
        name: of the reader for it, such as ``mp3`` or ``mp4``; ``other`` has none.
        kind: a ``FileKind``. media_type: as Apple wants it.
        start: where the sound begins, after the tags at the front.
        known_as: what people call it, where nothing here can read it.
    """

    name: str
    kind: str
    media_type: str
    start: int = 0
    known_as: str = ""


_MAGIC = (
    (b"fLaC", Form("flac", "audio", "audio/flac")),
    (b"\xff\xd8\xff", Form("picture", "picture", "image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Form("picture", "picture", "image/png")),
    (b"GIF8", Form("other", "picture", "image/gif", known_as="GIF picture")),
    (b"II*\0", Form("other", "picture", "image/tiff", known_as="TIFF picture")),
    (b"MM\0*", Form("other", "picture", "image/tiff", known_as="TIFF picture")),
    (b"#!AMR\n", Form("amr", "audio", "audio/amr")),
    (b"#!AMR-WB\n", Form("amr", "audio", "audio/amr")),
    (b"BM", Form("other", "picture", "image/bmp", known_as="BMP picture")),
)
_RIFF = {
    b"WAVE": Form("wav", "audio", "audio/wav"),
    b"WEBP": Form("other", "picture", "image/webp", known_as="WebP picture"),
}
_AIFF = dict.fromkeys((b"AIFF", b"AIFC"), Form("aiff", "audio", "audio/aiff"))
_FAMILIES = {b"RIFF": _RIFF, b"RF64": _RIFF, b"BW64": _RIFF, b"FORM": _AIFF}
_OGG = (
    (b"\x01vorbis", Form("vorbis", "audio", "audio/ogg")),
    (b"OpusHead", Form("opus", "audio", "audio/opus")),
    (b"\x7fFLAC", Form("oggflac", "audio", "audio/ogg")),
)
# 3GPP TS 26.244, 5.3
_PHONES = (
    b"3g2a", b"3g2b", b"3g2c", b"3ge6", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gr6",
    b"3gs6",
)  # fmt: skip
_BRANDS = {
    b"M4A ": Form("mp4", "audio", "audio/x-m4a"),
    b"M4B ": Form("mp4", "audio", "audio/x-m4a"),
    b"M4P ": Form("mp4", "audio", "audio/x-m4a"),
    b"M4V ": Form("mp4", "video", "video/x-m4v"),
    b"qt  ": Form("mp4", "video", "video/quicktime"),
    **dict.fromkeys(_PHONES, Form("mp4", "video", "video/3gpp")),
    b"heic": Form("other", "picture", "image/heic", known_as="HEIC picture"),
    b"mif1": Form("other", "picture", "image/heic", known_as="HEIC picture"),
    b"avif": Form("other", "picture", "image/avif", known_as="AVIF picture"),
}
_ISO_MEDIA = Form("mp4", "video", "video/mp4")
_UNREADABLE = (
    (b"FORM", "old Amiga file"),
    (b"caff", "Core Audio file"),
    (b"riff\x2e\x91\xcf\x11", "Wave64 file"),
    (b"FRM8", "DSD sound file"),
    (b"DSD ", "DSD sound file"),
    (b"MAC ", "Monkey's Audio file"),
    (b"MP+", "Musepack file"),
    (b"MPCK", "Musepack file"),
    (b"wvpk", "WavPack file"),
    (b"OFR ", "OptimFROG file"),
    (b"TTA1", "TTA file"),
    (b"tBaK", "TAK file"),
    (b"MThd", "MIDI file"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media file"),
    (b"\x0b\x77", "Dolby AC-3 file"),
    (b"ADIF", "old AAC file"),
    (b"\x1a\x45\xdf\xa3", "Matroska or WebM file"),
    (b"OggS", "Ogg file of a rare kind"),
    (b"PK\x03\x04", "ZIP file (Word and other office files are such)"),
    (b"\x1f\x8b", "gzip file"),
)


def sniff(file: BinaryIO) -> Form:
    """Tell what an open file is, by content alone.

    Raises:
        MediaError: its tag block is over 16 MB, which is refused unread, or there are
            more of them than any program writes.
    """
    size = os.fstat(file.fileno()).st_size
    start = _skip_tags(file)
    file.seek(start)
    head = file.read(_HEAD)
    found = _by_magic(head) or _by_place(head) or _by_frames(head, start=start)
    if found is None:
        return _leftover(head, start=start, size=size)
    return Form(found.name, found.kind, found.media_type, start, found.known_as)


def _skip_tags(file: BinaryIO) -> int:
    """Find where the content begins, after any number of ID3v2 tags."""
    at = 0
    for _ in range(_MOST_TAGS):
        file.seek(at)
        head = file.read(32)
        size = tag_at(head, 0) if head[:3] == b"ID3" else 0
        if size > TAG_LIMIT:
            msg = (
                f"Its tag block is {size / 1e6:.0f} MB, and over 16 MB is refused: "
                "remove the pictures and texts from its tags."
            )
            raise MediaError(msg)
        if not size:
            return at
        at += size
    msg = f"It has over {_MOST_TAGS:,} tag blocks: remove all tags and export it again."
    raise MediaError(msg)


def _by_magic(head: bytes) -> Form | None:
    family = head[:4]
    if family in _FAMILIES:
        return _FAMILIES[family].get(head[_BRAND])
    if family == b"OggS":
        return _by_packet(head)
    if head[_FTYP] == b"ftyp":
        return _BRANDS.get(head[_BRAND], _ISO_MEDIA)
    return next((form for magic, form in _MAGIC if head.startswith(magic)), None)


def _by_packet(head: bytes) -> Form | None:
    """Look at the first packet of the first Ogg page (RFC 3533, 6)."""
    segments = head[26] if len(head) > 26 else 0  # noqa: PLR2004 - the header's size
    packet = head[27 + segments :]
    return next((form for magic, form in _OGG if packet.startswith(magic)), None)


def _by_place(head: bytes) -> Form | None:
    """A PDF may begin with blanks, an old QuickTime file with any of its atoms."""
    if head[_FTYP] in {b"moov", b"mdat", b"wide", b"pnot"}:
        return _BRANDS[b"qt  "]
    pdf = head[:16].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")
    return Form("pdf", "pdf", "application/pdf") if pdf else None


def _by_frames(head: bytes, *, start: int) -> Form | None:
    """Find MPEG or ADTS sound, a little way in where junk stands before it."""
    adts = adts_at(head, 0)
    if adts and (adts[0] == len(head) or adts_at(head, adts[0])):
        return Form("adts", "audio", "audio/aac")
    mpeg = Form("mp3", "audio", "audio/mpeg")
    chain = _CHAIN if start else _LONE_CHAIN
    if synced(head, 0, chain=2):
        return mpeg
    at = head.find(b"\xff")
    while at >= 0:
        if synced(head, at, chain=chain):
            return mpeg
        at = head.find(b"\xff", at + 1)
    return None


def _leftover(head: bytes, *, start: int, size: int) -> Form:
    """What is neither sound, picture nor PDF: text, or something else."""
    for magic, name in _UNREADABLE:
        if head.startswith(magic):
            return Form("other", "other", "application/octet-stream", known_as=name)
    if start:
        return Form("mp3", "audio", "audio/mpeg", start)
    if size and b"\0" not in head:
        return Form("text", "text", "text/plain")
    return Form("other", "other", "application/octet-stream")
