"""Fetching files one after another, going on where an earlier run was cut off."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peru_media.errors import FetchError, OffLimitsError, SettingsError
from peru_media.ports import Answer, Downloader, Workroom
from peru_media.publishing.importing.fitting import shown

__all__ = ["Downloads", "Got", "Missing"]

_ATTEMPTS = 4
_MARGIN = 50 * 2**20
_GONE = frozenset({400, 401, 402, 403, 404, 405, 406, 410, 451})
_WHOLE, _PART, _BEYOND = 200, 206, 416
_SPAN = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """A whole file: where it lies in the room, and how many bytes it has."""

    url: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A file that could not be had, and whether that will last."""

    url: str
    why: str
    lasting: bool = True


class _RefusedError(FetchError):
    """The file is larger than it may be, so asking again helps nobody."""


@dataclass(slots=True)
class Downloads:
    """Fetches each address once, in this run and in those before it.

    A file that broke off is asked for from where it ends (RFC 9110, 14.2), on the
    condition that it is still the same (``If-Range``); else it begins anew.

    Attributes:
        advance: hears of the bytes that came.
    """

    downloader: Downloader
    room: Workroom
    advance: Callable[[int], None] = lambda _: None
    _known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for note in self.room.notes():
            if isinstance(note.get("url"), str):
                self._known.setdefault(note["url"], {}).update(note)

    def fetch(self, url: str, *, limit: int) -> Got | Missing:
        """Bring one file into the room, of at most so many bytes.

        Raises:
            SettingsError: there is no room for it on the disk.
        """
        known = self._known.get(url, {})
        if "why" in known:
            return Missing(url=url, why=known["why"])
        for _ in range(_ATTEMPTS):
            outcome = _Attempt(self, url, limit).run()
            if outcome is not None:
                return outcome
        return Missing(url=url, why="it breaks off again and again", lasting=False)

    def known(self, url: str) -> Mapping[str, Any]:
        """What the journal says of an address."""
        return self._known.get(url, {})

    def note(self, url: str, **fields: Any) -> None:  # noqa: ANN401  # what JSON can hold
        """Write something about an address into the journal."""
        self.room.note({"url": url, **fields})
        self._known.setdefault(url, {}).update(fields)


@dataclass(slots=True)
class _Attempt:
    """One request for one file."""

    downloads: Downloads
    url: str
    limit: int
    have: int = 0
    came: int = 0

    @property
    def part(self) -> Path:
        name = hashlib.sha256(self.url.encode()).hexdigest()[:32]
        return self.downloads.room.part(name)

    def run(self) -> Got | Missing | None:
        """Ask, unless all is here; None where asking again may help."""
        known, self.have = self.downloads.known(self.url), self._size()
        if known.get("whole") or known.get("length") == self.have > 0:
            return self._got()
        headers = self._headers(known)
        try:
            answer = self.downloads.downloader.download(
                self.url, headers=headers, take=self._take
            )
        except (OffLimitsError, _RefusedError) as error:
            return self._gone(self._words(error))
        except FetchError as error:
            why = self._words(error)
            return None if self.came else Missing(url=self.url, why=why, lasting=False)
        return self._judged(answer, headers)

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _headers(self, known: Mapping[str, Any]) -> dict[str, str]:
        """Ask for the rest, where it can be told that it is of the same file."""
        if not self.have or not known.get("same"):
            self.have = 0
            return {}
        return {"Range": f"bytes={self.have}-", "If-Range": known["same"]}

    def _take(self, head: Answer, pieces: Iterator[bytes]) -> None:
        """Write what comes behind what is there, or in its place."""
        if head.status not in {_WHOLE, _PART}:
            return
        start = _start(head) if head.status == _PART else 0
        if start not in {0, self.have}:
            msg = "the server sends another stretch than was asked for"
            raise FetchError(msg)
        length = _length(head, start)
        self._expect_room(start, length)
        if start == 0:
            self.part.unlink(missing_ok=True)
        self.downloads.note(self.url, length=length, same=_validator(head), whole=False)
        with self.part.open("ab") as file:
            for piece in pieces:
                start += len(piece)
                if start > self.limit:
                    msg = f"it has more than {self.limit:,} bytes"
                    raise _RefusedError(msg)
                file.write(piece)
                self.came += len(piece)
                self.downloads.advance(len(piece))

    def _expect_room(self, start: int, length: int | None) -> None:
        if length is not None and length > self.limit:
            msg = f"it has {length:,} bytes, and at most {self.limit:,} are fetched"
            raise _RefusedError(msg)
        needed = (length or 0) - start + _MARGIN
        free = self.downloads.room.free()
        if free < needed:
            msg = (
                f"There is no room for {shown(self.url)}: "
                f"it needs {needed // 10**6:,} MB, and {free // 10**6:,} MB are "
                "free. Make room, and run the same again"
            )
            raise SettingsError(msg)

    def _judged(
        self, answer: Answer, headers: Mapping[str, str]
    ) -> Got | Missing | None:
        if answer.status in {_WHOLE, _PART}:
            self.downloads.note(self.url, whole=True)
            return self._got()
        if answer.status == _BEYOND and headers:
            self.part.unlink(missing_ok=True)
            return None
        why = f"the server answers {answer.status}"
        if answer.status in _GONE:
            return self._gone(why)
        return Missing(url=self.url, why=why, lasting=False)

    def _gone(self, why: str) -> Missing:
        self.part.unlink(missing_ok=True)
        self.downloads.note(self.url, why=why)
        return Missing(url=self.url, why=why)

    def _words(self, error: FetchError) -> str:
        """What went wrong, without the address that was asked for."""
        return str(error).removeprefix(f"{self.url.partition('?')[0]}: ")

    def _got(self) -> Got:
        return Got(url=self.url, path=self.part, size=self._size())


def _start(head: Answer) -> int:
    span = _SPAN.fullmatch(head.headers.get("content-range", ""))
    return int(span[1]) if span else -1


def _length(head: Answer, start: int) -> int | None:
    """How long the whole file is, where the server says it."""
    span = _SPAN.fullmatch(head.headers.get("content-range", ""))
    if head.status == _PART and span and span[3] != "*":
        return int(span[3])
    said = head.headers.get("content-length", "")
    coded = head.headers.get("content-encoding", "identity") != "identity"
    return None if coded or not said.isdecimal() else start + int(said)


def _validator(head: Answer) -> str | None:
    """What tells that a file is still the same, byte for byte (RFC 9110, 13.1.5)."""
    etag = head.headers.get("etag", "")
    if etag and not etag.startswith("W/"):
        return etag
    return None if etag else head.headers.get("last-modified")
