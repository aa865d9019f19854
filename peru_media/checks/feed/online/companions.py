"""What the servers of transcripts, chapters and pages answer."""

from collections.abc import Iterator

from peru_media.checks.feed.online.visits import (
    each_of,
    given,
    named,
    not_given,
    not_shared,
    said,
)
from peru_media.checks.rules import Rule
from peru_media.model.facts import FileKind
from peru_media.model.probed import Asked, Question, Role
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_SUBRIP = {"application/x-subrip", "application/srt", "text/srt"}
_JSON = {"application/json+chapters", "application/json"}
_ANY = {"", "text/html", "text/plain"}  # a text without marks may be both
_HTML = {"text/html", "application/xhtml+xml"}


def _unreadable_words(asked: Asked) -> Iterator[str]:
    """Find what no app could show as the transcript that the feed promises."""
    facts = asked.facts
    if given(asked) is None or facts is None:
        return
    promised = _kind(asked.lead.type)
    if facts.fault or facts.kind is not FileKind.TEXT:
        why = facts.fault or f"It is {facts.media_type}."
        yield f"{named(asked)} is no text that can be read: {why}"
    elif promised not in _ANY and _kind(facts.media_type) != promised:
        yield (
            f"{named(asked)} is {facts.media_type}, but the feed says "
            f"{said(asked.lead.type)}."
        )
    elif facts.broken_line:
        where = "segment" if facts.media_type == "application/json" else "line"
        yield f"{named(asked)} has times that cannot be, {where} {facts.broken_line}."
    elif facts.cues == 0:
        yield f"{named(asked)} has no words with their times."


def _other_type(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    promised = _kind(asked.lead.type)
    if visit is not None and promised and _kind(visit.content_type) != promised:
        yield (
            f"{named(asked)} comes as {said(visit.content_type)}, "
            f"but the feed says {said(asked.lead.type)}."
        )


def _unreadable_chapters(asked: Asked) -> Iterator[str]:
    if given(asked) is not None and asked.fault:
        yield f"{named(asked)} cannot be shown: {asked.fault}"


def _other_chapters_type(asked: Asked) -> Iterator[str]:
    visit = given(asked)
    if visit is not None and visit.content_type not in _JSON:
        yield f"{named(asked)} comes as {said(visit.content_type)}."


def _no_page(asked: Asked) -> Iterator[str]:
    yield from not_given(asked)
    visit = asked.visit(Question.WHOLE)
    if given(asked) and visit is not None and visit.content_type not in _HTML:
        yield f"{named(asked)} comes as {said(visit.content_type)}, not as text/html."


def _kind(media_type: str) -> str:
    """The type without parameters; the names of SubRip are all one."""
    kind = media_type.partition(";")[0].strip().lower()
    return "application/x-subrip" if kind in _SUBRIP else kind


_WORDS = "Podcast namespace: transcript"
_CHAPTERS = "Podcast namespace: chapters, JSON chapters 1.2"
_CORS = "Fetch standard: CORS protocol"
RULES = (
    Rule(
        code="W5301",
        severity=Severity.WARN,
        title="A transcript cannot be fetched.",
        source=f"{_WORDS}; RFC 9110, 15",
        why="People who cannot hear are promised the words, and get none.",
        fix="Open the address in a private window; everybody must see the words.",
        run=each_of(Role.TRANSCRIPT, not_given),
    ),
    Rule(
        code="W5302",
        severity=Severity.WARN,
        title="A transcript is not what the feed promises.",
        source=f"{_WORDS}: transcript types; W3C WebVTT",
        why="Apps show nothing, or gibberish.",
        fix="Export the transcript again, as the type that the feed says.",
        run=each_of(Role.TRANSCRIPT, _unreadable_words),
    ),
    Rule(
        code="W5303",
        severity=Severity.WARN,
        title="A transcript comes as another type than the feed says.",
        source=f"{_WORDS}: type; RFC 9110, 8.3",
        why="Apps that believe the server cannot read it.",
        fix="Let server and feed say the same type, best text/vtt.",
        run=each_of(Role.TRANSCRIPT, _other_type),
    ),
    Rule(
        code="W5304",
        severity=Severity.WARN,
        title="Players on web pages may not read a transcript.",
        source=f"{_WORDS}: CORS; {_CORS}",
        why="Apps that run in a browser cannot show the words.",
        fix="Let the server send Access-Control-Allow-Origin: * with it.",
        run=each_of(Role.TRANSCRIPT, not_shared),
    ),
    Rule(
        code="W5401",
        severity=Severity.WARN,
        title="A file of chapters cannot be fetched.",
        source=f"{_CHAPTERS}; RFC 9110, 15",
        why="Apps show no chapters, or ask in vain at each play.",
        fix="Put the file there again, or take podcast:chapters out of the feed.",
        run=each_of(Role.CHAPTERS, not_given),
    ),
    Rule(
        code="W5402",
        severity=Severity.WARN,
        title="A file of chapters cannot be read.",
        source=_CHAPTERS,
        why="Apps show no chapters.",
        fix="Write JSON with version and chapters, each with startTime, ascending.",
        run=each_of(Role.CHAPTERS, _unreadable_chapters),
    ),
    Rule(
        code="W5403",
        severity=Severity.WARN,
        title="A file of chapters comes as another type.",
        source=f"{_CHAPTERS}; RFC 9110, 8.3",
        why="Apps that believe the server do not read it.",
        fix="Let the server say Content-Type: application/json+chapters.",
        run=each_of(Role.CHAPTERS, _other_chapters_type),
    ),
    Rule(
        code="W5404",
        severity=Severity.WARN,
        title="Players on web pages may not read a file of chapters.",
        source=f"{_CHAPTERS}: CORS; {_CORS}",
        why="Apps that run in a browser show no chapters.",
        fix="Let the server send Access-Control-Allow-Origin: * with it.",
        run=each_of(Role.CHAPTERS, not_shared),
    ),
    Rule(
        code="W5501",
        severity=Severity.WARN,
        title="A page that the feed links to is no page.",
        source="Apple, RSS requirements: link; PSP-1: link; RSS 2.0: link",
        why="Listeners who want to read more meet an error.",
        fix="Link to a page that answers 200 and text/html.",
        run=each_of(Role.PAGE, _no_page),
    ),
)
