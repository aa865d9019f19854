"""The namespaces of a feed, its frame, and elements that nobody knows."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.vocabulary import CHANNEL, ITEM
from peru_media.checks.feed.walks import each_part, plain, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_OTHER_PODCAST = (
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
)
_PLACES = {"channel": "a channel", "item": "an item"}
_NEAR = 0.75
_LONGEST = 40


def _misspelled(survey: FeedSurvey) -> Iterator[Finding]:
    root = survey.outline.root
    if survey.channel is None:
        return
    for prefix, address in survey.outline.namespaces.items():
        right = _right_spelling(survey, prefix, address)
        if right and right != address:
            yield Finding(
                place=survey.place(root),
                what=f"The namespace {prefix} is declared as {shown(address)}.",
                fix=f'Write xmlns:{prefix}="{right}", to the letter.',
            )


def _right_spelling(survey: FeedSurvey, prefix: str, address: str) -> str:
    """The address that was meant, by the prefix or by what it is nearly."""
    right = OWN_NAMESPACES.get(prefix, "")
    if address == _OTHER_PODCAST or address in OWN_NAMESPACES.values():
        return ""
    return right or OWN_NAMESPACES.get(survey.meant.get(address, ""), "")


def _no_itunes(survey: FeedSurvey) -> Iterator[Finding]:
    yield from _undeclared(survey, ("itunes",))


def _no_podcast(survey: FeedSurvey) -> Iterator[Finding]:
    yield from _undeclared(survey, ("podcast", "atom"))


def _undeclared(survey: FeedSurvey, prefixes: tuple[str, ...]) -> Iterator[Finding]:
    """Find a namespace that is not there, under whatever prefix or spelling."""
    if survey.channel is None:
        return
    there = {*survey.outline.namespaces, *survey.meant.values()}
    addresses = survey.outline.namespaces.values()
    for prefix in prefixes:
        right = OWN_NAMESPACES[prefix]
        if prefix not in there and right not in addresses:
            yield Finding(
                place=survey.place(survey.outline.root),
                what=f"The feed does not declare the namespace {prefix}.",
                fix=f'Write xmlns:{prefix}="{right}" into <rss>.',
            )


def _version(survey: FeedSurvey) -> Iterator[Finding]:
    root = survey.outline.root
    if root is None or survey.outline.format not in {"rss", "rdf"}:
        return
    version = root.attributes.get("version", "")
    if root.name != "rss" or version != "2.0":
        said = f"version {shown(version)}" if version else "no version"
        what = f"The feed begins with <{root.name}> and {said}."
        yield Finding(place=survey.place(root), what=what)


def _channels(survey: FeedSurvey) -> Iterator[Finding]:
    root = survey.outline.root
    if root is None or root.name != "rss":
        return
    channels = list(root.all("channel"))
    if not channels:
        yield Finding(place=survey.place(root), what="The feed has no <channel>.")
    for channel in channels[1:]:
        what = "The feed has more than one <channel>."
        yield Finding(place=survey.place(channel), what=what)


def _strangers(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    here, there = (CHANNEL, ITEM) if part.element.name == "channel" else (ITEM, CHANNEL)
    for child in part.element.children:
        name = child.name
        if name in here or name in {"item", "channel"} or not _ours(name):
            continue
        yield Finding(
            place=survey.place(child),
            what=_of_stranger(name, part, there),
            fix=_instead(name, here, there),
        )


def _ours(name: str) -> bool:
    """Whether it is an element of RSS, of Apple or of Spotify."""
    return ":" not in name or name.startswith(("itunes:", "spotify:"))


def _of_stranger(name: str, part: Part, there: Collection[str]) -> str:
    where = _PLACES.get(part.element.name, "an item")
    if name in there:
        return f"<{name}> means nothing in {where}."
    return f"<{plain(name)}> is not an element of {where}."


def _instead(name: str, here: Collection[str], there: Collection[str]) -> str:
    if name in there:
        return "Move it where it belongs, or delete it."
    prefix, colon, local = name.rpartition(":")
    start = f"{prefix}{colon}"
    known = [one for one in here if one.rpartition(":")[0] == prefix]
    folded = {one[len(start) :].casefold(): one for one in known}
    near = get_close_matches(local[:_LONGEST].casefold(), folded, n=1, cutoff=_NEAR)
    return f"Write <{folded[near[0]]}>." if near else ""


RULES = (
    Rule(
        code="E1010",
        severity=Severity.ERROR,
        title="A namespace is not spelled to the letter.",
        source="Apple, RSS requirements; podcast namespace; Namespaces in XML 1.0, 2.3",
        why="Apps compare the address letter by letter, and miss all of its tags.",
        fix="Copy the address from the namespace's own page.",
        run=_misspelled,
    ),
    Rule(
        code="E1011",
        severity=Severity.ERROR,
        title="The namespace of Apple's tags is not declared.",
        source="Apple, RSS requirements; PSP-1: namespaces",
        why="Cover, categories and rating cannot be said without it.",
        fix="Declare it in <rss>.",
        run=_no_itunes,
    ),
    Rule(
        code="W1012",
        severity=Severity.WARN,
        title="A namespace that PSP-1 requires is not declared.",
        source="PSP-1: namespaces",
        why="Certified hosts have all three; directories do not refuse a feed for it.",
        fix="Declare it in <rss>.",
        run=_no_podcast,
    ),
    Rule(
        code="E1013",
        severity=Severity.ERROR,
        title="The feed is not RSS 2.0.",
        source="RSS 2.0; Apple, RSS requirements; W3C: InvalidRSSVersion",
        why="Podcast directories take RSS 2.0 alone.",
        fix='Begin the feed with <rss version="2.0">.',
        run=_version,
    ),
    Rule(
        code="E1014",
        severity=Severity.ERROR,
        title="The feed does not have exactly one channel.",
        source="RSS 2.0: channel; W3C Feed Validator: MissingChannel",
        why="Apps read the first alone, and without one nothing.",
        fix="Put everything into one <channel>.",
        run=_channels,
    ),
    Rule(
        code="W1015",
        severity=Severity.WARN,
        title="An element is not known where it stands.",
        source="RSS 2.0; Apple, RSS requirements; W3C Feed Validator: UndefinedElement",
        why="Apps pass over it, so what it says is lost; capitals count.",
        fix="Correct its name, or give it a namespace of its own.",
        run=each_part(_strangers),
    ),
)
