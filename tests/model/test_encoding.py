from typing import Any

import pytest

from peru_media.model.encoding import ENCODED, encoding_of, published_type
from peru_media.model.facts import CopyRecipe, CopyTags, made_from
from peru_media.model.files import DefaultsField, MediaField
from tests.factories import make_facts

WAV = {"media_type": "audio/wav", "codec": "pcm"}
MONO = {
    "codec": "mp3",
    "loudness": "-16",
    "channels": "1",
    "bit_rate": "96000",
    "sample_rate": "44100",
}


def settings(
    facts: dict[str, Any],
    defaults: dict[str, Any] | None = None,
    media: dict[str, Any] | None = None,
) -> dict[str, str]:
    return encoding_of(
        make_facts(**{"channels": 1, "sample_rate": 44100} | facts),
        DefaultsField.model_validate(defaults or {}),
        MediaField.model_validate(media or {}),
    )


@pytest.mark.parametrize("media_type", sorted(ENCODED))
def test_what_apps_do_not_play_is_encoded(media_type: str) -> None:
    assert settings({"media_type": media_type}) == MONO


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({}, True),
        ({"media_type": "audio/x-m4a", "codec": "aac"}, True),
        ({"media_type": "audio/x-m4a", "codec": "alac"}, False),
        ({"media_type": "audio/mpeg", "codec": "mp2"}, False),
        ({"media_type": "video/quicktime", "codec": "aac"}, True),
        ({"media_type": "video/quicktime", "codec": "sowt"}, False),
        ({"kind": "video", "media_type": "video/quicktime", "codec": "sowt"}, True),
        ({"media_type": "audio/aac", "codec": "aac"}, True),
        ({"kind": "video", "media_type": "video/mp4"}, True),
        ({"kind": "pdf", "media_type": "application/pdf"}, True),
        (WAV | {"fault": "It is damaged."}, True),
    ],
)
def test_what_apps_play_is_kept_as_it_is(facts: dict[str, Any], *, kept: bool) -> None:
    assert (settings(facts) == {}) == kept


@pytest.mark.parametrize(
    ("defaults", "media", "levelled"),
    [
        ({}, {}, False),
        ({"level": "true"}, {}, True),
        ({"level": "true"}, {"level": "false"}, False),
        ({}, {"level": "true"}, True),
    ],
)
def test_finished_recordings_are_levelled_if_show_or_episode_ask(
    defaults: dict[str, Any], media: dict[str, Any], *, levelled: bool
) -> None:
    assert bool(settings({}, defaults, media)) == levelled
    film = {"kind": "video", "media_type": "video/mp4"}
    assert settings(film, defaults, media) == {}


@pytest.mark.parametrize(
    ("facts", "defaults", "changed"),
    [
        ({"channels": 2}, {}, {"channels": "2", "bit_rate": "128000"}),
        ({"channels": 6}, {}, {"channels": "2", "bit_rate": "128000"}),
        ({"channels": None}, {}, {"channels": "2", "bit_rate": "128000"}),
        ({"sample_rate": 8000}, {}, {"sample_rate": "48000"}),
        ({"sample_rate": 22050}, {}, {"sample_rate": "44100"}),
        ({"sample_rate": None}, {}, {}),
        ({}, {"sample_rate": "48000"}, {"sample_rate": "48000"}),
        ({}, {"bit_rate_mono": "64"}, {"bit_rate": "64000"}),
        ({}, {"bit_rate_stereo": "192"}, {}),
        ({}, {"loudness": "-19.5"}, {"loudness": "-19.5"}),
    ],
)
def test_settings_are_those_of_the_show_and_of_the_recording(
    facts: dict[str, Any], defaults: dict[str, Any], changed: dict[str, str]
) -> None:
    assert settings(WAV | facts, defaults) == MONO | changed


@pytest.mark.parametrize(
    ("media_type", "chosen", "published"),
    [
        ("audio/wav", MONO, "audio/mpeg"),
        ("audio/x-m4a", MONO, "audio/mpeg"),
        ("audio/x-m4a", {}, "audio/x-m4a"),
        ("audio/aac", {}, "audio/x-m4a"),
        ("video/mp4", {}, "video/mp4"),
    ],
)
def test_a_copy_is_of_a_type_that_apps_play(
    media_type: str, chosen: dict[str, str], published: str
) -> None:
    assert published_type(media_type, chosen) == published


def test_a_changed_setting_makes_a_new_copy_and_nothing_else_does() -> None:
    def name(**settings: str) -> str:
        return made_from(
            CopyRecipe(
                master="a.wav",
                master_sha256="0" * 64,
                media_type="audio/wav",
                tags=CopyTags(title="A", album="B"),
                settings=settings,
            )
        )

    assert name(**MONO) == name(**dict(reversed(MONO.items())))
    names = {name(**MONO), name(), *(name(**MONO | {key: "7"}) for key in MONO)}
    assert len(names) == len(MONO) + 2
    # Copies are named as before, unless their bytes are others: all are sent again.
    assert name().startswith("94fe60d5cccde6e2")
