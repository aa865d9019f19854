"""People: an ORCID that is really one."""

from collections.abc import Iterator

from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Survey
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.problem import Severity
from peru_media.model.site import Written

__all__ = ["RULES"]


def _wrong_orcid(survey: Survey) -> Iterator[Finding]:
    for show in survey.shows.values():
        yield from _wrong_orcids(show, draft=False)
    for view in survey.episodes:
        yield from _wrong_orcids(view.written, draft=view.draft)


def _wrong_orcids(
    written: Written[EpisodeFile] | Written[ShowFile], *, draft: bool
) -> Iterator[Finding]:
    for index, person in enumerate(written.value.people):
        if person.orcid and person.orcid[-1] != _check_digit(person.orcid):
            yield Finding(
                place=written.value_place("people", index, "orcid"),
                what=f"{person.orcid} is nobody's ORCID: a digit is wrong.",
                draft=draft,
            )


def _check_digit(orcid: str) -> str:
    """The last character that the fifteen digits before it call for (ISO 7064)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


RULES = (
    Rule(
        code="E901",
        severity=Severity.ERROR,
        title="An ORCID has a wrong digit.",
        source="ISO 7064, mod 11-2, as ORCID uses it",
        why="The link would lead to somebody else, or to nobody.",
        fix="Copy it again from the person's ORCID page.",
        run=_wrong_orcid,
    ),
)
