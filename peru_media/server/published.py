"""The published site as an ASGI app: every path of the release, and no other."""

import asyncio
import logging
from contextlib import suppress
from math import inf

from starlette.types import Receive, Scope, Send

from peru_media.errors import DamagedObjectError, ObjectNotFoundError, StoreError
from peru_media.model.listeners import PRIVATE
from peru_media.server.answers import Answers
from peru_media.server.elsewhere import Gone, home_of, redirect
from peru_media.server.freshness import NOT_KEPT, cache_control
from peru_media.server.headers import PREFLIGHT, Header, Manners, shared_with_all
from peru_media.server.live import Live
from peru_media.server.oembed import OEMBED, OembedDesk
from peru_media.server.private import PrivateDesk
from peru_media.server.reply import Context, public_path, send_empty, send_page
from peru_media.server.search import SearchDesk
from peru_media.server.settings import ServerSettings
from peru_media.server.snapshot import Snapshot
from peru_media.server.store_time import StoreTime

__all__ = ["Published"]

_LOG = logging.getLogger(__name__)
_READING = frozenset({"GET", "HEAD"})
_ALLOW: Header = (b"allow", b"GET, HEAD, OPTIONS")
_NO_RELEASE: Header = (b"x-release", b"0")
_SELDOM = 5.0  # seconds between two warnings that the store is away
_LACKING = (ObjectNotFoundError, DamagedObjectError)


class Published:
    """Answer any path from the live release, fetching what is not in memory yet."""

    def __init__(
        self,
        *,
        live: Live,
        answers: Answers,
        search: SearchDesk,
        time: StoreTime,
        settings: ServerSettings,
    ) -> None:
        """Prepare.

        Args:
            live: which release to serve.
            answers: makes its answers.
            search: looks up what people ask for.
            time: the store's time.
            settings: of the server.
        """
        self._live, self._answers, self._search = live, answers, search
        self._time, self._settings = time, settings
        self._warned = -inf
        self._oembed, self._private = OembedDesk(answers), PrivateDesk(answers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a web socket is closed."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
            return
        del receive
        snapshot = await self._live.present()
        if snapshot is None:
            await self._late(scope, send, None)
        elif scope["method"] in _READING:
            await self._read(scope, send, snapshot)
        else:
            await self._other(scope, send, snapshot)

    def knows(self, scope: Scope) -> bool:
        """Whether the live release answers the path asked for."""
        snapshot, path = self._live.snapshot, public_path(scope)
        return snapshot is not None and (
            snapshot.row(path) is not None
            or snapshot.searches(path)
            or path == OEMBED
            or (path.startswith(PRIVATE) and bool(snapshot.private))
        )

    async def _read(self, scope: Scope, send: Send, snapshot: Snapshot) -> None:
        """Answer a GET or HEAD; what a release lacks, a newer one may have."""
        for attempt in (1, 2):
            try:
                await self._answer(scope, send, snapshot)
            except StoreError as error:
                self._warn(snapshot, error)
                self._answers.forget(public_path(scope))
                if attempt == 1 and isinstance(error, _LACKING):
                    await self._look_again(snapshot)
                newer = self._live.snapshot
                if newer is snapshot or newer is None:
                    break
                snapshot = newer
            else:
                return
        await self._late(scope, send, snapshot)

    def _warn(self, snapshot: Snapshot, error: StoreError) -> None:
        """Log what is wrong; that the store is away, not for each who asks."""
        now = self._time.now()
        if isinstance(error, _LACKING) or abs(now - self._warned) >= _SELDOM:
            _LOG.warning("release %d: %s", snapshot.number, error)
            self._warned = now

    async def _look_again(self, snapshot: Snapshot) -> None:
        """Look for a newer release, for as long as one waits for the store."""
        with suppress(TimeoutError):
            await asyncio.wait_for(
                self._live.look_again(snapshot), self._settings.store_seconds
            )

    async def _answer(self, scope: Scope, send: Send, snapshot: Snapshot) -> None:
        path = public_path(scope)
        if snapshot.searches(path):
            now = self._time.now()
            await self._search.reply(scope, send, snapshot, path=path, now=now)
            return
        if path.startswith(PRIVATE):
            now = self._time.now()
            await self._private.reply(scope, send, snapshot, path=path, now=now)
            return
        if path == OEMBED:
            now = self._time.now()
            await self._oembed.reply(scope, send, snapshot, now=now)
            return
        answer = await self._answers.find(snapshot, path)
        if answer is None:
            await self._unknown(scope, send, snapshot, path)
        else:
            context = Context(snapshot.stamp, self._time.now())
            await answer.reply(scope, send, context)

    async def _unknown(
        self, scope: Scope, send: Send, snapshot: Snapshot, path: str
    ) -> None:
        """Say 404, unless it is another address of something published or withdrawn.

        A path that will be published is answered as one that never will be.
        Both may be kept until the *site* next turns, whatever turns then, so
        the answer tells no guesser that a path is due.
        """
        now = self._time.now()
        if (there := _now_at(snapshot, path, now)) is not None:
            url = f"{home_of(scope).rstrip('/')}{there}"
            fields = (snapshot.stamp, *snapshot.manners.bare())
            await redirect(send, url, headers=fields)
            return
        context = Context(snapshot.stamp, now)
        if (gone := _gone_at(snapshot, path, now)) is not None:
            await gone.reply(scope, send, context)
            return
        withdrawn = snapshot.hides(path)
        kept = cache_control("gone", snapshot.turns_after(now) - now)
        name = "withdrawn" if withdrawn else "unknown"
        await send_page(
            scope,
            send,
            status=410 if withdrawn else 404,
            page=snapshot.manners.pages.page(name, path=path, home=home_of(scope)),
            headers=(
                *snapshot.manners.page(),
                (b"cache-control", kept),
                snapshot.stamp,
            ),
        )

    async def _other(self, scope: Scope, send: Send, snapshot: Snapshot) -> None:
        """Tell what may be asked: to OPTIONS gladly, to anything else as 405."""
        fields = (*snapshot.manners.bare(), _ALLOW, snapshot.stamp)
        if scope["method"] != "OPTIONS":
            await send_empty(send, status=405, headers=fields)
            return
        path = public_path(scope)
        place = snapshot.place(path, self._time.now())
        if place is not None and shared_with_all(path, place.version):
            fields += (*snapshot.manners.open_to(path, place.version), *PREFLIGHT)
        await send_empty(send, status=204, headers=fields)

    async def _late(self, scope: Scope, send: Send, snapshot: Snapshot | None) -> None:
        """Say 503, and when to come again; never 404 for what is published."""
        manners = snapshot.manners if snapshot else Manners(base_url="")
        await send_page(
            scope,
            send,
            status=503,
            page=manners.pages.page(
                "late", path=public_path(scope), home=home_of(scope)
            ),
            headers=(
                *manners.page(),
                (b"cache-control", NOT_KEPT),
                (b"retry-after", b"%d" % max(1, round(self._settings.poll_seconds))),
                snapshot.stamp if snapshot else _NO_RELEASE,
            ),
        )


def _now_at(snapshot: Snapshot, path: str, now: float) -> str | None:
    """Where the content of an unknown path is now: another copy, or no slash."""
    bare = path.rstrip("/")
    for known in [bare] if bare != path else snapshot.media_of(path):
        place = snapshot.place(known, now)
        if place is not None and place.version.key is not None:
            return known
    return None


def _gone_at(snapshot: Snapshot, path: str, now: float) -> Gone | None:
    """The notice for another copy of a medium that is gone."""
    for known in snapshot.media_of(path):
        place = snapshot.place(known, now)
        if place is not None and place.version.gone is not None:
            return Gone(place)
    return None
