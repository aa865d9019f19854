"""Writing a file as staff would: fields in the order of the docs, notes below them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from peru_media.model.licence import LICENCES
from peru_media.model.scalars import FileOr, Listed
from peru_media.model.value import Value

__all__ = ["composed", "scalar"]

# What means itself without quotes, at the end of a line and between brackets.
_PLAIN = re.compile(r"[^\W_](?:[^\n]*[^\s:])?")
_BROKEN = re.compile(r":(?=\s)|\s#|^\d+:\d|\"")
_BROKEN_INSIDE = re.compile(r"\s#|[,\[\]{}\"]|:(?!//)")
_CLOCKS = frozenset({"start", "end", "duration", "remote_start"})
_WIDEST = 88
_MINUTE, _HOUR = 60, 3600

_Fields = Mapping[str, Any]


def composed(value: Value, body: str = "") -> bytes:
    """Write a show, an episode or another value as the file that staff would write.

    What nobody said is left out. Reading the file gives an equal value, and the
    body byte for byte.

    Args:
        value: the fields; of texts, whatever a feed can carry.
        body: Markdown, without characters that no file may hold.

    Returns:
        Front matter and body in UTF-8.
    """
    fields = _shortened(value, _said(value))
    lines = [line for name, one in fields.items() for line in _field(name, one)]
    return "\n".join(["---", *lines, "---", body]).encode()


def scalar(text: str, *, inside: bool = False) -> str:
    """Write a text as one YAML scalar that reads back as the same text.

    ``inside`` says that it stands between brackets.
    """
    broken = (_BROKEN_INSIDE if inside else _BROKEN).search(text)
    bare = _PLAIN.fullmatch(text) and text.isprintable() and not broken
    if bare:
        return text
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_printable, quoted)) + '"'


def _said(value: Value) -> dict[str, Any]:
    """The fields that are not as usual, and the words that were said all the same."""
    sparse, told = value.sparse(), {}
    for name in type(value).model_fields:
        one = getattr(value, name)
        if name in sparse:
            told[name] = sparse[name]
        elif (
            name in value.model_fields_set and isinstance(one, bool | str) and one != ""
        ):
            told[name] = one
    return told


def _printable(sign: str) -> str:
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}"


def _shortened(value: Value, fields: dict[str, Any]) -> dict[str, Any]:
    """Let one thing stand for a list of one, and a file's name for its fields."""
    found = dict(fields)
    for name, field in type(value).model_fields.items():
        one = found.get(name)
        if Listed in field.metadata and isinstance(one, list) and len(one) == 1:
            found[name] = one[0] if isinstance(one[0], str) else one
        elif FileOr in field.metadata and isinstance(one, dict) and [*one] == ["file"]:
            found[name] = one["file"]
    return found


def _field(name: str, value: object) -> Iterator[str]:
    value = _plainer(name, value)
    if isinstance(value, str) and "\n" in value and _is_literal(value):
        yield f"{name}: |" if value.endswith("\n") else f"{name}: |-"
        yield from (
            f"  {line}" if line else "" for line in value.strip("\n").split("\n")
        )
        return
    line = _small_line(f"{name}: ", value)
    if line is None:
        yield f"{name}:"
        yield from (f"  {inner}" for inner in _block(value))
    else:
        yield line


def _small_line(start: str, value: object) -> str | None:
    """A value behind its name, where it fits on the same line; fields are few then."""
    if not isinstance(value, dict | list) or not value:
        return start + _inline(value)
    if isinstance(value, list) or not _is_small(value):
        return None
    line = start + _inline(value)
    return line if len(line) <= _WIDEST else None


def _block(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _field(scalar(name), one)
    elif isinstance(value, list):
        for one in value:
            line = _small_line("- ", one)
            first, *rest = _block(one) if line is None else [line[2:]]
            yield f"- {first}"
            yield from (f"  {inner}" for inner in rest)


def _inline(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        pairs = (_pair(name, one) for name, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_within(one) for one in value) + "]"
    return _told(value, inside=False)


def _pair(name: str, value: object) -> str:
    return f"{scalar(name, inside=True)}: {_within(_plainer(name, value))}"


def _within(value: object) -> str:
    if isinstance(value, dict | list):
        return _inline(value)
    return _told(value, inside=True)


def _told(value: object, *, inside: bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(value, inside=inside) if isinstance(value, str) else str(value)


def _plainer(name: str, value: object) -> object:
    """A time as clocks show it, and a well known licence by its name."""
    if name in _CLOCKS and isinstance(value, float):
        return _clock(value)
    if name == "licence" and isinstance(value, dict):
        known = LICENCES.get(value["name"])
        usual = known is not None and value.get("url", "") == known
        return value["name"] if usual else value
    return value


def _clock(seconds: float) -> str:
    """``1:30``, ``1:02:03.5``; as it is where clocks do not go so far."""
    thousandths = round(seconds * 1000)
    whole, part = divmod(thousandths, 1000)
    hours, rest = divmod(whole, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if thousandths / 1000 != seconds or hours >= 1000:  # noqa: PLR2004  # three digits
        return repr(seconds)
    tail = f".{part:03d}".rstrip("0").rstrip(".")
    if hours:
        return f"{hours}:{minutes:02d}:{left:02d}{tail}"
    return f"{minutes}:{left:02d}{tail}"


def _is_small(fields: _Fields) -> bool:
    return not any(
        isinstance(one, dict | list) or (isinstance(one, str) and "\n" in one)
        for one in fields.values()
    )


def _is_literal(text: str) -> bool:
    """Whether a text of several lines can stand there as it is."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0])
        and all(
            line.isprintable() and line == line.rstrip() and not lines[0][0].isspace()
            for line in lines
        )
        and bool(lines[-1])
    )
