"""WAV and AIFF masters as recorders and editors leave them."""

from pathlib import Path
from typing import Any

from mutagen import id3

from tests.leaks.canaries import Hidden
from tests.leaks.tagged import photo
from tests.media.samples import sound

__all__ = ["aiff", "wav"]

ID3: Any = id3
_INFO = [
    "IARL", "IART", "ICMS", "ICMT", "ICOP", "IDIT", "IENG", "IGNR", "IKEY", "IMED",
    "INAM", "IPRD", "ISBJ", "ISFT", "ISRC", "ISRF", "ITCH",
]  # fmt: skip
_CART = [(64, "title"), (64, "artist"), (64, "cut"), (64, "client"), (64, "category"),
         (64, "classification"), (64, "out cue")]  # fmt: skip


def wav(path: Path) -> Hidden:
    """A WAV with the chunks of broadcasters, recorders and editors."""
    hide = Hidden("WAV, BWF", "WV", path)
    sound(path, "pcm_s16le", bit_rate=None, seconds=1.0)
    body = path.read_bytes()[12:]
    info = b"".join(_little(name, hide.bytes(f"INFO {name}")) for name in _INFO)
    chunks = [
        ("bext", _bext(hide)),
        ("iXML", _ixml(hide)),
        ("LIST", b"INFO" + info),
        ("cart", _cart(hide)),
        ("axml", b"<axml>" + hide.bytes("axml") + b"</axml>"),
        ("_PMX", b"<x:xmpmeta>" + hide.bytes("XMP") + b"</x:xmpmeta>"),
        ("JUNK", hide.bytes("JUNK")),
        ("PAD ", hide.bytes("PAD")),
        ("FLLR", hide.bytes("FLLR")),
        ("DISP", bytes(4) + hide.bytes("DISP")),
        ("id3 ", _id3(hide)),
        ("zzzz", hide.bytes("unknown chunk")),
        ("cue ", (1).to_bytes(4, "little") + _cue()),
        ("LIST", b"adtl" + _adtl(hide)),
    ]
    body += b"".join(_little(name, data) for name, data in chunks)
    path.write_bytes(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body)
    path.write_bytes(path.read_bytes() + hide.bytes("after the last chunk"))
    return hide


def aiff(path: Path) -> Hidden:
    """An AIFF with every chunk that may hold words."""
    hide = Hidden("AIFF", "AI", path)
    sound(path, "pcm_s16be", bit_rate=None, seconds=1.0)
    body = path.read_bytes()[12:]
    comment = hide.bytes("COMT")
    marker = hide.bytes("MARK", public=True)
    chunks = [
        *((name, hide.bytes(name)) for name in ("NAME", "AUTH", "(c) ", "MIDI")),
        ("ANNO", hide.bytes("ANNO")),
        ("ANNO", hide.bytes("ANNO again")),
        ("COMT", b"\0\1" + bytes(6) + len(comment).to_bytes(2) + comment),
        ("APPL", b"stoc" + hide.bytes("APPL")),
        ("AESD", hide.bytes("AESD").ljust(24, b"\0")),
        ("SAXL", hide.bytes("SAXL")),
        ("ID3 ", _id3(hide)),
        ("MARK", b"\0\1\0\1" + bytes(4) + bytes([len(marker)]) + marker),
        ("zzzz", hide.bytes("unknown chunk")),
    ]
    body += b"".join(_big(name, data) for name, data in chunks)
    path.write_bytes(b"FORM" + (len(body) + 4).to_bytes(4) + b"AIFF" + body)
    path.write_bytes(path.read_bytes() + hide.bytes("after the last chunk"))
    return hide


def _little(name: str, data: bytes) -> bytes:
    size = len(data).to_bytes(4, "little")
    return name.encode() + size + data + bytes(len(data) % 2)


def _big(name: str, data: bytes) -> bytes:
    return name.encode() + len(data).to_bytes(4) + data + bytes(len(data) % 2)


def _bext(hide: Hidden) -> bytes:
    made = hide.bytes("bext description").ljust(256, b"\0")
    made += hide.bytes("bext originator").ljust(32, b"\0")
    made += hide.bytes("bext reference").ljust(32, b"\0") + b"2020-01-0110:00:00"
    made += bytes(8) + b"\1\0" + hide.bytes("bext UMID").ljust(64, b"\0")
    made += hide.bytes("bext reserved").ljust(190, b"\0")
    return made + b"A=PCM,T=" + hide.bytes("bext coding history") + b"\r\n\0"


def _ixml(hide: Hidden) -> bytes:
    fields = ("PROJECT", "SCENE", "TAPE", "NOTE", "FILE_UID", "USER")
    inside = "".join(f"<{name}>{hide.word(f'iXML {name}')}</{name}>" for name in fields)
    return f"<BWFXML><IXML_VERSION>1.5</IXML_VERSION>{inside}</BWFXML>".encode()


def _cart(hide: Hidden) -> bytes:
    made = b"0101" + b"".join(
        hide.bytes(f"cart {name}").ljust(size, b"\0") for size, name in _CART
    )
    made += b"2020/01/0110:00:002020/01/0110:00:00"
    made += hide.bytes("cart program").ljust(64, b"\0") + bytes(64 + 64 + 4 + 64 + 276)
    made += hide.bytes("cart address").ljust(1024, b"\0")
    return made + hide.bytes("cart text")


def _cue() -> bytes:
    return (1).to_bytes(4, "little") + bytes(4) + b"data" + bytes(12)


def _adtl(hide: Hidden) -> bytes:
    first = (1).to_bytes(4, "little")
    made = _little("labl", first + hide.bytes("label of a cue", public=True) + b"\0")
    made += _little("note", first + hide.bytes("note of a cue") + b"\0")
    text = bytes(4) + b"rgn " + bytes(8) + hide.bytes("text of a cue") + b"\0"
    made += _little("ltxt", first + text)
    return made + _little("file", first + bytes(4) + hide.bytes("file of a cue"))


def _id3(hide: Hidden) -> bytes:
    """A tag in a chunk of its own."""
    held = hide.path.with_suffix(".tag")
    tag = ID3.ID3()
    tag.add(ID3.TIT2(encoding=1, text=[hide.word("ID3 TIT2")]))
    tag.add(ID3.PRIV(owner="x", data=hide.bytes("ID3 PRIV")))
    tag.add(
        ID3.APIC(
            encoding=0, mime="image/jpeg", type=3, desc="", data=photo(hide, "ID3 APIC")
        )
    )
    held.write_bytes(b"")
    tag.save(held, v2_version=3)
    data = held.read_bytes()
    held.unlink()
    return data
