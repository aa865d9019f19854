import pytest
from pydantic import ValidationError

from peru_media.model.files import DefaultsField


@pytest.mark.parametrize(
    ("field", "value", "advice"),
    [
        ("bit_rate_mono", "100", "Write one of 32, 40,"),
        ("bit_rate_stereo", "128000", "128, 160, 192, 224, 256, 320."),
        ("sample_rate", "22050", "Write one of 44100, 48000."),
    ],
)
def test_figures_that_mp3_does_not_have_are_refused(
    field: str, value: str, advice: str
) -> None:
    with pytest.raises(ValidationError, match=advice):
        DefaultsField.model_validate({field: value})
