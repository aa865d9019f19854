import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from peru_media.errors import MediaError
from peru_media.media.copies import make_copy
from peru_media.media.encoding import Master, encode_levelled, levelled
from peru_media.media.hearing import hear_file
from peru_media.media.levelling import Level
from peru_media.media.maker import Maker
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts
from peru_media.model.files import DefaultsField, MediaField
from tests.media.recordings import decoded, judge, recording
from tests.media.samples import ID3, packets

CANARY = "CANARY-Jane-Doe"
BEXT = ("-write_bext", "1", "-metadata", f"description={CANARY}")
TAGS = CopyTags(title="The night train", album="A show", guid="guid-1")
MASTERS: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "recorder.wav": (BEXT, {"gain": -20, "stereo": True}),
    "clipped.wav": ((), {"gain": 40}),
    "low.wav": ((), {"rate": 8000, "gain": -12}),
    "high.flac": (("-metadata", f"artist={CANARY}"), {"rate": 96000, "gain": -10}),
    "mac.aiff": (("-metadata", f"title={CANARY}"), {"gain": -6}),
    "lossless.m4a": (("-c:a", "alac", "-metadata", f"artist={CANARY}"), {}),
    "voice.ogg": (("-metadata", f"comment={CANARY}"), {"stereo": True}),
    "voice.opus": (("-metadata", f"comment={CANARY}"), {"rate": 48000, "gain": -15}),
    "phone.amr": ((), {}),
    "phone.3gp": ((), {}),
}


def recipe(
    path: Path, facts: FileFacts, media: dict[str, Any] | None = None, **defaults: Any
) -> CopyRecipe:
    return CopyRecipe(
        master=str(path),
        master_sha256=facts.sha256,
        media_type=facts.media_type,
        tags=TAGS,
        settings=encoding_of(
            facts,
            DefaultsField.model_validate(defaults),
            MediaField.model_validate(media or {}),
        ),
    )


def ordered(maker: Maker, path: Path, **more: Any) -> CopyRecipe:
    return recipe(path, maker.facts([path])[path], **more)


def stream(path: Path) -> dict[str, Any]:
    """What ffprobe says of the sound."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    [found] = json.loads(done.stdout)["streams"]
    return dict(found)


@pytest.mark.parametrize("name", MASTERS)
def test_a_copy_is_as_loud_and_as_long_as_it_has_to_be(
    name: str, maker: Maker, tmp_path: Path
) -> None:
    options, more = MASTERS[name]
    master = recording(tmp_path / name, *options, **more)
    before = master.read_bytes()

    copy = maker.copy(ordered(maker, master))

    verdict = judge(copy)
    assert verdict.loudness == pytest.approx(-16, abs=0.5)
    assert verdict.true_peak <= -1.0
    assert decoded(copy) == pytest.approx(decoded(master), abs=0.001)
    facts = maker.facts([copy])[copy]
    assert facts.duration == pytest.approx(decoded(master), abs=0.001)
    assert (facts.media_type, facts.questions) == ("audio/mpeg", ())
    assert master.read_bytes() == before
    assert CANARY.encode() not in copy.read_bytes()


@pytest.mark.parametrize(
    ("stereo", "rate", "figures"),
    [
        (False, 44100, ("mp3", "44100", 1, "96000")),
        (True, 48000, ("mp3", "48000", 2, "128000")),
        (False, 8000, ("mp3", "48000", 1, "96000")),
    ],
)
def test_a_copy_has_the_form_that_its_settings_name(
    figures: tuple[str, str, int, str],
    rate: int,
    *,
    stereo: bool,
    maker: Maker,
    tmp_path: Path,
) -> None:
    master = recording(tmp_path / "a.wav", stereo=stereo, rate=rate)

    told = stream(maker.copy(ordered(maker, master)))

    names = ("codec_name", "sample_rate", "channels", "bit_rate")
    assert tuple(told[name] for name in names) == figures


@pytest.mark.parametrize("loudness", [-19, -23])
def test_a_show_has_its_own_loudness(
    loudness: int, maker: Maker, tmp_path: Path
) -> None:
    master = recording(tmp_path / "a.wav")

    copy = maker.copy(ordered(maker, master, loudness=str(loudness)))

    assert judge(copy).loudness == pytest.approx(loudness, abs=0.5)


def test_small_and_large_bit_rates_are_as_loud(maker: Maker, tmp_path: Path) -> None:
    master = recording(tmp_path / "a.wav", gain=-10)
    rates = ("48", "192", "224", "320")
    recipes = [ordered(maker, master, bit_rate_mono=rate) for rate in rates]

    found = [judge(copy).loudness for copy in maker.copies(recipes)]

    assert found == [pytest.approx(-16, abs=0.5)] * 4


def test_the_same_master_gives_the_same_bytes_wherever_it_lies(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        master = recording(folder / "a.wav", gain=-20)
        with Maker(cache={}, copies=folder / "copies", workers=1) as maker:
            made.append(maker.copy(ordered(maker, master)))

    assert made[0].name == made[1].name
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.parametrize("gain", [-20, 40])
def test_a_child_makes_what_would_be_made_here(
    gain: int, maker: Maker, tmp_path: Path
) -> None:
    master = recording(tmp_path / "a.wav", gain=gain, seconds=3)
    asked = ordered(maker, master)
    out = tmp_path / "here.mp3"

    make_copy(
        {
            "recipe": asked.model_dump(mode="json", exclude_none=True),
            "media_type": "audio/mpeg",
            "sound": hear_file(master),
            "out": str(out),
        }
    )

    assert out.read_bytes() == maker.copy(asked).read_bytes()


MONO = {"codec": "mp3", "channels": "1", "bit_rate": "32000", "sample_rate": "44100"}


@pytest.mark.parametrize(("target", "tries"), [("-9", 4), ("-16", 1)])
def test_what_cannot_reach_its_target_comes_as_near_as_it_can(
    target: str, tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.media.encoding._TRIES", tries)
    master = recording(tmp_path / "a.wav", seconds=2)
    out = tmp_path / "a.mp3"

    with master.open("rb") as file, out.open("w+b") as sound:
        encode_levelled(
            Master(
                file=file,
                form="wav",
                settings=MONO | {"loudness": target},
                heard=hear_file(master),
            ),
            sound,
        )

    assert judge(out).loudness > -18
    assert decoded(out) == pytest.approx(2, abs=0.001)


def test_what_holds_no_sound_is_not_encoded(tmp_path: Path) -> None:
    junk = recording(tmp_path / "junk.flac")
    junk.write_bytes(junk.read_bytes()[:9000] + bytes(9000))

    with junk.open("rb") as file, pytest.raises(MediaError, match="no sound"):
        list(levelled(Master(file=file, form="flac", settings=MONO, heard={}), Level()))


def test_a_copy_carries_the_allow_list_and_no_name_of_a_program(
    maker: Maker, tmp_path: Path
) -> None:
    copy = maker.copy(ordered(maker, recording(tmp_path / "a.wav", *BEXT)))

    assert str(ID3.ID3(copy)["TIT2"]) == "The night train"
    assert b"Lavf6" not in copy.read_bytes()
    assert b"Lavc" not in copy.read_bytes()
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_silence_and_a_moment_of_sound_are_encoded_as_they_are(
    maker: Maker, tmp_path: Path
) -> None:
    silent = recording(tmp_path / "silent.wav", then=",volume=0")
    short = recording(tmp_path / "short.wav", seconds=0.1)

    copies = maker.copies([ordered(maker, silent), ordered(maker, short)])

    assert decoded(copies[0]) == pytest.approx(6, abs=0.001)
    assert decoded(copies[1]) == pytest.approx(0.1, abs=0.001)


def test_a_finished_recording_is_levelled_only_if_that_is_asked(
    maker: Maker, tmp_path: Path
) -> None:
    master = recording(tmp_path / "a.mp3", gain=-12)

    kept, levelled = maker.copies(
        [ordered(maker, master), ordered(maker, master, media={"level": "true"})]
    )

    assert packets(kept) == packets(master)
    assert judge(levelled).loudness == pytest.approx(-16, abs=0.5)
    assert decoded(levelled) == pytest.approx(decoded(master), abs=0.001)


def test_copies_come_in_their_order_and_are_told_of(
    maker: Maker, tmp_path: Path
) -> None:
    masters = [
        recording(tmp_path / f"{name}.wav", seconds=1, gain=-at)
        for at, name in enumerate("abc")
    ]
    recipes = [ordered(maker, master) for master in masters]
    heard: list[int] = []
    first = maker.copy(recipes[0])

    copies = maker.copies([*recipes, recipes[1]], advance=heard.append)

    assert copies[0] == first
    assert copies[1] == copies[3]
    assert len(set(copies)) == 3
    assert sum(heard) == 4


def test_what_cannot_be_heard_cannot_be_encoded(maker: Maker, tmp_path: Path) -> None:
    master = recording(tmp_path / "a.flac")
    good = recording(tmp_path / "b.flac")
    asked = ordered(maker, master)
    master.write_bytes(master.read_bytes()[:9000] + bytes(9000))

    with pytest.raises(MediaError, match=r"a\.flac: It holds no sound"):
        maker.copies([asked, ordered(maker, good)])


def test_a_master_that_changed_meanwhile_is_refused(
    maker: Maker, tmp_path: Path
) -> None:
    master = recording(tmp_path / "a.wav")
    asked = ordered(maker, master)
    recording(master, gain=-3)

    with pytest.raises(MediaError, match="It changed while it was being published"):
        maker.copy(asked)
