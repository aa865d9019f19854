"""Judge a feed, anybody's: by its bytes alone, or by asking its servers too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from peru_media.checks.feed import FeedSurvey, judge_feed, online
from peru_media.checks.feed.leads import leads
from peru_media.checks.feed.refusal import refused
from peru_media.errors import FeedRefusedError, FetchError, FieldError
from peru_media.model.disclosure import Mask, shown_address
from peru_media.model.outline import Outline
from peru_media.model.probed import Asked, Hop, Probed, Question
from peru_media.model.problem import Place, Problem, Severity
from peru_media.parsing.feed import LIMIT
from peru_media.parsing.guard import expect_bytes
from peru_media.parsing.outline import read_outline
from peru_media.publishing.probing import Prober

__all__ = ["FeedSource", "Inspected", "check_feed", "inspect_feed", "visit_feed"]

_NAME = "feed.xml"
_OF_SERVERS = frozenset(rule.code for rule in online.RULES)
_OK = 200
_NEWEST = 20


def check_feed(
    data: bytes,
    *,
    url: str | None = None,
    at: datetime | None = None,
    limit: int = LIMIT,
) -> tuple[Problem, ...]:
    """Find everything that podcast apps and directories would object to in a feed.

    The rules of Apple, PSP-1, RSS 2.0, the W3C's validator and the podcast
    namespace; RSS is judged in full, Atom and JSON feeds as documents. Nothing is
    fetched and no file is opened. A broken feed is judged as far as anybody can
    read it, and one that could do harm is a problem too (E1000).

    Args:
        data: the feed as it came, not compressed.
        url: where it came from, if known: it then stands in each problem's place,
            without its password and query, which no problem tells.
        at: the present moment, aware; without one, dates are not compared with it.
        limit: how many bytes are read at most.

    Returns:
        All problems, by line and code; none if the feed is as it should be.

    Raises:
        FieldError: ``at`` has no time zone.
        TypeError: ``data`` are no bytes.
    """
    expect_bytes(data)
    if at is not None and at.utcoffset() is None:
        raise FieldError([_no_zone(at)])
    source = FeedSource(name=shown_address(url or _NAME), data=data, url=url)
    return _judged(source, _read(source, at=at, limit=limit))


def _no_zone(at: datetime) -> Problem:
    return Problem(
        code="E114",
        severity=Severity.ERROR,
        place=Place("at"),
        what=f"{at} has no time zone.",
        fix="Give it one, such as datetime.now(UTC).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A feed to be judged, and where it came from.

    Attributes:
        name: how its place is told: the path of a file, or the address.
        data: its bytes.
        url: the address that it was fetched from in the end; None for a file.
        asked: what its server answered; None for a file.
    """

    name: str
    data: bytes
    url: str | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What looking at a feed, and asking its servers, found.

    Attributes:
        problems: by line and code.
        probed: what servers answered.
        episodes: how many the feed has.
        format: what the feed is: only ``rss`` and ``rdf`` are judged in full.
    """

    problems: tuple[Problem, ...]
    probed: Probed
    episodes: int = 0
    format: str = ""


def visit_feed(url: str, prober: Prober, *, thorough: bool = False) -> FeedSource:
    """Fetch a feed from the web, and note how its server behaves.

    Args:
        url: ``http`` or ``https``.
        prober: asks the server.
        thorough: whether it is asked for more than the feed: HEAD, ranges, changes.

    Raises:
        FetchError: no answer came, or more than 15 MiB.
    """
    try:
        asked, data = prober.feed(url, thorough=thorough)
    except FetchError as error:
        raise type(error)(Mask.of([url]).over(str(error))) from None
    own = asked.visits[0].url
    return FeedSource(name=shown_address(url), data=data, url=own, asked=asked)


def inspect_feed(
    source: FeedSource,
    *,
    at: datetime,
    prober: Prober | None = None,
    newest: int = _NEWEST,
) -> Inspected:
    """Judge a feed, and where there is a prober, all that the feed leads to.

    Args:
        source: the feed.
        at: the present moment, aware.
        prober: asks for media, artwork, transcripts, chapters and pages.
        newest: of how many episodes; the newest ones.
    """
    read = _read(source, at=at)
    parts: tuple[Asked, ...] = ()
    left = 0
    if prober is not None and read.whole:
        parts = prober.parts(leads(read.survey, newest=newest))
        left = len(leads(read.survey)) - len(parts)
    probed = Probed(feed=source.asked, parts=parts, left=left)
    return Inspected(
        problems=_judged(source, _probed(read, probed)),
        probed=probed,
        episodes=read.survey.episodes,
        format=read.survey.outline.format,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A feed that was read, or could not be.

    Attributes:
        whole: whether it was read; else only what its server did can be judged.
        refusal: why nothing was read, where it was refused.
    """

    survey: FeedSurvey
    whole: bool = True
    refusal: tuple[Problem, ...] = ()


def _read(source: FeedSource, *, at: datetime | None, limit: int = LIMIT) -> _Read:
    survey = FeedSurvey(
        outline=Outline(format=""),
        name=source.name,
        url=source.url,
        size=len(source.data),
        at=at,
    )
    if source.asked is not None and not _answered(source.asked):
        return _Read(survey=survey, whole=False)
    try:
        outline = read_outline(source.data, url=source.url, limit=limit)
    except FeedRefusedError as error:
        refusal = (refused(source.name, str(error)),)
        return _Read(survey=survey, whole=False, refusal=refusal)
    return _Read(survey=replace(survey, outline=outline))


def _answered(asked: Asked) -> bool:
    """Whether the server gave the feed, and not a sentence about why it does not."""
    visit = asked.visit(Question.WHOLE)
    return visit is not None and visit.status == _OK


def _probed(read: _Read, probed: Probed) -> _Read:
    return replace(read, survey=replace(read.survey, probed=probed))


def _judged(source: FeedSource, read: _Read) -> tuple[Problem, ...]:
    """All problems, none of which tells what is secret in the feed's address."""
    found = judge_feed(read.survey)
    if not read.whole:
        found = tuple(one for one in found if one.code in _OF_SERVERS)
    over = Mask.of(_addresses(source)).over
    problems = (*read.refusal, *found)
    return tuple(replace(p, what=over(p.what), fix=over(p.fix)) for p in problems)


def _addresses(source: FeedSource) -> Iterator[str]:
    """Where the feed was asked for, on all its ways."""
    if source.url is not None:
        yield source.url
    if source.asked is not None:
        yield source.asked.lead.url
        for visit in source.asked.visits:
            yield visit.url
            yield from (address for hop in visit.hops for address in _both(hop))


def _both(hop: Hop) -> tuple[str, str]:
    return hop.url, hop.location
