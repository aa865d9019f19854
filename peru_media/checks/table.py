"""The table of all rules, and the one place that runs them."""

from collections.abc import Iterator

from peru_media.checks import (
    artwork,
    chapters,
    consent,
    dates,
    directory,
    documents,
    identity,
    media,
    people,
    references,
    stand_ins,
    transcripts,
    words,
)
from peru_media.checks.inputs import Inputs
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Survey, make_survey
from peru_media.model.problem import Problem, Severity

__all__ = ["RULES", "check", "explain"]

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *dates.RULES,
    *references.RULES,
    *transcripts.RULES,
    *media.RULES,
    *chapters.RULES,
    *documents.RULES,
    *consent.RULES,
    *stand_ins.RULES,
    *words.RULES,
    *artwork.RULES,
    *directory.RULES,
    *people.RULES,
)


def check(inputs: Inputs) -> tuple[Problem, ...]:
    """Find everything that is wrong with a site, before anybody else does.

    Errors of drafts come out as warnings, and refuse nothing: a draft is not
    published, so it may still be missing its words or a consent.

    Returns:
        All problems, by path, line, column and code.
    """
    survey = make_survey(inputs)
    found = (problem for rule in RULES for problem in _judge(rule, survey))
    return tuple(sorted(found, key=lambda p: (p.place, p.code, p.what)))


def explain(code: str) -> Rule:
    """Say what a code means, where it comes from, and how to put it right.

    Raises:
        KeyError: no rule of the checks has that code.
    """
    return _BY_CODE[code.upper()]


def _judge(rule: Rule, survey: Survey) -> Iterator[Problem]:
    return (_problem(rule, finding) for finding in rule.run(survey))


def _problem(rule: Rule, finding: Finding) -> Problem:
    severity = min(rule.severity, Severity.WARN) if finding.draft else rule.severity
    return Problem(
        code=rule.code,
        severity=severity,
        place=finding.place,
        what=finding.what,
        fix=finding.fix or rule.fix,
        safety=rule.safety and severity is Severity.ERROR,
    )


_BY_CODE = {rule.code: rule for rule in RULES}
