"""What the server of the feed itself answers."""

import codecs
import re
from collections.abc import Iterator
from http import HTTPStatus

from peru_media.checks.feed.online.visits import (
    about_feed,
    given,
    no_head,
    no_range,
    not_given,
    not_shared,
    outcome,
    said,
)
from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.rules import Finding, Rule
from peru_media.model.probed import Asked, Question, Visit
from peru_media.model.problem import Place, Severity

__all__ = ["RULES"]

_XML = {"application/xml", "text/xml"}
_TYPES = {
    "rss": {"application/rss+xml"} | _XML,
    "rdf": {"application/rdf+xml", "application/rss+xml"} | _XML,
    "atom": {"application/atom+xml"} | _XML,
    "json": {"application/feed+json", "application/json"},
}
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:+-]{1,40})", re.IGNORECASE)
_SMALL = 1024
_TEMPORARY = {
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
}


def _visit(survey: FeedSurvey) -> Visit | None:
    """The visit that was given the feed."""
    asked = survey.probed.feed if survey.probed else None
    return given(asked) if asked else None


def _wrong_type(survey: FeedSurvey) -> Iterator[Finding]:
    visit, good = _visit(survey), _TYPES.get(survey.outline.format)
    if visit is not None and good and visit.content_type not in good:
        what = f"The feed's server says {said(visit.content_type)} in Content-Type."
        yield Finding(place=Place(survey.name), what=what)


def _no_charset(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is not None and visit.content_type == "text/xml" and not _charset(visit):
        yield "The feed's server says text/xml, and no charset."


def _other_charset(survey: FeedSurvey) -> Iterator[Finding]:
    visit = _visit(survey)
    told = _charset(visit) if visit else ""
    written = survey.outline.encoding or "UTF-8"
    if told and survey.outline.root and _codec(told) != _codec(written):
        what = f"The server says that the feed is in {said(told)}, the feed {written}."
        yield Finding(place=survey.place(), what=what)


def _uncompressed(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is not None and visit.size > _SMALL:
        coding = visit.header("content-encoding")
        if coding in {"", "identity"}:
            yield f"The feed comes as {visit.size:,} bytes, not compressed."


def _page(asked: Asked) -> Iterator[str]:
    visit = asked.visit(Question.WHOLE)
    if visit is None:
        return
    challenge = visit.header("cf-mitigated")
    if challenge:
        yield f"A {said(challenge)} for browsers stands before the feed."
    elif visit.status == HTTPStatus.OK and visit.media_type == "text/html":
        yield "A web page comes in place of the feed."


def _other_self(survey: FeedSurvey) -> Iterator[Finding]:
    asked = survey.probed.feed if survey.probed else None
    if asked is None or survey.channel is None:
        return
    own = {asked.lead.url, survey.url}
    for link in survey.channel.all("atom:link"):
        written = link.attributes.get("href", "").strip()
        if link.attributes.get("rel") == "self" and written and written not in own:
            what = f"The feed calls itself {said(written)}, and came from another."
            yield Finding(place=survey.place(link), what=what)


def _moved_for_now(asked: Asked) -> Iterator[str]:
    visit = asked.visit(Question.WHOLE)
    for hop in visit.hops if visit else ():
        if hop.status in _TEMPORARY:
            yield f"The feed's address answers {hop.status}, to {said(hop.location)}."


def _no_marks(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is None:
        return
    tag = visit.header("etag")
    if not tag and not visit.header("last-modified"):
        yield "The feed comes with neither ETag nor Last-Modified."
    for question in (Question.SAME_TAG, Question.SAME_TIME):
        again = asked.visit(question)
        if again is not None and again.status != HTTPStatus.NOT_MODIFIED:
            yield f"Asked {question}, the feed's server {outcome(again)}, not 304."


def _charset(visit: Visit) -> str:
    found = _CHARSET.search(visit.header("content-type"))
    return found[1] if found else ""


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return name.lower()


RULES = (
    Rule(
        code="E5001",
        severity=Severity.ERROR,
        title="The feed's address does not give the feed.",
        source="Apple, RSS requirements: hosting; RFC 9110, 15",
        why="No app can subscribe, and those who did hear nothing new.",
        fix="Let the address answer everybody, without a password, with 200.",
        run=about_feed(not_given),
    ),
    Rule(
        code="E5002",
        severity=Severity.ERROR,
        title="The feed does not answer HEAD.",
        source="Apple, RSS requirements: HTTP HEAD requests",
        why="Directories look with HEAD first, and refuse the feed.",
        fix="Let the server answer HEAD as it answers GET, without the body.",
        run=about_feed(no_head),
    ),
    Rule(
        code="E5003",
        severity=Severity.ERROR,
        title="The feed's server gives no part of it.",
        source="Apple's message, as hosts quote it: byte-range requests; RFC 9110, 14",
        why="A directory that asks for a part first refuses the feed.",
        fix="Let the server answer Range with 206, as it does for a file on disk.",
        run=about_feed(no_range),
    ),
    Rule(
        code="W5004",
        severity=Severity.WARN,
        title="The feed's server says that it is something else.",
        source="W3C Feed Validator: UnexpectedContentType; RSS Advisory Board",
        why="Browsers and some apps show it as text, or save it as a file.",
        fix="Let the server say Content-Type: application/rss+xml; charset=utf-8.",
        run=_wrong_type,
    ),
    Rule(
        code="W5005",
        severity=Severity.WARN,
        title="The feed's server says text/xml without a charset.",
        source="RFC 3023, 3.1; W3C Feed Validator: TextXml",
        why="By the older rule that means plain ASCII, so accents may break.",
        fix="Let the server say Content-Type: application/rss+xml; charset=utf-8.",
        run=about_feed(_no_charset),
    ),
    Rule(
        code="W5006",
        severity=Severity.WARN,
        title="The feed's server tells of another encoding than the feed.",
        source="W3C Feed Validator: EncodingMismatch; RFC 7303, 3",
        why="Apps that believe the server show broken accents.",
        fix="Write the feed in UTF-8, and let the server say charset=utf-8.",
        run=_other_charset,
    ),
    Rule(
        code="W5007",
        severity=Severity.WARN,
        title="The feed is not compressed on its way.",
        source="W3C Feed Validator: Uncompressed; RFC 9110, 8.4",
        why="Apps ask for it many times a day; packed, it is a fifth of the size.",
        fix="Switch on gzip for XML at the server.",
        run=about_feed(_uncompressed),
    ),
    Rule(
        code="W5008",
        severity=Severity.WARN,
        title="A page comes in place of the feed.",
        source="Hosts' help pages: firewalls and challenges before feeds",
        why="Apps can neither click nor log in, so they find no episode.",
        fix="Let the firewall pass the feed's address to everybody.",
        run=about_feed(_page),
    ),
    Rule(
        code="W5009",
        severity=Severity.WARN,
        title="Players on web pages may not read the feed.",
        source="PSP-1: CORS; Fetch standard: CORS protocol",
        why="Apps that run in a browser cannot show the podcast.",
        fix="Let the server send Access-Control-Allow-Origin: * with the feed.",
        run=about_feed(not_shared),
    ),
    Rule(
        code="W5010",
        severity=Severity.WARN,
        title="The feed names another address as its own.",
        source="PSP-1: atom:link; W3C Feed Validator: SelfDoesntMatchLocation",
        why="Apps and directories may subscribe to the wrong one of the two.",
        fix="Write the address at which the feed lies into atom:link rel=self.",
        run=_other_self,
    ),
    Rule(
        code="W5011",
        severity=Severity.WARN,
        title="The feed's address leads elsewhere for the moment.",
        source="W3C Feed Validator: TempRedirect; RFC 9110, 15.4",
        why="Apps ask at the old address for ever, and lose the feed when it goes.",
        fix="Answer 301 (or 308) if it has moved for good, or give it there.",
        run=about_feed(_moved_for_now),
    ),
    Rule(
        code="I5012",
        severity=Severity.INFO,
        title="Apps cannot ask whether the feed has changed.",
        source="RFC 9110, 13: conditional requests",
        why="Each app fetches the whole feed each time, which slows everybody.",
        fix="Send an ETag and Last-Modified, and answer 304 while nothing is new.",
        run=about_feed(_no_marks),
    ),
)
