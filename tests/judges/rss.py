"""RSS 2.0: the channel, as the W3C and the RSS Advisory Board want it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from tests.judges import itunes, podcast, values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning
from tests.judges.items import judge_item
from tests.judges.links import feed_links

__all__ = ["judge_rss"]

Judge = Callable[[Element, datetime], Findings]

_DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
}  # fmt: skip
_MANY = {
    "item", "category", "atom:link", "atom:author", "itunes:category",
    "podcast:funding", "podcast:person", "podcast:location", "podcast:trailer",
    "podcast:socialInteract", "podcast:block", "podcast:txt", "podcast:remoteItem",
    "podcast:liveItem", "podcast:image", "podcast:value",
}  # fmt: skip
_SUB_IMAGE = {"url", "title", "link", "width", "height", "description"}
_WIDEST, _HIGHEST = 144, 400
_HOURS = 24


def judge_rss(root: Element, *, now: datetime, url: str | None) -> Findings:
    if root.attributes.get("version") != "2.0":
        yield error("InvalidRSSVersion", root.line, str(root.attributes))
    channels = root.all("channel")
    if len(channels) != 1:
        yield error("MissingElement", root.line, "one channel is what rss holds")
        return
    yield from _channel(channels[0], now=now, url=url)


def _channel(channel: Element, *, now: datetime, url: str | None) -> Findings:
    yield from _missing(channel)
    yield from _once(channel)
    yield from _misplaced(channel)
    for child in channel.children:
        judge = _CHILDREN.get(child.name)
        if judge is not None:
            yield from judge(child, now)
        elif ":" not in child.name and child.name != "item":
            yield error("UndefinedElement", child.line, f"{child.name} in channel")
    yield from feed_links(channel, url=url)
    yield from itunes.judge_channel(channel)
    yield from podcast.judge_all(channel, now=now)
    yield from _items(channel, now=now)


def _missing(channel: Element) -> Findings:
    for name, code in (
        ("title", "MissingTitle"),
        ("link", "MissingLink"),
        ("description", "MissingDescription"),
    ):
        if channel.first(name) is None:
            yield error(code, channel.line, f"no {name} in channel")
    if channel.first("language") is None:
        yield warning("MissingDCLanguage", channel.line, "no language in channel")


def _once(parent: Element) -> Findings:
    for name, count in parent.count().items():
        if (
            count > 1
            and name not in _MANY
            and not name.startswith(("media:", "{", "dc:"))
        ):
            yield error("DuplicateElement", parent.line, f"{count} times {name}")


def _misplaced(channel: Element) -> Findings:
    """Items come last."""
    seen = False
    for child in channel.children:
        if seen and child.name != "item":
            yield warning("MisplacedItem", child.line, f"{child.name} after an item")
        seen = seen or child.name == "item"


def _items(channel: Element, *, now: datetime) -> Findings:
    guids: set[str] = set()
    files: set[str] = set()
    for item in channel.all("item"):
        yield from judge_item(item, now=now)
        for guid in item.all("guid"):
            if guid.text in guids:
                yield error("DuplicateValue", guid.line, f"guid {guid.text!r}")
            guids.add(guid.text)
        for enclosure in item.all("enclosure"):
            address = enclosure.attributes.get("url", "")
            if address in files:
                yield error("DuplicateValue", enclosure.line, f"enclosure {address}")
            files.add(address)


def _words(element: Element, now: datetime) -> Findings:
    del now
    yield from values.not_blank(element)
    yield from values.plain_words(element, element.text)


def _description(element: Element, now: datetime) -> Findings:
    yield from _words(element, now)
    if len(element.text.encode()) > itunes.LONGEST:
        yield error("TooLong", element.line, f"over {itunes.LONGEST} bytes")


def _link(element: Element, now: datetime) -> Findings:
    del now
    yield from values.full_link(element, element.text)


def _date(element: Element, now: datetime) -> Findings:
    yield from values.rfc822_date(element, element.text, now=now)


def _language(element: Element, now: datetime) -> Findings:
    del now
    yield from values.language(element, element.text)


def _mail(element: Element, now: datetime) -> Findings:
    del now
    yield from values.mail_with_name(element)


def _free(element: Element, now: datetime) -> Findings:
    del now
    yield from values.plain_words(element, element.text)


def _minutes(element: Element, now: datetime) -> Findings:
    del now
    yield from values.integer(element, element.text.strip(), least=1)


def _text_input(element: Element, now: datetime) -> Findings:
    del now
    yield warning("AvoidTextInput", element.line, "no app shows it")


def _skip_hours(element: Element, now: datetime) -> Findings:
    del now
    hours = element.all("hour")
    if len(hours) > _HOURS:
        yield error("NotEnoughHoursInTheDay", element.line, f"{len(hours)} hours")
    for hour in hours:
        if not hour.text.isdigit() or int(hour.text) >= _HOURS:
            yield error("InvalidHour", hour.line, hour.text)


def _skip_days(element: Element, now: datetime) -> Findings:
    del now
    days = element.all("day")
    if len(days) > len(_DAYS):
        yield error("EightDaysAWeek", element.line, f"{len(days)} days")
    for day in days:
        if day.text not in _DAYS:
            yield error("InvalidDay", day.line, day.text)


def _image(image: Element, now: datetime) -> Findings:
    del now
    for child in image.children:
        if child.name not in _SUB_IMAGE:
            yield error("UndefinedElement", child.line, f"{child.name} in image")
    for name in ("url", "title", "link"):
        if image.first(name) is None:
            yield error("MissingElement", image.line, f"no {name} in image")
    for name in ("title", "link"):
        own, its = image.first(name), image.parent and image.parent.first(name)
        if own and its and own.text != its.text:
            yield warning(f"Image{name.title()}DoesntMatch", own.line, own.text)
    yield from _image_values(image)


def _image_values(image: Element) -> Findings:
    for name, most, code in (
        ("width", _WIDEST, "InvalidWidth"),
        ("height", _HIGHEST, "InvalidHeight"),
    ):
        size = image.first(name)
        if size and not (size.text.isdigit() and 1 <= int(size.text) <= most):
            yield error(code, size.line, size.text)
    picture = image.first("url")
    if picture:
        yield from values.web_link(picture, picture.text)
        if not picture.text.lower().endswith((".png", ".jpg", ".jpeg", ".gif")):
            yield warning("ImageUrlFormat", picture.line, picture.text)


_CHILDREN: Mapping[str, Judge] = {
    "title": _words,
    "link": _link,
    "description": _description,
    "language": _language,
    "copyright": _free,
    "managingEditor": _mail,
    "webMaster": _mail,
    "pubDate": _date,
    "lastBuildDate": _date,
    "category": _words,
    "generator": _free,
    "docs": _link,
    "cloud": _free,
    "ttl": _minutes,
    "image": _image,
    "rating": _free,
    "textInput": _text_input,
    "skipHours": _skip_hours,
    "skipDays": _skip_days,
}
