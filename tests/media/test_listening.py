import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from peru_media.media.child import Limits, Reply
from peru_media.media.listening import _heard as heard
from peru_media.media.maker import Maker
from peru_media.model.facts import FileFacts
from tests.media import samples
from tests.media.recordings import recording
from tests.media.samples import sound

LONG_AGO = 1_600_000_000
FORMS = {
    "a.mp3": (),
    "a.m4a": ("-movflags", "+faststart"),
    "a.ogg": (),
    "a.flac": (),
    "a.opus": ("-ar", "48000"),
    "a.wav": (),
    "a.aiff": (),
    "a.amr": (),
    "a.3gp": (),
}
ROUNDS = 40


class Steps:
    """A progress that writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, int]] = []

    def start(self, phase: str, total: int, unit: str) -> None:
        self.heard.append(("start", f"{phase} in {unit}", total))

    def advance(self, phase: str, amount: int) -> None:
        self.heard.append(("advance", phase, amount))

    def finish(self, phase: str) -> None:
        self.heard.append(("finish", phase, 0))


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_what_was_heard_is_not_heard_again(tmp_path: Path) -> None:
    path, cache = aged(recording(tmp_path / "a.mp3")), dict[str, bytes]()
    steps = Steps()
    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        found = maker.hear(maker.facts([path]), progress=steps)
        assert maker.hear(maker.facts([path]), progress=steps) == found
    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        assert maker.hear(maker.facts([path]), progress=steps) == found

    assert found[path].sound is not None
    assert steps.heard == [
        ("start", "sound in B", path.stat().st_size),
        ("advance", "sound", path.stat().st_size),
        ("finish", "sound", 0),
    ]


def test_what_is_no_recording_is_left_as_it_is(maker: Maker, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "a.mp3").write_bytes(b"")
    samples.pdf(tmp_path / "a.pdf")
    facts = maker.facts(sorted(tmp_path.glob("a.*")))

    assert maker.hear(facts) == facts


def test_a_film_is_heard_if_it_has_sound(maker: Maker, tmp_path: Path) -> None:
    film = sound(tmp_path / "a.mp4", "aac", film=True)

    found = maker.hear(maker.facts([film]))[film]

    assert found.sound is not None
    assert found.sound.loudness is not None


def test_a_recording_that_goes_away_meanwhile_is_not_heard(
    maker: Maker, tmp_path: Path
) -> None:
    path = recording(tmp_path / "a.mp3")
    facts = maker.facts([path])
    path.unlink()

    assert maker.hear(facts) == facts


def test_what_cannot_be_decoded_says_so_and_that_is_remembered(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.flac")
    path.write_bytes(path.read_bytes()[:9000] + bytes(9000))
    aged(path)
    cache: dict[str, bytes] = {}
    with Maker(cache=cache, copies=tmp_path / "copies", workers=1) as maker:
        plain = maker.facts([path])[path]
        facts = {path: plain.model_copy(update={"fault": None, "duration": 2.0})}
        found = maker.hear(facts)[path]

    assert "cannot be decoded" in (found.fault or "")
    assert found.sound is None
    assert f"sound:{path}" in cache


def test_a_recording_has_the_more_time_the_longer_it_is(tmp_path: Path) -> None:
    path = recording(tmp_path / "a.wav", seconds=30)
    limits = Limits(wall=-19.99)
    with Maker(cache={}, copies=tmp_path / "c", workers=1) as maker:
        facts = maker.facts([path])
    with Maker(cache={}, copies=tmp_path / "c", workers=1, limits=limits) as maker:
        found = maker.hear(facts)[path]
        longer = {path: facts[path].model_copy(update={"duration": 3600.0})}
        patient = maker.hear(longer)[path]

    assert "took longer than 1.01 s" in (found.fault or "") or found.sound
    assert patient.sound is not None


def test_an_answer_without_sense_is_not_believed() -> None:
    assert heard(Reply(value=b'{"loudness": "loud"}')).fault == (
        "What it says of its sound makes no sense: export it again."
    )


@pytest.mark.parametrize("name", FORMS)
def test_damaged_recordings_end_in_a_sentence(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    chance = random.Random(name)  # noqa: S311 - the same damage each time
    whole = recording(tmp_path / name, *FORMS[name], seconds=2).read_bytes()
    paths = []
    for number in range(ROUNDS):
        paths.append(tmp_path / f"{number}-{name}")
        paths[-1].write_bytes(damaged(whole, chance))
    began = time.monotonic()

    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as maker:
        found = maker.hear(
            {path: tried(facts) for path, facts in maker.facts(paths).items()}
        )

    faults = [facts.fault for facts in found.values() if facts.fault]
    assert all(fault.endswith((".", "?")) for fault in faults)
    assert not any("break down" in fault for fault in faults)
    assert not any("longer than" in fault for fault in faults)
    assert all(_is_told(facts) for facts in found.values())
    took = time.monotonic() - began
    record_property(
        "figure",
        f"damaged {name[2:]}: {ROUNDS} heard, {len(faults)} with a sentence, "
        f"{took:.1f} s",
    )


def tried(facts: FileFacts) -> FileFacts:
    """Let a file be heard, even where its outside tells that it is damaged."""
    if facts.kind not in {"audio", "video"}:
        return facts
    return facts.model_copy(update={"fault": None, "duration": 2.0, "codec": "any"})


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """One to five mutations: bits, runs of bytes, cuts, repetitions."""
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data))
        at = at % 2048 if chance.random() < 0.5 else at
        span = chance.randrange(1, 64)
        data[at : at + span] = chance.choice(
            [
                bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 : at + span],
                chance.randbytes(span),
                b"\xff" * span,
                b"",
                data[at : at + span] * 2,
            ]
        )
    if chance.random() < 0.2:
        del data[chance.randrange(len(data) // 2, len(data)) :]
    return bytes(data)


def _is_told(facts: FileFacts) -> bool:
    """Whether something was heard, or said, or it is taken for another thing."""
    return bool(facts.fault or facts.sound or facts.kind not in {"audio", "video"})
