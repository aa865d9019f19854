"""BibTeX and RIS, made of a citation that is stored as CSL-JSON.

What is stored there has no line ends in it, and no control characters.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["bibtex", "citation_form", "ris"]

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#%_"},
    }
)
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_RIS_TYPES = {"broadcast": "SOUND", "motion_picture": "VIDEO", "report": "RPRT"}
_UNSAFE = re.compile(r"[\s{}\\\"<>]")

_Item = Mapping[str, Any]


def citation_form(stored: bytes, *, kind: str) -> bytes:
    """Make one form of a citation.

    Args:
        stored: the citation as CSL-JSON.
        kind: ``json``, ``bib`` or ``ris``.
    """
    if kind == "json":
        return stored
    (item,) = json.loads(stored)
    return _WRITERS[kind](item).encode()


def bibtex(item: _Item) -> str:
    """Write an entry for LaTeX.

    Characters that LaTeX takes for commands are written so that it prints them;
    others stay as they are, for today's LaTeX reads UTF-8. Names and the title stand
    in braces of their own, so that nothing of them is turned round or made small.
    """
    report = item["type"] == "report"
    fields = {
        "author": " and ".join(map(_bibtex_name, item["author"])),
        "title": f"{{{_latex(item['title'])}}}",
        **_bibtex_date(item),
        "institution" if report else "publisher": _latex(item["publisher"]),
        "series": _latex(item["container-title"]),
        "type" if report else "howpublished": _latex(item["genre"]),
        "language": _latex(item["language"]),
        "doi": _latex(item.get("DOI", "")),
        "url": _address(item["URL"]),
    }
    kind = "techreport" if report else "misc"
    lines = [f"@{kind}{{{item['id']},"]
    lines += [
        f"  {name} = {_value(name, text)}," for name, text in fields.items() if text
    ]
    return "\n".join([*lines, "}", ""])


def ris(item: _Item) -> str:
    """Write a record for reference managers (RIS), whose lines end in CRLF."""
    date = _date(item)
    lines = [
        ("TY", _RIS_TYPES[item["type"]]),
        *(("AU", _ris_name(name)) for name in item["author"]),
        ("TI", item["title"]),
        ("PY", str(date[0]) if date else ""),
        ("DA", "/".join(f"{part:02d}" for part in date) if len(date) > 1 else ""),
        ("T2", item["container-title"]),
        ("PB", item["publisher"]),
        ("M3", item["genre"]),
        ("AB", item.get("abstract", "")),
        ("LA", item["language"]),
        ("DO", item.get("DOI", "")),
        ("UR", _address(item["URL"])),
        ("ID", item["id"]),
    ]
    written = [f"{tag}  - {text}" for tag, text in lines if text]
    return "\r\n".join([*written, "ER  - ", ""])


_WRITERS: Mapping[str, Callable[[_Item], str]] = MappingProxyType(
    {"bib": bibtex, "ris": ris}
)


def _value(name: str, text: str) -> str:
    """A month is one of BibTeX's own abbreviations; anything else stands in braces."""
    return text if name == "month" else f"{{{text}}}"


def _latex(text: str) -> str:
    return text.translate(_SPECIAL)


def _address(url: str) -> str:
    """An address in which nothing could end the field that it stands in."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url)


def _bibtex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_latex(name['literal'])}}}"
    return f"{{{_latex(name['family'])}}}, {{{_latex(name['given'])}}}"


def _ris_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return f"{name['family']}, {name['given']}"


def _bibtex_date(item: _Item) -> dict[str, str]:
    date = _date(item)
    if not date:
        return {}
    fields = {"year": str(date[0])}
    if len(date) > 1:
        fields |= {"month": _MONTHS[date[1] - 1], "day": str(date[2])}
    return fields


def _date(item: _Item) -> list[int]:
    parts: Iterable[Iterable[int]] = item.get("issued", {}).get("date-parts", [[]])
    return [int(part) for part in next(iter(parts))]
