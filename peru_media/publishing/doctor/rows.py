"""What the doctor found: one row a question, each a plain value."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Row", "Verdict", "fail", "ok", "warn"]


class Verdict(StrEnum):
    """How a question was answered."""

    OK = "ok"
    WARN = "warn"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The answer to one question.

    Attributes:
        verdict: how it was answered.
        about: a short name of the question, the same for ever.
        what: a sentence. fix: what to do, empty where all is well.
        docs: the section of the documents that says how.
    """

    verdict: Verdict
    about: str
    what: str
    fix: str = ""
    docs: str = ""


def ok(about: str, what: str) -> Row:
    """All is well."""
    return Row(verdict=Verdict.OK, about=about, what=what)


def warn(about: str, what: str, fix: str, docs: str = "") -> Row:
    """It works, but something should be looked after."""
    return Row(verdict=Verdict.WARN, about=about, what=what, fix=fix, docs=docs)


def fail(about: str, what: str, fix: str, docs: str = "") -> Row:
    """It does not work, or harms somebody."""
    return Row(verdict=Verdict.FAIL, about=about, what=what, fix=fix, docs=docs)
