"""Where the readers written in Python keep each tag: feedparser and podcastparser."""

from datetime import UTC, datetime
from typing import Any

from tests.readers.rows import Row, said_by
from tests.readers.said import Said

__all__ = ["said_by_feedparser", "said_by_podcastparser"]


def said_by_feedparser(found: Any) -> Said:
    """Everything that feedparser finds in a feed, but for lone attributes."""
    item = Row("item", "entries", rows=_FEEDPARSER_ITEM)
    plain = _plain(found)
    plain["feed"]["own"] = _linked(plain["feed"], "self")
    for entry in plain["entries"]:
        entry["enclosures"] = _linked(entry, "enclosure")
    return said_by(plain, (*_FEEDPARSER, item))


def said_by_podcastparser(found: Any) -> Said:
    """Everything that podcastparser finds in a feed."""
    named = (dict(zip(("name", "sub"), one)) for one in found["itunes_categories"])  # noqa: B905  # one has no sub
    order = -1 if found["type"] == "serial" else 1  # it puts the oldest first
    episodes = found["episodes"][::order]
    found = found | {"itunes_categories": [*named], "episodes": episodes}
    return said_by(
        found, (*_PODCASTPARSER, Row("item", "episodes", rows=_PODCASTPARSER_ITEM))
    )


def _plain(found: Any) -> Any:
    """Dictionaries that have no names but their own."""
    if isinstance(found, dict):
        return {name: _plain(dict.get(found, name)) for name in found}
    return [_plain(one) for one in found] if isinstance(found, list) else found


def _same(*names: str, **others: Any) -> dict[str, Any]:
    return {name: name for name in names} | others


def _truth(name: str) -> Any:
    """It says True, or nothing at all."""
    return lambda found: bool(found.get(name))


def _alternate(found: Any) -> Any:
    return _linked(found, "alternate")[0]["href"]


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _linked(found: Any, rel: str) -> list[Any]:
    """The links that lead to something of a kind."""
    return [one for one in found["links"] if one["rel"] == rel]


_TEXT = {"text": ""}
_CHAPTER = _same("start", "title", "href", "image")
_FEEDPARSER = (
    Row("title", "feed.title", _TEXT),
    Row("link", "feed", {"text": _alternate}),
    Row("description", "feed.subtitle", _TEXT),
    Row("copyright", "feed.rights", _TEXT),
    Row("language", "feed.language", _TEXT),
    Row("generator", "feed.generator", _TEXT),
    Row("lastBuildDate", "feed.updated", _TEXT),
    Row("atom:link", "feed.own", _same("href", "rel", "type")),
    Row("itunes:author", "feed.author", _TEXT),
    Row("itunes:explicit", "feed", {"text": _truth("itunes_explicit")}),
    Row("itunes:image", "feed.image", _same("href")),
    Row("itunes:type", "feed.itunes_type", _TEXT),
    Row("itunes:name", "feed.publisher_detail.name", _TEXT, outer="itunes:owner"),
    Row("itunes:email", "feed.publisher_detail.email", _TEXT, outer="itunes:owner"),
    Row("itunes:new-feed-url", "feed.itunes_new-feed-url", _TEXT),
    Row("itunes:complete", "feed.itunes_complete", _TEXT),
    Row("itunes:block", "feed", {"text": _truth("itunes_block")}),
    Row("podcast:guid", "feed.podcast_guid", _TEXT),
    Row("podcast:medium", "feed.podcast_medium", _TEXT),
    Row("spotify:countryOfOrigin", "feed.spotify_countryoforigin", _TEXT),
    Row("media:rating", "feed.media_rating", {"text": "content", "scheme": "scheme"}),
)
_FEEDPARSER_ITEM = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("description", "summary", _TEXT),
    Row("content:encoded", "content", {"text": "value"}),
    Row("guid", "", {"text": "id", "isPermaLink": "guidislink"}),
    Row("enclosure", "enclosures", _same("length", "type", url="href")),
    Row("pubDate", "published", _TEXT),
    Row("itunes:duration", "itunes_duration", _TEXT),
    Row("itunes:explicit", "", {"text": _truth("itunes_explicit")}),
    Row("itunes:episode", "itunes_episode", _TEXT),
    Row("itunes:season", "itunes_season", _TEXT),
    Row("itunes:episodeType", "itunes_episodetype", _TEXT),
    Row("itunes:image", "image", _same("href")),
    Row("itunes:subtitle", "subtitle", _TEXT),
    Row("psc:chapters", "psc_chapters", _same("version")),
    Row("psc:chapter", "psc_chapters.chapters", _CHAPTER, outer="psc:chapters"),
    Row("media:rating", "media_rating", {"text": "content", "scheme": "scheme"}),
)
_PODCASTPARSER = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("description", "description", _TEXT),
    Row("language", "language", _TEXT),
    Row("generator", "generator", _TEXT),
    Row("itunes:author", "itunes_author", _TEXT),
    Row(
        "itunes:category",
        "itunes_categories",
        {"text": "name"},
        (Row("itunes:category", "sub", _TEXT),),
    ),
    Row("itunes:explicit", "explicit", _TEXT),
    Row("itunes:image", "cover_url", {"href": ""}),
    Row("itunes:type", "type", _TEXT),
    Row("itunes:name", "itunes_owner.name", _TEXT, outer="itunes:owner"),
    Row("itunes:email", "itunes_owner.email", _TEXT, outer="itunes:owner"),
    Row("itunes:new-feed-url", "new_url", _TEXT),
)
_PODCASTPARSER_ITEM = (
    Row("title", "title", _TEXT),
    Row("link", "link", _TEXT),
    Row("content:encoded", "description_html", _TEXT),
    Row("guid", "guid", _TEXT),
    Row("enclosure", "enclosures", _same("url", length="file_size", type="mime_type")),
    Row("pubDate", "published", {"text": _moment}),
    Row("itunes:duration", "total_time", _TEXT),
    Row("itunes:explicit", "explicit", _TEXT),
    Row("itunes:episode", "number", _TEXT),
    Row("itunes:season", "season", _TEXT),
    Row("itunes:episodeType", "type", _TEXT),
    Row("itunes:image", "episode_art_url", {"href": ""}),
    Row("itunes:subtitle", "subtitle", _TEXT),
    Row("psc:chapter", "chapters", _CHAPTER, outer="psc:chapters"),
)
