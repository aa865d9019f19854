import pytest

from peru_media.model.languages import LANGUAGES, parse_language


def test_every_language_has_two_letters_and_a_name_of_its_own() -> None:
    assert len(LANGUAGES) == len(set(LANGUAGES.values())) == 183
    assert all(parse_language(code) == code for code in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("cy", "cy"),
        ("EN-gb", "en-GB"),
        ("en_US", "en-US"),
        ("es-419", "es-419"),
        ("zh-hant-tw", "zh-Hant-TW"),
    ],
)
def test_a_language_is_told_in_its_usual_case(text: str, tag: str) -> None:
    assert parse_language(text) == tag


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Welsh", "; did you mean cy?"),
        ("en-UK", "; did you mean en-GB?"),
        ("xx", "like en or en-GB"),
        ("", "like en or en-GB"),
        ("en-GB-oxendict", "like en or en-GB"),
        ("eng", "; did you mean en?"),
    ],
)
def test_no_language_is_told_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match="is not a") as error:
        parse_language(text)

    assert str(error.value).endswith(meant)
