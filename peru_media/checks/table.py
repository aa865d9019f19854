"""The table of all rules, and the one place that runs them."""

from peru_media.checks import (
    artwork,
    captions,
    chapters,
    consent,
    cues,
    dates,
    directory,
    documents,
    edits,
    identity,
    media,
    people,
    references,
    stand_ins,
    transcripts,
    words,
)
from peru_media.checks.feed import FEED_RULES, FeedSurvey
from peru_media.checks.inputs import Inputs
from peru_media.checks.rules import Rule, judged
from peru_media.checks.survey import Survey, make_survey
from peru_media.model.problem import Problem

__all__ = ["ALL_RULES", "RULES", "AnyRule", "check", "explain"]

AnyRule = Rule[Survey] | Rule[FeedSurvey]
RULES: tuple[Rule[Survey], ...] = (
    *identity.RULES,
    *dates.RULES,
    *references.RULES,
    *transcripts.RULES,
    *cues.RULES,
    *captions.RULES,
    *media.RULES,
    *chapters.RULES,
    *documents.RULES,
    *consent.RULES,
    *edits.RULES,
    *stand_ins.RULES,
    *words.RULES,
    *artwork.RULES,
    *directory.RULES,
    *people.RULES,
)
ALL_RULES: tuple[AnyRule, ...] = (*RULES, *FEED_RULES)


def check(inputs: Inputs) -> tuple[Problem, ...]:
    """Find everything that is wrong with a site, before anybody else does.

    Errors of drafts come out as warnings, and refuse nothing: a draft is not
    published, so it may still be missing its words or a consent.

    Returns:
        All problems, by path, line, column and code.
    """
    survey = make_survey(inputs)
    found = (problem for rule in RULES for problem in judged(rule, survey))
    return tuple(sorted(found, key=lambda p: (p.place, p.code, p.what)))


def explain(code: str) -> AnyRule:
    """Say what a code means, where it comes from, and how to put it right.

    Raises:
        KeyError: no rule of a site or a feed has that code.
    """
    return _BY_CODE[code.upper()]


_BY_CODE = {rule.code: rule for rule in ALL_RULES}
