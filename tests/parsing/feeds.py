"""Small feeds to read; each test says what stands in the channel or the item."""

from peru_media import parse_feed
from peru_media.model.parsed import ParsedEpisode, ParsedFeed

__all__ = ["ATOM", "NAMESPACES", "codes", "read_atom", "read_item", "read_show", "rss"]

NAMESPACES = """
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:spotify="http://www.spotify.com/ns/rss"
 xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"
 xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:odd="https://example.org/odd"
"""
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


def rss(channel: str, *, namespaces: str = NAMESPACES) -> bytes:
    return (
        f'<rss version="2.0"{namespaces}><channel>{channel}</channel></rss>'
    ).encode()


def read_show(channel: str, *, url: str | None = None) -> ParsedFeed:
    return parse_feed(rss(channel), url=url)


def read_item(item: str, *, url: str | None = None) -> ParsedEpisode:
    [episode] = read_show(f"<item>{item}</item>", url=url).episodes
    return episode


def read_atom(inner: str) -> ParsedFeed:
    return parse_feed(ATOM.format(inner).encode())


def codes(feed: ParsedFeed) -> list[str]:
    return [repair.code for repair in feed.repairs]
