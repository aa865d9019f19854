"""Texts, numbers, flags and addresses as feeds write them."""

import re
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from peru_media.parsing.dates import read_date
from peru_media.parsing.durations import read_seconds
from peru_media.parsing.repairs import Element, Notes, shown

__all__ = [
    "address",
    "decimal",
    "explicit",
    "flag",
    "iso_date",
    "length",
    "line",
    "listed",
    "markup",
    "rfc_date",
    "seconds",
    "text_of",
    "whole",
]

_FLAGS = {"yes": True, "true": True, "explicit": True, "1": True}
_FLAGS |= {"no": False, "false": False, "clean": False, "0": False}
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{0,15})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DECLARED = re.compile(r" xmlns(?::[\w.-]+)?=\"[^\"]*\"")
_DATES = {
    "wrong-weekday": "was another day of the week",
    "two-digit-year": "has a year of two digits",
    "zone-name": "names a time zone that the standard does not",
    "unknown-zone": "names an unknown time zone; taken for UTC",
    "no-zone": "has no time zone; taken for UTC",
    "iso-date": "is written as ISO 8601, where RFC 822 belongs",
    "odd-date": "is written in a way of its own",
    "unreadable-date": "is not a date; left out",
}


def text_of(element: Element, _notes: Notes) -> str | None:
    """The words of an element, without white space at the ends; None for none."""
    text: str | None = markup(element) if len(element) else element.text
    return text.strip() or None if text else None


def markup(element: Element) -> str:
    """What lies in an element, with its tags, as HTML would have them."""
    parts = [etree.tostring(child, encoding="unicode") for child in element]
    head = (element.text or "").replace("&", "&amp;").replace("<", "&lt;")
    return head + "".join(_DECLARED.sub("", part) for part in parts)


def line(raw: str, _element: Element, _notes: Notes) -> str | None:
    """Read a text as it is, without white space at the ends."""
    return raw.strip() or None


def listed(raw: str, _element: Element, _notes: Notes) -> list[str] | None:
    """Read a list of words between commas."""
    return [word for part in raw.split(",") if (word := part.strip())] or None


def address(raw: str, element: Element, notes: Notes) -> str | None:
    """Read an address, and make it absolute where a base is known."""
    text = raw.strip()
    if not text:
        return None
    if text.startswith(("https://", "http://")) or _SCHEME.match(text):
        return text
    try:
        whole: str = urljoin(urljoin(notes.url or "", element.base or ""), text)
    except ValueError:
        whole = text
    read = "" if whole == text else f"; read as {shown(whole)}"
    what = f"{shown(text)} is no whole address{read}."
    notes.on(element, "relative-address", what)
    return whole


def whole(raw: str, element: Element, notes: Notes) -> int | None:
    """Read a whole number."""
    text = raw.strip()
    if _WHOLE.fullmatch(text):
        return int(text)
    number = decimal(text, element, notes) if text else None
    if number is None or number != int(number):
        if number is not None:
            _note_unread(text, element, notes)
        return None
    return int(number)


def decimal(raw: str, element: Element, notes: Notes) -> float | None:
    """Read a number, perhaps with decimals; ``1,234`` is read with a repair."""
    text = raw.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    plain = text.replace(",", "")
    if _NUMBER.fullmatch(plain):
        notes.on(element, "odd-number", f"{shown(text)} is read as {plain}.")
        return float(plain)
    if text:
        _note_unread(text, element, notes)
    return None


def _note_unread(text: str, element: Element, notes: Notes) -> None:
    what = f"{shown(text)} is no number that could stand here; left out."
    notes.on(element, "unreadable-number", what)


def length(raw: str, element: Element, notes: Notes) -> int | None:
    """Read how many bytes a file has; what is no number is None, with a repair."""
    text = raw.strip()
    if text.isdecimal() and _WHOLE.fullmatch(text):
        return int(text)
    notes.on(element, "missing-length", f"length {shown(text)} is no number of bytes.")
    return None


def seconds(raw: str, element: Element, notes: Notes) -> float | None:
    """Read a length of time."""
    found, odd = read_seconds(raw)
    if found is None and raw.strip():
        what = f"{shown(raw.strip())} is no length of time; left out."
        notes.on(element, "unreadable-duration", what)
    elif odd and found is not None:
        what = f"{shown(raw.strip())} is read as {found:g} seconds."
        notes.on(element, "odd-duration", what)
    return found


def flag(raw: str, element: Element, notes: Notes) -> bool | None:
    """Read yes or no, true or false, in any case."""
    word = raw.strip().lower()
    found = _FLAGS.get(word)
    if found is None and word:
        what = f"{shown(word)} is neither yes nor no; left out."
        notes.on(element, "unreadable-flag", what)
    return found


def explicit(raw: str, element: Element, notes: Notes) -> bool | None:
    """Read true or false, or what stood for them once: yes, clean, no."""
    found = flag(raw, element, notes)
    if raw not in {"true", "false"} and found is not None:
        word = "true" if found else "false"
        what = f"{shown(raw.strip())} is of the past; read as {word}."
        notes.on(element, "old-explicit", what)
    return found


def rfc_date(raw: str, element: Element, notes: Notes) -> datetime | None:
    """Read a date where RFC 822 belongs."""
    return _date(raw, element, notes, iso=False)


def iso_date(raw: str, element: Element, notes: Notes) -> datetime | None:
    """Read a date where ISO 8601 belongs."""
    return _date(raw, element, notes, iso=True)


def _date(raw: str, element: Element, notes: Notes, *, iso: bool) -> datetime | None:
    found, odd = read_date(raw, iso=iso)
    if odd and raw.strip():
        for code in odd:
            notes.on(element, code, f"{shown(raw.strip())} {_DATES[code]}.")
    return found
