"""Values cannot change, take nothing unknown, and are written in one way."""

import pytest
from pydantic import ValidationError

from peru_media.model.value import Value, canonical, digest


class Note(Value):
    text: str
    loud: bool = False
    level: float = 0.0


def test_a_value_cannot_change() -> None:
    with pytest.raises(ValidationError):
        Note(text="x").text = "y"  # type: ignore[misc]  # that it cannot is the point


@pytest.mark.parametrize(
    "fields", [{"text": "x", "other": 1}, {"text": "x", "level": float("inf")}, {}]
)
def test_a_wrong_value_cannot_be_built(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        Note.model_validate(fields)

    assert "input_value" not in str(caught.value)


def test_only_what_differs_from_the_default_is_written() -> None:
    assert Note(text="x").sparse() == {"text": "x"}
    assert Note(text="x", loud=True).sparse() == {"text": "x", "loud": True}


def test_equal_values_give_equal_bytes() -> None:
    assert canonical({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'.encode()
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_what_json_cannot_hold_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))


def test_equal_values_have_one_fingerprint() -> None:
    note = Note(text="x")

    assert note.fingerprint == Note(text="x").fingerprint
    assert note.fingerprint != Note(text="x", loud=True).fingerprint
    assert note == Note(text="x"), "that it was worked out makes no difference"
    assert "fingerprint" not in note.model_dump() | {"repr": repr(note)}


@pytest.mark.parametrize("deep", [False, True])
def test_a_changed_copy_has_a_fingerprint_of_its_own(*, deep: bool) -> None:
    note = Note(text="x")
    before = note.fingerprint

    assert note.model_copy(deep=deep).fingerprint == before
    changed = note.model_copy(update={"text": "y"}, deep=deep)
    assert changed.fingerprint == Note(text="y").fingerprint != before


def test_a_digest_is_sha_256_in_hex() -> None:
    assert digest(b"") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
