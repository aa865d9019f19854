"""A licence is known by its short name, or says where its text is."""

import pytest
from pydantic import ValidationError

from peru_media.model.licence import LICENCES, Licence


@pytest.mark.parametrize("name", LICENCES)
def test_a_short_name_is_enough(name: str) -> None:
    for written in (name, name.lower(), {"name": name.lower()}):
        licence = Licence.model_validate(written)

        assert licence == Licence(name=name)
        assert licence.url == (LICENCES[name] or None)


def test_its_own_address_comes_first() -> None:
    licence = Licence(name="CC-BY-4.0", url="https://example.org/")

    assert licence.url == "https://example.org/"


def test_any_other_licence_needs_an_address() -> None:
    assert Licence(name="OGL-3.0", url="https://example.org/ogl").name == "OGL-3.0"
    with pytest.raises(ValidationError, match="is not a known licence"):
        Licence.model_validate("OGL-3.0")


@pytest.mark.parametrize(
    "value",
    [3, [], {"url": "https://example.org"}, {"name": 3}, {"name": "x", "url": "y"}],
)
def test_nothing_else_is_a_licence(value: object) -> None:
    with pytest.raises(ValidationError):
        Licence.model_validate(value)


def test_it_is_read_back_as_it_was_written() -> None:
    for licence in (Licence(name="ARR"), Licence(name="x", url="https://a.b")):
        assert Licence.model_validate_json(licence.model_dump_json()) == licence
