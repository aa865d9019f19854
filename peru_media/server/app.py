"""The site as a Starlette app, which runs alone or mounted below another."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from time import sleep

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Router
from starlette.types import ASGIApp

from peru_media.ports import Clock, Store
from peru_media.server.answers import Answers
from peru_media.server.errands import Errands
from peru_media.server.fast_lane import FastLane, ReleaseFirst
from peru_media.server.front import Front
from peru_media.server.journal import Journal
from peru_media.server.live import Live
from peru_media.server.loading import Loader
from peru_media.server.media_files import OpenFiles
from peru_media.server.meter import Counted, Meter
from peru_media.server.published import Published
from peru_media.server.search import SearchDesk
from peru_media.server.settings import ServerSettings
from peru_media.server.shelf import Shelf
from peru_media.server.snapshot import Snapshot
from peru_media.server.store_time import StoreTime
from peru_media.server.vitals import Vitals

__all__ = ["SiteApp", "create_app"]

_PAUSE = 0.0005


def create_app(
    store: Store, *, clock: Clock, settings: ServerSettings | None = None
) -> "SiteApp":
    """Serve the site that a store holds: feeds, pages, transcripts and media.

    The app follows the store by itself: a new release appears without a restart,
    a scheduled episode at its moment, in every process alike. It may be mounted
    below another Starlette app, and takes further routes and middleware; a path
    of the release goes before any further route.

    Args:
        store: where releases are published. The app only reads it.
        clock: used for spans alone; the time of day is the store's.
        settings: how often to look, how much to hold; the defaults suit most.
    """
    settings = settings or ServerSettings()
    time = StoreTime(clock)
    errands = Errands(
        threads=settings.threads,
        seconds=settings.store_seconds,
        monotonic=clock.monotonic,
    )
    files = OpenFiles(errands, limit=settings.open_files)
    shelf = Shelf(settings.cache_bytes)
    live = _live(store, settings=settings, time=time, shelf=shelf, files=files)
    answers = Answers(
        store,
        errands=errands,
        files=files,
        shelf=shelf,
        settings=settings,
        time=time,
    )
    published = Published(
        live=live,
        answers=answers,
        search=SearchDesk(clock=clock),
        time=time,
        settings=settings,
    )
    journal = Journal(knows=published.knows, release=live.number)
    note = journal.note if settings.log_requests else None
    meter = Meter(clock.monotonic, note=note)
    vitals = Vitals(
        live=live, time=time, settings=settings, meter=meter, shelf=shelf, files=files
    )
    lane = partial(FastLane, live=live, shelf=shelf, time=time, meter=meter)
    return SiteApp(live, published, lane=lane, meter=meter, vitals=vitals)


class SiteApp(Starlette):
    """Starlette, with the release before its routes and behind them."""

    def __init__(
        self,
        live: Live,
        published: Published,
        *,
        lane: Callable[[ASGIApp], FastLane],
        meter: Meter,
        vitals: Vitals,
    ) -> None:
        self._live, self._lane = live, lane
        self._meter, self._vitals = meter, vitals
        refused = {HTTPException: self._refused, Exception: self._refused}
        super().__init__(exception_handlers=refused)
        self.router = Router(
            vitals.routes(),
            redirect_slashes=False,  # it would put the Host header into an address
            default=published,
            lifespan=self._lifespan,
            middleware=[Middleware(ReleaseFirst, published=published)],
        )

    async def look(self) -> None:
        """Turn to what the store holds just now, without waiting for the next look."""
        await self._live.look()

    def build_middleware_stack(self) -> ASGIApp:
        """Answer from memory first, unless middleware wants to see every request."""
        whole = Front(super().build_middleware_stack())
        stack = Counted(whole, meter=self._meter)
        if self.user_middleware or self.max_body_size is not None:
            return stack
        return self._lane(stack)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Watch the store for as long as the app runs."""
        del app
        await self._live.start()
        try:
            yield
        finally:
            await self._live.stop()

    async def _refused(self, request: Request, error: Exception) -> Response:
        """Say what a route refused, or that it failed, as plainly as the rest."""
        del request
        status, detail, headers = 500, "Something went wrong here.", {}
        if isinstance(error, HTTPException):
            status, detail = error.status_code, error.detail
            headers = dict(error.headers or {})
        fields = {**headers, **self._vitals.fields()}
        return PlainTextResponse(detail, status, headers=fields)


def _live(
    store: Store,
    *,
    settings: ServerSettings,
    time: StoreTime,
    shelf: Shelf,
    files: OpenFiles,
) -> Live:
    """The watch over the live release; what it makes untrue is let go of."""
    loader = Loader(
        store,
        settings=settings,
        hear=time.hear,
        now=time.now,
        pause=partial(sleep, _PAUSE),
    )

    def swapped(snapshot: Snapshot) -> None:
        files.clear()
        if snapshot.erasing:
            shelf.erase(snapshot.erasing)

    return Live(loader, settings=settings, swapped=swapped)
