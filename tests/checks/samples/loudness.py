"""How recordings sound: silent, broken, distorted, too soft, too loud, just right."""

from typing import Any

from peru_media.model.site import Site
from peru_media.model.sound import SoundFacts
from tests.checks.samples.sample import EPISODE, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_show, make_site

__all__ = ["BAD", "GOOD"]

_AUDIO = f"{EPISODE}audio.mp3"
_RIGHT = {"duration": 271.3, "loudness": -16.4, "range": 4.0, "true_peak": -1.2}
_WAV = {"media_type": "audio/wav", "codec": "pcm"}


def _heard(
    name: str,
    code: str,
    *,
    says: str = "",
    fix: str = "",
    site: Site | None = None,
    facts: dict[str, Any] | None = None,
    **sound: Any,
) -> Sample:
    """A sample of a recording that was heard to sound so."""
    heard = SoundFacts.model_validate(_RIGHT | sound)
    known = make_facts(_AUDIO, sound=heard, **(facts or {}))
    return Sample(
        name=name,
        code=code,
        inputs=make_inputs(site, facts={_AUDIO: known}),
        place=_AUDIO,
        says=says,
        fix=fix,
    )


def _film(name: str, **sound: Any) -> Sample:
    """A film keeps its sound, so no advice to have it levelled."""
    path = f"{EPISODE}film.mp4"
    heard = SoundFacts.model_validate(_RIGHT | sound)
    site = make_site(episodes=[make_episode(files=["film.mp4", "transcript.vtt"])])
    return Sample(
        name=name,
        code="W229",
        inputs=make_inputs(site, facts={path: make_facts("film.mp4", sound=heard)}),
        place=path,
        says="-30.0 LUFS",
        fix="Export it again at -16 LUFS.",
    )


def _levelled(**media: Any) -> Site:
    return make_site(episodes=[make_episode(media=media)])


_QUIET_SHOW = make_site(shows=[make_show(defaults={"loudness": "-23"})])
_LEVELLING = make_site(shows=[make_show(defaults={"level": "true"})])

BAD = (
    _heard(
        "zeros",
        "E226",
        says="nothing to hear",
        loudness=None,
        range=None,
        true_peak=None,
    ),
    _heard("muted", "E226", says="nothing to hear", loudness=None, true_peak=-71.2),
    _heard("a scratch", "W227", says="One piece of its sound", broken=1),
    _heard("scratched", "W227", says="12 pieces of its sound", broken=12),
    _heard("over the top", "W228", says="12 s of 271 s", clipped=12.4, true_peak=1.4),
    _heard(
        "soft",
        "W229",
        says="-23.1 LUFS, softer than the show's -16.",
        fix='at -16 LUFS, or write "media: {level: true}"',
        loudness=-23.1,
    ),
    _heard(
        "loud",
        "W229",
        says="-9.0 LUFS, louder than",
        fix='"media: {file: audio.mp3, level: true}"',
        site=_levelled(file="audio.mp3"),
        loudness=-9.0,
    ),
    _heard("loud for a quiet show", "W229", says="the show's -23.", site=_QUIET_SHOW),
    _film("a soft film", loudness=-30.0),
    _heard(
        "high peaks",
        "W230",
        says="Its true peak is -0.3 dBTP.",
        fix='of -1 dBTP at most, or write "media: {level: true}"',
        true_peak=-0.3,
    ),
)

GOOD = (
    _heard("soft but audible", "E226", true_peak=-40.0, loudness=-50.0),
    _heard("whole", "W227"),
    _heard("one loud moment", "W228", clipped=0.3, true_peak=0.4),
    _heard("two LU off", "W229", loudness=-18.0),
    _heard("too short to measure", "W229", loudness=None, range=None),
    _heard("a soft WAV is levelled", "W229", facts=_WAV, loudness=-30.0),
    _heard("levelled by its show", "W229", site=_LEVELLING, loudness=-30.0),
    _heard("levelled if asked", "W229", site=_levelled(level="true"), loudness=-30.0),
    _heard("peaks in bounds", "W230", true_peak=-1.0),
    _heard("zeros have no peak", "W230", loudness=None, true_peak=None),
    _heard("peaks of a WAV", "W230", facts=_WAV, true_peak=-0.1),
    _heard("distorted is worse", "W230", true_peak=1.0, clipped=3.0),
)
