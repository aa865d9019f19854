"""What to tell staff where a file is not YAML."""

from dataclasses import dataclass

import yaml

from peru_media.model.problem import Place, Problem
from peru_media.reading.problems import error

__all__ = ["syntax_problem"]


@dataclass(frozen=True, slots=True)
class _Advice:
    """What to say where the parser's own words contain one of ``signs``.

    Attributes:
        begin: whether to point at where the thing began, not where it failed.
    """

    signs: tuple[str, ...]
    what: str
    fix: str
    begin: bool = False


_QUOTE = 'Put the whole text in quotes, like title: "Why? Because: people".'
_ADVICE = (
    _Advice(
        ("unknown escape", "invalid Unicode character escape", "expected escape"),
        "A backslash in double quotes means something else here.",
        "Use single quotes around the text, or double the backslash.",
    ),
    _Advice(
        ("while scanning a simple key", "could not find expected ':'"),
        "This line is neither a field nor a part of one.",
        "Write it as name: value, or indent it below its field.",
        begin=True,
    ),
    _Advice(
        ("quoted scalar", "unexpected end of stream"),
        "The quote that begins here is never closed.",
        "Close it, or double a quote that belongs to the text.",
        begin=True,
    ),
    _Advice(
        ("scanning an alias", "scanning an anchor", "scanning a tag", "parsing a tag"),
        "A value cannot begin with this sign.",
        _QUOTE,
        begin=True,
    ),
    _Advice(
        ("cannot start any token", "expected node content", "expected the node"),
        "A value cannot begin with this sign.",
        _QUOTE,
    ),
    _Advice(
        ("flow sequence", "flow mapping", "flow node"),
        "The bracket that begins here is not closed, or a comma is missing.",
        "Close it, put commas between the items, or put the text in quotes.",
        begin=True,
    ),
    _Advice(
        ("entries are not allowed",),
        "A list cannot begin on this line.",
        'Begin each item on a line of its own with "- ", or quote the text.',
    ),
    _Advice(
        ("'-' indicator", "while parsing a block collection"),
        "A list ends here, but what follows is no field of its own.",
        'Begin the line with "- ", or indent it as the lines above.',
    ),
    _Advice(
        ("directive",),
        "A line cannot begin with a percent sign.",
        "Delete the line.",
        begin=True,
    ),
)
_SECOND_COLON = _Advice((), "This is the second colon of one field.", _QUOTE)
_NO_FIELD = _Advice(
    (),
    "A field cannot begin here: it is indented, or the line above is not finished.",
    "Indent it like the fields around it, and look at the line above.",
)
_OTHER = _Advice(
    (),
    "This line does not fit the ones above it.",
    "Check its indentation, and the quotes of this line and the one above.",
)
_TAB = _Advice(
    (),
    "A tab stands where spaces are needed.",
    "Indent with two spaces for each level.",
)


def syntax_problem(fault: Exception, text: str, path: str) -> Problem:
    """Turn the parser's own words into a sentence, a place and an advice."""
    mark = getattr(fault, "problem_mark", None)
    if mark is None:
        return error("E104", Place(path, 1, 1), _OTHER.what, _OTHER.fix)
    line = _before_or_at(text, mark)
    if line.endswith("\t"):
        return error("E119", _place(path, mark), _TAB.what, _TAB.fix)
    advice = _advice(str(fault), line)
    begun = getattr(fault, "context_mark", None)
    chosen = begun if advice.begin and begun is not None else mark
    return error("E104", _place(path, chosen), advice.what, advice.fix)


def _advice(words: str, line: str) -> _Advice:
    if "mapping values are not allowed" in words:
        return _SECOND_COLON if ":" in line[:-1] else _NO_FIELD
    found = (a for a in _ADVICE if any(sign in words for sign in a.signs))
    return next(found, _OTHER)


def _before_or_at(text: str, mark: yaml.Mark) -> str:
    """The line up to a mark, with the character at it."""
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[: mark.column + 1]


def _place(path: str, mark: yaml.Mark) -> Place:
    return Place(path, mark.line + 1, mark.column + 1)
