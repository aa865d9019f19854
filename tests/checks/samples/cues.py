"""Transcripts whose stretches are odd, and such as are good."""

from typing import Any

from peru_media.model.sound import SoundFacts
from tests.checks.samples.sample import EPISODE, Sample, make_inputs
from tests.factories import make_episode, make_facts, make_site

__all__ = ["BAD", "GOOD"]

_VTT = f"{EPISODE}transcript.vtt"
_SRT = {"media_type": "application/x-subrip"}
_JSON = {"media_type": "application/json"}
_PAUSE = SoundFacts.model_validate(
    {
        "duration": 271.3,
        "loudness": -16.4,
        "range": 4.0,
        "true_peak": -1.2,
        "silences": ((101.0, 149.0),),
    }
)
_TWO = [{"name": "Ann"}, {"name": "Dan", "role": "guest"}]


def _timed(
    code: str, name: str, says: str = "", *, line: str = "", **change: Any
) -> Sample:
    facts = make_facts(_VTT, **{"cues": 3, "words_end": 271.0, "speakers": 2} | change)
    return Sample(
        name=name,
        code=code,
        inputs=make_inputs(
            make_site(episodes=[make_episode(people=_TWO)]), facts={_VTT: facts}
        ),
        place=f"{_VTT}{line}",
        says=says,
        also=["E203"] if "media_type" in change else [],
    )


BAD = (
    _timed("W231", "goes back", "This stretch begins", line=":9:1", unordered_line=9),
    _timed("W231", "segment goes back", "Segment 4 b", unordered_line=4, **_JSON),
    _timed("W232", "overlaps", "This stretch begins", line=":9:1", overlap_line=9),
    _timed("W232", "segments overlap", "Segment 2 b", overlap_line=2, **_JSON),
    _timed("W233", "half", "for 50% of", spoken=((0.0, 135.65),)),
    _timed("W233", "a gap", "for 94% of", spoken=((0.0, 100.0), (117.0, 271.3))),
    _timed("I234", "no names", "and 2 people are named", speakers=0),
    _timed("I235", "wide", "than 65 letters", line=":7:1", long_line=7),
    _timed("I235", "wide SubRip", "than 32 lett", line=":7:1", long_line=7, **_SRT),
)

GOOD = (
    *(_timed(f"{kind}23{number}", "fine") for number, kind in enumerate("WWWII", 1)),
    _timed("W233", "a short gap", spoken=((0.0, 130.0), (140.0, 271.3))),
    _timed("W233", "a breath around", spoken=((4.9, 130.0), (140.0, 267.0))),
    _timed("W233", "no times", cues=0, spoken=()),
    Sample(
        name="nobody speaks in a gap",
        code="W233",
        inputs=make_inputs(
            facts={
                _VTT: make_facts(_VTT, cues=2, spoken=((0.0, 100.0), (150.0, 271.3))),
                f"{EPISODE}audio.mp3": make_facts("audio.mp3", sound=_PAUSE),
            }
        ),
    ),
    Sample(
        name="nobody knows how long the recording is",
        code="W233",
        inputs=make_inputs(
            facts={
                _VTT: make_facts(_VTT, cues=1, spoken=((0.0, 9.0),)),
                f"{EPISODE}audio.mp3": make_facts("a.mp3", duration=None),
            }
        ),
    ),
    Sample(
        name="one voice alone",
        code="I234",
        inputs=make_inputs(facts={_VTT: make_facts(_VTT, cues=3, speakers=0)}),
    ),
)
