"""A small feed without any fault, and ways to put one into it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from peru_media.checks.feed import FeedSurvey, judge_feed
from peru_media.model.problem import Problem
from peru_media.parsing.outline import read_outline

__all__ = [
    "AT",
    "DECLARATION",
    "NAME",
    "ROOT",
    "URL",
    "Sample",
    "another",
    "feed",
    "in_channel",
    "in_item",
    "problems",
    "without",
]

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
NAME, URL = "feed.xml", "https://example.org/feed.xml"

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT = (
    '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:spotify="http://www.spotify.com/ns/rss">'
)
_CHANNEL = {
    "title": "<title>Finding our feet</title>",
    "link": "<link>https://example.org/</link>",
    "description": "<description>Stories of people.</description>",
    "language": "<language>en-GB</language>",
    "self": f'<atom:link href="{URL}" rel="self" type="application/rss+xml"/>',
    "author": "<itunes:author>The unit</itunes:author>",
    "category": '<itunes:category text="Science"/>',
    "explicit": "<itunes:explicit>false</itunes:explicit>",
    "image": '<itunes:image href="https://example.org/cover.jpg"/>',
    "owner": "<itunes:owner><itunes:name>Team</itunes:name>"
    "<itunes:email>team@example.org</itunes:email></itunes:owner>",
    "locked": "<podcast:locked>yes</podcast:locked>",
    "guid": "<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>",
}
_ITEM = {
    "title": "<title>Moving in</title>",
    "link": "<link>https://example.org/moving-in</link>",
    "description": "<description>How it was.</description>",
    "guid": '<guid isPermaLink="false">episode-moving-in</guid>',
    "enclosure": '<enclosure url="https://example.org/a.mp3" length="480000" '
    'type="audio/mpeg"/>',
    "pubDate": "<pubDate>Fri, 01 May 2026 09:00:00 +0000</pubDate>",
    "duration": "<itunes:duration>300</itunes:duration>",
    "explicit": "<itunes:explicit>false</itunes:explicit>",
    "image": '<itunes:image href="https://example.org/a.jpg"/>',
    "transcript": '<podcast:transcript url="https://example.org/a.vtt" '
    'type="text/vtt"/>',
}

Pieces = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A feed, and what a rule must say of it.

    Attributes:
        code: of the rule. name: what is special about it. text: the feed.
        at: words of the line on which the problem lies; "" for the whole feed.
        says: words of the sentence. fix: words of the advice.
        also: other codes that come with it by nature. url: where it lies.
        For a good sample only ``code``, ``name``, ``text`` and ``url`` count.
    """

    code: str
    name: str
    text: str | bytes
    at: str = ""
    says: str = ""
    fix: str = ""
    also: Collection[str] = ()
    url: str | None = URL

    def __str__(self) -> str:
        return f"{self.code}-{self.name}".replace(" ", "-")

    def line(self) -> int:
        """The line on which the problem lies; 0 for the whole feed."""
        if not self.at:
            return 0
        text = self.text if isinstance(self.text, str) else self.text.decode("latin-1")
        return text[: text.index(self.at)].count("\n") + 1


def feed(
    *,
    declaration: str = DECLARATION + "\n",
    root: str = ROOT,
    channel: Pieces | None = None,
    item: Pieces | None = None,
    more: str = "",
    end: str = "",
) -> str:
    """The feed with other pieces, one a line; None takes a piece out."""
    lines = [root, "<channel>", *_merged(_CHANNEL, channel), "<item>"]
    lines += [*_merged(_ITEM, item), "</item>"]
    return "\n".join([declaration + lines[0], *lines[1:]]) + (
        f"{more}\n</channel>\n</rss>\n{end}"
    )


def another(number: int, **pieces: str | None) -> str:
    """One item more, older than the one before it and with its own identity."""
    own: dict[str, str | None] = {
        "title": f"<title>Another, {number}</title>",
        "guid": f'<guid isPermaLink="false">episode-another-{number}</guid>',
        "enclosure": f'<enclosure url="https://example.org/{number}.mp3" length="9" '
        'type="audio/mpeg"/>',
    }
    return "\n".join(["\n<item>", *_merged(_ITEM, own | pieces), "</item>"])


def in_channel(code: str, xml: str, *, over: str = "", **said: str) -> Sample:
    """A sample with a piece in the channel; ``over`` names the one it replaces."""
    text = feed(channel={over or "sample": xml})
    return _sample(code, xml, text, said)


def in_item(code: str, xml: str, *, over: str = "", **said: str) -> Sample:
    """A sample with a piece in the item; ``over`` names the one it replaces."""
    text = feed(item={over or "sample": xml})
    return _sample(code, xml, text, said)


def without(code: str, piece: str, *, fix: str = "", also: str = "") -> Sample:
    """A sample in which a piece of the channel or of the item is missing."""
    part, _, name = piece.partition(".")
    gone = {name: None}
    text = feed(channel=gone) if part == "channel" else feed(item=gone)
    said = {"at": f"<{part}>", "name": f"no {piece}", "fix": fix, "also": also}
    return _sample(code, "", text, said)


def problems(sample: Sample) -> tuple[Problem, ...]:
    """What the rules say of a sample."""
    data = sample.text.encode() if isinstance(sample.text, str) else sample.text
    return judge_feed(
        FeedSurvey(
            outline=read_outline(data, url=sample.url),
            name=NAME,
            url=sample.url,
            size=len(data),
            at=AT,
        )
    )


def _sample(code: str, xml: str, text: str, said: dict[str, str]) -> Sample:
    said.setdefault("at", xml)
    said.setdefault("name", xml[:60])
    also = said.pop("also", "").split()
    return Sample(code=code, text=text, also=also, **said)


def _merged(pieces: Mapping[str, str], other: Pieces | None) -> list[str]:
    merged: dict[str, str | None] = {**pieces, **(other or {})}
    return [xml for xml in merged.values() if xml is not None]
