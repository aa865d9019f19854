from typing import Any

import pytest

from peru_media.media.levelling import Level, first_level, next_level


def told(loudness: float | None, true_peak: float | None) -> dict[str, Any]:
    return {"loudness": loudness, "true_peak": true_peak}


@pytest.mark.parametrize(
    ("loudness", "peak", "level"),
    [
        (-16.0, -3.0, Level()),
        (-23.0, -12.0, Level(7.0)),
        (-9.0, 0.4, Level(-7.0)),
        (-23.0, -8.4, Level(7.0, -2.5)),
        (-60.0, -50.0, Level(30.0)),
        (20.0, 50.0, Level(-30.0, -2.5)),
        (None, -50.0, Level()),
        (-23.0, None, Level()),
    ],
)
def test_a_gain_alone_is_chosen_where_peaks_allow_it(
    loudness: float | None, peak: float | None, level: Level
) -> None:
    assert first_level(told(loudness, peak), -16.0) == level


@pytest.mark.parametrize(
    ("level", "loudness", "peak", "better"),
    [
        (Level(7.0), -16.2, -1.1, None),
        (Level(7.0), -16.2, -0.4, Level(7.0, -2.5)),
        (Level(7.0), -17.0, -3.0, Level(8.0)),
        (Level(9.0, -2.0), -16.8, -1.4, Level(9.8, -2.0)),
        (Level(9.0, -2.0), -16.0, -0.5, Level(9.0, -2.9)),
        (Level(9.0, -8.9), -16.0, 0.9, Level(9.0, -9.0)),
        (Level(30.0), -30.0, -20.0, None),
        (Level(), None, None, None),
        (Level(7.0), -16.0, None, None),
    ],
)
def test_what_came_out_wrong_is_corrected(
    level: Level, loudness: float | None, peak: float | None, better: Level | None
) -> None:
    assert next_level(level, told(loudness, peak), -16.0, near=0.4) == better
