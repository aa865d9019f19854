"""The preview as an ASGI app: proofs of the site, for this computer alone."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from threading import Event, Thread
from urllib.parse import parse_qs

from starlette.types import Message, Receive, Scope, Send

from peru_media.model.proof import Proof
from peru_media.server.app import SiteApp
from peru_media.server.dressing import Dresser
from peru_media.server.headers import Headers
from peru_media.server.news import News
from peru_media.server.pages import PAGE_TYPE
from peru_media.server.proof_pages import (
    EPISODES,
    EVENTS,
    OVERVIEW,
    SCRIPT,
    STYLE,
    overview_page,
    script,
    stylesheet,
    waiting_page,
)
from peru_media.server.reply import request_headers, send_empty
from peru_media.server.stopping import on_stop

__all__ = ["ProofApp", "Work"]

Work = Callable[[Callable[[Proof], None], Event], None]

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.0  # seconds; what it does then can be left at any time
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_OWN: Headers = (
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", _POLICY),
)


class ProofApp:
    """Serve the newest proof, and tell pages that are open when there is a newer one.

    Only who asks for this computer by its own name is answered, so that no page
    of another site can reach in here under a name of its own (DNS rebinding).

    Args:
        site: serves the store that proofs are put into.
        work: makes proofs, in a thread of its own, until its event is set.
        port: at which this is served.
    """

    def __init__(self, site: SiteApp, *, work: Work, port: int) -> None:
        self._site, self._work = site, work
        self._hosts = {f"{name}:{port}".encode() for name in _NAMES}
        self._hosts |= {name.encode() for name in _NAMES if port == 80}  # noqa: PLR2004  # what http leaves out
        self._proof: Proof | None = None
        self._news = News()
        self._stop = Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through the server's life."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": ""})
        elif request_headers(scope).get(b"host", b"").lower() not in self._hosts:
            await _say(send, 421, "A preview is for the computer that it runs on.")
        elif scope["method"] not in {"GET", "HEAD"}:
            await _say(send, 405, "A preview is only looked at.")
        else:
            await self._answer(scope, receive, send)

    def end(self) -> None:
        """Let go of the pages that listen: a server that stops waits for them."""
        self._news.end()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path == EVENTS:
            await self._tell(scope, receive, send)
        elif path == SCRIPT:
            await _send(scope, send, script(), kind=b"text/javascript")
        elif path == STYLE:
            await _send(scope, send, stylesheet(self._proof), kind=b"text/css")
        elif self._proof is None:
            await _send(scope, send, waiting_page(), kind=PAGE_TYPE, status=503)
        elif path.startswith(OVERVIEW) or not self._proof.shown:
            await self._overview(self._proof, scope, send)
        else:
            dresser = Dresser(self._proof, scope, send)
            await self._site(dresser.scope, receive, dresser.send)

    async def _overview(self, proof: Proof, scope: Scope, send: Send) -> None:
        """Say all that is to be said, or lead to the page of an episode."""
        path: str = scope["path"]
        place = proof.page_of(path.removeprefix(EPISODES)) if proof.shown else None
        if path.startswith(EPISODES) and place is not None:
            fields = ((b"location", place.encode()), *_OWN)
            await send_empty(send, status=307, headers=fields)
        else:
            unknown = 404 if proof.shown else 503
            status = 200 if path == OVERVIEW else unknown
            page = overview_page(proof)
            await _send(scope, send, page, kind=PAGE_TYPE, status=status)

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream the number of each proof that the page has not seen (SSE)."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        seen = query.get("seen", [""])[0]
        fields = [(b"content-type", b"text/event-stream"), *_OWN]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        listening = asyncio.ensure_future(_until_gone(receive))
        try:
            async for line in self._news.lines(seen, until=listening):
                body = {"type": "http.response.body", "body": line, "more_body": True}
                await send(body)
        finally:
            listening.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin to work when the server starts, and end when it stops."""
        await receive()
        async with self._working():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as stack:

            async def turn(proof: Proof) -> None:
                await self._turn(proof, stack)

            def tell(proof: Proof) -> None:
                asyncio.run_coroutine_threadsafe(turn(proof), loop).result()

            thread = Thread(target=self._run, args=(tell,), daemon=True)
            thread.start()
            on_stop(lambda: loop.call_soon_threadsafe(self.end))
            try:
                yield
            finally:
                self._stop.set()
                await asyncio.to_thread(thread.join, _PATIENCE)

    def _run(self, tell: Callable[[Proof], None]) -> None:
        """Work; what ends it too soon is said on every page."""
        try:
            self._work(tell, self._stop)
        except Exception as error:  # noqa: BLE001  # said on every page, and logged
            _LOG.exception("the preview cannot go on")
            last = self._proof or Proof(number=0, shown=False)
            fault = f"The preview cannot go on ({error}): start it again."
            tell(replace(last, number=last.number + 1, fault=fault))

    async def _turn(self, proof: Proof, stack: AsyncExitStack) -> None:
        """Let the site turn to the pages of a proof, and then tell who listens."""
        if proof.shown and (self._proof is None or not self._proof.shown):
            await stack.enter_async_context(
                self._site.router.lifespan_context(self._site)
            )
        elif proof.shown:
            await self._site.look()
        self._proof = proof
        self._news.tell(proof.number)


async def _until_gone(receive: Receive) -> None:
    """Wait until whoever asked has gone."""
    message: Message = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await receive()


async def _send(
    scope: Scope, send: Send, body: bytes, *, kind: bytes, status: int = 200
) -> None:
    fields = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        *_OWN,
    ]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    body = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": body})


async def _say(send: Send, status: int, sentence: str) -> None:
    body = f"{sentence}\n".encode()
    fields = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        *_OWN,
    ]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
