"""Small sites with a person in them who leaves, and every word that must be gone."""

import shutil
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from peru_media.model.site import Site
from peru_media.ports import Answer, Clock, Fetched, Fetcher, Meta, Store
from peru_media.publishing.desk import Desk
from peru_media.publishing.withdrawing.desk import Aim, Purge, WithdrawalDesk
from peru_media.publishing.withdrawing.foreseeing import Foreseen, foresee
from peru_media.publishing.withdrawing.order import Order
from peru_media.publishing.withdrawing.story import Withdrawn, withdraw
from peru_media.reading import read_site
from peru_media.reading.books import ProjectBooks
from peru_media.server.app import create_app
from peru_media.server.settings import ServerSettings
from tests.clocks import SetClock
from tests.media.samples import plain_pdf
from tests.newsroom import NOWHERE, Newsroom
from tests.projects import cover, tone, write

__all__ = [
    "CANARIES",
    "FOLDER",
    "KEY",
    "NAME",
    "SLUG",
    "AppFetcher",
    "Leaving",
    "Template",
    "asking",
    "copy_store",
    "files_below",
    "found_in",
    "objects_in",
    "template",
    "write_leaver",
]

KEY = b"a key of the unit for tests alone"
NAME = "Zebediah Quillfeather"
CANARIES = (
    "quillfeather",
    "marmalade-lighthouse",
    "Marmalade Lighthouse",
    "turpentine-waltz",
    "kaleidoscope-herring",
    "obsidian-teacup",
    "velvet-barnacle",
    "guid-of-the-leaver",
)

RECORD = f"""\
id: c-017
public_name: {NAME}
name_kind: pseudonym
scope: [podcast, website, transcript, quotes]
obtained: 2026-01-05
form_ref: cabinet-7-drawer-3
"""

EPISODE = f"""\
---
show: stories
guid: guid-of-the-leaver
number: 99
title: Marmalade Lighthouse
publish: 2026-03-04 09:00
people:
  - name: The host
    role: host
  - contributor: c-017   # agreed on paper
    role: guest
documents:
  - file: docs/evidence.pdf
    title: A velvet-barnacle report
chapters:
  - start: 0
    title: An obsidian-teacup
  - start: 0.5
    title: The end
---
Notes about a turpentine-waltz with {NAME}.
"""

WORDS = """\
WEBVTT

00:00.000 --> 00:00.900
<v The guest>We spoke of a kaleidoscope-herring.
"""
SLUG = "marmalade-lighthouse"
FOLDER = f"episodes/{SLUG}"


def write_leaver(root: Path) -> None:
    """Put the person into the project: a record, and an episode with everything."""
    media = {f"{FOLDER}/audio.mp3": tone(1234), f"{FOLDER}/cover.png": cover("teal")}
    write(root, media)
    (root / FOLDER / "docs").mkdir()
    plain_pdf(root / FOLDER / "docs/evidence.pdf")
    page = root / "episodes/story-1/episode.md"
    text = page.read_text().replace("people:", f"related: {SLUG}\npeople:")
    files: dict[str, str | bytes] = {
        "episodes/story-1/episode.md": text,
        f"{FOLDER}/episode.md": EPISODE,
        f"{FOLDER}/transcript.vtt": WORDS,
        "feeds/contributors/c-017.yaml": RECORD,
    }
    write(root, files)


@dataclass(slots=True)
class Template:
    """A project that was published three times, to be copied by each test."""

    room: Newsroom

    def copied(self, root: Path) -> "Leaving":
        """A copy of it all, with a store in memory and a clock of its own."""
        shutil.copytree(self.room.root, root)
        clock = SetClock(self.room.clock.now())
        room = Newsroom(root, self.room.maker, clock, dict(self.room.cache))
        copy_store(self.room.store, room.store)
        return Leaving(room)


@contextmanager
def template(folder: Path) -> Iterator[Template]:
    """A project of two stories and of one who leaves, published three times."""
    with Newsroom.opened(folder) as room:
        write_leaver(room.root)
        room.publish()
        page = f"{FOLDER}/episode.md"
        room.edit(page, "title: Marmalade Lighthouse", "title: Marmalade Lighthouse II")
        room.publish()
        room.edit("episodes/story-1/episode.md", "title: Story 1", "title: Story one")
        room.publish()
        yield Template(room)


def copy_store(store: Store, into: Store) -> None:
    """Copy every object into another store."""
    for one in store.list(""):
        fetched = store.get(one.key)
        assert isinstance(fetched, Fetched)
        meta = Meta(media_type=fetched.stored.media_type)
        into.put(one.key, fetched.body, meta=meta)


@dataclass(slots=True)
class AppFetcher:
    """Asks an app of this process, as if it listened at the site's address."""

    client: TestClient
    asked: list[tuple[str, str]] = field(default_factory=list)

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit: int = 15 * 2**20,
        enough: int | None = None,
    ) -> Answer:
        del limit, enough
        self.asked.append((method, url))
        answer = self.client.request(
            method, url, headers=dict(headers or {}), content=body
        )
        return Answer(
            url=str(answer.url),
            status=answer.status_code,
            headers={name.lower(): value for name, value in answer.headers.items()},
            body=answer.content,
        )


@contextmanager
def asking(store: Store, clock: Clock) -> Iterator[AppFetcher]:
    """Serve a store in this process, and give who asks it."""
    app = create_app(store, clock=clock, settings=ServerSettings(poll_seconds=0.02))
    with TestClient(app, base_url=NOWHERE) as client:
        yield AppFetcher(client)


@dataclass(slots=True)
class Leaving:
    """A newsroom in which somebody leaves.

    Attributes:
        fetchers: who looks from outside, by target; nobody answers where there is none.
        waits: every pause that was made, in seconds. really: how many seconds of
        a pause pass for real, for stores with a clock of their own.
    """

    room: Newsroom
    stores: dict[str, Store] = field(default_factory=dict)
    fetchers: dict[str, Fetcher] = field(default_factory=dict)
    purge: Purge | None = None
    waits: list[float] = field(default_factory=list)
    here: bool = True
    media_base_url: str | None = None
    really: float = 0.0

    def site(self) -> Site:
        site, _ = read_site(self.room.root)
        assert site is not None
        return site

    def desk(self) -> WithdrawalDesk:
        """The desk of a withdrawal on every store."""
        stores = self.stores or {"local": self.room.store}
        return WithdrawalDesk(
            site=self.site(),
            aims=tuple(self._aim(name, store) for name, store in stores.items()),
            books=ProjectBooks(self.room.root),
            key=lambda: KEY,
            turned=10.0,
            clock=self.room.clock,
            sleep=self.sleep,
        )

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        time.sleep(min(seconds, self.really))
        self.room.clock.advance(timedelta(seconds=seconds))

    def order(self, name: str = "c-017", **change: str) -> Order:
        kind = "contributor" if name.startswith("c-") else "episode"
        fields = {"kind": kind, "name": name, "by": "jo"} | change
        return Order(at=self.room.clock.now(), **fields)

    def foresee(self, name: str = "c-017", **change: str) -> Foreseen:
        return foresee(self.order(name, **change), self.desk())

    def withdraw(self, name: str = "c-017", **change: str) -> Withdrawn:
        desk = self.desk()
        return withdraw(foresee(self.order(name, **change), desk), desk)

    def _aim(self, name: str, store: Store) -> Aim:
        def opened() -> AbstractContextManager[Desk]:
            fetcher = self.fetchers.get(name)
            change: dict[str, object] = {"fetcher": fetcher} if fetcher else {}
            return nullcontext(self.room.desk(store, target=name, **change))

        return Aim(
            name=name,
            base_url=NOWHERE,
            media_base_url=self.media_base_url,
            here=self.here,
            open=opened,
            purge=self.purge,
        )


def found_in(
    blobs: Mapping[str, bytes], words: Sequence[str] = CANARIES
) -> dict[str, list[str]]:
    """Which words stand in which bytes, in their names too, gzip or not."""
    hits: dict[str, list[str]] = {}
    for name, data in blobs.items():
        text = (name.encode() + b"\n" + data + b"\n" + _inflated(data)).lower()
        found = [word for word in words if word.lower().encode() in text]
        if found:
            hits[name] = found
    return hits


def _inflated(data: bytes) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return b""
    return zlib.decompress(data, 16 + zlib.MAX_WBITS)


def files_below(root: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def objects_in(store: Store) -> dict[str, bytes]:
    """Every object of a store, by its key."""
    found = {}
    for one in store.list(""):
        fetched = store.get(one.key)
        assert isinstance(fetched, Fetched)
        found[one.key] = fetched.body
    return found
