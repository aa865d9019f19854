import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from av.audio.frame import AudioFrame

from peru_media.errors import MediaError
from peru_media.media.maker import Maker
from peru_media.media.splicing import DAMAGED, Follower, spliced
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags
from peru_media.model.files import DefaultsField, MediaField
from peru_media.model.sound import SoundEdit
from tests.media.marked import MARKER, delayed, energy, film, marked, samples
from tests.media.recordings import decoded, judge

TAGS = CopyTags(title="The night train", album="A show")
FLOOR = -60.0


def recipe(maker: Maker, master: Path, *edits: SoundEdit) -> CopyRecipe:
    facts = maker.facts([master])[master]
    return CopyRecipe(
        master=str(master),
        master_sha256=facts.sha256,
        media_type=facts.media_type,
        tags=TAGS,
        settings=encoding_of(facts, DefaultsField(), MediaField(), edited=bool(edits)),
        edits=edits,
    )


def edit(start: float, end: float, how: Any = "cut") -> SoundEdit:
    return SoundEdit(start=start, end=end, how=how)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.mp3", "cut"), ("a.mp3", "bleep"), ("a.m4a", "cut"), ("a.m4a", "silence"),
        ("a.wav", "bleep"),
    ],
)  # fmt: skip
def test_nothing_of_what_is_taken_out_can_be_heard(
    name: str, how: str, maker: Maker, tmp_path: Path, record_property: Any
) -> None:
    master = marked(tmp_path / name, 1.0, 2.0)

    copy = maker.copy(recipe(maker, master, edit(0.98, 2.02, how)))

    assert energy(master, MARKER) > -30
    left = energy(copy, MARKER)
    record_property("figure", f"{name}, {how}: marker tone at {left:.0f} dB")
    assert left < FLOOR
    gone = 1.04 if how == "cut" else 0
    assert decoded(copy) == pytest.approx(decoded(master) - gone, abs=0.06)
    assert copy.suffix == ".mp3"


def test_a_bleep_is_as_loud_as_the_rest_and_a_silence_is_silent(
    maker: Maker, tmp_path: Path
) -> None:
    master = marked(tmp_path / "a.wav", 1.0, 2.0)

    bleeped = maker.copy(recipe(maker, master, edit(1, 2, "bleep")))
    silent = maker.copy(recipe(maker, master, edit(1, 2, "silence")))

    assert energy(bleeped, 1000, start=1.1, end=1.9) == pytest.approx(-13, abs=2.5)
    assert max(map(abs, samples(silent, start=1.1, end=1.9))) < 0.001
    assert judge(bleeped).loudness == pytest.approx(-16, abs=0.6)


def test_the_copy_is_named_by_what_is_taken_out_of_it(
    maker: Maker, tmp_path: Path
) -> None:
    master = marked(tmp_path / "a.mp3", 1.0, 2.0)
    edits: Sequence[tuple[SoundEdit, ...]] = (
        (), (edit(1, 2),), (edit(1, 2, "bleep"),), (edit(1, 2.1),),
    )  # fmt: skip

    copies = {maker.copy(recipe(maker, master, *some)) for some in edits}

    assert len(copies) == len(edits)


@pytest.mark.parametrize("how", ["bleep", "silence"])
def test_a_film_keeps_its_pictures_and_loses_the_words(
    how: str, maker: Maker, tmp_path: Path
) -> None:
    master = film(tmp_path / "a.mp4", 1.0, 2.0)

    copy = maker.copy(recipe(maker, master, edit(0.95, 2.05, how)))

    assert energy(copy, MARKER) < FLOOR
    facts = maker.facts([master, copy])
    assert facts[copy].media_type == "video/mp4"
    assert facts[copy].duration == pytest.approx(facts[master].duration, abs=0.05)
    programs = [path.read_bytes().count(b"Lavc") for path in (master, copy)]
    assert programs[1] < programs[0], "only the pictures still name theirs"


def test_a_film_whose_sound_begins_late_is_bleeped_when_it_is_heard(
    maker: Maker, tmp_path: Path
) -> None:
    whole = film(tmp_path / "a.mp4", 1.0, 1.5, seconds=2.0, channels=6)
    master = delayed(tmp_path / "late.mp4", whole, 0.5)

    copy = maker.copy(recipe(maker, master, edit(1.45, 2.05, "silence")))

    assert energy(copy, MARKER) < FLOOR
    assert energy(copy, 200, end=1.4) > -60, "what was before is there"


def test_a_film_with_damaged_sound_is_not_bleeped_by_guesswork(
    maker: Maker, tmp_path: Path
) -> None:
    master = film(tmp_path / "a.mp4", 1.0, 2.0)
    data = bytearray(master.read_bytes())
    start = data.index(b"mdat") + 4
    for at in range(start, len(data) - 64, 997):
        data[at : at + 64] = b"\xff" * 64
    master.write_bytes(data)

    with pytest.raises(MediaError, match="nobody can say"):
        maker.copy(recipe(maker, master, edit(1, 2, "bleep")))


def test_nothing_is_cut_out_of_a_film(maker: Maker, tmp_path: Path) -> None:
    master = film(tmp_path / "a.mp4", 1.0, 2.0)

    with pytest.raises(MediaError, match="put a bleep or silence over it"):
        maker.copy(recipe(maker, master, edit(1, 2)))


def test_edits_without_an_encoder_are_refused_and_not_forgotten(
    maker: Maker, tmp_path: Path
) -> None:
    master = marked(tmp_path / "a.mp3", 1.0, 2.0)
    bare = recipe(maker, master, edit(1, 2)).model_copy(update={"settings": {}})

    with pytest.raises(MediaError, match="Nothing can be taken out"):
        maker.copy(bare)


def test_a_damaged_recording_is_not_cut_by_guesswork(
    maker: Maker, tmp_path: Path
) -> None:
    master = marked(tmp_path / "a.flac", 2.0, 3.0)
    data = bytearray(master.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 4000] = bytes(4000)
    master.write_bytes(data)

    with pytest.raises(MediaError, match="nobody can say where in it a second"):
        maker.copy(recipe(maker, master, edit(2, 3)))


RATE = 8000


def frames(sizes: Sequence[int], channels: int = 1) -> Iterator[AudioFrame]:
    layout = {1: "mono", 2: "stereo"}[channels]
    for size in sizes:
        frame = AudioFrame("fltp", layout, size, align=1)
        frame.sample_rate = RATE
        for plane in frame.planes:
            plane.update(b"\0\0\0\x3f" * size)
        yield frame


def heights(parts: Iterator[AudioFrame]) -> list[float]:
    return [
        value
        for part in parts
        for value in memoryview(bytes(part.planes[0])).cast("f")[: part.samples]
    ]


def _fields(*edits: SoundEdit) -> list[dict[str, Any]]:
    return [one.model_dump() for one in edits]


@pytest.mark.parametrize("size", [7, 100, 333, 8000])
def test_the_size_of_frames_changes_no_sample(size: int) -> None:
    edits = _fields(edit(0, 0.1, "bleep"), edit(0.2, 0.3, "silence"), edit(0.5, 0.6))
    whole = heights(spliced(frames([8000]), edits, loudness=-16))

    parts = [size] * (8000 // size) + [8000 % size or size]
    sliced = heights(spliced(frames(parts), edits, loudness=-16))

    assert len(whole) == 8000 - 800
    assert sliced[: len(whole)] == whole[: len(sliced)]


def test_edges_are_faded_and_all_else_is_untouched() -> None:
    whole = heights(
        spliced(frames([8000]), _fields(edit(0.5, 0.6, "silence")), loudness=None)
    )

    assert whole[:3960] == [0.5] * 3960
    assert whole[4000:4800] == [0.0] * 800
    assert whole[4840:] == [0.5] * 3160
    assert max(abs(b - a) for a, b in pairwise(whole)) < 0.02


def test_edits_that_overlap_take_out_all_that_they_cover() -> None:
    edits = _fields(edit(0.5, 0.7, "silence"), edit(0.6, 0.8), edit(0.62, 0.65))

    whole = heights(spliced(frames([8000], channels=2), edits, loudness=None))

    assert len(whole) == 8000 - 800
    assert whole[4000:5600] == [0.0] * 1600


def test_a_tone_is_never_louder_than_a_recording_may_be() -> None:
    whole = heights(spliced(frames([8000]), _fields(edit(0, 1, "bleep")), loudness=3))

    assert max(whole) == pytest.approx(0.9, abs=0.01)
    assert math.isclose(sum(whole[800:1600]), 0, abs_tol=0.01)


def test_seconds_that_part_from_samples_are_noticed() -> None:
    first, second = frames([8000, 8000])
    first.pts, second.pts = 0, 10_000
    for frame in (first, second):
        frame.time_base = Fraction(1, RATE)
    follower = Follower(start=0.0)
    follower.follow(first)

    with pytest.raises(MediaError) as caught:
        follower.follow(second)

    assert str(caught.value) == DAMAGED


def test_sound_that_tells_no_times_is_followed_by_its_samples() -> None:
    follower = Follower(start=None)

    for frame in frames([800, 800]):
        assert frame.time is None
        follower.follow(frame)
