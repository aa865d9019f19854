"""From a public path to its answer: from memory, from a file, or elsewhere."""

import asyncio
from collections.abc import Callable

from peru_media.errors import StoreUnavailableError
from peru_media.model.address import is_text
from peru_media.model.release import Version
from peru_media.ports import Address, LocalFile, Store
from peru_media.server.content import Content
from peru_media.server.elsewhere import Elsewhere, Gone
from peru_media.server.errands import Errands
from peru_media.server.forms import drawn_up, is_form
from peru_media.server.media_files import FileBody, OpenFiles
from peru_media.server.memory import MemoryBody, stored_bytes, verified
from peru_media.server.place import Place
from peru_media.server.reply import Reply
from peru_media.server.settings import ServerSettings
from peru_media.server.shelf import Shelf
from peru_media.server.signposts import signposts
from peru_media.server.snapshot import Snapshot
from peru_media.server.store_time import StoreTime

__all__ = ["Answers"]

_PUBLIC, _HELD = "public/", "held/"


class Answers:
    """Make the answers of a release, and keep them for the next who asks."""

    def __init__(  # what an answer is made from
        self,
        store: Store,
        *,
        errands: Errands,
        files: OpenFiles,
        shelf: Shelf,
        settings: ServerSettings,
        time: StoreTime,
    ) -> None:
        """Prepare.

        Args:
            store: where objects are.
            errands: run its blocking calls.
            files: media files kept open.
            shelf: keeps the answers.
            settings: of the server.
            time: the store's time.
        """
        self._store, self._errands, self._files = store, errands, files
        self._settings, self._time, self._shelf = settings, time, shelf
        self._fetching: dict[str, asyncio.Future[bytes]] = {}

    async def find(self, snapshot: Snapshot, path: str) -> Reply | None:
        """Answer a path; None where it is unknown, or not yet published.

        Raises:
            StoreError: the object it needs cannot be had.
        """
        now = self._time.now()
        known = self._shelf.find(path)
        if known is not None and now < known.until and snapshot.keeps(path, known):
            known.serial = snapshot.serial
            return known
        if (place := snapshot.place(path, now)) is None:
            return None
        answer = await self._answer(snapshot, place)
        self._shelf.add(path, answer)
        return answer

    async def unshelved(
        self, snapshot: Snapshot, place: Place, *, fill: Callable[[bytes], bytes]
    ) -> Reply:
        """Answer one listener alone: nothing of it is kept for others.

        Raises:
            StoreError: the object it needs cannot be had.
        """
        return await self._answer(snapshot, place, fill=fill)

    def forget(self, path: str) -> None:
        """Make the answer of a path anew when it is next asked for."""
        self._shelf.drop(path)

    async def _answer(
        self,
        snapshot: Snapshot,
        place: Place,
        *,
        fill: Callable[[bytes], bytes] | None = None,
    ) -> Reply:
        key = place.version.key
        if key is None or key in snapshot.erasing:
            return Gone(place)
        if key.startswith((_PUBLIC, _HELD)):
            return await self._medium(key, place)
        return await self._text(snapshot, key, place, fill)

    async def _text(
        self,
        snapshot: Snapshot,
        key: str,
        place: Place,
        fill: Callable[[bytes], bytes] | None,
    ) -> Reply:
        """What is held in memory: feeds anyway, all else while there is room."""
        feed = snapshot.feeds.get(key)
        stored = feed or await self._object(key, place.version)
        if is_form(place):
            place, stored = await asyncio.to_thread(drawn_up, place, stored)
        if fill is not None and is_text(place.version.type):
            stored = await asyncio.to_thread(fill, stored)
        return _in_memory(place, stored, weight=0 if feed else len(stored))

    async def _medium(self, key: str, place: Place) -> Reply:
        """A file of this machine is sent; what lies in a bucket is pointed to."""
        base = self._settings.media_base_url

        async def outside() -> str:
            return f"{(base or '').rstrip('/')}/{key}"

        async def signed() -> str:
            return await self._errands.run(lambda: self._sign(key))

        if base is not None and key.startswith(_PUBLIC):
            return Elsewhere(place, outside)
        located = await self._errands.run(lambda: self._locate(key))
        if isinstance(located, Address):
            return Elsewhere(place, signed)
        path = located.path.absolute()
        body = FileBody(self._files, path, key=key, size=place.version.size)
        return Content(place, body=body, packed=None)

    async def _object(self, key: str, version: Version) -> bytes:
        """Fetch an object once, however many ask for it at the same time."""
        fetching = self._fetching.get(key)
        if fetching is None or fetching.get_loop() is not asyncio.get_running_loop():
            errand = self._errands.run(
                lambda: verified(stored_bytes(self._store, key), version)
            )
            fetching = asyncio.ensure_future(errand)
            self._fetching[key] = fetching
            fetching.add_done_callback(lambda done: self._fetched(key, done))
        return await asyncio.shield(fetching)

    def _fetched(self, key: str, done: asyncio.Future[bytes]) -> None:
        """Forget a fetch; its fault was told to whoever still waited."""
        self._fetching.pop(key, None)
        if not done.cancelled():
            done.exception()

    def _locate(self, key: str) -> LocalFile | Address:
        return self._store.locate(key, valid_for=self._settings.signed_for)

    def _sign(self, key: str) -> str:
        located = self._locate(key)
        if isinstance(located, Address):
            return located.url
        msg = f"{key}: the store gives no address any more"
        raise StoreUnavailableError(msg)


def _in_memory(place: Place, stored: bytes, *, weight: int) -> Content:
    text, size = is_text(place.version.type), place.version.size
    body = MemoryBody(stored, size=size, gzip=text)
    more = signposts(place.version, stored)
    answer = Content(place, body=body, packed=stored if text else None, more=more)
    answer.weight = weight and answer.weight + weight
    return answer
