"""News for pages that are open: the number of the newest proof, as it comes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

__all__ = ["News"]

_HEARTBEAT = 15.0


class News:
    """Tell everybody who listens which proof is the newest.

    Args:
        heartbeat: seconds after which a sign of life goes out, where there is no news.
    """

    def __init__(self, *, heartbeat: float = _HEARTBEAT) -> None:
        self._heartbeat = heartbeat
        self._number = ""
        self._told = asyncio.Event()
        self._over = False

    def tell(self, number: int) -> None:
        """There is a newer one."""
        self._number = str(number)
        self._wake()

    def end(self) -> None:
        """There will be none any more."""
        self._over = True
        self._wake()

    async def lines(
        self, seen: str, *, until: "asyncio.Future[None]"
    ) -> AsyncIterator[bytes]:
        """Each number that the listener has not seen, as server-sent events.

        A comment goes out now and then, by which both ends know that the other is
        there.

        Args:
            seen: the number that the listener has seen.
            until: done when the listener has gone.
        """
        yield b"retry: 500\n\n"
        while not self._over and not until.done():
            told = self._told
            if self._number not in {"", seen}:
                seen = self._number
                yield f"data: {seen}\n\n".encode()
                continue
            waiting = asyncio.ensure_future(told.wait())
            either: set[asyncio.Future[Any]] = {waiting, until}
            done, _ = await asyncio.wait(
                either, timeout=self._heartbeat, return_when=asyncio.FIRST_COMPLETED
            )
            waiting.cancel()
            if not done:
                yield b": here\n\n"

    def _wake(self) -> None:
        told, self._told = self._told, asyncio.Event()
        told.set()
