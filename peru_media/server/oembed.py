"""``/oembed``: how other sites may show an episode of ours, and of nobody else."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, urlsplit

from starlette.types import Message, Scope, Send

from peru_media.server.answers import Answers
from peru_media.server.reply import Context, send_empty
from peru_media.server.snapshot import Snapshot

__all__ = ["OEMBED", "OembedDesk"]

OEMBED = "/oembed"

_EPISODE = re.compile(r"(?:/[a-z]{2,3})?(/[a-z0-9-]{1,80}/[a-z0-9-]{1,80})")
_LONGEST = 8192
_KEPT = 60
_WIDEST = 10_000


class OembedDesk:
    """Answer what programs ask that want to embed a page (oEmbed 1.0)."""

    def __init__(self, answers: Answers) -> None:
        """Prepare; ``answers`` gives the citation that an answer is made from."""
        self._answers = answers

    async def reply(
        self, scope: Scope, send: Send, snapshot: Snapshot, *, now: float
    ) -> None:
        """Answer one GET or HEAD: 501 for XML, 404 for what is not an episode here.

        Raises:
            StoreError: what is asked for cannot be had just now.
        """
        asked = _fields(bytes(scope["query_string"]))
        seconds = int(max(0.0, min(_KEPT, snapshot.turns_after(now) - now)))
        kept = (b"cache-control", b"public, max-age=%d" % seconds)
        fields = (*snapshot.manners.data(), kept, snapshot.stamp)
        if asked.get("format", "json") != "json":
            await send_empty(send, status=501, headers=fields)
            return
        made = await self._made(snapshot, asked, now)
        if made is None:
            await send_empty(send, status=404, headers=fields)
            return
        described = (
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(made)),
        )
        headers = [*described, *fields]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        body = b"" if scope["method"] == "HEAD" else made
        await send({"type": "http.response.body", "body": body})

    async def _made(
        self, snapshot: Snapshot, asked: Mapping[str, str], now: float
    ) -> bytes | None:
        from peru_media.rendering.oembed import oembed  # noqa: PLC0415  # lazy: a server starts without templates

        base = snapshot.manners.base_url
        page = _page(asked.get("url", ""), base)
        found = _EPISODE.fullmatch(page or "")
        if page is None or found is None:
            return None
        embed = snapshot.place(f"{page}/embed", now)
        if embed is None or embed.version.key is None:
            return None
        stored = await self._stored(snapshot, f"{found[1]}/cite.json", now)
        if stored is None:
            return None
        return oembed(
            stored,
            page=page,
            base_url=base,
            widest=_pixels(asked.get("maxwidth", "")),
            highest=_pixels(asked.get("maxheight", "")),
        )

    async def _stored(self, snapshot: Snapshot, path: str, now: float) -> bytes | None:
        """The text at a path, as somebody who asks for it would be answered."""
        answer = await self._answers.find(snapshot, path)
        if answer is None:
            return None
        heard = _Heard()
        scope: Scope = {"type": "http", "method": "GET", "headers": []}
        await answer.reply(scope, heard.send, Context(snapshot.stamp, now))
        return heard.body if heard.status == 200 else None  # noqa: PLR2004  # a status says itself


class _Heard:
    """What an answer says, for somebody in the same process."""

    def __init__(self) -> None:
        self.status, self.body = 0, b""

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


def _fields(asked: bytes) -> dict[str, str]:
    """The fields of a query string, the first of each name."""
    text = asked[:_LONGEST].decode("latin-1")
    return dict(reversed(parse_qsl(text, errors="replace")))


def _page(url: str, base_url: str) -> str | None:
    """The public path of an address of this site; None for any other."""
    try:
        asked, own = urlsplit(url), urlsplit(base_url)
    except ValueError:
        return None
    if _origin(asked) != _origin(own) or not asked.path.startswith(own.path):
        return None
    return asked.path.removeprefix(own.path).rstrip("/")


def _origin(url: SplitResult) -> tuple[str, str]:
    return url.scheme, url.netloc.lower()


def _pixels(text: str) -> int | None:
    """A number of pixels; None for none, and for what is no such number."""
    number = int(text[:6]) if text.isascii() and text.isdecimal() else 0
    return min(number, _WIDEST) or None
