"""What publishing and serving need from the world, as contracts in prose.

Each port has one or more adapters on the floor above; ``wiring`` joins them.
A port knows nothing of podcasts, so any store, cache or clock can stand in.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from peru_media.model.card import CardRecipe
from peru_media.model.facts import CopyRecipe, FileFacts
from peru_media.model.probed import Hop
from peru_media.model.problem import Place
from peru_media.model.speech import SpokenWord

__all__ = [
    "Address",
    "Answer",
    "Body",
    "Clock",
    "Downloader",
    "Fetched",
    "Fetcher",
    "Inspector",
    "Lender",
    "LocalFile",
    "MediaMaker",
    "Meta",
    "Progress",
    "Store",
    "Stored",
    "Take",
    "Transcriber",
    "Unchanged",
    "Workroom",
]

Body = bytes | Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a store says of one object, without its bytes.

    Attributes:
        key: the name it lies under, such as ``state/shared/0a1b…``.
        size: stored bytes.
        etag: opaque; changes whenever the bytes do.
        sha256: hex digest of the stored bytes, where the store keeps it.
        media_type: what was given with ``put``; empty where unknown (a listing).
        modified: when it was stored, aware, UTC, by the store's own clock; None where
        the store does not say it with this answer.
    """

    key: str
    size: int
    etag: str
    sha256: str | None = None
    media_type: str = ""
    modified: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An object, or a span of it, as it came from the store.

    Attributes:
        body: the bytes asked for.
        stored: facts of the whole object.
        date: the store's own clock at the answer, aware, UTC.
    """

    body: bytes
    stored: Stored
    date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The answer to ``get(if_none_match=…)`` where the object is still the same."""

    etag: str
    date: datetime


@dataclass(frozen=True, slots=True)
class LocalFile:
    """The object lies in a file of this machine; it may be read, never changed."""

    path: Path


@dataclass(frozen=True, slots=True)
class Address:
    """The object can be fetched from this URL until it expires."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """How an object is to be sent to whoever fetches it from the store itself."""

    media_type: str
    cache_control: str = ""
    content_encoding: str = ""


class Progress(Protocol):
    """Hear how far a long piece of work has come; called from any thread."""

    def start(self, phase: str, total: int, unit: str) -> None:
        """Begin a named phase of so many units: ``B`` for bytes, or a plural noun."""
        ...

    def advance(self, phase: str, amount: int) -> None:
        """Add to a phase."""
        ...

    def finish(self, phase: str) -> None:
        """End a phase, whether or not its total was reached."""
        ...


class Store(Protocol):
    """Keep bytes under keys, where many may read and several may write.

    Keys are relative paths of ``[A-Za-z0-9._/-]``, with no empty, ``.`` or
    ``..`` part. Every method may be called from several threads. Foreign errors
    never pass: an adapter raises the ``StoreError`` tree alone.
    """

    @property
    def name(self) -> str:
        """A short public name for people, without credentials."""
        ...

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,
        if_absent: bool = False,
        if_match: str | None = None,
        advance: Callable[[int], None] | None = None,
    ) -> Stored:
        """Store the whole body under the key, or nothing at all.

        The object becomes visible at once and entirely; a reader never sees a
        part. With ``if_absent`` an existing object raises ``PreconditionError``
        and stays as it was; with ``if_match`` so does an object whose etag is
        another one, or that is missing. The check and the write are one step:
        of several writers exactly one wins. Bytes are checksummed on the way;
        a body that arrives damaged raises ``DamagedObjectError`` and is not
        kept. A body given as a path is streamed; ``advance`` hears the bytes
        sent. Calling it again with the same body is harmless.
        """
        ...

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Fetch an object, or bytes ``span[0]`` up to but not including ``span[1]``.

        A span is cut at the end of the object. What a finished ``put`` stored
        is seen by every later ``get``. Raises ``ObjectNotFoundError``, with the
        store's own clock.
        """
        ...

    def head(self, key: str) -> Stored:
        """Tell what lies under the key. Raises ``ObjectNotFoundError``."""
        ...

    def list(self, prefix: str, *, former: bool = False) -> Iterator[Stored]:
        """List every object whose key starts with the prefix, in key order.

        Complete for objects that were stored before the call began; each says when
        that was. With ``former`` also the names under which no object lies any more
        but something of one is left: former versions, marks of a deletion, uploads
        that were never finished. ``size`` is then what is left, where that is known.
        """
        ...

    def delete(self, keys: Iterable[str], *, until: datetime | None = None) -> None:
        """Delete the objects with every stored version; unknown keys are no error.

        Unfinished multipart uploads of those keys are ended too. With ``until`` what
        was stored, or begun, after that moment of the store's clock stays. Whoever
        deletes late, or twice, so takes nothing that was stored anew since: looking
        and deleting are one step in a folder, in memory and in a bucket that keeps
        versions, and two requests in a row in a bucket that keeps none.
        """
        ...

    def sweep(self, *, until: datetime) -> None:
        """Remove what a ``put`` of any key left that was cut off by that moment."""
        ...

    def locate(self, key: str, *, valid_for: timedelta) -> LocalFile | Address:
        """Tell where the bytes of a large object can be had without this process.

        A file of this machine, or an address that lasts at least ``valid_for``.
        Whether the object exists is not asked.
        """
        ...


class Lender(Store, Protocol):
    """A store that shows files of this machine without keeping them."""

    def lend(self, files: Mapping[str, Path]) -> None:
        """Lend these files under these keys, and no others any more."""
        ...

    def keep(self, keys: Collection[str]) -> None:
        """Forget all that was put but this."""
        ...


class Inspector(Protocol):
    """Ask of a bucket what only the doctor wants to know, and change nothing of it.

    Every method but the addresses raises the ``StoreError`` tree.
    """

    def credentials(self) -> str | None:
        """Whose credentials are used, in words that hold no secret; None for none."""
        ...

    def address(self, key: str) -> str:
        """Where a stranger would ask for an object."""
        ...

    def listings(self) -> tuple[str, ...]:
        """Where a stranger would ask which objects there are, and which versions."""
        ...

    def may_change_policy(self) -> bool:
        """Whether these credentials could decide who may do what with the bucket."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a web server answered: status, lower-case header names, body.

    Attributes:
        url: the address that answered in the end, after redirects.
        hops: the redirects, in their order.
        cut: whether more of the body would have come than was wanted.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[Hop, ...] = ()
    cut: bool = False


class Fetcher(Protocol):
    """Speak to web servers, within limits of time and size."""

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
        """Ask once, following at most five redirects; any status is an answer.

        At most ``limit`` decoded bytes are read. After ``enough`` of them the rest
        is left, and the answer is ``cut``. Raises ``FetchError`` where no answer
        came, it was too large, or the address may not be visited.
        """
        ...


Take = Callable[[Answer, Iterator[bytes]], None]


class Downloader(Protocol):
    """Bring large files from web servers, piece by piece."""

    def download(
        self, url: str, *, headers: Mapping[str, str] | None = None, take: Take
    ) -> Answer:
        """Ask once with GET, following at most five redirects.

        ``take`` hears the last answer, without its body, and then the body's
        pieces as they come; what it raises comes out here. Raises ``FetchError``
        where no answer came, it broke off, or the address may not be visited.
        """
        ...


class Workroom(Protocol):
    """Gather files beside a project, and bring them in whole, over nothing.

    What is in the room outlives a program that is cut off; ``close`` empties it.
    """

    def part(self, name: str) -> Path:
        """Where a file of the room lies, or would; its folder exists."""
        ...

    def note(self, fields: Mapping[str, Any]) -> None:
        """Add a line to the room's journal, for good."""
        ...

    def notes(self) -> Sequence[Mapping[str, Any]]:
        """Every whole line of the journal, oldest first."""
        ...

    def free(self) -> int:
        """How many bytes there is room for."""
        ...

    def taken(self) -> frozenset[str]:
        """The names of all folders that the project has, of any kind."""
        ...

    def place(self, folder: str, files: Mapping[str, Body]) -> bool:
        """Bring a whole folder into the project, in one step, or nothing of it.

        Files of the room stay there. False where something lies there already.
        """
        ...

    def add(self, path: str, part: Path) -> bool:
        """Bring one file of the room into a folder of the project.

        False where something lies there already.
        """
        ...

    def edit(self, path: str, place: Place, new: str) -> None:
        """Write another value into one field of a file, and change no other byte.

        Raises:
            ContentError: the file is not the one that was read.
        """
        ...

    def write(self, path: str, data: bytes) -> None:
        """Write a file of ours, such as a report, in place of an earlier one."""
        ...

    def close(self) -> None:
        """Remove the room with all that is in it."""
        ...


class Clock(Protocol):
    """Tell the time; only ``wiring`` makes a real one."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back; for measuring spans alone."""
        ...


class MediaMaker(Protocol):
    """Read media files, and make the copies that are published."""

    def facts(self, paths: Iterable[Path]) -> dict[Path, FileFacts]:
        """What each file measurably is; a file that cannot be read says why.

        Never raises for what a file holds: ``FileFacts.fault`` carries one
        sentence instead. Unchanged files are answered from the cache.
        """
        ...

    def hear(
        self, facts: Mapping[Path, FileFacts], *, progress: Progress | None = None
    ) -> dict[Path, FileFacts]:
        """The same facts, with how each recording sounds from end to end.

        A recording that cannot be decoded says so in ``FileFacts.fault``, and
        nothing is raised for it. Unchanged files are answered from the cache; for
        others ``progress`` hears of the phase ``sound``, in bytes of files.
        """
        ...

    def heard(self, facts: Mapping[Path, FileFacts]) -> dict[Path, FileFacts]:
        """The same facts, with how those recordings sound that were heard before.

        Nothing is decoded.
        """
        ...

    def pictures(self, wanted: Sequence[tuple[Path, int | None]]) -> list[Path]:
        """Make the published forms of pictures, without what a camera added.

        Each is wanted with so many pixels across, or as large as it is. In their
        order; the same picture gives the same bytes, and is made once. Raises
        ``MediaError``.
        """
        ...

    def cards(self, recipes: Sequence[CardRecipe]) -> list[Path]:
        """Draw the pictures that other sites show beside links to our pages.

        In the order of the recipes; the same recipe gives the same bytes on the same
        machine, and is drawn once. None at all where there is no time for it.
        Raises ``MediaError``.
        """
        ...

    def copy(self, recipe: CopyRecipe) -> Path:
        """Make the published copy of a master and give its path.

        The same recipe gives the same bytes on the same machine, and is made
        once. Raises ``MediaError``.
        """
        ...

    def copies(
        self,
        recipes: Sequence[CopyRecipe],
        *,
        advance: Callable[[int], None] | None = None,
    ) -> list[Path]:
        """Make many published copies side by side, as ``copy`` makes one.

        In the order of the recipes; ``advance`` hears how many more are there.
        """
        ...


class Transcriber(Protocol):
    """Write down what is said in a recording, by a model of this machine."""

    def words(
        self, recording: Path, *, seconds: float, language: str, progress: Progress
    ) -> Sequence[SpokenWord]:
        """Every word that was heard, in order, none beyond the end of the sound.

        Nothing leaves the machine, and nothing is fetched. The same model hears
        the same words in the same recording again. ``language`` is that of the
        episode, such as ``en-GB``; ``progress`` hears of the phases ``decoding``
        and ``words``. Raises ``MediaError`` where nothing can be decoded, and
        ``SettingsError`` where the model cannot be run.
        """
        ...
