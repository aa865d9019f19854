"""The one file of each item: its address, its type, its size."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.addresses import MEDIA_TYPES, ending, is_whole
from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import each_item, shown, titled
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_ATTRIBUTES = ("url", "length", "type")
_ENDINGS = ", ".join(MEDIA_TYPES)
_DIGITS = 15
_GROUPED = re.compile(r"([0-9]{1,3}(?:[,. ][0-9]{3}){1,4})")
_POINTED = re.compile(r"([0-9]{1,15})[.,]0{1,9}")
_WHOLE = "Write it with https:// and the name of the server, and %20 for a space."
_APPLE = "Apple, RSS requirements: enclosure; PSP-1"


def _none(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    if not item.all("enclosure"):
        what = f"{titled(item)} has no <enclosure>."
        yield Finding(place=survey.place(item.element), what=what)


def _several(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure in item.all("enclosure")[1:]:
        what = f"{titled(item)} has more than one <enclosure>."
        yield Finding(place=survey.place(enclosure), what=what)


def _incomplete(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure in item.all("enclosure"):
        for name in _ATTRIBUTES:
            if not enclosure.attributes.get(name, "").strip():
                yield Finding(
                    place=survey.place(enclosure),
                    what=f"The enclosure has no {name}.",
                    fix=_attribute(name, enclosure),
                )


def _attribute(name: str, enclosure: Element) -> str:
    """What to write for an attribute, as far as the others tell."""
    types = MEDIA_TYPES.get(ending(enclosure.attributes.get("url", "")))
    if name == "type" and types:
        return f'Write type="{types[0]}".'
    if name == "length":
        return "Write length= with the size of the file in bytes."
    return ""


def _ending(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure, address in _addresses(item):
        found = ending(address)
        if found not in MEDIA_TYPES or not is_whole(address):
            ends = f"ends in {found}" if found else "has no ending"
            whole = is_whole(address)
            fault = ends if whole else "is not a whole address"
            yield Finding(
                place=survey.place(enclosure),
                what=f"The address {shown(address)} {fault}.",
                fix="" if whole else _WHOLE,
            )


def _type(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure, address in _addresses(item):
        kind = enclosure.attributes.get("type", "").strip()
        right = MEDIA_TYPES.get(ending(address))
        if kind and right and kind.lower() not in right:
            yield Finding(
                place=survey.place(enclosure),
                what=f"The type of a file in {ending(address)} is {shown(kind)}.",
                fix=f'Write type="{right[0]}".',
            )


def _other_type(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure, address in _addresses(item):
        kind = enclosure.attributes.get("type", "").strip()
        right = MEDIA_TYPES.get(ending(address), ())
        if kind.lower() in right[1:] or (kind in right) != (kind.lower() in right):
            yield Finding(
                place=survey.place(enclosure),
                what=f"The type of a file in {ending(address)} is {shown(kind)}.",
                fix=f'Write type="{right[0]}".',
            )


def _length(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure in item.all("enclosure"):
        text = enclosure.attributes.get("length", "").strip()
        if text and not _is_size(text):
            what = f"The length of the enclosure is {shown(text)}."
            known = _GROUPED.fullmatch(text) or _POINTED.fullmatch(text)
            plain = re.sub("[., ]", "", known[1]) if known else ""
            fix = f'Write length="{plain}", if that is its size.' if plain else ""
            yield Finding(place=survey.place(enclosure), what=what, fix=fix)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def _unknown_length(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure in item.all("enclosure"):
        text = enclosure.attributes.get("length", "").strip()
        if _is_size(text) and int(text) == 0:
            what = f"The length of the enclosure is {shown(text)}."
            yield Finding(place=survey.place(enclosure), what=what)


def _in_the_open(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for enclosure, address in _addresses(item):
        if address[:7].lower() == "http://":
            what = f"The address {shown(address)} is not of https."
            yield Finding(place=survey.place(enclosure), what=what)


def _repeated(survey: FeedSurvey) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for item in survey.items:
        for enclosure, address in _addresses(item):
            if address in lines:
                what = f"The address {shown(address)} stands in line {lines[address]} "
                what += "too."
                yield Finding(place=survey.place(enclosure), what=what)
            lines.setdefault(address, enclosure.line)


def _addresses(item: Part) -> Iterator[tuple[Element, str]]:
    """The enclosures that have an address, with it."""
    for enclosure in item.all("enclosure"):
        address = enclosure.attributes.get("url", "").strip()
        if address:
            yield enclosure, address


RULES = (
    Rule(
        code="E3026",
        severity=Severity.ERROR,
        title="An item has no file to listen to or watch.",
        source=_APPLE,
        why="Directories leave the item out; it is no episode.",
        fix="Write <enclosure> with url, length and type.",
        run=each_item(_none),
    ),
    Rule(
        code="E3027",
        severity=Severity.ERROR,
        title="An item has more than one enclosure.",
        source=f"{_APPLE}; W3C Feed Validator: DuplicateEnclosure",
        why="Each app takes another one.",
        fix="Keep one; further forms belong into <podcast:alternateEnclosure>.",
        run=each_item(_several),
    ),
    Rule(
        code="E3028",
        severity=Severity.ERROR,
        title="An enclosure lacks its url, length or type.",
        source=f"{_APPLE}; RSS 2.0: enclosure; Spotify, help for podcasters",
        why="Directories leave the episode out; Spotify refuses the feed.",
        fix="Write all three: url, length in bytes, and type.",
        run=each_item(_incomplete),
    ),
    Rule(
        code="E3029",
        severity=Severity.ERROR,
        title="The address of an enclosure does not end like a file that apps play.",
        source="Apple, RSS requirements: enclosure (file extensions)",
        why="Apple judges by the ending, and leaves the episode out.",
        fix=f"Let the path end in one of {_ENDINGS}; a ?query may follow it.",
        run=each_item(_ending),
    ),
    Rule(
        code="E3030",
        severity=Severity.ERROR,
        title="The type of an enclosure is not that of its ending.",
        source="Apple, RSS requirements: enclosure (type)",
        why="Apps choose their player by the type, and play nothing.",
        fix="Write the type that belongs to the ending.",
        run=each_item(_type),
    ),
    Rule(
        code="I3031",
        severity=Severity.INFO,
        title="The type of an enclosure is one of several that are in use.",
        source="Apple, RSS requirements: audio/x-m4a; PSP-1: audio/m4a; podcast "
        "namespace: audio/aac",
        why="Authorities differ; Apple's own is what its directory expects.",
        fix="Write Apple's type.",
        run=each_item(_other_type),
    ),
    Rule(
        code="E3032",
        severity=Severity.ERROR,
        title="The length of an enclosure is not a number of bytes.",
        source=f"{_APPLE}; RSS 2.0: enclosure",
        why="Apps show a wrong size, and break downloads off.",
        fix="Write the size of the file in bytes, in digits alone.",
        run=each_item(_length),
    ),
    Rule(
        code="W3046",
        severity=Severity.WARN,
        title="The length of an enclosure is 0.",
        source="RSS 2.0: enclosure; W3C Feed Validator: UseZeroForUnknown; "
        "RSS Advisory Board: best practices",
        why="It says that nobody knows the size: allowed as a last resort, but apps "
        "show no size, and cannot tell a download that broke off.",
        fix="Write the size of the file in bytes, if it can be known.",
        run=each_item(_unknown_length),
    ),
    Rule(
        code="I3048",
        severity=Severity.INFO,
        title="An enclosure is not sent over https.",
        source="Apple, RSS requirements: enclosure (https is advised)",
        why="Anybody on the way can see what is heard, or change it; and players on "
        "web pages do not play it.",
        fix="Write https://, once its server answers there.",
        run=each_item(_in_the_open),
    ),
    Rule(
        code="E3033",
        severity=Severity.ERROR,
        title="Two items have the same file.",
        source="Apple, RSS requirements: guid and enclosure; what apps do",
        why="Apps that go by the address take both for one episode.",
        fix="Give each episode a file with an address of its own.",
        run=_repeated,
    ),
)
