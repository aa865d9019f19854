"""Who answers for a show, and how they are written to."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import each_part, in_channel, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_EMAIL = re.compile(r"[^@\s()<>]{1,100}@[^@\s()<>]{1,200}\.[^@\s()<>.]{2,60}")
_NAMED = re.compile(rf"{_EMAIL.pattern}\s\([^()]{{1,200}}\)")
_PEOPLE = ("managingEditor", "webMaster", "author")
_LONGEST = 400


def _no_owner(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    owner = channel.first("itunes:owner")
    if owner is None:
        what = "The channel has no <itunes:owner>."
        yield Finding(place=survey.place(channel.element), what=what)
        return
    for name in ("itunes:name", "itunes:email"):
        child = owner.first(name)
        if child is None or not child.text.strip():
            what = f"The owner of the channel has no <{name}>."
            yield Finding(place=survey.place(owner), what=what)


def _email(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for owner in channel.all("itunes:owner"):
        for child in owner.all("itunes:email"):
            text = child.text.strip()
            if text and not _EMAIL.fullmatch(text[:_LONGEST]):
                what = f"{shown(text)} is not an e-mail address."
                yield Finding(place=survey.place(child), what=what)


def _person(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for name in _PEOPLE:
        for element in part.all(name):
            text = element.text.strip()[:_LONGEST]
            if name == "author" and part.element.name == "channel":
                continue  # it has no meaning there, which W1015 says
            if text and not _NAMED.fullmatch(text):
                what = f"<{name}> is {shown(text)}."
                yield Finding(
                    place=survey.place(element), what=what, fix=_both(name, text)
                )


def _both(name: str, text: str) -> str:
    """The address first, then the name: from what stands there."""
    found = _EMAIL.search(text)
    if found is None:
        own = " or use <itunes:author> for a name alone" if name == "author" else ""
        return f"Write an address and a name: media@example.org (Media team){own}."
    rest = " ".join(re.sub(r"[()<>\",]", " ", text.replace(found[0], " ")).split())
    return f"Write {found[0][:80]} ({rest[:60] or 'their name'})."


RULES = (
    Rule(
        code="I2032",
        severity=Severity.INFO,
        title="The channel does not say whom to write to.",
        source="W3C Feed Validator: MissingItunesEmail; Apple no longer lists it",
        why="Some hosts ask that address before they import a show. It is public, so "
        "leaving it out is a choice.",
        fix="Write <itunes:owner> with the address of a role, or prove ownership by "
        '<podcast:txt purpose="applepodcastsverify">.',
        run=in_channel(_no_owner),
    ),
    Rule(
        code="W2033",
        severity=Severity.WARN,
        title="The address of the owner is not an e-mail address.",
        source="Apple, RSS requirements: itunes:owner; W3C: InvalidContact",
        why="Nobody who has to ask the owner reaches them.",
        fix="Write it like podcasts@example.org.",
        run=in_channel(_email),
    ),
    Rule(
        code="W2034",
        severity=Severity.WARN,
        title="A person is not written as e-mail address and name.",
        source="RSS 2.0: managingEditor, webMaster, author; W3C Feed Validator: "
        "EmailFormat, MissingRealName",
        why="Readers cannot tell the name from the address.",
        fix="Write it like media@example.org (Media team).",
        run=each_part(_person),
    ),
)
