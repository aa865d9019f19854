"""What a rule is, what it finds, and over what it runs."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.files import ShowFile
from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.site import Written

__all__ = [
    "Finding",
    "Rule",
    "Run",
    "each_episode",
    "each_show",
    "judged",
    "problem_of",
]

_Subject = TypeVar("_Subject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a rule is broken.

    Attributes:
        place: where to look. what: one sentence, what is wrong.
        fix: what to do here; empty where the rule's own advice fits.
        draft: whether it concerns a draft, which is not going to be published.
    """

    place: Place
    what: str
    fix: str = ""
    draft: bool = False


Run = Callable[[Survey], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[_Subject]):
    """One thing that must be right: in a site before publishing, or in a feed.

    Attributes:
        code: stable for ever; its first letter tells the severity.
        title: one sentence, what is wrong where it is broken.
        source: the law, standard or guide that it comes from.
        why: what would happen to listeners or contributors otherwise.
        fix: how to put it right, in general.
        run: finds every place where it is broken.
        safety: whether it protects somebody, so that publishing refuses (exit 7).
    """

    code: str
    severity: Severity
    title: str
    source: str
    why: str
    fix: str
    run: Callable[[_Subject], Iterable[Finding]]
    safety: bool = False


def judged(rule: Rule[_Subject], subject: _Subject) -> Iterator[Problem]:
    """Run one rule, and tell its findings as problems."""
    return (problem_of(rule, finding) for finding in rule.run(subject))


def problem_of(rule: Rule[_Subject], finding: Finding) -> Problem:
    """Tell one finding of a rule as a problem."""
    severity = min(rule.severity, Severity.WARN) if finding.draft else rule.severity
    return Problem(
        code=rule.code,
        severity=severity,
        place=finding.place,
        what=finding.what,
        fix=finding.fix or rule.fix,
        safety=rule.safety and severity is Severity.ERROR,
    )


def each_episode(judge: Callable[[Survey, EpisodeView], Iterable[Finding]]) -> Run:
    """Run a rule over the episodes, one by one."""

    def run(survey: Survey) -> Iterator[Finding]:
        for view in survey.episodes:
            for finding in judge(survey, view):
                yield replace(finding, draft=view.draft)

    return run


def each_show(judge: Callable[[Survey, Written[ShowFile]], Iterable[Finding]]) -> Run:
    """Run a rule over the shows, one by one."""

    def run(survey: Survey) -> Iterator[Finding]:
        for show in survey.shows.values():
            yield from judge(survey, show)

    return run
