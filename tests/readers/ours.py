"""Where our own reading of feeds keeps each tag."""

from dataclasses import replace
from typing import Any

from peru_media.model.parsed import ParsedFeed
from tests.readers.rows import Row, said_by
from tests.readers.said import Said

__all__ = ["said_by_ours"]


def said_by_ours(found: ParsedFeed) -> Said:
    """Everything that ``parse_feed`` finds in a feed."""
    return said_by(found.model_dump(), (*_SHOW, Row("item", "episodes", rows=_ITEM)))


def _same(*names: str, **others: str) -> dict[str, Any]:
    return {name: name for name in names} | others


def _countries(found: Any) -> str:
    return " ".join(found["countries"])


_TEXT = {"text": ""}
_LINK = {"href": "url", "text": "text"}
_REMOTE = _same(
    "medium", "title", feedGuid="feed_guid", feedUrl="feed_url", itemGuid="item_guid"
)
_RECIPIENT = Row(
    "podcast:valueRecipient",
    "recipients",
    _same(
        "name", "type", "address", "split", "fee",
        customKey="custom_key", customValue="custom_value",
    ),
)  # fmt: skip
_SHARED = (
    Row(
        "podcast:location",
        "podcast.locations",
        _same("rel", "geo", "osm", "country", text="name"),
    ),
    Row("podcast:funding", "podcast.funding", _same("url", "text")),
    Row(
        "podcast:image",
        "podcast.images",
        _same("alt", "width", "height", "purpose", href="url", type="media_type")
        | {"aspect-ratio": "aspect_ratio"},
    ),
    Row(
        "podcast:socialInteract",
        "podcast.social_interacts",
        _same(
            "protocol", "uri", "priority",
            accountId="account_id", accountUrl="account_url",
        ),
    ),
    Row(
        "podcast:chat",
        "podcast.chat",
        _same("server", "protocol", "space", accountId="account_id"),
    ),
    Row("podcast:txt", "podcast.txts", _same("text", "purpose")),
    Row("podcast:contentLink", "podcast.content_links", _LINK),
    Row(
        "podcast:person",
        "podcast.people",
        _same("role", "group", text="name", img="image", href="url"),
    ),
    Row("podcast:license", "podcast.license", _same("url", text="name")),
    Row(
        "podcast:alternateEnclosure",
        "podcast.alternate_enclosures",
        _same(
            "length", "bitrate", "height", "title", "rel", "codecs", "default",
            type="media_type", lang="language",
        ),
        (
            Row("podcast:source", "sources", _same("uri", contentType="media_type")),
            Row("podcast:integrity", "integrity", _same("type", "value")),
        ),
    ),
    Row(
        "podcast:value",
        "podcast.values",
        _same("type", "method", "suggested"),
        (
            _RECIPIENT,
            Row(
                "podcast:valueTimeSplit",
                "time_splits",
                _same(
                    "duration", startTime="start", remoteStartTime="remote_start",
                    remotePercentage="remote_percentage",
                ),
                (_RECIPIENT, Row("podcast:remoteItem", "remote_item", _REMOTE)),
            ),
        ),
    ),
)  # fmt: skip
_ENCLOSURE = Row("enclosure", "enclosures", _same("url", "length", type="media_type"))
_BASICS = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("guid", "", {"text": "guid", "isPermaLink": "permalink"}),
    _ENCLOSURE,
)
_LIVE = tuple(
    replace(row, key=f"episode.{row.key}".rstrip("."))
    for row in (*_BASICS, Row("description", "description", _TEXT), *_SHARED)
)
_SHOW = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("description", "description", _TEXT),
    Row("copyright", "copyright", _TEXT),
    Row("language", "language", _TEXT),
    Row("generator", "generator", _TEXT),
    Row("lastBuildDate", "updated", _TEXT),
    Row("atom:link", "links", _same("rel", href="url", type="media_type")),
    Row("itunes:author", "itunes.author", _TEXT),
    Row(
        "itunes:category",
        "itunes.categories",
        {"text": "name"},
        (Row("itunes:category", "subs", _TEXT),),
    ),
    Row("itunes:explicit", "itunes.explicit", _TEXT),
    Row("itunes:image", "itunes.image", {"href": ""}),
    Row("itunes:type", "itunes.type", _TEXT),
    Row("itunes:name", "itunes.owner.name", _TEXT, outer="itunes:owner"),
    Row("itunes:email", "itunes.owner.email", _TEXT, outer="itunes:owner"),
    Row("itunes:new-feed-url", "itunes.new_feed_url", _TEXT),
    Row("itunes:complete", "itunes.complete", _TEXT),
    Row("itunes:block", "itunes.block", _TEXT),
    Row("podcast:guid", "podcast.guid", _TEXT),
    Row("podcast:locked", "podcast.locked", {"text": "locked", "owner": "owner"}),
    Row("podcast:medium", "podcast.medium", _TEXT),
    Row("podcast:podping", "podcast.podping", {"usesPodping": ""}),
    Row("podcast:block", "podcast.blocks", {"text": "blocked", "id": "id"}),
    Row(
        "podcast:trailer",
        "podcast.trailers",
        _same(
            "url",
            "length",
            "season",
            text="title",
            pubdate="published",
            type="media_type",
        ),
    ),
    Row(
        "podcast:updateFrequency",
        "podcast.update_frequency",
        _same("text", "rrule", "complete", dtstart="start"),
    ),
    Row("podcast:remoteItem", "podcast.publisher", _REMOTE, outer="podcast:publisher"),
    Row("podcast:remoteItem", "podcast.podroll", _REMOTE, outer="podcast:podroll"),
    Row("podcast:remoteItem", "podcast.remote_items", _REMOTE),
    *_SHARED,
    Row(
        "podcast:liveItem",
        "live_items",
        _same("status", "start", "end"),
        _LIVE,
    ),
    Row("spotify:limit", "spotify", {"recentCount": "limit"}),
    Row("spotify:countryOfOrigin", "spotify", {"text": _countries}),
    Row("media:rating", "media.ratings", {"text": "name", "scheme": "scheme"}),
)
_ITEM = (
    *_BASICS,
    Row("description", "description", _TEXT),
    Row("content:encoded", "content", _TEXT),
    Row("pubDate", "published", _TEXT),
    Row("itunes:duration", "itunes.duration", _TEXT),
    Row("itunes:explicit", "itunes.explicit", _TEXT),
    Row("itunes:episode", "itunes.episode", _TEXT),
    Row("itunes:season", "itunes.season", _TEXT),
    Row("itunes:episodeType", "itunes.episode_type", _TEXT),
    Row("itunes:image", "itunes.image", {"href": ""}),
    Row("itunes:subtitle", "itunes.subtitle", _TEXT),
    Row("podcast:season", "podcast.season", {"text": "number", "name": "name"}),
    Row("podcast:episode", "podcast.episode", {"text": "number", "display": "display"}),
    Row(
        "podcast:transcript",
        "podcast.transcripts",
        _same("url", "language", "rel", type="media_type"),
    ),
    Row("podcast:chapters", "podcast.chapters", _same("url", type="media_type")),
    Row(
        "podcast:soundbite",
        "podcast.soundbites",
        _same("duration", startTime="start", text="title"),
    ),
    *_SHARED,
    Row(
        "psc:chapter",
        "chapters",
        _same("start", "title", "image", href="url"),
        outer="psc:chapters",
    ),
    Row("media:rating", "media.ratings", {"text": "name", "scheme": "scheme"}),
)
