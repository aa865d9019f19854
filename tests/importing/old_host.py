"""A host that a show is leaving: a feed with all its files, on this machine."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from PIL import Image

from peru_media.fetching import WebFetcher
from peru_media.model.value import digest
from tests.fetching.loopback import Asked, Loopback, Reply, serving
from tests.projects import tone

__all__ = ["FEED", "OldHost", "old_host", "picture"]

FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Night trains</title>
<link>https://trains.example.org/</link>
<description>Who travels at night.</description>
<language>en-GB</language>
<itunes:author>Ann Example</itunes:author>
<itunes:category text="Society &amp; Culture"/>
<itunes:explicit>false</itunes:explicit>
<itunes:image href="{url}/cover.png"/>
<podcast:locked>yes</podcast:locked>
<podcast:image href="{url}/ann.png" alt="Ann" purpose="banner" width="9"/>
<item>
<title>The sleeper</title>
<guid isPermaLink="false">train-2</guid>
<pubDate>Tue, 10 Mar 2026 09:00:00 +0000</pubDate>
<enclosure url="{url}/2.mp3" length="{length}" type="audio/mpeg"/>
<content:encoded>&lt;p&gt;All &lt;b&gt;aboard&lt;/b&gt;.&lt;/p&gt;</content:encoded>
<podcast:transcript url="{url}/2.vtt" type="text/vtt"/>
<podcast:chapters url="{url}/2.json" type="application/json+chapters"/>
<podcast:person img="{url}/ann.png">Ann Example</podcast:person>
</item>
<item>
<title>The platform</title>
<guid isPermaLink="false">train-1</guid>
<pubDate>Tue, 03 Mar 2026 09:00:00 +0000</pubDate>
<enclosure url="{url}/1.mp3" length="{length}" type="audio/mpeg"/>
<description>Waiting.</description>
<itunes:image href="{url}/ann.png"/>
</item>
</channel>
</rss>
"""
_CHAPTERS = b"""{"version": "1.2.0", "chapters": [
 {"startTime": 0, "title": "Off", "img": "ann.png"},
 {"startTime": 0.5, "title": "On", "url": "https://e.org/"}]}"""
_WORDS = b"WEBVTT\n\n00:00.000 --> 00:00.900\nAll aboard.\n"
_RANGE = re.compile(r"bytes=(\d+)-")


@dataclass
class OldHost:
    """What lies there, and what was asked of it.

    Attributes:
        files: by path; one that is missing is answered by 404.
        says: another answer than the file, by path, once for each in the list.
    """

    files: dict[str, bytes]
    says: dict[str, list[Reply]] = field(default_factory=dict)
    server: Loopback | None = None

    @property
    def url(self) -> str:
        assert self.server is not None
        return self.server.url

    @property
    def feed(self) -> str:
        return f"{self.url}/feed.xml"

    @property
    def asked(self) -> list[Asked]:
        assert self.server is not None
        return self.server.asked

    def web(self) -> WebFetcher:
        return WebFetcher(allowed=frozenset({self.url}), read_timeout=2)

    def whole(self) -> Counter[str]:
        """How often each path was asked for from its beginning."""
        return Counter(one.path for one in self.asked if "range" not in one.headers)

    def answer(self, asked: Asked) -> Reply:
        if self.says.get(asked.path):
            return self.says[asked.path].pop(0)
        body = self.files.get(asked.path)
        if body is None:
            return Reply(status=404)
        if asked.path == "/feed.xml":
            body = body.replace(b"{url}", self.url.encode())
        return _ranged(body, asked.headers)


@cache
def picture(colour: str) -> bytes:
    """A picture that is small enough to be sent a hundred times."""
    file = BytesIO()
    Image.new("RGB", (64, 64), colour).save(file, "PNG")
    return file.getvalue()


def _ranged(body: bytes, headers: Mapping[str, str]) -> Reply:
    """Answer as RFC 9110 says, with a range where the file is still the same."""
    etag = f'"{digest(body)[:16]}"'
    span = _RANGE.fullmatch(headers.get("range", ""))
    if span is None or headers.get("if-range", etag) != etag:
        return Reply(headers={"ETag": etag}, body=body)
    start = int(span[1])
    if start >= len(body):
        return Reply(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
    place = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Reply(
        status=206, headers={"ETag": etag, "Content-Range": place}, body=body[start:]
    )


@contextmanager
def old_host() -> Iterator[OldHost]:
    """Two episodes with everything that a feed can name."""
    sound = tone(300)
    host = OldHost(
        files={
            "/feed.xml": FEED.replace("{length}", str(len(sound))).encode(),
            "/1.mp3": sound,
            "/2.mp3": tone(320),
            "/2.vtt": _WORDS,
            "/2.json": _CHAPTERS,
            "/cover.png": picture("navy"),
            "/ann.png": picture("teal"),
        }
    )
    with serving(host.answer) as server:
        host.server = server
        yield host
