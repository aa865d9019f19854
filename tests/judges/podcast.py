"""The podcast namespace: which tags there are, where, how often, with what in them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning

__all__ = ["judge_all"]

Check = Callable[[Element, str], Findings]

_SHOW, _EPISODE, _LIVE = "channel", "item", "podcast:liveItem"
_ANYWHERE = (_SHOW, _EPISODE, _LIVE)
_SPLIT = "podcast:valueTimeSplit"
_SPEC = Mapping[str, "Tag"]


def _pattern(pattern: str) -> Check:
    form = re.compile(pattern)

    def check(element: Element, text: str) -> Findings:
        if not form.fullmatch(text):
            yield error("InvalidValue", element.line, f"{element.name}: {text!r}")

    return check


def _choice(*allowed: str) -> Check:
    return _pattern("|".join(map(re.escape, allowed)))


def _iso(element: Element, text: str) -> Findings:
    """A moment that may lie ahead."""
    far = datetime.fromisoformat("9000-01-01T00:00:00+00:00")
    yield from values.rfc3339_date(element, text, now=far)


def _mail_date(element: Element, text: str) -> Findings:
    far = datetime.fromisoformat("9000-01-01T00:00:00+00:00")
    yield from values.rfc822_date(element, text, now=far)


def _anything(element: Element, text: str) -> Findings:
    if not text.strip():
        yield warning("AttrNotBlank", element.line, element.name)


_WEB, _URI = values.web_link, values.address
_COUNT = _pattern(r"[0-9]+")
_SECONDS = _pattern(r"[0-9]+(\.[0-9]+)?")
_TRUTH, _YES = _choice("true", "false"), _choice("yes", "no")
_UUID = _pattern(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KIND = values.media_type
_MEDIA = (
    "podcast", "music", "video", "film", "audiobook", "newsletter", "blog",
    "publisher", "course",
)  # fmt: skip
_MEDIUM = _choice(*_MEDIA, *(f"{one}L" for one in _MEDIA), "mixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag: its parents, how often it stands in one, and what stands in it."""

    parents: tuple[str, ...]
    many: bool = False
    needs: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    text: Check | None = None
    words: int | None = None
    empty: bool = False
    children: tuple[str, ...] = ()


_TAGS: _SPEC = {
    "locked": Tag(parents=(_SHOW,), may={"owner": values.mail_address}, text=_YES),
    "transcript": Tag(
        parents=(_EPISODE, _LIVE),
        many=True,
        needs={
            "url": _WEB,
            "type": _choice(
                "text/vtt", "text/plain", "text/html", "application/json",
                "application/x-subrip", "application/srt",
            ),
        },
        may={"language": values.language, "rel": _choice("captions")},
        empty=True,
    ),
    "funding": Tag(parents=_ANYWHERE, many=True, needs={"url": _WEB}, words=128),
    "chapters": Tag(
        parents=(_EPISODE,),
        needs={"url": _WEB, "type": _choice("application/json+chapters")},
        empty=True,
    ),
    "soundbite": Tag(
        parents=(_EPISODE,),
        many=True,
        needs={"startTime": _SECONDS, "duration": _SECONDS},
        words=128,
    ),
    "person": Tag(
        parents=_ANYWHERE,
        many=True,
        may={"role": _anything, "group": _anything, "img": _WEB, "href": _WEB},
        text=_anything,
        words=128,
    ),
    "location": Tag(
        parents=_ANYWHERE,
        many=True,
        may={
            "rel": _choice("subject", "creator"),
            "geo": _pattern(r"geo:-?[\d.]+,-?[\d.]+(,-?[\d.]+)?(;\S+)?"),
            "osm": _pattern(r"[NWR]\d+(#\d+)?"),
            "country": _pattern("[A-Z]{2}"),
        },
        text=_anything,
        words=128,
    ),
    "season": Tag(parents=(_EPISODE,), may={"name": _anything}, text=_COUNT),
    "episode": Tag(
        parents=(_EPISODE,), may={"display": _pattern("(?s).{1,32}")}, text=_SECONDS
    ),
    "trailer": Tag(
        parents=(_SHOW,),
        many=True,
        needs={"url": _WEB, "pubdate": _mail_date},
        may={"length": _COUNT, "type": _KIND, "season": _COUNT},
        text=_anything,
        words=128,
    ),
    "license": Tag(
        parents=(_SHOW, _EPISODE), may={"url": _WEB}, text=_anything, words=128
    ),
    "alternateEnclosure": Tag(
        parents=(_EPISODE, _LIVE),
        many=True,
        needs={"type": _KIND},
        may={
            "length": _COUNT, "bitrate": _SECONDS, "height": _COUNT,
            "lang": values.language, "title": _pattern("(?s).{1,32}"),
            "rel": _pattern("(?s).{1,32}"), "codecs": _anything, "default": _TRUTH,
        },
        children=("source",),
    ),
    "source": Tag(
        parents=("podcast:alternateEnclosure",),
        many=True,
        needs={"uri": _URI},
        may={"contentType": _KIND},
        empty=True,
    ),
    "integrity": Tag(
        parents=("podcast:alternateEnclosure",),
        needs={"type": _choice("sri", "pgp-signature"), "value": _anything},
        empty=True,
    ),
    "guid": Tag(parents=(_SHOW,), text=_UUID),
    "medium": Tag(parents=(_SHOW,), text=_MEDIUM),
    "liveItem": Tag(
        parents=(_SHOW,),
        many=True,
        needs={"status": _choice("pending", "live", "ended"), "start": _iso},
        may={"end": _iso},
        children=("contentLink",),
    ),
    "contentLink": Tag(
        parents=(_EPISODE, _LIVE), many=True, needs={"href": _WEB}, words=128
    ),
    "socialInteract": Tag(
        parents=_ANYWHERE,
        many=True,
        needs={
            "protocol": _choice(
                "disabled", "activitypub", "twitter", "lightning", "atproto", "hive",
                "matrix", "nostr",
            )
        },
        may={
            "uri": _URI, "accountId": _anything, "accountUrl": _WEB,
            "priority": _COUNT,
        },
        empty=True,
    ),
    "block": Tag(
        parents=(_SHOW,), many=True, may={"id": _pattern("[a-z]+")}, text=_YES
    ),
    "txt": Tag(
        parents=(_SHOW, _EPISODE),
        many=True,
        may={"purpose": _pattern("(?s).{1,128}")},
        text=_anything,
        words=4000,
    ),
    "remoteItem": Tag(
        parents=(_SHOW, "podcast:podroll", "podcast:publisher", _SPLIT),
        many=True,
        needs={"feedGuid": _UUID},
        may={
            "feedUrl": _WEB, "itemGuid": _anything, "medium": _MEDIUM,
            "title": _anything,
        },
        empty=True,
    ),
    "podroll": Tag(parents=(_SHOW,), children=("remoteItem",)),
    "updateFrequency": Tag(
        parents=(_SHOW,),
        may={"rrule": _pattern("FREQ=.+"), "dtstart": _iso, "complete": _TRUTH},
        text=_anything,
        words=128,
    ),
    "podping": Tag(parents=(_SHOW,), needs={"usesPodping": _TRUTH}, empty=True),
    "value": Tag(
        parents=_ANYWHERE,
        many=True,
        needs={"type": _anything, "method": _anything},
        may={"suggested": _SECONDS},
        children=("valueRecipient",),
    ),
    "valueTimeSplit": Tag(
        parents=("podcast:value",),
        many=True,
        needs={"startTime": _SECONDS, "duration": _SECONDS},
        may={
            "remoteStartTime": _SECONDS,
            "remotePercentage": _pattern("100|[0-9]{1,2}"),
        },
    ),
    "valueRecipient": Tag(
        parents=("podcast:value", _SPLIT),
        many=True,
        needs={
            "type": _choice("node", "lnaddress"), "address": _anything,
            "split": _COUNT,
        },
        may={
            "name": _anything, "customKey": _anything, "customValue": _anything,
            "fee": _TRUTH,
        },
        empty=True,
    ),
    "publisher": Tag(parents=(_SHOW,), children=("remoteItem",)),
    "chat": Tag(
        parents=_ANYWHERE,
        needs={
            "server": _anything,
            "protocol": _choice("irc", "xmpp", "nostr", "matrix"),
        },
        may={"accountId": _anything, "space": _anything},
        empty=True,
    ),
    "image": Tag(
        parents=_ANYWHERE,
        many=True,
        needs={"href": _WEB},
        may={
            "alt": _anything, "aspect-ratio": _pattern(r"\d+/\d+"), "width": _COUNT,
            "height": _COUNT, "type": _KIND, "purpose": _pattern("(?s).{1,128}"),
        },
        empty=True,
    ),
}  # fmt: skip
_DEPRECATED = {"images"}


def judge_all(parent: Element, *, now: datetime) -> Findings:
    """Judge the tags that stand in a channel or an item, and all that lies in them."""
    del now
    for child in parent.children:
        space, _, name = child.name.partition(":")
        if space != "podcast":
            continue
        tag = _TAGS.get(name)
        if name in _DEPRECATED:
            yield warning("Deprecated", child.line, child.name)
        elif tag is None:
            yield error("UndefinedElement", child.line, child.name)
        else:
            yield from _judge(child, tag)
    yield from _rules(parent)


def _judge(element: Element, tag: Tag) -> Findings:
    parent = element.parent
    if parent is not None and parent.name not in tag.parents:
        what = f"{element.name} in {parent.name}"
        yield error("MisplacedMetadata", element.line, what)
    if not tag.many and parent is not None and len(parent.all(element.name)) > 1:
        yield error("DuplicateElement", element.line, element.name)
    yield from _attributes(element, tag)
    yield from _content(element, tag)
    yield from judge_children(element)
    for name in tag.children:
        if not element.all(f"podcast:{name}"):
            what = f"no podcast:{name} in {element.name}"
            yield error("MissingElement", element.line, what)


def judge_children(element: Element) -> Findings:
    """Judge what lies in one of the tags."""
    for child in element.children:
        tag = _TAGS.get(child.name.removeprefix("podcast:"))
        if tag is not None and child.name.startswith("podcast:"):
            yield from _judge(child, tag)
    yield from _rules(element)


def _attributes(element: Element, tag: Tag) -> Findings:
    known = {**tag.needs, **tag.may}
    for name in tag.needs.keys() - element.attributes.keys():
        yield error("MissingAttribute", element.line, f"{name} of {element.name}")
    for name, value in element.attributes.items():
        if name not in known:
            yield error("UnexpectedAttribute", element.line, f"{name}={value!r}")
        else:
            yield from known[name](element, value)


def _content(element: Element, tag: Tag) -> Findings:
    text = element.text
    if tag.empty and (text.strip() or element.children):
        yield error("UnexpectedText", element.line, f"{element.name}: {text[:40]!r}")
    if tag.words is not None and len(text) > tag.words:
        yield error("TooLong", element.line, f"{element.name}: over {tag.words}")
    if tag.text is not None:
        if text != text.strip():
            yield error("UnexpectedWhitespace", element.line, element.name)
        yield from tag.text(element, text.strip())


def _rules(parent: Element) -> Findings:
    """What holds between the parts."""
    for social in parent.all("podcast:socialInteract"):
        disabled = social.attributes.get("protocol") == "disabled"
        if not disabled and "uri" not in social.attributes:
            yield error("MissingAttribute", social.line, "uri of socialInteract")
    for split in parent.all(_SPLIT):
        others = split.all("podcast:remoteItem")
        people = split.all("podcast:valueRecipient")
        if len(others) + bool(people) != 1:
            yield error("MissingElement", split.line, "who is paid in it")
    yield from _rules_of_shows(parent)


def _rules_of_shows(parent: Element) -> Findings:
    for publisher in parent.all("podcast:publisher"):
        media = [one.attributes.get("medium") for one in publisher.children]
        if media != ["publisher"]:
            yield error("InvalidValue", publisher.line, f"podcast:publisher: {media}")
    services = [one.attributes.get("id") for one in parent.all("podcast:block")]
    if len(services) > len(set(services)):
        yield error("DuplicateValue", parent.line, f"podcast:block: {services}")
