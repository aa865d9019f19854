import pytest

from peru_media.model.spans import Span, share_covered, without


@pytest.mark.parametrize(
    ("gaps", "left"),
    [
        ([], [(1, 9)]),
        ([(2, 3), (5, 6)], [(1, 2), (3, 5), (6, 9)]),
        ([(5, 6), (2, 3)], [(1, 2), (3, 5), (6, 9)]),
        ([(0, 2), (8, 12)], [(2, 8)]),
        ([(2, 5), (3, 4)], [(1, 2), (5, 9)]),
        ([(0, 9)], []),
        ([(0, 20), (30, 40)], []),
    ],
)
def test_what_lies_in_a_stretch_is_taken_out(
    gaps: list[Span], left: list[Span]
) -> None:
    assert without((1, 9), gaps) == tuple(left)


@pytest.mark.parametrize(
    ("wanted", "covering", "share"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [], 0.0),
        ([(0, 10)], [(5, 20)], 0.5),
        ([(0, 4), (6, 10)], [(2, 8)], 0.5),
        ([(0, 4)], [(0, 1), (3, 9)], 0.5),
        ([], [(0, 1)], 1.0),
        ([(3, 3)], [], 1.0),
    ],
)
def test_the_share_that_is_covered(
    wanted: list[Span], covering: list[Span], share: float
) -> None:
    assert share_covered(wanted, covering) == pytest.approx(share)
