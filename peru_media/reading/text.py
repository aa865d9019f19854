"""From the bytes of a file to its text, its fields and its body."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from peru_media.model.problem import Place, Problem
from peru_media.reading.problems import error

__all__ = ["BOM", "LIMIT", "Sheet", "decode", "load", "sheet"]

BOM = "\ufeff"
LIMIT = 1_000_000
_SHOWN = 10

# Neither XML nor YAML has a place for these, wherever they stand.
_NOWHERE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Editors and YAML disagree whether these end a line; most cannot be seen.
_NOT_IN_FIELDS = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]|\r(?!\n)")

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The text of a file, taken apart.

    Attributes:
        fields: the YAML, with empty lines in front of it where the file has
            something else, so that line numbers are those of the file.
        start: the character of the file at which ``fields`` begins, less those
            empty lines.
        body: the Markdown below, with its own newlines. body_line: from 1.
    """

    fields: str
    start: int = 0
    body: str = ""
    body_line: int = 1


def load(file: Path, path: str) -> bytes | Problem:
    """Read the bytes of a file, but never more than a little over 1 MB."""
    try:
        with file.open("rb") as opened:
            return opened.read(LIMIT + 1)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        what = f"The file cannot be read ({reason})."
        return error("E100", Place(path), what, "Put it there, and let it be read.")


def decode(data: bytes, path: str) -> str | tuple[Problem, ...]:
    """Read bytes as UTF-8; a byte order mark in front is dropped."""
    if len(data) > LIMIT:
        what = "The file is larger than 1 MB."
        fix = "Keep text here, and put long material into a file beside it."
        return (error("E118", Place(path, 1, 1), what, fix),)
    try:
        text = data.decode().removeprefix(BOM)
    except UnicodeDecodeError as fault:
        line, column = _position(data[: fault.start].decode())
        what = "The file is not UTF-8 text from here on."
        fix = 'Save it again with the encoding "UTF-8".'
        return (error("E101", Place(path, line, column), what, fix),)
    return tuple(islice(_invisible(text, _NOWHERE, path), _SHOWN)) or text


def sheet(text: str, path: str) -> Sheet | tuple[Problem, ...]:
    """Part the fields of a file from its body: of a ``.md`` file only."""
    found = _front(text, path) if path.endswith(".md") else Sheet(fields=text)
    if isinstance(found, Problem):
        return (found,)
    return (
        tuple(islice(_invisible(found.fields, _NOT_IN_FIELDS, path), _SHOWN)) or found
    )


def _front(text: str, path: str) -> Sheet | Problem:
    opening = _OPENING.match(text)
    if opening is None:
        what = "The file does not begin with a line of three hyphens."
        fix = "Begin it with a line ---, then the fields, then a second line ---."
        if text.lstrip().startswith("---"):
            fix = "Delete what stands above the line ---."
        return error("E103", Place(path, 1, 1), what, fix)
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        what = "The fields that begin here have no end."
        fix = "Put a line --- below the last field."
        return error("E103", Place(path, 1, 1), what, fix)
    return Sheet(
        fields="\n" + text[opening.end() : closing.start()],
        start=opening.end() - 1,
        body=text[closing.end() :],
        body_line=text.count("\n", 0, closing.end()) + 1,
    )


def _invisible(text: str, pattern: re.Pattern[str], path: str) -> Iterator[Problem]:
    for match in pattern.finditer(text):
        line, column = _position(text[: match.start()])
        sign = match.group()
        name = unicodedata.name(sign, "control character").lower()
        what = f"An invisible character stands here (U+{ord(sign):04X}, {name})."
        yield error("E101", Place(path, line, column), what, "Delete it.")


def _position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what comes after a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")
