"""The hot path: one look-up, and what was made before is sent."""

from math import inf

from starlette.types import ASGIApp, Receive, Scope, Send

from peru_media.errors import StoreError
from peru_media.server.front import well_formed
from peru_media.server.live import Live
from peru_media.server.meter import Meter
from peru_media.server.published import Published
from peru_media.server.reply import LEFT, Context
from peru_media.server.shelf import Shelf
from peru_media.server.store_time import StoreTime

__all__ = ["FastLane", "ReleaseFirst"]

_READING = frozenset({"GET", "HEAD"})


class FastLane:
    """Stand before an app and answer what is ready, without routes or requests."""

    def __init__(
        self, app: ASGIApp, *, live: Live, shelf: Shelf, time: StoreTime, meter: Meter
    ) -> None:
        """What is not ready goes on to ``app``; what is, ``meter`` counts."""
        self._app, self._live, self._time, self._meter = app, live, time, meter
        self._find = shelf.find

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on: also where the bytes could not be had after all."""
        snapshot = self._live.snapshot
        if snapshot is None or scope["type"] != "http" or scope.get("root_path"):
            await self._app(scope, receive, send)
            return
        answer = self._find(scope["path"])
        if (
            answer is None
            or answer.serial != snapshot.serial
            or scope["method"] not in _READING
            or not well_formed(scope)
        ):
            await self._app(scope, receive, send)
            return
        context = snapshot.lasting
        if answer.until != inf:
            context = Context(context.stamp, self._time.now())
        if context.now >= answer.until:
            await self._app(scope, receive, send)
            return
        answer.used = True
        began, outcome = self._meter.now(), LEFT
        try:
            outcome = await answer.reply(scope, send, context)
        except StoreError:  # nothing was sent yet; the slow way says why, and mends it
            await self._app(scope, receive, send)
            return
        except BaseException:
            self._meter.count(scope, outcome, began=began)
            raise
        self._meter.count(scope, outcome, began=began)


class ReleaseFirst:
    """Let a path of the release go before any route that was added to the app."""

    def __init__(self, app: ASGIApp, *, published: Published) -> None:
        """What the release does not know goes on to ``app``."""
        self._app, self._published = app, published

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "http" and self._published.knows(scope):
            await self._published(scope, receive, send)
        else:
            await self._app(scope, receive, send)
