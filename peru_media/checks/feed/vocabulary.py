"""The elements that a channel and an item can have, and which of them come once."""

__all__ = ["CHANNEL", "ITEM", "ONCE_IN_CHANNEL", "ONCE_IN_ITEM"]

# RSS 2.0, Apple's guide with the tags that it dropped, and Spotify's public tags.
ONCE_IN_CHANNEL = frozenset(
    {
        "title", "link", "description", "language", "copyright", "managingEditor",
        "webMaster", "pubDate", "lastBuildDate", "generator", "docs", "ttl", "image",
        "rating", "skipHours", "skipDays", "cloud", "textInput",
        "itunes:author", "itunes:explicit", "itunes:image", "itunes:owner",
        "itunes:title", "itunes:subtitle", "itunes:summary", "itunes:keywords",
        "itunes:type", "itunes:block", "itunes:complete", "itunes:new-feed-url",
        "itunes:applepodcastsverify", "spotify:limit", "spotify:countryOfOrigin",
        "spotify:access",
    }
)  # fmt: skip
CHANNEL = ONCE_IN_CHANNEL | {"category", "itunes:category"}
ONCE_IN_ITEM = frozenset(
    {
        "title", "link", "description", "author", "comments", "guid", "pubDate",
        "source", "content:encoded",
        "itunes:author", "itunes:explicit", "itunes:image", "itunes:title",
        "itunes:subtitle", "itunes:summary", "itunes:keywords", "itunes:block",
        "itunes:duration", "itunes:episode", "itunes:season", "itunes:episodeType",
        "itunes:order", "itunes:isClosedCaptioned",
    }
)  # fmt: skip
ITEM = ONCE_IN_ITEM | {"category", "enclosure", "itunes:category"}
