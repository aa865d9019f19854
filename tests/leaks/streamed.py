"""FLAC, Vorbis and Opus masters with words in their comments and around them."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

from mutagen import flac as mutagen_flac
from mutagen import ogg

from tests.leaks.canaries import Hidden
from tests.leaks.tagged import photo
from tests.media.samples import id3_block, sound, v23_frame

__all__ = ["flac", "ogg_flac", "opus", "vorbis"]

PICTURE: Any = mutagen_flac.Picture
PAGE: Any = ogg.OggPage
_NAMES = [
    "TITLE", "ARTIST", "ALBUM", "COMMENT", "DESCRIPTION", "CONTACT", "LOCATION",
    "GEO_LOCATION", "COPYRIGHT", "LICENSE", "ORGANIZATION", "PERFORMER", "ENCODER",
    "ENCODED-BY", "LYRICS", "WEBSITE", "X-PRIVATE",
]  # fmt: skip


def flac(path: Path) -> Hidden:
    """A FLAC file with every block of metadata, and tags of MP3 around it."""
    hide = Hidden("FLAC", "FL", path)
    sound(path, "flac", bit_rate=None, seconds=1.0)
    data = path.read_bytes()
    info, sound_at = data[8:42], _sound_of(data)
    blocks = [
        (0, info),
        (2, b"riff" + hide.bytes("APPLICATION")),
        (4, _comments(hide)),
        (6, _picture(hide, "PICTURE")),
        (3, hide.bytes("SEEKTABLE").ljust(18, b"\0")),
        (126, hide.bytes("unknown block")),
        (1, bytes(64) + hide.bytes("PADDING")),
    ]
    made = b"".join(
        bytes([kind | (0x80 if at == len(blocks) - 1 else 0)])
        + len(body).to_bytes(3)
        + body
        for at, (kind, body) in enumerate(blocks)
    )
    before = id3_block(v23_frame(b"PRIV", hide.bytes("ID3 before")))
    after = b"TAG" + hide.bytes("ID3v1 behind").ljust(125, b"\0")
    trailing = hide.bytes("after the sound")
    path.write_bytes(before + b"fLaC" + made + data[sound_at:] + trailing + after)
    return hide


def vorbis(path: Path) -> Hidden:
    """An Ogg file with a stream of Vorbis, chained to a second one."""
    hide = Hidden("Ogg Vorbis", "VB", path)
    strict = {"strict": "-2"}
    sound(path, "vorbis", form="ogg", encoder=strict, stereo=True, seconds=1.0)
    body = b"\3vorbis" + _comments(hide) + b"\1"
    _chain(hide, body, lambda again: b"\3vorbis" + again + b"\1")
    return hide


def opus(path: Path) -> Hidden:
    """An Ogg file with a stream of Opus, whose head of comments goes on."""
    hide = Hidden("Ogg Opus", "OP", path)
    sound(path, "libopus", form="ogg", rate=48000, seconds=1.0)
    body = b"OpusTags" + _comments(hide) + b"\1" + hide.bytes("behind the comments")
    _chain(hide, body, lambda again: b"OpusTags" + again)
    return hide


def ogg_flac(path: Path) -> Hidden:
    """FLAC in an Ogg file."""
    hide = Hidden("Ogg FLAC", "OF", path)
    sound(path, "flac", form="ogg", bit_rate=None, seconds=1.0)

    def block(comments: bytes) -> bytes:
        return b"\x84" + len(comments).to_bytes(3) + comments

    _chain(hide, block(_comments(hide)), block)
    return hide


def _chain(hide: Hidden, comments: bytes, again: Any) -> None:
    """Put comments into a stream, a skeleton before it and a second one behind."""
    pages = _pages(hide.path)
    first = _with_comments(pages, comments)
    again_told = [hide.word("second stream's vendor"), hide.word("second stream")]
    second = _with_comments(
        _pages(hide.path), again(_block(again_told[0], f"TITLE={again_told[1]}"))
    )
    for page in second:
        page.serial += 1
    made = b"".join(page.write() for page in [*first, *second])
    stray = PAGE()
    stray.serial, stray.first, stray.last = 77, True, True
    stray.packets = [b"fishead\0" + hide.bytes("a stream of another kind")]
    data = made + stray.write() + hide.bytes("after the last page")
    hide.path.write_bytes(data)


def _pages(path: Path) -> list[Any]:
    file, pages = BytesIO(path.read_bytes()), []
    while True:
        try:
            pages.append(PAGE(file))
        except EOFError:
            return pages


def _with_comments(pages: list[Any], body: bytes) -> list[Any]:
    """Replace the second packet, and number the pages anew."""
    whole = PAGE.to_packets(pages[1:2], strict=False)
    packets = [body, *whole[1:]]
    made = PAGE.from_packets(packets, sequence=1)
    for page in made:
        page.serial, page.position = pages[0].serial, pages[1].position
    rest = pages[2:]
    for number, page in enumerate(rest, start=1 + len(made)):
        page.sequence = number
    return [pages[0], *made, *rest]


def _comments(hide: Hidden) -> bytes:
    told = [f"{name}={hide.word(name)}" for name in _NAMES]
    told.append(f"{hide.word('name of a comment')}=x")
    told.append("CHAPTER001=00:00:00.000")
    told.append(f"CHAPTER001NAME={hide.word('CHAPTER001NAME', public=True)}")
    told.append(
        f"CHAPTER001URL=https://example.org/{hide.word('CHAPTER001URL', public=True)}"
    )
    told += ["CHAPTER002=00:00:00.500", "CHAPTER002NAME=The second chapter"]
    picture = base64.b64encode(_picture(hide, "METADATA_BLOCK_PICTURE")).decode()
    told.append(f"METADATA_BLOCK_PICTURE={picture}")
    cover = base64.b64encode(photo(hide, "COVERART")).decode()
    told.append(f"COVERART={cover}")
    return _block(hide.word("vendor"), *told)


def _block(vendor: str, *told: str) -> bytes:
    made = len(vendor).to_bytes(4, "little") + vendor.encode()
    made += len(told).to_bytes(4, "little")
    for text in told:
        made += len(text.encode()).to_bytes(4, "little") + text.encode()
    return made


def _picture(hide: Hidden, place: str) -> bytes:
    made = PICTURE()
    made.type, made.mime, made.desc = 3, "image/jpeg", hide.word(f"{place} name")
    made.data = photo(hide, place)
    written: bytes = made.write()
    return written


def _sound_of(data: bytes) -> int:
    at = 4
    while True:
        last, size = data[at] & 0x80, int.from_bytes(data[at + 1 : at + 4])
        at += 4 + size
        if last:
            return at
