"""From plain text values to the model, and from its refusals to plain sentences."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from peru_media.model.advice import CODES, AdviceError, quoted
from peru_media.model.problem import Problem
from peru_media.model.site import Steps
from peru_media.model.value import Value
from peru_media.reading.problems import error, nearest
from peru_media.reading.tree import MOST, Tree

__all__ = ["fit"]

T = TypeVar("T", bound=Value)
_Said = tuple[str, str, str]

_LIKELY = 0.6
_SHOWN, _FIRST = 20, 8  # of a longer list of words, only the first help
_SURE = 0.8  # a real_name is never to be taken for a misspelt public_name


def fit(model: type[T], tree: Tree, *, secret: bool = False) -> T | tuple[Problem, ...]:
    """Give every field its type, or say of each one why it cannot have it.

    Args:
        model: what the file is to become.
        tree: its fields as text.
        secret: whether no value may be repeated in a sentence (consent records:
            a check's output may end in a log that others read).
    """
    try:
        return model.model_validate(tree.fields)
    except ValidationError as refusal:
        faults = [
            _Fault(model=model, tree=tree, secret=secret, details=details)
            for details in refusal.errors(include_url=False)[:MOST]
        ]
    told = [fault for fault in faults if not fault.told_already(faults)]
    return tuple(fault.problem() for fault in told)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    """One refusal of one field."""

    model: type[Value]
    tree: Tree
    secret: bool
    details: ErrorDetails

    @property
    def kind(self) -> str:
        return self.details["type"]

    @property
    def steps(self) -> Steps:
        """Steps to the field as it stands in the file.

        Where one thing was taken for a list of one, or a name for a file, the
        model's own steps lead further than the file's.
        """
        missing = self._loc[-1:] if self.kind == "missing" else ()
        steps: Steps = ()
        for step in self._loc[: len(self._loc) - len(missing)]:
            if (*steps, step) in self.tree.values:
                steps = (*steps, step)
        return (*steps, *missing)

    @property
    def _loc(self) -> Steps:
        loc = self.details["loc"]
        return loc[:-1] if self.is_name else loc

    @property
    def is_name(self) -> bool:
        """Whether it is the name that is refused, not the value."""
        return self.details["loc"][-1:] == ("[key]",)

    @property
    def limits(self) -> Mapping[str, Any]:
        return self.details.get("ctx", {})

    @property
    def subject(self) -> str:
        """The field as the sentence names it, with its value where it may be told."""
        value = self.details["input"]
        shown = isinstance(value, str) and value and not self.secret
        return f"{self.name} {quoted(value)}" if shown else self.name

    @property
    def name(self) -> str:
        *before, last = self.steps or ("The file",)
        if isinstance(last, int):
            return f"item {last + 1} of {before[-1]}" if before else f"item {last + 1}"
        return last

    def meant(self) -> str | None:
        """For an unknown field: the known one that was probably meant."""
        cutoff = _SURE if self.secret else _LIKELY
        return nearest(str(self.steps[-1]), self.siblings(), cutoff=cutoff)

    def siblings(self) -> tuple[str, ...]:
        """The fields that can stand where this one stands."""
        return _fields_at(self.model, self.steps[:-1])

    def within(self, other: "_Fault") -> bool:
        """Whether this is one of the items that another problem counts."""
        whole = other.details["loc"]
        return self is not other and self.details["loc"][: len(whole)] == whole

    def told_already(self, others: "list[_Fault]") -> bool:
        """Whether another problem, already reported, is the cause of this one."""
        parents = (self.steps[:n] for n in range(len(self.steps) + 1))
        if any(steps in self.tree.refused for steps in parents):
            return True
        if self.kind == "too_short":  # items that are refused do not count
            return any(other.within(self) for other in others)
        if self.kind != "missing":
            return False
        parent, missing = self.steps[:-1], self.steps[-1]
        return (*parent, "<<") in self.tree.refused or any(
            other.kind == "extra_forbidden"
            and other.steps[:-1] == parent
            and other.meant() == missing
            for other in others
        )

    def problem(self) -> Problem:
        if self.is_name or self.kind in {"missing", "extra_forbidden"}:
            place = self.tree.keys.nearest(self.steps)
        else:
            place = self.tree.values.nearest(self.steps)
        code, what, fix = _SAYINGS.get(self.kind, _other)(self)
        return error(code, place, what, fix)


def _unknown(fault: _Fault) -> _Said:
    meant = fault.meant()
    known = ", ".join(fault.siblings())
    fix = f'Did you mean "{meant}"?' if meant else f"Use one of: {known}."
    name = "This" if fault.secret and not meant else quoted(fault.name)
    return "E102", f"{name} is not a field.", fix


def _missing(fault: _Fault) -> _Said:
    if fault.steps in fault.tree.keys:
        return "E111", f"{fault.name} is empty.", "Write its value after the colon."
    fix = f"Add a line {fault.name}: and its value."
    return "E111", f"{fault.name} is missing.", fix


def _empty(fault: _Fault) -> _Said:
    return "E111", f"{fault.name} is empty.", "Write a value, or delete the line."


def _advised(fault: _Fault) -> _Said:
    """What a type of ours said itself."""
    advice = fault.limits["error"]
    if not isinstance(advice, AdviceError):
        return _other(fault)
    if fault.is_name or advice.kind in {"together", "clocks"}:
        what = f"{advice.subject} {advice.what}."
    else:
        shown = "" if fault.secret else f"{advice.subject} "
        what = f"{fault.name} {shown}{advice.what}."
    return CODES[advice.kind], what, advice.fix


def _choice(fault: _Fault) -> _Said:
    choices = re.findall(r"'([^']*)'", fault.limits["expected"])
    value = fault.details["input"]
    if not isinstance(value, str):
        return _text(fault)
    meant = nearest(value, choices)
    guess = f'Did you mean "{meant}"? ' if meant else ""
    shown = choices if len(choices) <= _SHOWN else [*choices[:_FIRST], "…"]
    fix = f"{guess}Use one of: {', '.join(shown)}."
    return "E110", f"{fault.subject} is not known.", fix


def _text(fault: _Fault) -> _Said:
    if fault.details["input"] is None:
        return _empty(fault)
    fix = f"Write one value after {fault.name}: on the same line."
    return "E112", f"{fault.name} needs one value, not several.", fix


def _list(fault: _Fault) -> _Said:
    fix = 'Begin each item on a line of its own with "- ".'
    return "E112", f"{fault.name} needs a list.", fix


def _group(fault: _Fault) -> _Said:
    if fault.details["input"] is None:
        return _empty(fault)
    fields = ", ".join(_fields_at(fault.model, fault.steps))
    names = f": {fields}" if fields else ", each as name: value"
    fix = f"Indent them below it{names}."
    return "E112", f"{fault.name} needs fields of its own.", fix


def _number(fault: _Fault) -> _Said:
    if not isinstance(fault.details["input"], str):
        return _text(fault)
    fix = "Write it in digits, like 12."
    return "E113", f"{fault.subject} is not a number that can stand here.", fix


def _least(fault: _Fault) -> _Said:
    least = fault.limits["ge"]
    return "E113", f"{fault.subject} is too small.", f"Write {_plain(least)} or more."


def _most(fault: _Fault) -> _Said:
    most = fault.limits["le"]
    return "E113", f"{fault.subject} is too large.", f"Write {_plain(most)} or less."


def _plain(number: float) -> str:
    return str(number).removesuffix(".0")


def _long(fault: _Fault) -> _Said:
    most = fault.limits["max_length"]
    fix = f"Shorten it to {most} characters."
    return "E116", f"{fault.name} is too long.", fix


def _other(fault: _Fault) -> _Said:
    fix = "Look at its description: peru-media schema."
    return "E115", f"{fault.subject} cannot stand here.", fix


_SAYINGS: dict[str, Callable[[_Fault], _Said]] = {
    "bool_type": _text,
    "date_type": _text,
    "dict_type": _group,
    "enum": _choice,
    "extra_forbidden": _unknown,
    "finite_number": _number,
    "float_parsing": _number,
    "float_type": _number,
    "greater_than_equal": _least,
    "int_from_float": _number,
    "int_parsing": _number,
    "int_parsing_size": _number,
    "int_type": _number,
    "less_than_equal": _most,
    "literal_error": _choice,
    "missing": _missing,
    "model_type": _group,
    "string_too_long": _long,
    "string_too_short": _empty,
    "string_type": _text,
    "too_short": _empty,
    "tuple_type": _list,
    "value_error": _advised,
}


@cache
def _fields_at(model: type[Value], steps: Steps) -> tuple[str, ...]:
    """The names of the fields that can stand below some steps."""
    kind: object = model
    for step in steps:
        kind = _below(kind, step)
    found = _model_in(kind)
    return tuple(found.model_fields) if found else ()


def _below(kind: object, step: str | int) -> object:
    """The annotation one step further in."""
    if isinstance(step, int):
        return kind
    if any(get_origin(part) is dict for part in _parts(kind)):
        return next(get_args(p)[1] for p in _parts(kind) if get_origin(p) is dict)
    found = _model_in(kind)
    inner = found.model_fields.get(step) if found else None
    return inner.annotation if inner else None


def _model_in(kind: object) -> type[Value] | None:
    """The group of fields that an annotation allows, if any."""
    return next(
        (p for p in _parts(kind) if isinstance(p, type) and issubclass(p, Value)), None
    )


def _parts(kind: object) -> Iterator[object]:
    """An annotation, and what stands in its brackets; of a mapping only itself."""
    yield kind
    if get_origin(kind) is not dict:
        for part in get_args(kind):
            yield from _parts(part)
