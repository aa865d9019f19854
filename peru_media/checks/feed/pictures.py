"""Covers and the small picture of RSS, as far as their addresses tell."""

from collections.abc import Iterator

from peru_media.checks.feed.addresses import ending, is_whole
from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import each_item, in_channel, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_ENDINGS = {".jpg", ".jpeg", ".png"}
_SIDES = {"width": 144, "height": 400}
_LONGEST = 6
_APPLE = "Apple, RSS requirements: itunes:image; PSP-1"


def _no_cover(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    if channel.first("itunes:image") is None:
        what = "The channel has no <itunes:image>."
        yield Finding(place=survey.place(channel.element), what=what)


def _cover(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in part.all("itunes:image"):
        address = element.attributes.get("href", "").strip()
        if not address:
            other = element.attributes.get("url") or element.text.strip()
            yield Finding(
                place=survey.place(element),
                what="<itunes:image> has no href.",
                fix=f"Write href={shown(other)}." if other else "",
            )
        elif not is_whole(address) or not _ends_well(address):
            what = f"The picture {shown(address)} {_fault(address)}."
            yield Finding(place=survey.place(element), what=what)


def _ends_well(address: str) -> bool:
    """Whether path or query end as a picture: hosts write ``?.jpg``, which is taken."""
    return ending(address) in _ENDINGS or address.lower().endswith(tuple(_ENDINGS))


def _fault(address: str) -> str:
    if not is_whole(address):
        return "is not a whole address"
    found = ending(address)
    return f"ends in {found}" if found else "does not end in .jpg or .png"


def _incomplete(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for image in channel.all("image"):
        for name in ("url", "title", "link"):
            child = image.first(name)
            if child is None or not child.text.strip():
                what = f"The <image> of the channel has no <{name}>."
                yield Finding(
                    place=survey.place(child or image),
                    what=what,
                    fix=_of_channel(channel, name),
                )


def _other_words(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for image in channel.all("image"):
        for name in ("title", "link"):
            child, right = image.first(name), channel.text(name)
            if child and right and child.text.strip() not in {"", right}:
                what = f"The <{name}> of <image> is {shown(child)}."
                fix = _of_channel(channel, name)
                yield Finding(place=survey.place(child), what=what, fix=fix)


def _of_channel(channel: Part, name: str) -> str:
    text = channel.text(name)
    return f"Write <{name}> as in the channel: {shown(text)}." if text else ""


def _wrong_sides(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for image in channel.all("image"):
        for child in image.children:
            most = _SIDES.get(child.name)
            if most and not _within(child, most):
                what = f"The {child.name} of <image> is {shown(child)}."
                fix = f"Write a number from 1 to {most}, or leave it out."
                yield Finding(place=survey.place(child), what=what, fix=fix)


def _within(child: Element, most: int) -> bool:
    text = child.text.strip()
    digits = text.isascii() and text.isdigit() and len(text) < _LONGEST
    return digits and 1 <= int(text) <= most


RULES = (
    Rule(
        code="E2021",
        severity=Severity.ERROR,
        title="The channel has no cover.",
        source=_APPLE,
        why="Directories refuse a show without one.",
        fix="Write <itunes:image> with the address of a square picture of 1400 to 3000 "
        "pixels as its href.",
        run=in_channel(_no_cover),
    ),
    Rule(
        code="E2022",
        severity=Severity.ERROR,
        title="The address of the cover cannot be one of a JPEG or PNG.",
        source=_APPLE,
        why="Directories believe the ending of the address, and refuse others.",
        fix="Write href with https:// and an address that ends in .jpg or .png.",
        run=in_channel(_cover),
    ),
    Rule(
        code="W2023",
        severity=Severity.WARN,
        title="The small picture of the channel is not complete.",
        source="RSS 2.0: image; W3C Feed Validator: MissingElement",
        why="Readers that show it leave it out.",
        fix="Give <image> a url, a title and a link.",
        run=in_channel(_incomplete),
    ),
    Rule(
        code="W2024",
        severity=Severity.WARN,
        title="The small picture of the channel has another title or link.",
        source="RSS 2.0: image; RSS Advisory Board: best practices; W3C: "
        "ImageTitleDoesntMatch, ImageLinkDoesntMatch",
        why="Readers use it as the button of the channel.",
        fix="Write the title and the link of the channel.",
        run=in_channel(_other_words),
    ),
    Rule(
        code="W2025",
        severity=Severity.WARN,
        title="The small picture of the channel is larger than RSS allows.",
        source="RSS 2.0: image (144 wide and 400 high at most)",
        why="Readers that believe the numbers cut it off.",
        fix="Leave width and height out; the cover stands in <itunes:image>.",
        run=in_channel(_wrong_sides),
    ),
    Rule(
        code="E3019",
        severity=Severity.ERROR,
        title="The address of an item's picture cannot be one of a JPEG or PNG.",
        source=_APPLE,
        why="Directories believe the ending of the address, and refuse others.",
        fix="Write href with https:// and an address that ends in .jpg or .png.",
        run=each_item(_cover),
    ),
)
