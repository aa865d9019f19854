"""What pydantic says becomes a sentence and an advice, whatever it is."""

from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from peru_media.model.refusal import refusals


def _never(_value: object) -> object:
    msg = "nobody may say that"
    raise ValueError(msg)


class Sample(BaseModel):
    above: Annotated[int, Field(gt=5)] = 6
    never: Annotated[object, AfterValidator(_never)] = None
    many: Annotated[str, Field(max_length=3)] = ""
    pair: tuple[int, ...] = ()
    letter: Literal[tuple("abcdefghijklmnopqrstuvwxyz")] = "a"  # type: ignore[valid-type]  # many, made short


@pytest.mark.parametrize(
    ("field", "value", "code", "said"),
    [
        ("above", 5, "E115", '"5" cannot stand here.'),
        ("never", "x", "E115", '"x" cannot stand here.'),
        ("many", "abcd", "E116", "It is too long."),
        ("pair", 5, "E112", "It is of the type int."),
        ("letter", "aa", "E110", '"aa" is not known.'),
    ],
)
def test_every_refusal_has_a_code_a_sentence_and_an_advice(
    field: str, value: object, code: str, said: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample(**{field: value})

    (problem,) = refusals(Sample, caught.value)
    assert (problem.code, problem.what) == (code, said)
    assert str(problem.place) == f"Sample.{field}"
    assert problem.fix.endswith(".")


def test_a_long_list_of_choices_is_cut() -> None:
    with pytest.raises(ValidationError) as caught:
        Sample(letter="?")

    (problem,) = refusals(Sample, caught.value)
    assert problem.fix == (
        "Use one of: a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, …."
    )
