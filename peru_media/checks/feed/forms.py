"""What the values of a feed's tags must be, and what to write instead."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import get_args

from peru_media.checks.feed.dates import read_feed_date, rewritten
from peru_media.model.advice import AdviceError
from peru_media.model.form import Form
from peru_media.model.notices import rrule
from peru_media.model.value import Value

__all__ = [
    "ANY",
    "COUNT",
    "FEED_DATE",
    "ISO_DATE",
    "NUMBER",
    "PERCENT",
    "RRULE",
    "TRUTH",
    "UUID",
    "WHOLE",
    "YES_NO",
    "ValueForm",
    "form_of",
    "one_of",
    "taken_from",
]

_LONGEST = 80
_FRACTION = r"[0-9]{1,12}(?:\.[0-9]{1,9})?"


@dataclass(frozen=True, slots=True)
class ValueForm:
    """What a value must be.

    Attributes:
        what: what a wrong one is not, going on from the value: ``is not a number``.
        fits: whether a value, without spaces around it, is right.
        instead: what to write instead of a wrong one; a sentence.
    """

    what: str
    fits: Callable[[str], bool]
    instead: Callable[[str], str]


def form_of(annotated: object) -> ValueForm:
    """The form that a type of the model has."""
    (form,) = (part for part in get_args(annotated) if isinstance(part, Form))
    return _patterned(form.pattern, form.what, form.fix)


def taken_from(model: type[Value], field: str) -> ValueForm:
    """The form, or the words, that a field of the model takes."""
    info = model.model_fields[field]
    for part in (*info.metadata, *get_args(_inner(info.annotation))):
        if isinstance(part, Form):
            return _patterned(part.pattern, part.what, part.fix)
    return one_of(*get_args(_inner(info.annotation)))


def one_of(*words: str) -> ValueForm:
    """One of a few words."""
    first = ", ".join(words[:8])
    rest = f" or another of its {len(words)} words" if len(words) > 8 else ""  # noqa: PLR2004  # as many as are told

    def instead(text: str) -> str:
        near = get_close_matches(text[:_LONGEST].lower(), words, n=1)
        return f"Write {near[0]}." if near else f"Write one of {first}{rest}."

    return ValueForm("is not one of its words", frozenset(words).__contains__, instead)


def _inner(annotation: object) -> object:
    """What an optional field holds, if it holds something."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    optional = len(parts) < len(get_args(annotation))
    return parts[0] if optional else annotation


def _patterned(pattern: str, what: str, fix: str) -> ValueForm:
    compiled = re.compile(pattern)
    return ValueForm(
        what, lambda text: compiled.fullmatch(text) is not None, lambda _text: fix
    )


def _is_iso(text: str) -> bool:
    try:
        return datetime.fromisoformat(text[:_LONGEST]).tzinfo is not None
    except ValueError:
        return False


def _is_rule(text: str) -> bool:
    try:
        rrule(text)
    except AdviceError:
        return False
    return True


def _iso_instead(text: str) -> str:
    """A day and a time without a zone is nearly right."""
    try:
        datetime.fromisoformat(text[:_LONGEST])
    except ValueError:
        return "Write it like 2026-12-01T18:00:00+00:00."
    return f"Write it with its zone: {text[:_LONGEST]}+00:00, if it is UTC."


def _feed_date_instead(text: str) -> str:
    right = rewritten(text)
    return f"Write {right or 'it like Mon, 01 Jun 2026 12:00:00 +0000'}."


def _always(_text: str) -> bool:
    return True


ANY = ValueForm("", _always, lambda _text: "")
COUNT = _patterned("0*[1-9][0-9]{0,14}", "is not a whole number from 1", "Write one.")
WHOLE = _patterned("[0-9]{1,15}", "is not a whole number", "Write digits alone.")
NUMBER = _patterned(_FRACTION, "is not a number", "Write it like 90 or 3.5.")
PERCENT = _patterned("0*(?:100|[0-9]{1,2})", "is not a share of 100", "Write 0 to 100.")
TRUTH = one_of("true", "false")
YES_NO = one_of("yes", "no")
UUID = _patterned(
    "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
    "is not a UUID",
    "Write it like 917393e3-1b1e-5cef-ace4-edaa54e1f810.",
)
ISO_DATE = ValueForm("is not a date of ISO 8601 with its zone", _is_iso, _iso_instead)
FEED_DATE = ValueForm(
    "is not a date of RFC 2822",
    lambda text: read_feed_date(text[:_LONGEST]) is not None,
    _feed_date_instead,
)
RRULE = ValueForm(
    "is not a rule of repetition",
    _is_rule,
    lambda _text: "Write it like FREQ=WEEKLY;BYDAY=TU.",
)
