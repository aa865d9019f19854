"""Where a feed leads: to itself, to its pages, to where it moves."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.addresses import is_whole
from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import Judge, each_item, in_channel, plain, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_TYPE = "application/rss+xml"
_PASSWORD = re.compile(
    r"//[^\s/?#@:\"'<>]{0,200}:[^\s/?#@\"'<>]{1,200}@([^\s/?#\"'<>]+)"
)
_SELF = "PSP-1: required elements; RSS Advisory Board: best practices"


def _own(channel: Part) -> list[Element]:
    """The links of a channel to itself."""
    return [
        link
        for link in channel.all("atom:link")
        if link.attributes.get("rel") == "self"
    ]


def _no_self(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    if not _own(channel):
        address = survey.url or "https://..."
        yield Finding(
            place=survey.place(channel.element),
            what='The channel has no <atom:link rel="self">.',
            fix=f'Write <atom:link href={shown(address)} rel="self" type="{_TYPE}"/>.',
        )


def _several_selves(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for link in _own(channel)[1:]:
        address = link.attributes.get("href", "")
        what = f"The channel links to itself as {shown(address)} too."
        yield Finding(place=survey.place(link), what=what)


def _self_type(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for link in _own(channel):
        kind = link.attributes.get("type", "")
        if kind != _TYPE:
            what = f"The link to the feed itself has the type {shown(kind)}."
            yield Finding(place=survey.place(link), what=what)


def _elsewhere(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    """Where the server was asked, W5010 knows the way of its redirects, too."""
    for link in _own(channel):
        address = link.attributes.get("href", "").strip()
        if not is_whole(address):
            what = f"The link to the feed itself is {shown(address)}."
            yield Finding(place=survey.place(link), what=what)
        elif survey.probed is None and survey.url and survey.url != address:
            what = f"The feed is at {shown(survey.url)}, and says {shown(address)}."
            yield Finding(place=survey.place(link), what=what)


def _broken(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for link in part.all("link"):
        address = link.text.strip()
        if address and not is_whole(address):
            what = f"The link {shown(address)} is not a whole address."
            fix = f"Write https://{address}." if _is_host(address) else ""
            yield Finding(place=survey.place(link), what=what, fix=fix)


def _is_host(address: str) -> bool:
    """Whether only ``https://`` is missing."""
    return "." in address.partition("/")[0] and is_whole(f"https://{address[:80]}")


def _known(survey: FeedSurvey, channel: Part) -> set[str]:
    """The addresses of the feed: its own word, and where it was found."""
    asked = survey.probed.feed if survey.probed else None
    found = {survey.url, asked.lead.url if asked else None}
    own = {link.attributes.get("href", "").strip() for link in _own(channel)}
    return own | {address for address in found if address}


def _new_address(*, whole: bool) -> Judge:
    """Some hosts always name the feed's own address, by which nothing moves."""

    def judge(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
        for element in channel.all("itunes:new-feed-url"):
            address = element.text.strip()
            if whole and address in _known(survey, channel):
                continue
            if is_whole(address) is whole:
                what = f"<itunes:new-feed-url> is {shown(address)}."
                yield Finding(place=survey.place(element), what=what)

    return judge


def _with_password(survey: FeedSurvey) -> Iterator[Finding]:
    for element in survey.elements:
        for text in (element.text, *element.attributes.values()):
            found = _PASSWORD.search(text) if "@" in text else None
            if found:
                what = f"<{plain(element.name)}> has a password for {shown(found[1])}."
                yield Finding(place=survey.place(element), what=what)


RULES = (
    Rule(
        code="W1019",
        severity=Severity.WARN,
        title="A password stands in an address.",
        source="RFC 3986, 3.2.1; RFC 9110, 4.2.4; Apple, RSS requirements: hosting",
        why="Everybody who reads the feed knows it, and many apps refuse the address.",
        fix="Let the address answer without a password, and change that password.",
        run=_with_password,
    ),
    Rule(
        code="W2026",
        severity=Severity.WARN,
        title="The channel has no link to itself.",
        source=f"{_SELF}; W3C Feed Validator: MissingAtomSelfLink",
        why="Whoever has the file alone cannot tell where it came from. PSP-1 requires "
        "it; directories do not.",
        fix='Write <atom:link rel="self"> with the address of the feed.',
        run=in_channel(_no_self),
    ),
    Rule(
        code="W2027",
        severity=Severity.WARN,
        title="The channel's link to itself has another type.",
        source=_SELF,
        why="Apps that look for the feed by its type pass over it.",
        fix=f'Write type="{_TYPE}".',
        run=in_channel(_self_type),
    ),
    Rule(
        code="W2028",
        severity=Severity.WARN,
        title="The channel's link to itself leads elsewhere.",
        source="W3C Feed Validator: SelfDoesntMatchLocation; PSP-1",
        why="Apps may subscribe to the other address, which may not answer for ever.",
        fix="Write the whole address at which the feed is subscribed to.",
        run=in_channel(_elsewhere),
    ),
    Rule(
        code="E2029",
        severity=Severity.ERROR,
        title="The link of the channel is not a whole address.",
        source="RSS 2.0: link; W3C Feed Validator: InvalidFullLink",
        why="It leads nowhere from an app.",
        fix="Write it with https:// and the name of the server.",
        run=in_channel(_broken),
    ),
    Rule(
        code="I2030",
        severity=Severity.INFO,
        title="The feed says that it moves.",
        source="Apple, RSS requirements: itunes:new-feed-url",
        why="Apps follow it to the new address, one after the other.",
        fix="Keep the old feed and a redirect (301) until the subscribers have moved.",
        run=in_channel(_new_address(whole=True)),
    ),
    Rule(
        code="W2031",
        severity=Severity.WARN,
        title="The new address of the feed is not a whole address.",
        source="Apple, RSS requirements: itunes:new-feed-url; W3C Feed Validator",
        why="Apps stay at the old address, and are lost when it goes.",
        fix="Write the whole new address, with https://.",
        run=in_channel(_new_address(whole=False)),
    ),
    Rule(
        code="W2043",
        severity=Severity.WARN,
        title="The channel has more than one link to itself.",
        source=f"{_SELF}; W3C Feed Validator: DuplicateAtomLink",
        why="Some apps subscribe to the first, others to the last.",
        fix="Keep the one with the address at which the feed is subscribed to.",
        run=in_channel(_several_selves),
    ),
    Rule(
        code="W3020",
        severity=Severity.WARN,
        title="The link of an item is not a whole address.",
        source="RSS 2.0: link; W3C Feed Validator: InvalidFullLink",
        why="It leads nowhere from an app.",
        fix="Write it with https:// and the name of the server.",
        run=each_item(_broken),
    ),
)
