"""Media files damaged on purpose: the same seed and number give the same file.

Most damage hits the structure: sizes, counts, flags and times become extreme; parts
are cut off, left out, doubled, nested and swapped, with and without telling those
around them; and files are stuck into each other.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tests.media import chaptered, samples
from tests.media.anatomy import (
    Anatomy,
    anatomy,
    ogg_checked,
    read_number,
    resized,
    with_number,
)
from tests.media.samples import ID3, sound

__all__ = ["FORMS", "Mutation", "mutated", "seeds"]

LARGEST = 1 << 20
STEPS = (1, 1, 1, 2, 2, 4)
TOLD = [(0, "One"), (400, "Two — “quoted”"), (800, "Drei")]
TAGS = {"title": "Náme — one", "artist": "Ann", "comment": "x" * 300}
EXTREMES = (
    0, 1, 2, 7, 8, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000,
    0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1,
)  # fmt: skip
FORMS = ("mp3", "m4a", "wav", "flac", "ogg", "aiff", "pdf", "jpg")
"""Six forms of sound, and what else an episode's folder holds."""

Change = Callable[[random.Random, bytes, Anatomy], bytes]
Seeds = Mapping[str, Sequence[bytes]]


class Mutation(NamedTuple):
    """One damaged file: its form, what it holds, and what was done to it."""

    form: str
    data: bytes
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """A file name with the ending of its form."""
        return f"mutated.{self.form}"


def seeds(folder: Path) -> Seeds:
    """Whole files of every form, small and full of tags, chapters and pictures."""
    made = {form: list[Path]() for form in FORMS}
    made["mp3"] = [_rich(folder), sound(folder / "vbr.mp3", encoder=samples.VARIABLE)]
    m4a = sound(
        folder / "a.m4a",
        "aac",
        form="ipod",
        seconds=1.2,
        tags=TAGS,
        container={"movflags": "faststart"},
        chapters=[(0, 0.4, "One"), (0.4, 1.2, "Two")],
    )
    parts = {"movflags": "empty_moov+frag_keyframe"}
    made["m4a"] = [m4a, sound(folder / "parts.mp4", "aac", container=parts)]
    made["m4a"].append(sound(folder / "film.mov", "aac", seconds=1, film=True))
    bext = {"write_bext": "1"}
    wav = sound(folder / "a.wav", "pcm_s16le", seconds=1, tags=TAGS, container=bext)
    packed = sound(folder / "packed.wav", "adpcm_ima_wav", seconds=1)
    made["wav"] = [wav, packed, _chaptered("WAV cues", folder)]
    made["flac"] = [_chaptered("FLAC comments", folder)]
    made["ogg"] = [
        _chaptered("Opus comments", folder),
        _chaptered("Vorbis comments", folder),
        sound(folder / "lossless.ogg", "flac", form="ogg", seconds=1, tags=TAGS),
    ]
    made["aiff"] = [sound(folder / "a.aiff", "pcm_s16be", seconds=1, tags=TAGS)]
    made["pdf"] = [samples.pdf(folder / "a.pdf", canary="x")]
    found = {
        form: [path.read_bytes() for path in paths] for form, paths in made.items()
    }
    more = {"exif": samples.exif("Ann"), "icc_profile": samples.profile()}
    shapes = (more, more | {"progressive": True, "mode": "CMYK"})
    found["jpg"] = [samples.picture(size=(96, 64), **shape) for shape in shapes]
    return MappingProxyType(found)


def _rich(folder: Path) -> Path:
    marks = [
        ID3.CHAP(
            element_id=f"c{at}",
            start_time=start,
            end_time=start + 400,
            sub_frames=[ID3.TIT2(text=title), ID3.WXXX(url="https://example.org/1")],
        )
        for at, (start, title) in enumerate(TOLD)
    ]
    return samples.tagged(
        sound(folder / "rich.mp3", seconds=1.2),
        ID3.TIT2(text=TAGS["title"]),
        ID3.COMM(lang="eng", desc="", text=TAGS["comment"]),
        ID3.TXXX(desc="guid", text="g-1"),
        ID3.APIC(mime="image/jpeg", type=3, data=samples.picture()),
        ID3.CTOC(element_id="toc", child_element_ids=["c0", "c1"], sub_frames=[]),
        *marks,
    )


def _chaptered(name: str, folder: Path) -> Path:
    return chaptered.SOURCES[name](folder, TOLD, 1.2)


def mutated(whole: Seeds, *, seed: int, number: int) -> Mutation:
    """Damage one of the seeds; forms come by turns."""
    chance = random.Random(f"{seed} {number}")  # noqa: S311 - to be had again
    form = FORMS[number % len(FORMS)]
    data = chance.choice(whole[form])
    steps = []
    for _ in range(chance.choice(STEPS)):
        name = chance.choice(tuple(CHANGES))
        if name == "spliced":
            data = _spliced(chance, data, chance.choice(whole[chance.choice(FORMS)]))
        else:
            data = CHANGES[name](chance, data, anatomy(form, data))
        data = data[:LARGEST]
        steps.append(name)
    if form == "ogg" and chance.random() < 0.8:
        data = ogg_checked(data)
    return Mutation(form, data, tuple(steps))


def _extreme(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    """One number becomes as large or small as it can be, or just wrong."""
    if not body.numbers:
        return data
    number = chance.choice(body.numbers)
    there = read_number(data, number)
    near = (there - 1, there + 1, there * 2, there // 2, there ^ 0x80, len(data))
    return with_number(data, number, chance.choice(EXTREMES + near))


def _many_extremes(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    for _ in range(chance.randint(3, 30)):
        data = _extreme(chance, data, body)
    return data


def _bits(chance: random.Random, data: bytes, _body: Anatomy) -> bytes:
    """Bits turn over, often near the beginning, where the tables lie."""
    whole = bytearray(data)
    reach = chance.choice((64, 512, 4096, len(data)))
    for _ in range(chance.choice((1, 4, 32, 256))):
        if whole:
            whole[chance.randrange(min(reach, len(whole)))] ^= 1 << chance.randrange(8)
    return bytes(whole)


def _noise(chance: random.Random, data: bytes, _: Anatomy) -> bytes:
    """A stretch becomes noise, zeros or ones."""
    size = chance.choice((4, 64, 1024, 16384))
    at = chance.randrange(len(data) + 1)
    filled = chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size))
    return data[:at] + filled + data[at + size :]


def _cut(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    """The end is missing, seldom the beginning: anywhere, or at the edge of a part."""
    if chance.random() < 0.1:
        return data[chance.choice((1, 4, 12, 100, len(data) // 2)) :]
    ends = [part.end + chance.randint(-9, 9) for part in body.parts]
    return data[: max(chance.choice([*ends, chance.randrange(len(data) + 1)]), 0)]


def _left_out(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    return _moved(chance, data, body, copies=0)


def _doubled(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    return _moved(chance, data, body, copies=chance.choice((2, 3, 50, 1000)))


def _moved(chance: random.Random, data: bytes, body: Anatomy, *, copies: int) -> bytes:
    """A part comes so many times in a row; those around it may be told."""
    if not body.parts:
        return data
    part = chance.choice(body.parts)
    kept = data[part.start : part.end]
    copies = min(copies, LARGEST // max(len(kept), 1))
    more = (copies - 1) * len(kept)
    if chance.random() < 0.7:
        data = resized(data, body.parts, part.start, more)
    return data[: part.start] + kept * copies + data[part.end :]


def _nested(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    """A part lies in another, or in itself, again and again."""
    told = [part for part in body.parts if part.told]
    if not told:
        return data
    for _ in range(chance.choice((1, 5, 40))):
        inner, outer = chance.choice(told), chance.choice(told)
        kept = data[inner.start : inner.end][:LARGEST]
        at = min(outer.start + chance.choice((8, 10, 12)), len(data))
        data = resized(data, body.parts, at, len(kept))
        data = (data[:at] + kept + data[at:])[:LARGEST]
    return data


def _swapped(chance: random.Random, data: bytes, body: Anatomy) -> bytes:
    """Two parts change places, or one takes the name of the other."""
    if len(body.parts) < 2:
        return data
    first, second = sorted(chance.sample(body.parts, 2))
    if first.end > second.start or chance.random() < 0.5:
        name = data[second.start : second.start + 8][4:]
        return data[: first.start + 4] + name + data[first.start + 8 :]
    one, two = data[first.start : first.end], data[second.start : second.end]
    between = data[first.end : second.start]
    return data[: first.start] + two + between + one + data[second.end :]


def _spliced(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The end of one file follows the beginning of another, or lies in it."""
    here, there = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    tail = chance.choice((b"", data[here:]))
    return data[:here] + other[there:] + tail


CHANGES: dict[str, Change] = {
    "bits": _bits,
    "cut": _cut,
    "doubled": _doubled,
    "extreme": _extreme,
    "left out": _left_out,
    "many extremes": _many_extremes,
    "nested": _nested,
    "noise": _noise,
    "spliced": lambda _chance, data, _body: data,
    "swapped": _swapped,
}
