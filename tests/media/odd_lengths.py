"""Recordings whose length is hard to tell, each named for what is odd about it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.media.anatomy import anatomy, ogg_checked, resized
from tests.media.samples import (
    NO_HEADER,
    VARIABLE,
    box,
    frame_starts,
    id3_block,
    sound,
    synchsafe,
    v23_frame,
)

__all__ = ["GROUPS", "Case"]

BARE = {"id3v2_version": "0"}
PLAIN = BARE | NO_HEADER
LATE = 48_000 * 1000
CUTS = (0.2, 0.5, 0.8, 0.97)
HOUR = 360
UNKNOWN, ENDLESS = 0xFFFFFFFF, 0x7FFFFFF0

Make = Callable[[Path], Path]
Change = Callable[[bytes], bytes]


class Case(NamedTuple):
    """A recording to be made: its name, with what is odd about it, and how."""

    name: str
    make: Make


def _made(codec: str = "libmp3lame", **more: Any) -> Make:
    """A maker of tones and noise, made once and then kept."""
    more = {"seconds": 6.0} | more
    kept: list[bytes] = []

    def make(path: Path) -> Path:
        if not kept:
            kept.append(sound(path, codec, **more).read_bytes())
        path.write_bytes(kept[0])
        return path

    return make


def _changed(make: Make, change: Change) -> Make:
    def changed(path: Path) -> Path:
        path.write_bytes(change(make(path).read_bytes()))
        return path

    return changed


def _variable(**more: Any) -> Make:
    return _made(bit_rate=None, encoder=VARIABLE, **more)


def _mp3s() -> Iterator[Case]:
    bare = _made(container=PLAIN)
    yield Case("constant, no header.mp3", bare)
    yield Case("constant, stereo.mp3", _made(stereo=True, bit_rate=128_000))
    for rate in (48000, 32000, 24000, 22050, 16000, 12000, 11025, 8000):
        header = _variable(rate=rate, container=BARE)
        yield Case(f"variable, {rate} Hz.mp3", header)
        lost = _variable(rate=rate, container=PLAIN)
        yield Case(f"variable, {rate} Hz, no header.mp3", lost)
    yield Case("layer two.mp3", _made("mp2", form="mp2"))
    yield Case("variable, long, no header.mp3", _variable(seconds=40, container=PLAIN))
    headed = _variable(container=BARE)
    for name, change in _mp3_changes().items():
        yield Case(f"{name}.mp3", _changed(headed, change))
    yield Case("two in a row.mp3", _joined(_variable(), _made(rate=44100)))
    yield Case("two rates in a row.mp3", _joined(bare, _made(rate=22050)))


def _mp3_changes() -> dict[str, Change]:
    title = v23_frame(b"TIT2", b"\0" + b"x" * 400)
    return {
        "tag that tells of too little": lambda data: (
            b"ID3\x03\0\0" + synchsafe(100) + title + data
        ),
        "tag that tells of too much": lambda data: (
            b"ID3\x03\0\0" + synchsafe(len(title) + 700) + title + data
        ),
        "tag without a size": lambda data: b"ID3\x03\0\0" + bytes(4) + title + data,
        "tag twice": lambda data: id3_block(title) * 2 + data,
        "zeros first": lambda data: bytes(3000) + data,
        "noise first": lambda data: b"RIFFx\xff\xe0\0junk" * 300 + data,
        "text in the middle": lambda data: _inserted(data, b"no sound" * 900),
        "tag in the middle": lambda data: _inserted(data, id3_block(title)),
        "tag at the end": lambda data: data + b"TAG" + b"x" * 125,
        "header of no frames": lambda data: _xing(data, 8, 0),
        "header of too many frames": lambda data: _xing(data, 8, 9_999_999),
        "header of too few frames": lambda data: _xing(data, 8, 20),
        "header of too many bytes": lambda data: _xing(data, 12, 99_999_999),
    }


def _xing(data: bytes, at: int, value: int) -> bytes:
    at += max(data.find(b"Xing"), data.find(b"Info"))
    return data[:at] + value.to_bytes(4) + data[at + 4 :]


def _inserted(data: bytes, other: bytes) -> bytes:
    at = frame_starts(data)[60]
    return data[:at] + other + data[at:]


def _joined(first: Make, second: Make) -> Make:
    def joined(path: Path) -> Path:
        end = second(path.with_stem("second")).read_bytes()
        path.write_bytes(first(path).read_bytes() + end)
        return path

    return joined


def _mp4s() -> Iterator[Case]:
    plain = _made("aac", form="ipod")
    yield Case("plain.m4a", plain)
    faststart = {"movflags": "faststart"}
    yield Case("index first.m4a", _made("aac", form="ipod", container=faststart))
    parts = {"movflags": "empty_moov+frag_keyframe"}
    yield Case("in fragments.mp4", _made("aac", container=parts))
    yield Case("in fragments.mov", _made("aac", container=parts))
    yield Case("film.mp4", _made("aac", film=True))
    yield Case("film.mov", _made("aac", film=True))
    yield Case("lossless.m4a", _made("alac", form="ipod", bit_rate=None))
    yield Case("uncompressed.mov", _made("pcm_s16be", bit_rate=None))
    yield Case("mp3 inside.mp4", _made())
    phone = {"rate": 8000, "bit_rate": 12_200, "form": "3gp"}
    yield Case("phone.3gp", _made("libopencore_amrnb", **phone))
    chapters = [(0, 2.0, "One"), (2.0, 6.0, "Two")]
    yield Case("chapters.m4b", _made("aac", form="ipod", chapters=chapters))
    yield Case(
        "no edits.m4a", _changed(plain, lambda data: data.replace(b"edts", b"free"))
    )
    for name, edits in EDITS.items():
        yield Case(f"{name}.m4a", _changed(plain, lambda d, e=edits: _edited(d, *e)))  # type: ignore[misc]  # one change each
    for header in ("mvhd", "mdhd", "tkhd"):
        change = _untold(header.encode())
        yield Case(f"{header} of no length.m4a", _changed(plain, change))


EDITS: Mapping[str, tuple[tuple[int, int], ...]] = MappingProxyType(
    {
        "start trimmed": ((4000, 2 * 44_100),),
        "end trimmed": ((3000, 1024),),
        "both ends trimmed": ((1500, 44_100),),
        "empty edit first": ((2000, -1), (6000, 1024)),
        "middle cut out": ((1000, 0), (2000, 3 * 44_100)),
        "edit of no length": ((0, 1024),),
        "edit that is too long": ((60_000, 1024),),
    }
)


def _edited(data: bytes, *edits: tuple[int, int]) -> bytes:
    """Another edit list: how many milliseconds play, from where in the media."""
    rows = (
        span.to_bytes(4) + begin.to_bytes(4, signed=True) + b"\0\1\0\0"
        for span, begin in edits
    )
    made = box(b"elst", bytes(4) + len(edits).to_bytes(4) + b"".join(rows))
    at = data.index(b"elst") - 4
    size = int.from_bytes(data[at : at + 4])
    data = resized(data, anatomy("m4a", data).parts, at, len(made) - size)
    return data[:at] + made + data[at + size :]


def _untold(name: bytes) -> Change:
    """The length of a header is zero."""
    place = {b"mvhd": 20, b"mdhd": 20, b"tkhd": 24}[name]

    def change(data: bytes) -> bytes:
        at = data.index(name) + place
        return data[:at] + bytes(4) + data[at + 4 :]

    return change


def _oggs() -> Iterator[Case]:
    opus = _made("libopus", rate=48000)
    vorbis = _made("vorbis", encoder={"strict": "-2"}, stereo=True)
    for name, make in (("opus", opus), ("ogg", vorbis)):
        yield Case(f"plain.{name}", make)
        other = _changed(make, _renumbered)
        yield Case(f"two in a row.{name}", _joined(make, other))
        yield Case(f"cut out of a stream.{name}", _changed(make, _late))
        yield Case(f"no last page.{name}", _changed(make, _without_last_page))
        yield Case(f"end trimmed.{name}", _changed(make, _trimmed))
        yield Case(f"last page says too much.{name}", _changed(make, _boasting))
    yield Case("lossless.ogg", _made("flac", form="ogg"))
    gap = _changed(opus, _with_a_gap)
    yield Case("pages lost in the middle.opus", gap)
    low = {"rate": 16000, "bit_rate": 16_000, "encoder": {"frame_duration": "60"}}
    yield Case("long packets.opus", _made("libopus", **low))


def _pages(data: bytes) -> list[int]:
    return [part.start for part in anatomy("ogg", data).parts]


def _renumbered(data: bytes) -> bytes:
    for at in _pages(data):
        data = data[: at + 14] + b"next" + data[at + 18 :]
    return ogg_checked(data)


def _late(data: bytes) -> bytes:
    """All positions are a thousand seconds later."""
    for at in _pages(data):
        position = _position(data, at)
        if position > 0:
            data = _placed(data, at, position + LATE)
    return ogg_checked(data)


def _without_last_page(data: bytes) -> bytes:
    return data[: _pages(data)[-1]]


def _with_a_gap(data: bytes) -> bytes:
    pages = _pages(data)
    return data[: pages[4]] + data[pages[5] :]


def _trimmed(data: bytes) -> bytes:
    """The last page ends a little earlier, as editors trim."""
    at = _pages(data)[-1]
    return ogg_checked(_placed(data, at, _position(data, at) - 400))


def _boasting(data: bytes) -> bytes:
    at = _pages(data)[-1]
    return ogg_checked(_placed(data, at, _position(data, at) + 3 * 48_000))


def _position(data: bytes, at: int) -> int:
    return int.from_bytes(data[at + 6 : at + 14], "little", signed=True)


def _placed(data: bytes, at: int, position: int) -> bytes:
    return data[: at + 6] + position.to_bytes(8, "little") + data[at + 14 :]


def _losslesses() -> Iterator[Case]:
    flac = _made("flac", bit_rate=None)
    yield Case("plain.flac", flac)
    yield Case("no total.flac", _changed(flac, lambda data: _total(data, 0)))
    yield Case("total too large.flac", _changed(flac, lambda data: _total(data, 9**9)))
    yield Case("total too small.flac", _changed(flac, lambda data: _total(data, 9**5)))
    tag = id3_block(v23_frame(b"TIT2", b"\0x"))
    yield Case("after a tag.flac", _changed(flac, lambda data: tag + data))
    wav = _made("pcm_s16le", bit_rate=None)
    for size, name in ((0, "no size"), (UNKNOWN, "unknown size"), (ENDLESS, "endless")):
        yield Case(f"{name}.wav", _changed(wav, lambda d, s=size: _data_size(d, s)))  # type: ignore[misc]  # one change each
    yield Case("too long.wav", _changed(wav, lambda data: _data_size(data, 900_000)))
    yield Case("too short.wav", _changed(wav, lambda data: _data_size(data, 90_000)))
    yield Case("plain.wav", wav)
    yield Case("long.wav", _made("pcm_s24le", container={"rf64": "always"}))
    for codec in ("pcm_u8", "pcm_f32le", "pcm_alaw", "adpcm_ima_wav", "adpcm_ms"):
        yield Case(f"{codec}.wav", _made(codec, bit_rate=None))
    aiff = _made("pcm_s16be", bit_rate=None)
    yield Case("plain.aiff", aiff)
    yield Case("packed.aiff", _made("pcm_mulaw", bit_rate=None))
    yield Case("too many frames.aiff", _changed(aiff, lambda d: _frames(d, 9_000_000)))
    yield Case("no frames.aiff", _changed(aiff, lambda data: _frames(data, 0)))


def _total(data: bytes, samples: int) -> bytes:
    """FLAC: the total of samples in the last 36 bits before the checksum."""
    held = int.from_bytes(data[18:26]) >> 36 << 36 | samples
    return data[:18] + held.to_bytes(8) + data[26:]


def _data_size(data: bytes, size: int) -> bytes:
    at = data.index(b"data") + 4
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


def _frames(data: bytes, count: int) -> bytes:
    at = data.index(b"COMM") + 10
    return data[:at] + count.to_bytes(4) + data[at + 4 :]


def _streams() -> Iterator[Case]:
    adts = _made("aac", form="adts")
    yield Case("plain.aac", adts)
    short = _made("aac", form="adts", rate=16000, bit_rate=24_000, seconds=10)
    yield Case("an hour.aac", _changed(short, lambda data: data * HOUR))
    yield Case("after a tag.aac", _changed(adts, lambda data: id3_block(b"") + data))
    yield Case("tag at the end.aac", _changed(adts, lambda data: data + b"TAG" * 50))
    phone = _made("libopencore_amrnb", rate=8000, bit_rate=12_200, form="amr")
    yield Case("phone.amr", phone)


def _cuts() -> Iterator[Case]:
    index_first = {"movflags": "faststart"}
    whole = {
        "mp3": _variable(),
        "bare.mp3": _variable(container=PLAIN),
        "m4a": _made("aac", form="ipod", container=index_first),
        "mov": _made("aac", film=True, container=index_first),
        "aac": _made("aac", form="adts"),
        "wav": _made("pcm_s16le", bit_rate=None),
        "aiff": _made("pcm_s16be", bit_rate=None),
        "flac": _made("flac", bit_rate=None),
        "opus": _made("libopus", rate=48000),
        "ogg": _made("vorbis", encoder={"strict": "-2"}, stereo=True),
        "amr": _made("libopencore_amrnb", rate=8000, bit_rate=12_200, form="amr"),
    }
    for name, make in whole.items():
        for share in CUTS:
            cut = _changed(make, lambda data, s=share: data[: int(len(data) * s)])  # type: ignore[misc]  # one cut each
            yield Case(f"cut at {share:.0%}.{name}", cut)


GROUPS: Mapping[str, Callable[[], Iterator[Case]]] = MappingProxyType(
    {
        "MP3": _mp3s,
        "MP4 and QuickTime": _mp4s,
        "Ogg": _oggs,
        "FLAC, WAV, AIFF": _losslesses,
        "AAC and AMR streams": _streams,
        "files cut short": _cuts,
    }
)
