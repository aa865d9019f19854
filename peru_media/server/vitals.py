"""How the server is: alive, ready, and in figures for a monitor."""

import os
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from peru_media.server.exposition import CONTENT_TYPE, Gauge, exposition
from peru_media.server.live import Live
from peru_media.server.media_files import OpenFiles
from peru_media.server.meter import Meter
from peru_media.server.settings import ServerSettings
from peru_media.server.shelf import Shelf
from peru_media.server.store_time import StoreTime

__all__ = ["Vitals"]

_FIELDS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class Vitals:
    """Answer ``/healthz``, ``/readyz`` and ``/metrics``."""

    def __init__(
        self,
        *,
        live: Live,
        time: StoreTime,
        settings: ServerSettings,
        meter: Meter,
        shelf: Shelf,
        files: OpenFiles,
    ) -> None:
        """Watch the parts of one server."""
        self._live, self._time, self._settings = live, time, settings
        self._meter, self._shelf, self._files = meter, shelf, files

    def routes(self) -> list[BaseRoute]:
        """Where they are."""
        return [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
        ]

    def fields(self) -> dict[str, str]:
        """Header fields of answers that are of this moment alone."""
        return {**_FIELDS, "x-release": str(self._live.number())}

    async def _healthz(self, request: Request) -> Response:
        """The process lives."""
        del request
        return self._say(200, "alive")

    async def _readyz(self, request: Request) -> Response:
        """It has a release, and has heard of the store within its patience."""
        del request
        if self._live.snapshot is None:
            return self._say(503, "no release yet")
        if self._time.silent() > self._settings.patience_seconds:
            return self._say(503, "the store is away")
        return self._say(200, "ready")

    async def _metrics(self, request: Request) -> Response:
        """All figures."""
        del request
        text = exposition(self._meter, gauges=self._gauges(), worker=os.getpid())
        fields = {**self.fields(), "content-type": CONTENT_TYPE}
        return Response(text, headers=fields)

    def _gauges(self) -> Iterator[Gauge]:
        yield Gauge(
            "peru_media_release", "Number of the live release.", self._live.number()
        )
        yield Gauge(
            "peru_media_store_silent_seconds",
            "Seconds since the store last answered.",
            self._time.silent(),
        )
        yield from self._timeline()
        yield Gauge(
            "peru_media_store_calls",
            "Calls of the store that have not come back.",
            self._files.calls,
        )
        yield Gauge("peru_media_open_files", "Media files kept open.", len(self._files))
        yield Gauge("peru_media_kept_answers", "Answers in memory.", len(self._shelf))
        yield Gauge(
            "peru_media_kept_bytes",
            "Bytes of the answers in memory, without feeds and tables.",
            self._shelf.weight,
        )

    def _timeline(self) -> Iterator[Gauge]:
        """What the release has before it, and what nobody has followed up yet."""
        snapshot, now = self._live.snapshot, self._time.now()
        if snapshot is None:
            return
        yield Gauge(
            "peru_media_complete_seconds",
            "Seconds for which the release knows what is due; publish before the end.",
            snapshot.complete_until - now,
        )
        ended = snapshot.ended(now)
        yield Gauge(
            "peru_media_overdue_media",
            "Media that ended and are still in the store; publish --due erases them.",
            len(ended),
        )
        yield Gauge(
            "peru_media_overdue_seconds",
            "Seconds since the first of them ended.",
            now - ended[0] if ended else 0,
        )
        yield Gauge(
            "peru_media_erasing_objects",
            "Objects that a withdrawal or a collection is deleting.",
            len(snapshot.erasing),
        )

    def _say(self, status: int, word: str) -> Response:
        told = {"release": self._live.number(), "status": word}
        return JSONResponse(told, status, headers=self.fields())
