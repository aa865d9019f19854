"""How rules look at what servers answered, and how they say it."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus

from peru_media.checks.feed.online.ranges import range_fault
from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Finding
from peru_media.model.advice import quoted
from peru_media.model.letters import visible
from peru_media.model.probed import PLAYER, Asked, Question, Role, Visit
from peru_media.model.problem import Place

__all__ = [
    "OK",
    "about_feed",
    "each_of",
    "given",
    "is_open",
    "named",
    "no_head",
    "no_range",
    "not_given",
    "not_shared",
    "outcome",
    "said",
    "told",
]

Judge = Callable[[Asked], Iterable[str]]
Run = Callable[[FeedSurvey], Iterable[Finding]]

OK = HTTPStatus.OK
_NOUNS = {
    Role.FEED: "The feed",
    Role.MEDIA: "The media file",
    Role.ARTWORK: "The artwork",
    Role.TRANSCRIPT: "The transcript",
    Role.CHAPTERS: "The file of chapters",
    Role.PAGE: "The page",
}


def about_feed(judge: Judge) -> Run:
    """Run a rule over what the feed's own server answered."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        if survey.probed is not None and survey.probed.feed is not None:
            for what in judge(survey.probed.feed):
                yield Finding(place=Place(survey.name), what=what)

    return run


def each_of(role: Role, judge: Judge) -> Run:
    """Run a rule over every address of a role that was asked for."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        for asked in survey.probed.parts if survey.probed else ():
            if asked.lead.role is role:
                place = Place(survey.name, asked.lead.line)
                for what in judge(asked):
                    yield Finding(place=place, what=what)

    return run


def named(asked: Asked) -> str:
    """Name an address in a sentence, by what it is there for and whose it is."""
    noun = _NOUNS[asked.lead.role]
    return f"{noun} of {asked.lead.of}" if asked.lead.of else noun


def said(text: str) -> str:
    """Quote what a server said; ``nothing`` where it said nothing."""
    return quoted(text) if text else "nothing"


def outcome(visit: Visit) -> str:
    """What came of a visit: ``answers 404 (Not Found)``, or why nothing did."""
    if visit.status is None:
        return f"does not answer: {visible(visit.fault)}"
    try:
        phrase = HTTPStatus(visit.status).phrase
    except ValueError:
        return f"answers {visit.status}"
    if visit.status == HTTPStatus.UNAUTHORIZED:
        return f"asks for a password ({visit.status} {phrase})"
    return f"answers {visit.status} ({phrase})"


def given(asked: Asked) -> Visit | None:
    """The visit that was given the content; None where none was."""
    visit = asked.visit(Question.WHOLE)
    return visit if visit is not None and visit.status == OK else None


def not_given(asked: Asked) -> Iterator[str]:
    """Find what does not answer a plain GET with 200."""
    visit = asked.visit(Question.WHOLE)
    if visit is not None and visit.status != OK:
        yield f"{named(asked)} {outcome(visit)}."


def no_head(asked: Asked) -> Iterator[str]:
    """Find what answers GET, but not HEAD."""
    visit = asked.visit(Question.HEAD)
    if given(asked) and visit is not None and visit.status != OK:
        yield f"{named(asked)} answers GET, but to HEAD it {outcome(visit)}."


def no_range(asked: Asked) -> Iterator[str]:
    """Find what gives no part of itself when the first two bytes are asked for."""
    visit = asked.visit(Question.FIRST)
    if given(asked) and visit is not None:
        yield from told(asked, visit)


def told(asked: Asked, visit: Visit) -> Iterator[str]:
    """Say what was wrong with a part that was asked for."""
    fault = visible(visit.fault) or range_fault(visit)
    if fault:
        yield f"{named(asked)}, asked for {visit.span}: {fault}."


def not_shared(asked: Asked) -> Iterator[str]:
    """Find what players on the pages of others may not read."""
    visit = given(asked)
    if visit is not None and not is_open(visit):
        allowed = said(visit.header("access-control-allow-origin"))
        yield f"{named(asked)} says {allowed} in Access-Control-Allow-Origin."


def is_open(visit: Visit) -> bool:
    """Whether a page of anybody may read the answer (Fetch: CORS protocol)."""
    return visit.header("access-control-allow-origin") in {"*", PLAYER}
