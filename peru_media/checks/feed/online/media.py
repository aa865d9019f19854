"""What the servers of the media answer: whether it can be heard, and sought in."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus

from peru_media.checks.feed.online.ranges import total_beyond
from peru_media.checks.feed.online.visits import (
    each_of,
    given,
    is_open,
    named,
    no_head,
    no_range,
    not_given,
    outcome,
    said,
    told,
)
from peru_media.checks.rules import Rule
from peru_media.model.probed import Asked, Question, Role
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_FAMILIES = (
    {"audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mp3", "audio/x-mpeg"},
    {"audio/x-m4a", "audio/m4a", "audio/mp4", "audio/aac", "audio/aacp", "audio/x-aac"},
    {"video/mp4", "video/x-m4v", "video/m4v", "video/quicktime"},
    {"audio/ogg", "audio/opus", "audio/vorbis", "application/ogg", "video/ogg"},
    {"audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"},
    {"audio/flac", "audio/x-flac"},
    {"application/x-mpegurl", "application/vnd.apple.mpegurl", "audio/mpegurl"},
    {"application/epub+zip", "application/zip"},
)
_CONTAINERS = (
    *_FAMILIES,
    {"audio/mpeg", "audio/mp3", "audio/aac", "audio/aacp", "audio/x-aac"},
    _FAMILIES[1] | _FAMILIES[2],
)
_EXPOSED = {"accept-ranges", "content-range"}


def _no_other_range(asked: Asked) -> Iterator[str]:
    for question in (Question.MIDDLE, Question.SUFFIX):
        visit = asked.visit(question)
        if visit is not None:
            yield from told(asked, visit)


def _no_end(asked: Asked) -> Iterator[str]:
    visit = asked.visit(Question.BEYOND)
    if visit is not None and total_beyond(visit) is None:
        line = said(visit.header("content-range"))
        yield (
            f"{named(asked)}, asked for bytes beyond its end, {outcome(visit)} "
            f"and says {line} in Content-Range."
        )


def _other_type(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is None or not asked.lead.type or visit.media_type == "text/html":
        return
    if not _alike(visit.content_type, asked.lead.type):
        yield (
            f"{named(asked)} comes as {said(visit.content_type)}, "
            f"but the feed says {said(asked.lead.type)}."
        )


def _other_length(asked: Asked) -> Iterator[str]:
    promised = asked.lead.length[:18]
    wanted = int(promised) if promised.isdecimal() else 0
    for question in (Question.HEAD, Question.WHOLE):
        visit = asked.visit(question)
        length = visit.length if visit and visit.status == HTTPStatus.OK else None
        if wanted and length not in {None, wanted}:
            yield (
                f"{named(asked)} has {length:,} bytes (by {question}), "
                f"but the feed says {wanted:,}."
            )
            return


def _page(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    meant = asked.lead.type.lower() == "text/html"
    if visit is not None and visit.media_type == "text/html" and not meant:
        yield f"{named(asked)}: a web page comes in its place."


def _other_content(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is None or visit.media_type in {"", "text/html"}:
        return
    said_type = asked.lead.type or visit.content_type
    if said_type and not _alike(visit.media_type, said_type, families=_CONTAINERS):
        yield (
            f"{named(asked)} begins like {visit.media_type}, "
            f"but is called {said(said_type)}."
        )


def _silent_on_ranges(asked: Asked) -> Iterator[str]:
    visit, part = asked.visit(Question.HEAD), asked.visit(Question.FIRST)
    works = part is not None and part.status == HTTPStatus.PARTIAL_CONTENT
    if works and visit is not None and visit.status == HTTPStatus.OK:
        accepts = visit.header("accept-ranges")
        if accepts.lower() != "bytes":
            yield f"{named(asked)} says {said(accepts)} in Accept-Ranges."


def _closed(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is None:
        return
    shown = visit.header("access-control-expose-headers").lower()
    names = {name.strip() for name in shown.split(",")}
    if not is_open(visit):
        yield f"{named(asked)} is closed to pages of others."
    elif "*" not in names and not names >= _EXPOSED:
        yield f"{named(asked)} hides its length and ranges from pages of others."


def _alike(one: str, other: str, *, families: Sequence[set[str]] = _FAMILIES) -> bool:
    """Whether two types name one kind of media, in the words of different people."""
    kinds = {kind.partition(";")[0].strip().lower() for kind in (one, other)}
    return len(kinds) == 1 or any(kinds <= family for family in families)


_APPLE = "Apple, RSS requirements: hosting"
RULES = (
    Rule(
        code="E5101",
        severity=Severity.ERROR,
        title="A media file cannot be fetched.",
        source=f"{_APPLE}; RFC 9110, 15",
        why="Listeners press play, and nothing happens.",
        fix="Open the address in a private window; it must play for everybody.",
        run=each_of(Role.MEDIA, not_given),
    ),
    Rule(
        code="E5102",
        severity=Severity.ERROR,
        title="A media file does not answer HEAD.",
        source="Apple, RSS requirements: HTTP HEAD requests",
        why="Apple looks with HEAD first, and refuses the episode.",
        fix="Let the server answer HEAD as it answers GET, without the body.",
        run=each_of(Role.MEDIA, no_head),
    ),
    Rule(
        code="E5103",
        severity=Severity.ERROR,
        title="A media file's server gives no part of it.",
        source="Apple, RSS requirements: byte-range requests; RFC 9110, 14",
        why="Apple refuses the episode, and nobody can seek in it.",
        fix="Let the server answer Range: bytes=0-1 with 206 and those two bytes.",
        run=each_of(Role.MEDIA, no_range),
    ),
    Rule(
        code="E5104",
        severity=Severity.ERROR,
        title="A media file's server gives wrong parts of it.",
        source="RFC 9110, 14.1.2 and 15.3.7",
        why="Seeking plays noise or stops, for players ask for the middle and the end.",
        fix="Let the server answer any range of bytes, and ranges from the end.",
        run=each_of(Role.MEDIA, _no_other_range),
    ),
    Rule(
        code="W5105",
        severity=Severity.WARN,
        title="A media file's server does not say where the file ends.",
        source="RFC 9110, 14.4 and 15.5.17",
        why="Apps that go on with a broken download cannot tell that it is complete.",
        fix="Let it answer a range beyond the end with 416, and say bytes */N.",
        run=each_of(Role.MEDIA, _no_end),
    ),
    Rule(
        code="E5106",
        severity=Severity.ERROR,
        title="A media file comes as another type than the feed says.",
        source="Apple, RSS requirements: enclosure; RSS 2.0: enclosure",
        why="Apps choose their player by the type, and Apple refuses the episode.",
        fix="Let server and feed say the same type, such as audio/mpeg.",
        run=each_of(Role.MEDIA, _other_type),
    ),
    Rule(
        code="E5107",
        severity=Severity.ERROR,
        title="A media file has another length than the feed says.",
        source="RSS 2.0: enclosure; Apple, RSS requirements: enclosure",
        why="Apps show a wrong size, break off early, or download without end.",
        fix="Write the size of the file in bytes into length.",
        run=each_of(Role.MEDIA, _other_length),
    ),
    Rule(
        code="E5108",
        severity=Severity.ERROR,
        title="A web page comes in place of a media file.",
        source="Hosts' help pages: firewalls and challenges before media",
        why="Apps download the page, and play silence.",
        fix="Let the address give the file itself, without a page to click through.",
        run=each_of(Role.MEDIA, _page),
    ),
    Rule(
        code="W5109",
        severity=Severity.WARN,
        title="A media file is of another type than it is called.",
        source="Apple, RSS requirements: enclosure; WHATWG MIME Sniffing",
        why="Some players believe the name, and then play nothing.",
        fix="Correct type and ending of the address, or save the file as what it says.",
        run=each_of(Role.MEDIA, _other_content),
    ),
    Rule(
        code="W5110",
        severity=Severity.WARN,
        title="A media file's server does not say that it gives parts.",
        source="RFC 9110, 14.3: Accept-Ranges",
        why="Careful players then do not seek, though they could.",
        fix="Let the server say Accept-Ranges: bytes.",
        run=each_of(Role.MEDIA, _silent_on_ranges),
    ),
    Rule(
        code="I5111",
        severity=Severity.INFO,
        title="Players on web pages cannot seek in a media file.",
        source="Podcast namespace: CORS; Fetch standard: CORS protocol",
        why="Apps in a browser can play it at most from the beginning.",
        fix="Allow every origin, and expose Content-Range and Accept-Ranges.",
        run=each_of(Role.MEDIA, _closed),
    ),
)
