import pytest

from peru_media.model.artwork import smaller_widths


@pytest.mark.parametrize(
    ("width", "widths"),
    [(3000, (320, 640)), (640, (320,)), (321, (320,)), (320, ()), (1, ())],
)
def test_no_picture_is_enlarged(width: int, widths: tuple[int, ...]) -> None:
    assert smaller_widths(width) == widths
