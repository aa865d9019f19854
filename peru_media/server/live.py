"""The release that is live, watched: polled, swapped in memory, never lost."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from peru_media.errors import StoreError
from peru_media.server.loading import Loader
from peru_media.server.settings import ServerSettings
from peru_media.server.snapshot import Snapshot

__all__ = ["Live"]

_LOG = logging.getLogger(__name__)


class Live:
    """Hold the snapshot to serve, and keep it up with the store.

    A swap is one assignment, and a request takes ``snapshot`` once, so it sees
    one release from beginning to end. While the store is away, or what it holds
    is not whole, the last good release stays.
    """

    def __init__(
        self,
        loader: Loader,
        *,
        settings: ServerSettings,
        swapped: Callable[[Snapshot], None],
    ) -> None:
        """Prepare; nothing is read before ``start``.

        Args:
            loader: reads releases, in a thread of its own.
            settings: of the server.
            swapped: told of each new snapshot, on the loop, after the swap.
        """
        self.snapshot: Snapshot | None = None
        self._loader, self._settings, self._swapped = loader, settings, swapped
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="peru-media-look")
        self._looking: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._fault: str | None = None

    def number(self) -> int:
        """The number of the release that is live; 0 where none is."""
        return self.snapshot.number if self.snapshot else 0

    async def start(self) -> None:
        """Begin to watch, and wait a bounded time for the first release.

        The app's lifespan calls it; where a parent app runs no lifespan for what
        it mounts, the first request does.
        """
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        first = asyncio.ensure_future(self.look())
        await asyncio.wait({first}, timeout=self._settings.first_wait_seconds)

    async def stop(self) -> None:
        """Watch no longer; what is held can still be served."""
        for task in (self._watching, self._looking):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def present(self) -> Snapshot | None:
        """The snapshot to serve; None where no release could be had yet."""
        if self.snapshot is None:
            await self.start()
        return self.snapshot

    async def look(self) -> None:
        """Look at the store once; all who ask meanwhile share the look."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        await asyncio.shield(self._looking)

    async def look_again(self, seen: Snapshot) -> None:
        """Look until something else than ``seen`` is live, at most twice.

        A look that was already under way may have begun before the change.
        """
        if self._looking is not None and not self._looking.done():
            await self.look()
        if self.snapshot is seen:
            await self.look()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._settings.poll_seconds)
            await self.look()

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(
                self._executor, self._loader.look, self.snapshot
            )
        except StoreError as error:
            self._note(str(error))
        except Exception:  # noqa: BLE001  # the watch outlives any fault; logged
            _LOG.exception("the store could not be looked at")
        else:
            self._note(None)
            self._swap(found)

    def _swap(self, found: Snapshot | None) -> None:
        if found is None:
            return
        before, self.snapshot = self.snapshot, found
        self._swapped(found)
        if before is None or before.number != found.number:
            _LOG.info("release %d is live", found.number)

    def _note(self, fault: str | None) -> None:
        """Log that the store went away or came back, once for each."""
        if fault is not None and self._fault is None:
            _LOG.warning("the last good release stays: %s", fault)
        if fault is None and self._fault is not None:
            _LOG.warning("the store is back")
        self._fault = fault
