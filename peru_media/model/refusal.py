"""What a value refuses, in sentences for developers."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from peru_media.model.advice import CODES, AdviceError, quoted
from peru_media.model.problem import Place, Problem, Severity

__all__ = ["frozen", "refusals"]

_Said = tuple[str, str, str]

_LONGEST_LIST = 20
_ELSEWHERE = {  # what other libraries call it
    "authors": "author",
    "category": "categories",
    "duration": "seconds",
    "enclosure": "media",
    "id": "guid",
    "length": "size",
    "license": "licence",
    "long_summary": "notes_html",
    "name": "title",
    "pubDate": "published",
    "publication_date": "published",
    "summary": "notes_html",
    "website": "link",
}
_TYPES = {
    "bool_type": "True or False",
    "datetime_type": "a datetime",
    "dict_type": "a dictionary",
    "float_type": "a number",
    "int_type": "a whole number",
    "mapping_type": "a dictionary",
    "sequence_str": "a list of texts",
    "sequence_type": "a list",
    "is_instance_of": "a list",
    "string_type": "a text",
    "string_unicode": "a text without halves of signs",
    "tuple_type": "a tuple",
}


def refusals(model: type[BaseModel], refusal: ValidationError) -> tuple[Problem, ...]:
    """Say what is wrong with each field of a value that could not be built.

    The place is the class and the way to the field: ``Show.language``,
    ``Episode.chapters[0].start``. The codes are those of files that staff write.
    """
    return tuple(
        _problem(model, details) for details in refusal.errors(include_url=False)
    )


def frozen(model: type[BaseModel], name: str) -> Problem:
    """Say that a field of a value cannot be changed, and how to get another value."""
    return Problem(
        code="E115",
        severity=Severity.ERROR,
        place=Place(f"{model.__name__}.{name}"),
        what="It cannot be changed, for values are frozen.",
        fix=f"Make another value: replace({name}=…).",
    )


def _problem(model: type[BaseModel], details: ErrorDetails) -> Problem:
    code, what, fix = _SAYINGS.get(details["type"], _other)(model, details)
    place = Place(model.__name__ + "".join(map(_step, details["loc"])))
    return Problem(code=code, severity=Severity.ERROR, place=place, what=what, fix=fix)


def _step(step: str | int) -> str:
    if step == "[key]":  # of a mapping; the step before has said it
        return ""
    return f"[{step}]" if isinstance(step, int) else f".{step}"


def _missing(_model: type[BaseModel], _details: ErrorDetails) -> _Said:
    return "E111", "It is missing.", "Give it a value."


def _empty(_model: type[BaseModel], _details: ErrorDetails) -> _Said:
    return "E111", "It is empty.", "Give it a value."


def _unknown(model: type[BaseModel], details: ErrorDetails) -> _Said:
    name = str(details["loc"][-1])
    other = _ELSEWHERE.get(name)
    near = get_close_matches(name, model.model_fields, n=1)
    meant = other if other in model.model_fields else next(iter(near), None)
    known = ", ".join(model.model_fields)
    fix = f"Did you mean {meant}?" if meant else f"Use one of: {known}."
    return "E102", "There is no such field.", fix


def _choice(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    choices = re.findall(r"'([^']*)'", _limits(details)["expected"])
    near = get_close_matches(str(details["input"]), choices, n=1)
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    shown = [*choices[:_LONGEST_LIST], *["…"] * (len(choices) > _LONGEST_LIST)]
    what = f"{_shown(details)} is not known."
    return "E110", what, f"{guess}Use one of: {', '.join(shown)}."


def _type(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    wanted = _TYPES[details["type"]]
    found = type(details["input"]).__name__
    return "E112", f"It is of the type {found}.", f"Give it {wanted}."


def _model_type(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    name = _limits(details)["class_name"]
    found = type(details["input"]).__name__
    return "E112", f"It is of the type {found}.", f"Give it {name}(…)."


def _least(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    fix = f"Give {_limits(details)['ge']} or more."
    return "E113", f"{_shown(details)} is too small.", fix


def _most(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    fix = f"Give {_limits(details)['le']} or less."
    return "E113", f"{_shown(details)} is too large.", fix


def _endless(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    what = f"{_shown(details)} is not a number that can stand here."
    return "E113", what, "Give a finite number."


def _long(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    fix = f"Shorten it to {_limits(details)['max_length']} characters."
    return "E116", "It is too long.", fix


def _advised(model: type[BaseModel], details: ErrorDetails) -> _Said:
    """What a type of ours said itself."""
    advice = _limits(details)["error"]
    if not isinstance(advice, AdviceError):
        return _other(model, details)
    return CODES[advice.kind], f"{advice.subject} {advice.what}.", advice.fix


def _other(_model: type[BaseModel], details: ErrorDetails) -> _Said:
    return "E115", f"{_shown(details)} cannot stand here.", details["msg"] + "."


def _shown(details: ErrorDetails) -> str:
    return quoted(str(details["input"]))


def _limits(details: ErrorDetails) -> dict[str, Any]:
    return details.get("ctx", {})


_SAYINGS: dict[str, Callable[[type[BaseModel], ErrorDetails], _Said]] = {
    **dict.fromkeys(_TYPES, _type),
    "extra_forbidden": _unknown,
    "finite_number": _endless,
    "greater_than_equal": _least,
    "less_than_equal": _most,
    "literal_error": _choice,
    "missing": _missing,
    "model_type": _model_type,
    "string_too_long": _long,
    "string_too_short": _empty,
    "too_short": _empty,
    "value_error": _advised,
}
