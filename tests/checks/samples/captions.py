"""Captions that no browser would show, and such as are good."""

from typing import Any

from peru_media.model.facts import FileKind
from tests.checks.samples.sample import EPISODE, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_site

__all__ = ["BAD", "GOOD"]

_FILM = f"{EPISODE}film.mp4"
_VTT = f"{EPISODE}captions.vtt"


def _shown(
    code: str, name: str, says: str = "", *, place: str = _VTT, **change: Any
) -> Sample:
    files = ("film.mp4", "transcript.vtt", "captions.vtt")
    film = make_facts("audio.mp3", kind=FileKind.VIDEO, media_type="video/mp4")
    captions = make_facts(_VTT, **{"cues": 3} | change)
    return Sample(
        name=name,
        code=code,
        inputs=make_inputs(
            make_site(episodes=[make_episode(captions="captions.vtt", files=files)]),
            facts={_FILM: film, _VTT: captions},
        ),
        place=place,
        says=says,
    )


BAD = (
    _shown("E239", "JSON", "captions.vtt is neither", media_type="application/json"),
    _shown("E239", "not UTF-8", "captions.vtt is neither", fault="It is not UTF-8."),
    _shown("E239", "no times", "captions.vtt has no words", cues=0),
    _shown("E239", "backwards", "This line", place=f"{_VTT}:3:1", broken_line=3),
    Sample(
        name="sound",
        code="W240",
        inputs=make_inputs(
            make_site(
                episodes=[
                    make_episode(
                        captions="captions.vtt",
                        files=("audio.mp3", "transcript.vtt", "captions.vtt"),
                    )
                ]
            ),
            facts={_VTT: make_facts(_VTT, cues=3)},
        ),
        place=f"{EPISODE}episode.md:6:1",
        says="Captions are shown over a film",
    ),
)

GOOD = (
    _shown("E239", "WebVTT"),
    _shown("E239", "SubRip", media_type="application/x-subrip"),
    _shown("W240", "a film"),
    Sample(name="no captions", code="E239", inputs=make_inputs()),
)
