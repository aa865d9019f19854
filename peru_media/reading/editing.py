"""Changing one value in a file that staff wrote, and not one byte beside it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import yaml

from peru_media.errors import ContentError
from peru_media.model.problem import Place
from peru_media.reading.problems import error
from peru_media.reading.text import BOM, Sheet, decode, sheet
from peru_media.reading.tree import FAST

__all__ = ["changed", "joined", "parted", "replace_raw", "replace_scalar"]

# What means itself without quotes in every corner of YAML.
_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/+-]|[: ](?=[A-Za-z0-9]))*", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_VALUE = (
    yaml.BlockEndToken,
    yaml.FlowEntryToken,
    yaml.FlowMappingEndToken,
    yaml.KeyToken,
    yaml.StreamEndToken,
)


def replace_scalar(text: bytes, place: Place, new: str) -> bytes:
    """Write another value into one field; every other byte stays as it is.

    Comments, the kind of quotes and the ends of lines are kept. Quotes are put
    around a plain value where the new one needs them.

    Args:
        text: the whole file.
        place: where the field stands, by its name (``Written.place``) or by its
            value (``Written.value_place``).
        new: the value, as reading is to find it.

    Raises:
        ContentError: no value of one line stands there, so the file is not the
            one that was read.
    """
    return _replaced(text, place, partial(_written, new))


def replace_raw(text: bytes, place: Place, new: str) -> bytes:
    """As ``replace_scalar``, but ``new`` is YAML, and becomes part of it as it is.

    Raises:
        ContentError: as ``replace_scalar``.
    """
    return _replaced(text, place, lambda _: new)


def parted(text: bytes, place: Place) -> tuple[str, Sheet]:
    """The text of a file, and its fields.

    Raises:
        ContentError: it has none that could be read.
    """
    whole = decode(text, place.path)
    taken = sheet(whole, place.path) if isinstance(whole, str) else whole
    if isinstance(taken, tuple) or isinstance(whole, tuple):
        raise changed(place)
    return whole, taken


def joined(text: bytes, edited: str) -> bytes:
    """The bytes of an edited text; a mark in front of the old one stays there."""
    return (BOM if text.startswith(BOM.encode()) else "").encode() + edited.encode()


def changed(place: Place) -> ContentError:
    """What to say where a file is not the one that was read."""
    what = "The value that was to be written here is not on one line any more."
    fix = "Run the command again; if that does not help, write the value yourself."
    return ContentError([error("E153", place, what, fix)])


def _replaced(text: bytes, place: Place, written: Callable[[str], str]) -> bytes:
    """Replace one value; ``written`` gives the new one for the quotes of the old."""
    whole, taken = parted(text, place)
    spot = _spot(_tokens(taken.fields), place)
    begin, end = spot.begin + taken.start, spot.end + taken.start
    return joined(text, whole[:begin] + spot.lead + written(spot.style) + whole[end:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """From where to where an old value stands, and in which quotes."""

    begin: int
    end: int
    style: str = ""
    lead: str = ""


def _tokens(fields: str) -> list[yaml.Token]:
    """The words and signs of some YAML, as far as they can be told apart."""
    scanner = FAST(fields)
    tokens: list[yaml.Token] = []
    try:
        while (token := scanner.get_token()) is not None:
            tokens.append(token)
    except yaml.YAMLError:
        pass  # what comes before is enough, or the value is not found
    finally:
        scanner.dispose()
    return tokens


def _spot(tokens: list[yaml.Token], place: Place) -> _Spot:
    for token, after, third in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if isinstance(token, yaml.ValueToken) and _is_empty_at(token, after, place):
            return _value(token, after, place)
        if isinstance(token, yaml.ScalarToken) and _is_at(token.start_mark, place):
            if isinstance(after, yaml.ValueToken):
                return _value(after, third, place)
            return _scalar(token, place)
    raise changed(place)


def _value(colon: yaml.Token, token: yaml.Token, place: Place) -> _Spot:
    """The value that follows a colon; it may be empty."""
    if isinstance(token, yaml.ScalarToken):
        return _scalar(token, place)
    if isinstance(token, _NO_VALUE):
        return _Spot(begin=colon.end_mark.index, end=colon.end_mark.index, lead=" ")
    raise changed(place)


def _scalar(token: yaml.ScalarToken, place: Place) -> _Spot:
    begin, end = token.start_mark, token.end_mark
    if begin.line != end.line or token.style in {"|", ">"}:
        raise changed(place)
    return _Spot(begin=begin.index, end=end.index, style=token.style or "")


def _is_empty_at(colon: yaml.Token, after: yaml.Token, place: Place) -> bool:
    """Whether this is where YAML says that an empty value stands."""
    flows = isinstance(after, yaml.FlowEntryToken | yaml.FlowMappingEndToken)
    return _is_at(colon.end_mark, place) or (flows and _is_at(after.start_mark, place))


def _is_at(mark: yaml.Mark, place: Place) -> bool:
    return (mark.line + 1, mark.column + 1) == (place.line, place.column)


def _written(new: str, style: str) -> str:
    """The new value, in the quotes of the old one where they are enough."""
    if style == "'" and not _UNSEEN.search(new):
        return "'{}'".format(new.replace("'", "''"))
    if not style and _PLAIN.fullmatch(new):
        return new
    quoted = json.dumps(new, ensure_ascii=False)
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", quoted)
