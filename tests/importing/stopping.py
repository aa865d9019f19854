"""Ports that stop the program in between, as if somebody had pulled the plug."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peru_media.model.problem import Place
from peru_media.ports import Answer, Body, Take, Workroom
from peru_media.publishing.importing.desk import Web
from tests.stores import Stopped

__all__ = ["Plug", "PluggedRoom", "PluggedWeb"]


@dataclass
class Plug:
    """Counts the steps of a run, and stops it at one of them.

    Attributes:
        at: the step, from 1, at which it stops; never, by default.
        bytes: what came of each address, in this run and those before it.
        ended: whether the room was left, so that nothing of it is known any more.
    """

    at: int = 10**9
    steps: int = 0
    bytes: Counter[str] = field(default_factory=Counter)
    ended: bool = False

    def step(self) -> None:
        self.steps += 1
        if self.steps >= self.at:
            raise Stopped


@dataclass
class PluggedWeb:
    """Stops before a request, in the middle of a file, or after it."""

    web: Web
    plug: Plug

    def request(self, method: str, url: str, **options: Any) -> Answer:
        return self.web.request(method, url, **options)

    def download(
        self, url: str, *, headers: Mapping[str, str] | None = None, take: Take
    ) -> Answer:
        self.plug.step()

        def taking(head: Answer, pieces: Iterator[bytes]) -> None:
            take(head, self._halved(url, pieces))

        answer = self.web.download(url, headers=headers, take=taking)
        self.plug.step()
        return answer

    def _halved(self, url: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            middle = len(piece) // 2
            for half in (piece[:middle], piece[middle:]):
                yield half
                self.plug.bytes[url] += len(half)
                self.plug.step()


@dataclass
class PluggedRoom:
    """Stops before and after whatever it changes."""

    room: Workroom
    plug: Plug

    def part(self, name: str) -> Path:
        return self.room.part(name)

    def note(self, fields: Mapping[str, Any]) -> None:
        self.plug.step()
        self.room.note(fields)
        self.plug.step()

    def notes(self) -> Sequence[Mapping[str, Any]]:
        return self.room.notes()

    def free(self) -> int:
        return self.room.free()

    def taken(self) -> frozenset[str]:
        return self.room.taken()

    def place(self, folder: str, files: Mapping[str, Body]) -> bool:
        self.plug.step()
        placed = self.room.place(folder, files)
        self.plug.step()
        return placed

    def add(self, path: str, part: Path) -> bool:
        self.plug.step()
        added = self.room.add(path, part)
        self.plug.step()
        return added

    def edit(self, path: str, place: Place, new: str) -> None:
        self.plug.step()
        self.room.edit(path, place, new)
        self.plug.step()

    def write(self, path: str, data: bytes) -> None:
        self.plug.step()
        self.room.write(path, data)
        self.plug.step()

    def close(self) -> None:
        self.plug.step()
        self.room.close()
        self.plug.ended = True
        self.plug.step()
