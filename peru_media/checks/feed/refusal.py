"""A feed of which nothing is read, because reading it could do harm."""

from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Place, Problem, Severity

__all__ = ["RULES", "refused"]

_CODE = "E1000"
_FIX = "Publish the feed as plain XML, without a DOCTYPE, and under 15 MiB."
_PAGE = "This is a web page"
_LOOK = "Look at the address in a browser; a page to log in may answer there."


def refused(name: str, sentence: str) -> Problem:
    """Say of a feed that it was refused; ``sentence`` says why."""
    return Problem(
        code=_CODE,
        severity=Severity.ERROR,
        place=Place(name),
        what=sentence,
        fix=_LOOK if sentence.startswith(_PAGE) else _FIX,
    )


def _never(_survey: FeedSurvey) -> Iterator[Finding]:
    """A refused feed has no outline that a rule could look at."""
    return iter(())


RULES = (
    Rule(
        code=_CODE,
        severity=Severity.ERROR,
        title="The feed is refused, and nothing of it is read.",
        source="XML 1.0, 2.8 and 4.4; CWE-776, CWE-611, CWE-409",
        why="Entities, depth and bombs harm whoever reads them, so apps refuse.",
        fix=_FIX,
        run=_never,
    ),
)
