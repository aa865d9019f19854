"""Where podcast-partytime keeps each tag."""

from typing import Any

from tests.readers.rows import Row, said_by
from tests.readers.said import Said

__all__ = ["said_by_partytime"]


def said_by_partytime(found: Any) -> Said:
    """Everything that podcast-partytime finds in a feed."""
    services = {"podcastServices": _services(found)}
    return said_by(found | services, (*_SHOW, Row("item", "items", rows=_ITEM)))


def _same(*names: str, **others: Any) -> dict[str, Any]:
    return {name: name for name in names} | others


def _subtitle_type(found: Any) -> Any:
    """It calls SubRip by another name."""
    kind = found.get("type")
    return "application/x-subrip" if kind == "application/srt" else kind


def _parts(found: Any) -> Any:
    """It joins a category and the one inside it."""
    return found.partition(" > ")[0]


def _inner(found: Any) -> Any:
    return found.partition(" > ")[2]


def _services(found: Any) -> list[dict[str, Any]]:
    """It keeps services by their names, and the word to all of them apart."""
    all_of_them = [{"value": found.get("podcastBlocked")}]
    services = found.get("podcastBlockedPlatforms", {})
    return all_of_them + [{"id": key, "value": services[key]} for key in services]


_TEXT = {"text": ""}
_REMOTE = _same("feedGuid", "feedUrl", "itemGuid", "medium", "title")
_RECIPIENT = Row(
    "podcast:valueRecipient",
    "recipients",
    _same("name", "customKey", "customValue", "type", "address", "split", "fee"),
)
_LOCATION = Row("podcast:location", "podcastLocation", _same("geo", "osm", text="name"))
_LICENCE = Row("podcast:license", "license", {"text": "identifier", "url": "url"})
_PERSON = Row(
    "podcast:person",
    "podcastPeople",
    _same("role", "group", "img", "href", text="name"),
)
_TXT = Row("podcast:txt", "podcastTxt", _same("purpose", text="value"))
_CHAT = Row("podcast:chat", "chat", _same("server", "protocol", "accountId", "space"))
_SOCIAL = Row(
    "podcast:socialInteract",
    "podcastSocialInteraction",
    _same(
        "priority",
        protocol="platform",
        uri="url",
        accountId="id",
        accountUrl="profileUrl",
    ),
)
_ALTERNATE = Row(
    "podcast:alternateEnclosure",
    "alternativeEnclosures",
    _same(
        "type", "length", "bitrate", "height", "lang", "title", "rel", "codecs",
        "default",
    ),
    (
        Row("podcast:source", "source", _same("uri", "contentType")),
        Row("podcast:integrity", "integrity", _same("type", "value")),
    ),
)  # fmt: skip
_VALUE = Row(
    "podcast:value",
    "value",
    _same("type", "method", "suggested"),
    (
        _RECIPIENT,
        Row(
            "podcast:valueTimeSplit",
            "valueTimeSplits",
            _same("startTime", "duration", "remoteStartTime", "remotePercentage"),
            (_RECIPIENT, Row("podcast:remoteItem", "remoteItem", _REMOTE)),
        ),
    ),
)
_BASICS = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("description", "description", _TEXT),
)
_FILED = (
    *_BASICS,
    Row("guid", "guid", _TEXT),
    Row("enclosure", "enclosure", _same("url", "length", "type")),
)
_SHOW = (
    *_BASICS,
    Row("language", "language", _TEXT),
    Row("copyright", "copyright", _TEXT),
    Row("generator", "generator", _TEXT),
    Row("lastBuildDate", "lastBuildDate", _TEXT),
    Row("atom:link", "pubsub", {"href": "self"}),
    Row("itunes:author", "author", _TEXT),
    Row(
        "itunes:category",
        "itunesCategory",
        {"text": _parts},
        (Row("itunes:category", "", {"text": _inner}),),
    ),
    Row("itunes:explicit", "explicit", _TEXT),
    Row("itunes:image", "itunesImage", {"href": ""}),
    Row("itunes:type", "itunesType", _TEXT),
    Row("itunes:name", "owner.name", _TEXT, outer="itunes:owner"),
    Row("itunes:email", "owner.email", _TEXT, outer="itunes:owner"),
    Row("itunes:new-feed-url", "itunesNewFeedUrl", _TEXT),
    Row("itunes:complete", "itunesComplete", _TEXT),
    Row("itunes:block", "itunesBlock", _TEXT),
    Row("podcast:guid", "guid", _TEXT),
    Row("podcast:locked", "", {"text": "locked", "owner": "podcastOwner"}),
    Row("podcast:medium", "medium", _TEXT),
    Row("podcast:block", "podcastServices", {"text": "value", "id": "id"}),
    Row("podcast:funding", "podcastFunding", _same("url", text="message")),
    Row(
        "podcast:trailer",
        "trailers",
        _same("url", "pubdate", "length", "type", "season", text="title"),
    ),
    Row("podcast:remoteItem", "podcastPublisher", _REMOTE, outer="podcast:publisher"),
    Row("podcast:remoteItem", "podroll", _REMOTE, outer="podcast:podroll"),
    Row("podcast:remoteItem", "podcastRemoteItems", _REMOTE),
    *(_LOCATION, _LICENCE, _PERSON, _TXT, _CHAT, _VALUE),
    Row(
        "podcast:liveItem",
        "podcastLiveItems",
        _same("status", "start", "end"),
        (
            *_FILED,
            *(_PERSON, _CHAT, _ALTERNATE, _VALUE),
            Row(
                "podcast:contentLink", "contentLinks", {"text": "title", "href": "url"}
            ),
        ),
    ),
)
_ITEM = (
    *_FILED,
    Row("content:encoded", "content", _TEXT),
    Row("pubDate", "pubDate", _TEXT),
    Row("itunes:duration", "duration", _TEXT),
    Row("itunes:explicit", "explicit", _TEXT),
    Row("itunes:episode", "itunesEpisode", _TEXT),
    Row("itunes:season", "itunesSeason", _TEXT),
    Row("itunes:episodeType", "itunesEpisodeType", _TEXT),
    Row("itunes:image", "itunesImage", {"href": ""}),
    Row("itunes:subtitle", "subtitle", _TEXT),
    Row("podcast:season", "podcastSeason", {"text": "number", "name": "name"}),
    Row("podcast:episode", "podcastEpisode", {"text": "number", "display": "display"}),
    Row(
        "podcast:transcript",
        "podcastTranscripts",
        _same("url", "language", "rel", type=_subtitle_type),
    ),
    Row("podcast:chapters", "podcastChapters", _same("url", "type")),
    Row(
        "podcast:soundbite",
        "podcastSoundbites",
        _same("startTime", "duration", text="title"),
    ),
    *(_LOCATION, _LICENCE, _PERSON, _TXT, _CHAT, _SOCIAL, _ALTERNATE, _VALUE),
)
