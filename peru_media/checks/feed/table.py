"""The table of all rules of a feed, and the one place that runs them."""

from collections.abc import Iterator
from itertools import islice

from peru_media.checks.feed import (
    directory,
    document,
    enclosures,
    identity,
    links,
    moments,
    notes,
    numbering,
    online,
    pauses,
    people,
    pictures,
    podcast,
    podcast_sense,
    presence,
    refusal,
    spaces,
    spotify,
    transcripts,
    words,
)
from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Finding, Rule, judged, problem_of
from peru_media.model.problem import Place, Problem

__all__ = ["FEED_RULES", "MOST", "judge_feed"]

MOST = 1_000

FEED_RULES: tuple[Rule[FeedSurvey], ...] = (
    *refusal.RULES,
    *document.RULES,
    *spaces.RULES,
    *presence.RULES,
    *transcripts.RULES,
    *words.RULES,
    *notes.RULES,
    *directory.RULES,
    *pictures.RULES,
    *links.RULES,
    *people.RULES,
    *moments.RULES,
    *pauses.RULES,
    *enclosures.RULES,
    *identity.RULES,
    *numbering.RULES,
    *spotify.RULES,
    *podcast.RULES,
    *podcast_sense.RULES,
    *online.RULES,
)


def judge_feed(survey: FeedSurvey) -> tuple[Problem, ...]:
    """Find everything that apps and directories would object to in a feed.

    RSS alone is judged in full; of Atom and JSON feeds only what concerns the
    document. Of one code a thousand problems are told at most, and then one more
    that says so.

    Returns:
        All problems, by line and code.
    """
    found = (problem for rule in FEED_RULES for problem in _most(rule, survey))
    return tuple(sorted(found, key=lambda p: (p.place, p.code, p.what)))


def _most(rule: Rule[FeedSurvey], survey: FeedSurvey) -> Iterator[Problem]:
    """What a rule finds, but not without end: a hostile feed has millions."""
    found = judged(rule, survey)
    yield from islice(found, MOST)
    if next(found, None) is not None:
        finding = Finding(
            place=Place(survey.name), what=f"Only {MOST:,} are listed; there are more."
        )
        yield problem_of(rule, finding)
