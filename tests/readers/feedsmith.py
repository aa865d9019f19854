"""Where feedsmith keeps each tag: named like the tags, many in the plural."""

from dataclasses import replace
from typing import Any

from tests.readers.rows import Row, said_by
from tests.readers.said import Said

__all__ = ["said_by_feedsmith"]


def said_by_feedsmith(found: Any) -> Said:
    """Everything that feedsmith finds in a feed."""
    item = Row("item", "items", rows=_ITEM)
    return said_by(found, (*_SHOW, item))


def _same(*names: str, **others: str) -> dict[str, Any]:
    return {name: name for name in names} | others


_TEXT, _WORDS = {"text": ""}, {"text": "display"}
_REMOTE = _same("feedGuid", "feedUrl", "itemGuid", "medium", "title")
_RECIPIENT = Row(
    "podcast:valueRecipient",
    "valueRecipients",
    _same("name", "customKey", "customValue", "type", "address", "split", "fee"),
)
_SHARED = (
    Row(
        "podcast:location",
        "locations",
        _same("rel", "geo", "osm", "country") | _WORDS,
    ),
    Row("podcast:funding", "fundings", _same("url") | _WORDS),
    Row(
        "podcast:image",
        "images",
        _same("href", "alt", "width", "height", "type", "purpose")
        | {"aspect-ratio": "aspectRatio"},
    ),
    Row(
        "podcast:socialInteract",
        "socialInteracts",
        _same("uri", "protocol", "accountId", "accountUrl", "priority"),
    ),
    Row("podcast:chat", "chat", _same("server", "protocol", "accountId", "space")),
    Row("podcast:txt", "txts", _same("purpose") | _WORDS),
    Row("podcast:contentLink", "contentLinks", _same("href") | _WORDS),
    Row("podcast:person", "persons", _same("role", "group", "img", "href") | _WORDS),
    Row("podcast:license", "license", _same("url") | _WORDS),
    Row(
        "podcast:alternateEnclosure",
        "alternateEnclosures",
        _same(
            "type", "length", "bitrate", "height", "lang", "title", "rel", "codecs",
            "default",
        ),
        (
            Row("podcast:source", "sources", _same("uri", "contentType")),
            Row("podcast:integrity", "integrity", _same("type", "value")),
        ),
    ),
    Row(
        "podcast:value",
        "values",
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
    ),
)  # fmt: skip
_PODCAST = tuple(replace(row, key=f"podcast.{row.key}") for row in _SHARED)
_BASICS = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("description", "description", _TEXT),
)
_SHOW = (
    *_BASICS,
    Row("language", "language", _TEXT),
    Row("copyright", "copyright", _TEXT),
    Row("generator", "generator", _TEXT),
    Row("lastBuildDate", "lastBuildDate", _TEXT),
    Row("atom:link", "atom.links", _same("href", "rel", "type")),
    Row("itunes:author", "itunes.author", _TEXT),
    Row(
        "itunes:category",
        "itunes.categories",
        _same("text"),
        (Row("itunes:category", "categories", _same("text")),),
    ),
    Row("itunes:explicit", "itunes.explicit", _TEXT),
    Row("itunes:image", "itunes.image", {"href": ""}),
    Row("itunes:type", "itunes.type", _TEXT),
    Row("itunes:name", "itunes.owner.name", _TEXT, outer="itunes:owner"),
    Row("itunes:email", "itunes.owner.email", _TEXT, outer="itunes:owner"),
    Row("itunes:new-feed-url", "itunes.newFeedUrl", _TEXT),
    Row("itunes:complete", "itunes.complete", _TEXT),
    Row("itunes:block", "itunes.block", _TEXT),
    Row("podcast:guid", "podcast.guid", _TEXT),
    Row("podcast:locked", "podcast.locked", {"text": "value", "owner": "owner"}),
    Row("podcast:medium", "podcast.medium", _TEXT),
    Row("podcast:podping", "podcast.podping", _same("usesPodping")),
    Row("podcast:block", "podcast.blocks", {"text": "value", "id": "id"}),
    Row(
        "podcast:trailer",
        "podcast.trailers",
        _same("url", "length", "type", "season", pubdate="pubDate") | _WORDS,
    ),
    Row(
        "podcast:updateFrequency",
        "podcast.updateFrequency",
        _same("rrule", "dtstart", "complete") | _WORDS,
    ),
    Row(
        "podcast:remoteItem",
        "podcast.publisher.remoteItem",
        _REMOTE,
        outer="podcast:publisher",
    ),
    Row(
        "podcast:remoteItem",
        "podcast.podroll.remoteItems",
        _REMOTE,
        outer="podcast:podroll",
    ),
    Row("podcast:remoteItem", "podcast.remoteItems", _REMOTE),
    *_PODCAST,
    Row(
        "podcast:liveItem",
        "podcast.liveItems",
        _same("status", "start", "end"),
        (*_BASICS, *_SHARED),
    ),
    Row("spotify:limit", "spotify.limit", _same("recentCount")),
    Row("spotify:countryOfOrigin", "spotify.countryOfOrigin", _TEXT),
    Row("media:rating", "media.ratings", {"text": "value", "scheme": "scheme"}),
)
_ITEM = (
    *_BASICS,
    Row("content:encoded", "content.encoded", _TEXT),
    Row("guid", "guid", {"text": "value", "isPermaLink": "isPermaLink"}),
    Row("enclosure", "enclosures", _same("url", "length", "type")),
    Row("pubDate", "pubDate", _TEXT),
    Row("itunes:duration", "itunes.duration", _TEXT),
    Row("itunes:explicit", "itunes.explicit", _TEXT),
    Row("itunes:episode", "itunes.episode", _TEXT),
    Row("itunes:season", "itunes.season", _TEXT),
    Row("itunes:episodeType", "itunes.episodeType", _TEXT),
    Row("itunes:image", "itunes.image", {"href": ""}),
    Row("itunes:subtitle", "itunes.subtitle", _TEXT),
    Row("podcast:season", "podcast.season", {"text": "number", "name": "name"}),
    Row("podcast:episode", "podcast.episode", {"text": "number", "display": "display"}),
    Row(
        "podcast:transcript",
        "podcast.transcripts",
        _same("url", "type", "language", "rel"),
    ),
    Row("podcast:chapters", "podcast.chapters", _same("url", "type")),
    Row(
        "podcast:soundbite",
        "podcast.soundbites",
        _same("startTime", "duration") | _WORDS,
    ),
    *_PODCAST,
    Row(
        "psc:chapter",
        "psc.chapters",
        _same("start", "title", "href", "image"),
        outer="psc:chapters",
    ),
    Row("media:rating", "media.ratings", {"text": "value", "scheme": "scheme"}),
)
