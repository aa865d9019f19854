"""Send objects to the store: each whole, each once, each looked at afterwards."""

import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO

from peru_media.errors import (
    ConflictError,
    DamagedObjectError,
    ObjectNotFoundError,
    PreconditionError,
)
from peru_media.model.address import is_text
from peru_media.model.release import CURRENT_KEY, Current, Table
from peru_media.ports import Body, Fetched, Meta, Stored
from peru_media.publishing.binding import Build
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live, read_live, unpack

__all__ = ["FOR_EVER", "Parcel", "Sender", "parcels"]

POLL_SECONDS = 10.0
_PIECE = 8 << 20
_COPIES = 3
FOR_EVER = "public, max-age=31536000, immutable"
_PRIVATE = "private, no-cache"
_PACKED = "application/gzip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One object to send: its key, its body or the key that it is copied from.

    ``stage`` is the turn in which it goes out: media, pages, feeds, shared.
    """

    stage: str
    key: str
    size: int
    sha256: str
    meta: Meta
    body: Body | None = None
    copied_from: str | None = None


def parcels(build: Build, live: Live) -> tuple[Parcel, ...]:
    """Everything of a build that the live release does not hold, in sending order.

    Media first, then pages, then feeds, then what the root names: so nothing
    that listeners can see ever points at something still on its way.
    """
    held = _keys(live.every().values())
    if live.root is not None:
        held |= {part.key for part in live.root.parts()}
    found = [*_media(build, live), *_texts(build), *_shared(build)]
    stages = ("media", "pages", "feeds", "shared")
    held -= live.wanting
    new = [parcel for parcel in found if parcel.key not in held]
    return tuple(sorted(new, key=lambda p: (stages.index(p.stage), p.key)))


def _keys(tables: Iterable[Table]) -> set[str]:
    every = (v for table in tables for versions in table.values() for v in versions)
    return {version.key for version in every if version.key}


def _media(build: Build, live: Live) -> Iterator[Parcel]:
    here = {file.key for file in build.files}
    for file in build.files:
        meta = Meta(media_type=file.media_type, cache_control=FOR_EVER)
        yield Parcel(
            stage="media",
            key=file.key,
            size=file.size,
            sha256=file.sha256,
            meta=meta,
            body=file.path,
        )
    ledger = live.ledger()
    for episode in build.source.episodes:
        medium = episode.enclosure
        entry = ledger.episodes.get(episode.id)
        lies = entry.enclosure.key if entry and entry.enclosure else medium.key
        if medium.key not in here and lies != medium.key:
            yield Parcel(
                stage="media",
                key=medium.key,
                size=medium.size,
                sha256=medium.sha256,
                meta=Meta(media_type=medium.media_type, cache_control=FOR_EVER),
                copied_from=lies,
            )


def _texts(build: Build) -> Iterator[Parcel]:
    types = _types(build)
    for key, body in build.texts.items():
        stage = "feeds" if key in build.feeds else "pages"
        yield _text(stage, key, body, types.get(key, ""))


def _shared(build: Build) -> Iterator[Parcel]:
    for key, body in build.shared.items():
        yield _text("shared", key, body, "application/json")
    for key, body in build.searchable.files.items():
        yield _text("shared", key, body, _PACKED)


def _text(stage: str, key: str, body: bytes, media_type: str) -> Parcel:
    asset = key.startswith("assets/")
    meta = Meta(
        media_type=media_type,
        cache_control=FOR_EVER if asset else _PRIVATE,
        content_encoding="gzip" if is_text(media_type) else "",
    )
    digest = sha256(body).hexdigest()
    return Parcel(
        stage=stage, key=key, size=len(body), sha256=digest, meta=meta, body=body
    )


def _types(build: Build) -> dict[str, str]:
    every = (v for table in build.every() for vs in table.values() for v in vs)
    return {version.key: version.type for version in every if version.key}


@dataclass(slots=True)
class Sender:
    """Send parcels stage by stage, looking now and then whether a colleague won.

    ``cut`` says that an earlier publish did not come to its end: then what it
    finished is found out first, and nothing finished is sent again.
    """

    desk: Desk
    live: Live
    cut: bool = False
    sent: list[Parcel] = field(default_factory=list)
    _looked: float = 0.0

    def send(self, parcels: Iterable[Parcel]) -> None:
        """Send every parcel, stage after stage.

        Raises:
            ConflictError: a colleague published meanwhile.
        """
        self._looked = self.desk.clock.monotonic()
        stages: dict[str, list[Parcel]] = {}
        for parcel in parcels:
            stages.setdefault(parcel.stage, []).append(parcel)
        for stage, batch in stages.items():
            self._stage(stage, batch)

    def check(self) -> None:
        """Look at every object that was sent: is it there, with the right size?

        Raises:
            DamagedObjectError: it is not, or holds other bytes.
        """
        self._together("check", self.sent, self._check)

    def restore(self) -> None:
        """Send again whatever of it is not there any more, and look at it all."""
        again, self.sent, self.cut = self.sent, [], True
        self.send(again)
        self.check()

    def _stage(self, stage: str, batch: list[Parcel]) -> None:
        self.desk.progress.start(stage, sum(parcel.size for parcel in batch), "B")
        self._together(stage, batch, self._send)
        self.desk.progress.finish(stage)

    def _together(
        self, stage: str, batch: list[Parcel], work: Callable[[Parcel], None]
    ) -> None:
        """Work on several at a time; the first failure ends the rest."""
        if self.desk.workers == 1:
            for parcel in batch:
                work(parcel)
            return
        pool = ThreadPoolExecutor(self.desk.workers, thread_name_prefix=stage)
        try:
            futures = [pool.submit(work, parcel) for parcel in batch]
            wait(futures, return_when=FIRST_EXCEPTION)
            for future in futures:
                if future.done():
                    future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _send(self, parcel: Parcel) -> None:
        self._look_around()
        finished = (self.cut or parcel.stage == "media") and self._is_there(parcel)
        if not finished or parcel.key in self.live.wanting:
            self._put(parcel)
        self.sent.append(parcel)

    def _put(self, parcel: Parcel) -> None:
        """Put it; once more where it was there, and a collection took it just now."""
        try:
            self._try(parcel)
        except ObjectNotFoundError:
            self._try(parcel)

    def _try(self, parcel: Parcel) -> None:
        def advance(amount: int) -> None:
            self.desk.progress.advance(parcel.stage, amount)

        with self._body(parcel) as body:
            try:
                self.desk.store.put(
                    parcel.key,
                    body,
                    meta=parcel.meta,
                    if_absent=parcel.key not in self.live.wanting,
                    advance=advance,
                )
            except PreconditionError:
                self._expect_same(parcel)

    @contextmanager
    def _body(self, parcel: Parcel) -> Iterator[Body]:
        """The bytes to send; of a medium that lies elsewhere in the store, a copy."""
        if parcel.body is not None:
            yield parcel.body
            return
        with tempfile.NamedTemporaryFile(prefix="peru-media-") as file:
            for _ in range(_COPIES):
                if self._copied(parcel, file) == parcel.sha256:
                    break
            else:
                msg = f"{parcel.copied_from}: the stored medium is damaged"
                raise DamagedObjectError(msg)
            yield Path(file.name)

    def _copied(self, parcel: Parcel, file: IO[bytes]) -> str:
        """Fetch a medium piece by piece; nobody but its SHA-256 knows it damaged."""
        hashed = sha256()
        file.seek(0)
        for at in range(0, parcel.size, _PIECE):
            span = (at, min(at + _PIECE, parcel.size))
            fetched = self.desk.store.get(parcel.copied_from or "", span=span)
            piece = fetched.body if isinstance(fetched, Fetched) else b""
            hashed.update(piece)
            file.write(piece)
        file.truncate()
        file.flush()
        return hashed.hexdigest()

    def _is_there(self, parcel: Parcel) -> bool:
        try:
            return _matches(self.desk.store.head(parcel.key), parcel)
        except ObjectNotFoundError:
            return False

    def _check(self, parcel: Parcel) -> None:
        """Look at it; what a collection took, as it was old, is sent after all."""
        try:
            self._expect_same(parcel)
        except ObjectNotFoundError:
            self._put(parcel)
            self._expect_same(parcel)

    def _expect_same(self, parcel: Parcel) -> None:
        """Accept an object that another machine compressed, if its text is ours."""
        if _matches(self.desk.store.head(parcel.key), parcel):
            return
        body = parcel.body
        gzipped = parcel.meta.content_encoding == "gzip" and isinstance(body, bytes)
        if gzipped and unpack(self.desk.store, parcel.key) == _inflated(body):
            return
        msg = (
            f"{parcel.key}: the store holds other bytes than were sent. "
            "Publish again; if it stays so, the store damages what it is given"
        )
        raise DamagedObjectError(msg)

    def _look_around(self) -> None:
        """Every ten seconds: is the release that we build on still the live one?"""
        now = self.desk.clock.monotonic()
        if now - self._looked < POLL_SECONDS or self.live.etag is None:
            return
        self._looked = now
        fetched = self.desk.store.get(CURRENT_KEY, if_none_match=self.live.etag)
        if not isinstance(fetched, Fetched):
            return
        current = Current.from_bytes(fetched.body)
        if current.release != self.live.number:
            live = read_live(self.desk.store, self.desk.cache)
            raise ConflictError(live.tell_first(self.live.number))


def _inflated(body: Body | None) -> bytes:
    return gzip.decompress(body) if isinstance(body, bytes) else b""


def _matches(stored: Stored, parcel: Parcel) -> bool:
    if stored.size != parcel.size:
        return False
    return stored.sha256 is None or stored.sha256 == parcel.sha256
