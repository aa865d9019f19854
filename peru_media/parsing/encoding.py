"""From the bytes of a feed to UTF-8, whatever they say of themselves."""

import codecs
import re

from peru_media.parsing.repairs import Notes, shown

__all__ = ["as_utf8", "mended_utf8"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STARTS = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(
    rb"""^[^<]{0,9999}<\?xml\b[^>]{0,999}?\bencoding\s*=\s*["']([\w.:+-]{1,40})["']""",
    re.DOTALL,
)
_KNOWN = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-[bl]e)?|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|big5\w*|"
    r"gb2312|gbk|gb18030|hz|euc_\w+|shift_jis\w*|iso2022_\w+|tis-620|ptcp154|johab"
)
_WIDE = re.compile("utf-(?:16|32)")
_UTF8 = {"utf-8", "ascii"}
_WINDOWS = {
    byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte)
    for byte in range(0x80, 0xA0)
}
_ESCAPED = {0xDC00 + byte: _WINDOWS.get(byte, chr(byte)) for byte in range(0x80, 0x100)}


def as_utf8(data: bytes, notes: Notes) -> bytes:
    """Give the bytes as UTF-8, without a byte order mark.

    Well written UTF-8 comes back as it is, unlooked at. An encoding that is
    declared and does not fit is a repair, ``wrong-encoding``.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, notes)
    for start, codec in _STARTS:
        if data.startswith(start):
            return _decoded(data, codec, notes)
    said = _DECLARED.match(data[:12_000])
    return _decoded(data, said[1].decode() if said else "utf-8", notes)


def mended_utf8(data: bytes, notes: Notes) -> str:
    """Decode what should be UTF-8, reading each odd byte as Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = notes.lines_before + data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        what = "the bytes are not UTF-8 here; odd ones are read as Windows-1252."
        notes.at(at, column, "wrong-encoding", what)
        return data.decode(errors="surrogateescape").translate(_ESCAPED)


def _decoded(data: bytes, name: str, notes: Notes) -> bytes:
    codec = _codec(name)
    if codec is None:
        what = f"{shown(name)} is no known encoding; read as UTF-8."
        notes.at(1, 0, "wrong-encoding", what)
        return data
    if codec in _UTF8:
        return data
    if not _WIDE.match(codec) and _is_utf8_after_all(data):
        what = f"the bytes are UTF-8, not {name}."
        notes.at(1, 0, "wrong-encoding", what)
        return data
    return _transcoded(data, name, codec, notes)


def _transcoded(data: bytes, name: str, codec: str, notes: Notes) -> bytes:
    narrow = _WIDE.match(codec) and b"\x00" not in data[:4]
    if not narrow:
        try:
            return _text(data, codec).encode()
        except UnicodeError:
            pass
    notes.at(1, 0, "wrong-encoding", f"the bytes are not {name}, as they should be.")
    if narrow:
        return data
    return data.decode(codec, errors="replace").encode(errors="replace")


def _codec(name: str) -> str | None:
    """Python's name of an encoding, of those that a text may have."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if _KNOWN.fullmatch(found) else None


def _text(data: bytes, codec: str) -> str:
    """Decode; Latin 1 means Windows-1252 to everybody."""
    if codec in {"iso8859-1", "cp1252"}:
        return data.decode("latin-1").translate(_WINDOWS)
    return data.decode(codec)


def _is_utf8_after_all(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
