"""Words that may never get out, hidden in files, and how each is found again."""

import base64
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import quote_from_bytes

from PIL import Image

__all__ = ["Hidden", "found_in", "found_under"]

_WORD = "ZqKmXvP"
_CODE = 4
_DEEP = 3
_MOST = 1 << 22
_PLAIN = re.compile(rb"(?i)zqkmxvp([0-9a-z]{4})")
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_GZIP = b"\x1f\x8b"
_IN_GZIP = 31


@dataclass(slots=True)
class Hidden:
    """One master with a word of its own in each place.

    Attributes:
        form: how the table calls its format, at most two signs of it in each word.
        path: where it lies. places: words by the place they are hidden in.
        public: places whose words are published by design.
    """

    form: str
    code: str
    path: Path
    places: dict[str, str] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)

    def word(self, place: str, *, public: bool = False) -> str:
        """A new word, for this place."""
        assert place not in self.places, place
        made = self.places[place] = f"{_WORD}{self.code}{len(self.places):02X}"
        if public:
            self.public.add(place)
        return made

    def bytes(self, place: str, *, public: bool = False) -> bytes:
        """The same in ASCII."""
        return self.word(place, public=public).encode()


def found_under(folder: Path) -> set[str]:
    """The words in every file of a folder, in their names, and in what is packed."""
    found = found_in(str(sorted(folder.rglob("*"))).encode())
    for path in folder.rglob("*"):
        if path.is_file():
            found |= found_in(path.read_bytes())
    return found


def found_in(data: bytes, *, depth: int = _DEEP) -> set[str]:
    """The words in some bytes: plain, in UTF-16, base64, hex, percent, and packed."""
    found = {_WORD + match[1].decode().upper() for match in _PLAIN.finditer(data)}
    for order in ("utf-16-le", "utf-16-be"):
        wide = _WORD.encode(order)
        for at in _starts(data, wide):
            found.add(data[at : at + 2 * (len(_WORD) + _CODE)].decode(order, "replace"))
    found |= set(_in_hex(data)) | set(_in_base64(data))
    if depth:
        for packed in (*_unpacked(data), *_pixels(data)):
            found |= found_in(packed, depth=depth - 1)
    return found


def _starts(data: bytes, needle: bytes) -> Iterator[int]:
    at = data.find(needle)
    while at >= 0:
        yield at
        at = data.find(needle, at + 1)


def _in_hex(data: bytes) -> Iterator[str]:
    signs = 2 * (len(_WORD) + _CODE)
    for needle in (_WORD.encode().hex(), _WORD.encode().hex().upper()):
        for at in _starts(data, needle.encode()):
            yield bytes.fromhex(data[at : at + signs].decode()).decode()
    percent = "".join(f"%{letter:02X}" for letter in _WORD.encode())
    assert quote_from_bytes(_WORD.encode()) == _WORD  # plain search finds the usual
    for needle in (percent, percent.lower()):
        for at in _starts(data, needle.encode()):
            told = data[at : at + 3 * (len(_WORD) + _CODE)].replace(b"%", b"")
            yield bytes.fromhex(told.decode()).decode()


def _in_base64(data: bytes) -> Iterator[str]:
    """Three ways that the word can lie in groups of three bytes."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + _WORD.encode())
        first = -(-shift * 8 // 6)
        last = (shift + len(_WORD)) * 8 // 6
        for at in _starts(data, whole[first:last]):
            begin = at - first
            group = data[max(begin, 0) : begin + 20].translate(None, b"\r\n")
            text = base64.b64decode(group[: len(group) // 4 * 4])
            told = text[shift : shift + len(_WORD) + _CODE].decode("ascii", "replace")
            if told.startswith(_WORD):
                yield told


def _unpacked(data: bytes) -> Iterator[bytes]:
    for match in _ZLIB.finditer(data):
        packed = data[match.start() :]
        bits = _IN_GZIP if packed.startswith(_GZIP) else zlib.MAX_WBITS
        try:
            text = zlib.decompressobj(bits).decompress(packed, _MOST)
        except zlib.error:
            continue
        if text:
            yield text


def _pixels(data: bytes) -> Iterator[bytes]:
    """The pixels of a picture that keeps them exactly, also where none is seen."""
    if data.startswith(b"\x89PNG"):
        with Image.open(BytesIO(data)) as image:
            yield image.tobytes()
            yield image.convert("RGBA").convert("RGB").tobytes()
