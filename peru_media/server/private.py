"""Private shows: each listener is answered by the token in their address alone.

The token is looked up by its hash, in a dictionary: how long that takes tells
nothing of the tokens that there are. It reaches no log, no shelf and no error.
"""

import gzip
from dataclasses import replace
from functools import partial

from starlette.types import Scope, Send

from peru_media.model.listeners import PRIVATE, Listener, private_path, token_hash
from peru_media.server.answers import Answers
from peru_media.server.elsewhere import home_of, redirect
from peru_media.server.freshness import NOT_KEPT
from peru_media.server.pages import plain_page
from peru_media.server.place import Place
from peru_media.server.reply import Context, send_page
from peru_media.server.snapshot import PrivateRows, Snapshot

__all__ = ["PrivateDesk", "filled"]


class PrivateDesk:
    """Answer whatever lies below ``/private/``; nothing of it is kept anywhere."""

    def __init__(self, answers: Answers) -> None:
        """``answers`` makes what a token lets see."""
        self._answers = answers

    async def reply(
        self, scope: Scope, send: Send, snapshot: Snapshot, *, path: str, now: float
    ) -> None:
        """Answer one GET or HEAD; a ``StoreError`` comes before any byte is sent."""
        token, rest = _parted(path)
        listener = _listener(snapshot, token)
        shown = snapshot.private.get(listener.show) if listener else None
        if listener is None or shown is None:
            await _say(scope, send, snapshot, status=404, name="unknown")
        elif listener.revoked is not None:
            await _say(scope, send, snapshot, status=403, name="revoked")
        else:
            found = (snapshot, shown, token, rest)
            await self._show(scope, send, found, Context(snapshot.stamp, now))

    async def _show(
        self,
        scope: Scope,
        send: Send,
        found: tuple[Snapshot, PrivateRows, str, str],
        context: Context,
    ) -> None:
        snapshot, shown, token, path = found
        place = snapshot.private_place(shown.table, path, context.now)
        if place is None:
            await self._elsewhere(scope, send, found, context)
        elif (gone := _gone(snapshot, place)) is not None:
            await _say(scope, send, snapshot, status=410, name=gone)
        else:
            kept = replace(place.version, cache="private")
            fill = partial(filled, marker=shown.marker, token=token)
            answer = await self._answers.unshelved(
                snapshot, replace(place, version=kept), fill=fill
            )
            await answer.reply(scope, send, context)

    async def _elsewhere(
        self,
        scope: Scope,
        send: Send,
        found: tuple[Snapshot, PrivateRows, str, str],
        context: Context,
    ) -> None:
        """Lead an old address of a medium to the present copy; all else is unknown."""
        snapshot, shown, token, path = found
        for known in shown.table.media_of(path):
            place = snapshot.private_place(shown.table, known, context.now)
            if place is not None and place.version.key is not None:
                below = private_path(token, known)
                url = f"{home_of(scope).rstrip('/')}{below}"
                fields = (snapshot.stamp, *place.manners.bare())
                await redirect(send, url, headers=fields)
                return
        status, name = (404, "unknown")
        if snapshot.hides(path):
            status, name = (410, "withdrawn")
        await _say(scope, send, snapshot, status=status, name=name)


def filled(stored: bytes, *, marker: str, token: str) -> bytes:
    """A stored text with a listener's token wherever the marker stands; gzip both."""
    text = gzip.decompress(stored)
    return gzip.compress(text.replace(marker.encode(), token.encode()), 6, mtime=0)


def _gone(snapshot: Snapshot, place: Place) -> str | None:
    erased = place.version.key in snapshot.erasing
    return "withdrawn" if erased else place.version.gone


def _parted(path: str) -> tuple[str, str]:
    token, slash, rest = path.removeprefix(PRIVATE).partition("/")
    return token, slash + rest


def _listener(snapshot: Snapshot, token: str) -> Listener | None:
    known = snapshot.listeners
    return known.get(token_hash(token)) if known else None


async def _say(
    scope: Scope, send: Send, snapshot: Snapshot, *, status: int, name: str
) -> None:
    """Say why there is nothing, in words that are the same for every token."""
    home = home_of(scope)
    page = plain_page(name, home)
    if name != "revoked":
        page = snapshot.manners.pages.page(name, path="/", home=home)
    headers = (
        *snapshot.closed.page(),
        (b"cache-control", NOT_KEPT),
        snapshot.stamp,
    )
    await send_page(scope, send, status=status, page=page, headers=headers)
