"""``/search``: what people ask for, looked up in a thread, answered as a page."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from urllib.parse import parse_qsl

from starlette.types import Scope, Send

from peru_media.errors import StoreUnavailableError
from peru_media.ports import Clock
from peru_media.server.conditions import accepts_gzip
from peru_media.server.headers import Header
from peru_media.server.reply import request_headers, send_page
from peru_media.server.search_file import LANES
from peru_media.server.search_query import query_of
from peru_media.server.search_room import SearchRoom
from peru_media.server.snapshot import Snapshot

__all__ = ["SearchDesk"]

_SECONDS = 1.0
_CROWD = 64
_KEPT = 60
_LONGEST = 8192
_LAST_PAGE = 10_000
_LEVEL = 5
_OWN: tuple[Header, ...] = (
    (b"vary", b"Accept-Encoding"),
    (b"x-robots-tag", b"noindex"),
)
_GZIP: Header = (b"content-encoding", b"gzip")


class SearchDesk:
    """Answer searches, a few at a time, and none for much longer than a second."""

    def __init__(self, *, clock: Clock) -> None:
        """Prepare; ``clock`` measures how long a search takes."""
        self._clock = clock
        self._executor = ThreadPoolExecutor(LANES, thread_name_prefix="peru-media-find")
        self._lanes: SimpleQueue[int] = SimpleQueue()
        for lane in range(LANES):
            self._lanes.put(lane)
        self._waiting = 0

    async def reply(
        self, scope: Scope, send: Send, snapshot: Snapshot, *, path: str, now: float
    ) -> None:
        """Answer one GET or HEAD of a search page of the release.

        Raises:
            StoreUnavailableError: too many wait, or the release has no such page.
        """
        room = snapshot.search
        if room is None or self._waiting >= _CROWD:
            msg = "too many searches at the same time"
            raise StoreUnavailableError(msg)
        voice, asked = room.paths.index(path), bytes(scope["query_string"])
        packed = accepts_gzip(request_headers(scope).get(b"accept-encoding", b""))
        self._waiting += 1
        try:
            page = await asyncio.get_running_loop().run_in_executor(
                self._executor,
                lambda: self._page(room, asked, voice=voice, now=now, packed=packed),
            )
        finally:
            self._waiting -= 1
        seconds = int(max(0.0, min(_KEPT, snapshot.turns_after(now) - now)))
        kept = (b"cache-control", b"private, max-age=%d" % seconds)
        fields = (*snapshot.manners.page(), kept, *_OWN, snapshot.stamp)
        fields += (_GZIP,) if packed else ()
        await send_page(scope, send, status=200, page=page, headers=fields)

    def _page(
        self, room: SearchRoom, asked: bytes, *, voice: int, now: float, packed: bool
    ) -> bytes:
        """Search and write the page; blocks, in one of as many threads as lanes."""
        from peru_media.server.search_answer import (  # noqa: PLC0415  # lazy: a server starts without templates
            Asked,
            answered,
        )

        fields = _fields(asked)
        question = Asked(
            query=query_of(fields.get("q", "")),
            show=fields.get("show", ""),
            page=_number(fields.get("page", "")),
            voice=voice,
        )
        until, lane = self._clock.monotonic() + _SECONDS, self._lanes.get()
        try:
            page = answered(
                question,
                room,
                lane=lane,
                now=now,
                late=lambda: self._clock.monotonic() > until,
            )
        finally:
            self._lanes.put(lane)
        return gzip.compress(page, _LEVEL, mtime=0) if packed else page


def _fields(asked: bytes) -> dict[str, str]:
    """The fields of a query string, the first of each name; more than enough of it."""
    text = asked[:_LONGEST].decode("latin-1")
    return dict(reversed(parse_qsl(text, errors="replace")))


def _number(text: str) -> int:
    number = text.isascii() and text.isdecimal() and int(text[:8])
    return min(number or 1, _LAST_PAGE)
