"""A podcast of somebody else's on a real server of this machine, good or spoilt."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from io import BytesIO

from PIL import Image

from tests.clocks import SetClock
from tests.fetching.loopback import Asked, Loopback, Reply, serving
from tests.projects import cover, tone

__all__ = ["PAGE", "Change", "Resource", "picture", "resources", "stranger"]

CHANGED = format_datetime(SetClock().now(), usegmt=True)
PAGE = b"<!DOCTYPE html>\n<html><head><title>Please log in</title></head></html>"
WORDS = b"WEBVTT\n\n00:00.000 --> 00:00.900\nGood morning.\n"
CHAPTERS = {
    "version": "1.2.0",
    "chapters": [{"startTime": 0, "title": "Hello"}, {"startTime": 0.5}],
}
FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>Somebody else's</title>
<link>{url}/</link>
<description>What somebody else talks about. {padding}</description>
<language>en</language>
<atom:link href="https://hub.example/" rel="hub"/>
<atom:link href="{url}/feed.xml" rel="self" type="application/rss+xml"/>
<itunes:image href="{url}/cover.png"/>
<item>
<title>The first</title>
<guid isPermaLink="false">the-first</guid>
<link>{url}/first</link>
<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate>
<enclosure url="{url}/first.mp3" length="{length}" type="audio/mpeg"/>
<podcast:transcript url="{url}/first.vtt" type="text/vtt"/>
<podcast:chapters url="{url}/first.json" type="application/json+chapters"/>
</item>
</channel>
</rss>
"""

Change = Callable[[Asked, Reply], Reply]


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What lies at an address, and how it is called."""

    body: bytes
    type: str
    packed: bool = False

    def answer(self, asked: Asked) -> Reply:
        """Answer as a good server does: HEAD, GET, ranges, changes, CORS."""
        headers = {
            "Content-Type": self.type,
            "Accept-Ranges": "bytes",
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range",
            "ETag": f'"{len(self.body)}"',
            "Last-Modified": CHANGED,
        }
        if (
            asked.headers.get("if-none-match") == headers["ETag"]
            or asked.headers.get("if-modified-since") == CHANGED
        ):
            return Reply(status=304, headers=headers)
        if "range" in asked.headers:
            return self._part(asked.headers["range"], headers)
        if self.packed and "gzip" in asked.headers["accept-encoding"]:
            packed = gzip.compress(self.body, mtime=0)
            return Reply(headers={**headers, "Content-Encoding": "gzip"}, body=packed)
        return Reply(headers=headers, body=self.body)

    def _part(self, span: str, headers: Mapping[str, str]) -> Reply:
        size = len(self.body)
        first, _, last = span.removeprefix("bytes=").partition("-")
        start = int(first) if first else size - int(last)
        end = int(last) if first and last else size - 1
        if start >= size:
            told = {"Content-Range": f"bytes */{size}"}
            return Reply(status=416, headers={**headers, **told})
        told = {"Content-Range": f"bytes {start}-{end}/{size}"}
        body = self.body[start : end + 1]
        return Reply(status=206, headers={**headers, **told}, body=body)


def resources(url: str, *, edit: Callable[[str], str] = str) -> dict[str, Resource]:
    """Everything that a good podcast has, by path."""
    sound = tone(440)
    feed = FEED.format(url=url, length=len(sound), padding="Again and again. " * 100)
    found = {
        "/feed.xml": (edit(feed).encode(), "application/rss+xml; charset=utf-8"),
        "/": (PAGE, "text/html; charset=utf-8"),
        "/first": (PAGE, "text/html"),
        "/first.mp3": (sound, "audio/mpeg"),
        "/cover.png": (cover(), "image/png"),
        "/first.vtt": (WORDS, "text/vtt; charset=utf-8"),
        "/first.json": (json.dumps(CHAPTERS).encode(), "application/json+chapters"),
    }
    return {
        path: Resource(body=body, type=kind, packed=path == "/feed.xml")
        for path, (body, kind) in found.items()
    }


@contextmanager
def stranger(
    *,
    changes: Mapping[str, Change] | None = None,
    others: Mapping[str, Resource] | None = None,
    edit: Callable[[str], str] = str,
) -> Iterator[Loopback]:
    """Serve the podcast for a while, good but for what is asked otherwise.

    Args:
        changes: by path, what becomes of an answer.
        others: by path, what lies there instead.
        edit: makes another feed of the good one.
    """

    def answer(asked: Asked) -> Reply:
        path = asked.path.partition("?")[0]
        found = resources(f"http://{asked.headers['host']}", edit=edit)
        found |= others or {}
        reply = found[path].answer(asked) if path in found else Reply(status=404)
        change = (changes or {}).get(path)
        return change(asked, reply) if change else reply

    with serving(answer) as site:
        yield site


def picture(
    size: tuple[int, int] = (1400, 1400), mode: str = "RGB", form: str = "PNG"
) -> bytes:
    """A picture of one colour."""
    file = BytesIO()
    Image.new(mode, size).save(file, form)
    return file.getvalue()
