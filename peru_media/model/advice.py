"""How a value says that it is wrong: what it is not, and what to write instead."""

from typing import Literal

__all__ = ["CODES", "AdviceError", "Kind", "quoted"]

CODES = {
    "choice": "E110",
    "clocks": "E115",
    "date": "E114",
    "file": "E150",
    "form": "E115",
    "number": "E113",
    "together": "E117",
}

Kind = Literal["choice", "clocks", "date", "file", "form", "number", "together"]

_LONGEST = 60


def quoted(text: str) -> str:
    """Show a text from a file in a sentence: on one line, printable, not too long."""
    line = "".join(s if s.isprintable() else "\ufffd" for s in " ".join(text.split()))
    return f'"{line}"' if len(line) <= _LONGEST else f'"{line[: _LONGEST - 1]}…"'


class AdviceError(ValueError):
    """A value cannot be taken as it is; the parts make one sentence and one advice.

    Attributes:
        subject: what the sentence is about, such as ``"noon"`` with its quotes.
        what: what is wrong with it, going on from the subject, without full stop.
        fix: what to write instead, a whole sentence.
        kind: the sort of mistake, so that a reader can give it a code.
    """

    def __init__(
        self, subject: str, what: str, fix: str, *, kind: Kind = "form"
    ) -> None:
        self.subject = subject
        self.what = what
        self.fix = fix
        self.kind = kind
        super().__init__(f"{subject} {what}. {fix}")
