import pytest

from peru_media.media.languages import three_letters


@pytest.mark.parametrize(
    ("tag", "letters"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("cy", "cym"),
        ("DE", "deu"),
        ("zh-Hant-TW", "zho"),
        ("haw", "haw"),
        ("x1", None),
        ("", None),
    ],
)
def test_languages_have_three_letters(tag: str, letters: str | None) -> None:
    assert three_letters(tag) == letters
