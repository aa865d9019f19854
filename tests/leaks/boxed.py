"""M4A, MP4, MOV and 3GP masters as phones, cameras and editors leave them."""

import subprocess
from pathlib import Path
from typing import Any

from mutagen import mp4

from tests.leaks.canaries import Hidden
from tests.leaks.tagged import photo
from tests.media.samples import box, sound

__all__ = ["alac", "m4a", "mov", "mp4_film", "three_gp"]

MP4: Any = mp4
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_ITEMS = [
    "\xa9nam", "\xa9ART", "\xa9alb", "\xa9cmt", "\xa9gen", "\xa9day", "\xa9too",
    "\xa9wrt", "\xa9lyr", "\xa9grp", "aART", "desc", "ldes", "sonm", "soar", "cprt",
    "purl", "egid", "catg", "keyw", "tvsh", "tven", "tvnn", "purd", "apID",
]  # fmt: skip
_USER = [
    "\xa9nam",
    "\xa9cmt",
    "\xa9xyz",
    "\xa9mak",
    "\xa9mod",
    "\xa9swr",
    "\xa9aut",
    "\xa9inf",
]
_RELEASE_3 = ["auth", "titl", "dscp", "perf", "gnre", "cprt"]
_KEYS = [
    "com.apple.quicktime.location.ISO6709",
    "com.apple.quicktime.location.name",
    "com.apple.quicktime.author",
    "com.apple.quicktime.software",
    "com.apple.quicktime.content.identifier",
    "com.apple.quicktime.displayname",
]


def m4a(path: Path) -> Hidden:
    """A phone's memo, tagged by iTunes: GPS, free-form items, a chapter track."""
    hide = Hidden("M4A, AAC", "M4", path)
    title = hide.word("chapter track", public=True)
    chapters = [(0, 0.5, title), (0.5, 1, "The second chapter")]
    sound(path, "aac", form="ipod", seconds=1.0, chapters=chapters)
    _items(hide)
    _boxes(hide)
    return hide


def alac(path: Path) -> Hidden:
    """The same with a sound that is encoded."""
    hide = Hidden("M4A, ALAC", "AL", path)
    sound(path, "alac", form="ipod", bit_rate=None, seconds=1.0)
    _items(hide)
    _boxes(hide)
    return hide


def mp4_film(path: Path) -> Hidden:
    """A camera's film with subtitles, timed notes and a clock that names the reel."""
    hide = Hidden("MP4, film", "F4", path)
    return _film(hide, "mp4")


def mov(path: Path) -> Hidden:
    """The same as QuickTime has it."""
    hide = Hidden("MOV, film", "FQ", path)
    return _film(hide, "mov")


def three_gp(path: Path) -> Hidden:
    """A phone's recording."""
    hide = Hidden("3GP, AMR", "3G", path)
    sound(
        path, "libopencore_amrnb", form="3gp", rate=8000, bit_rate=12_200, seconds=1.0
    )
    _boxes(hide)
    return hide


def _film(hide: Hidden, form: str) -> Hidden:
    plain = sound(hide.path.with_suffix(".plain.mp4"), "aac", film=True, seconds=1.0)
    told = hide.path.with_suffix(".srt")
    told.write_text(f"1\n00:00:00,000 --> 00:00:00,900\n{hide.word('timed notes')}\n")
    streams = ["-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text"]
    named = ["-metadata:s:v", f"handler_name={hide.word('handler of the film')}"]
    named += ["-metadata:s:a", f"title={hide.word('title of the sound')}"]
    if form == "mov":
        reel = f"reel_name={hide.word('name of the reel')}"
        named += ["-timecode", "01:00:00:00", "-metadata:s:v", reel]
    _ffmpeg("-i", plain, "-i", told, *streams, *named, "-f", form, hide.path)
    plain.unlink()
    told.unlink()
    if form == "mp4":
        _items(hide)
    _boxes(hide, note=True)
    return hide


def _ffmpeg(*arguments: object) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)


def _items(hide: Hidden) -> None:
    """The list of items that iTunes writes, with a cover from a camera."""
    made = MP4.MP4(hide.path)
    for name in _ITEMS:
        made[name] = [hide.word(f"ilst {name}")]
    made["----:com.apple.iTunes:note"] = [hide.bytes("ilst ----")]
    made[f"----:com.apple.iTunes:{hide.word('ilst ---- name')}"] = [b"x"]
    owner = hide.word("ilst ---- owner")
    made[f"----:{owner}:x"] = [b"x"]
    made["covr"] = [MP4.MP4Cover(photo(hide, "covr"), MP4.MP4Cover.FORMAT_JPEG)]
    made.save()


def _boxes(hide: Hidden, *, note: bool = False) -> None:
    data = _slack(hide.path.read_bytes(), hide)
    user = b"".join(_user(hide, name) for name in _USER)
    user += b"".join(_release_3(hide, name) for name in _RELEASE_3)
    user += _place(hide)
    user += box(b"name", hide.bytes("udta name")) + box(
        b"zzzz", hide.bytes("udta zzzz")
    )
    data = _grown(data, [b"moov", b"udta"], user)
    data = _grown(data, [b"moov"], _keys(hide))
    data = _grown(data, [b"moov"], box(b"uuid", bytes(16) + hide.bytes("moov uuid")))
    track = box(b"\xa9nam", b"\0\x0b\0\0" + hide.bytes("track's udta"))
    data = _grown(data, [b"moov", b"trak"], box(b"udta", track))
    data = _grown(data, [b"moov", b"trak"], box(b"free", hide.bytes("free in trak")))
    stated = b"\0\0\0\0" + box(b"ID32", b"\0\0\0\0\x15\xc7" + hide.bytes("ID32"))
    data = _grown(data, [b"moov", b"trak"], box(b"meta", stated))
    data = _grown(
        data,
        [b"moov", b"trak", b"mdia"],
        box(b"elng", bytes(4) + hide.bytes("elng") + b"\0"),
    )
    data = _handler(data, hide)
    if note:
        data = data.replace(b"sbtl", b"meta")
    for name in ("free", "skip", "wide", "zzzz"):
        data += box(name.encode(), hide.bytes(f"box {name}"))
    data += box(b"uuid", bytes(range(16)) + hide.bytes("box uuid"))
    data += box(b"uuid", _XMP + b"<x:xmpmeta>" + hide.bytes("box XMP"))
    data += box(b"meta", bytes(4) + box(b"xml ", bytes(4) + hide.bytes("box meta")))
    hide.path.write_bytes(data)


def _user(hide: Hidden, name: str) -> bytes:
    text = hide.bytes(f"udta {name}")
    return box(name.encode("latin-1"), len(text).to_bytes(2) + b"\x15\xc7" + text)


def _release_3(hide: Hidden, name: str) -> bytes:
    text = bytes(4) + b"\x15\xc7" + hide.bytes(f"udta {name}") + b"\0"
    return box(name.encode(), text)


def _place(hide: Hidden) -> bytes:
    made = bytes(4) + b"\x15\xc7" + hide.bytes("loci place") + b"\0\0"
    made += bytes(12) + hide.bytes("loci body") + b"\0" + hide.bytes("loci notes")
    return box(b"loci", made + b"\0")


def _keys(hide: Hidden) -> bytes:
    """Notes by long names, as QuickTime has them (``mdta``)."""
    keys = b"".join(box(b"mdta", name.encode()) for name in _KEYS)
    items = b""
    for number, name in enumerate(_KEYS, start=1):
        data = box(b"data", b"\0\0\0\1" + bytes(4) + hide.bytes(name))
        items += (len(data) + 8).to_bytes(4) + number.to_bytes(4) + data
    handler = box(b"hdlr", bytes(8) + b"mdta" + bytes(13))
    listed = box(b"keys", bytes(4) + len(_KEYS).to_bytes(4) + keys)
    return box(b"meta", handler + listed + box(b"ilst", items))


def _slack(data: bytes, hide: Hidden) -> bytes:
    """Bytes at the end of the media that belong to no packet."""
    at = _find(data, 0, len(data), b"mdat")
    size = int.from_bytes(data[at : at + 4])
    word = hide.bytes("slack of mdat")
    grown = (size + len(word)).to_bytes(4) + data[at + 4 : at + size] + word
    assert _find(data, 0, len(data), b"moov") > at
    return data[:at] + grown + data[at + size :]


def _handler(data: bytes, hide: Hidden) -> bytes:
    """Name the handler of the first track, in place of what it is called."""
    spots = _path(data, [b"moov", b"trak", b"mdia", b"hdlr"])
    at, size = spots[-1], int.from_bytes(data[spots[-1] : spots[-1] + 4])
    name = hide.bytes("hdlr name") + b"\0"
    whole = box(b"hdlr", data[at + 8 : at + 32] + name)
    data = data[:at] + whole + data[at + size :]
    return _resized(data, spots[:-1], len(whole) - size)


def _grown(data: bytes, path: list[bytes], extra: bytes) -> bytes:
    """Put boxes at the end of the first one at a path; made where it is not there."""
    spots = _path(data, path)
    if not spots:
        return _grown(data, path[:-1], box(path[-1], extra))
    at = spots[-1]
    end = at + int.from_bytes(data[at : at + 4])
    return _resized(data[:end] + extra + data[end:], spots, len(extra))


def _resized(data: bytes, spots: list[int], by: int) -> bytes:
    made = bytearray(data)
    for at in spots:
        size = int.from_bytes(made[at : at + 4]) + by
        made[at : at + 4] = size.to_bytes(4)
    return bytes(made)


def _path(data: bytes, path: list[bytes]) -> list[int]:
    """Where the boxes of a path begin; nothing where one is missing."""
    spots, start, end = [], 0, len(data)
    for name in path:
        at = _find(data, start, end, name)
        if at < 0:
            return []
        spots.append(at)
        start, end = at + 8, at + int.from_bytes(data[at : at + 4])
    return spots


def _find(data: bytes, start: int, end: int, name: bytes) -> int:
    while start + 8 <= end:
        size = int.from_bytes(data[start : start + 4])
        if data[start + 4 : start + 8] == name:
            return start
        start += max(size, 8)
    return -1
