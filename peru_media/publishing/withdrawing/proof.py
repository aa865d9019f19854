"""Prove from outside that something is gone: ask every address that it ever had."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from peru_media.errors import FetchError, UnreachableError
from peru_media.model.receipt import Asked
from peru_media.ports import Clock, Fetcher

__all__ = ["Proof", "Question", "prove"]

_GONE = frozenset({404, 410})
_OK = 200
_PATIENCE = 60.0
_PAUSE = 5.0
_WORKERS = 8
_LITTLE = 512
_LARGEST = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask of a target.

    Attributes:
        base_url: its public address. addresses: whole ones, that must be gone.
        lists: paths that may answer, and must lead to none of ``traces``: paths of
            pages, or the beginnings of those of media. guids: that none may name.
        titles: that a search must not find.
    """

    base_url: str
    addresses: tuple[str, ...]
    lists: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    guids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the look from outside found.

    Attributes:
        reached: whether anybody answered. asked: every address, as it answered
            last. lists: how many lists were read. failures: a sentence for each
            address and list that still shows something.
    """

    reached: bool = True
    asked: tuple[Asked, ...] = ()
    lists: int = 0
    failures: tuple[str, ...] = ()


def prove(
    question: Question,
    *,
    fetcher: Fetcher,
    clock: Clock,
    purge: Callable[[Sequence[str]], object],
    sleep: Callable[[float], None],
) -> Proof:
    """Ask for everything that must be gone, and read every list that led there.

    What still answers is purged and asked for again, for a minute in all.
    """
    base = question.base_url
    try:
        fetcher.request("HEAD", f"{base}/", limit=_LITTLE)
    except UnreachableError:
        return Proof(reached=False)
    except FetchError as error:
        return Proof(failures=(str(error),))
    visit = _Visit(fetcher, question)
    until = clock.monotonic() + _PATIENCE
    asked = visit.statuses(question.addresses)
    leaks = visit.leaks(question.lists)
    while _failing(asked) or leaks:
        if clock.monotonic() >= until:
            break
        purge([*_failing(asked), *(base + path for path in leaks)])
        sleep(_PAUSE)
        asked |= visit.statuses(_failing(asked))
        leaks = visit.leaks(tuple(leaks))
    return Proof(
        asked=tuple(Asked(address=url, status=asked[url]) for url in sorted(asked)),
        lists=len(question.lists) + len(question.titles),
        failures=(
            *(f"{url} answers {asked[url] or 'nothing'}" for url in _failing(asked)),
            *(f"{base}{path} {why}" for path, why in sorted(leaks.items())),
        ),
    )


def _failing(asked: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(url for url, status in asked.items() if status not in _GONE))


@dataclass(frozen=True, slots=True)
class _Visit:
    fetcher: Fetcher
    question: Question

    def statuses(self, urls: Sequence[str]) -> dict[str, int]:
        """The status that each address answers with; 0 where nothing came."""
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="prove") as workers:
            return dict(zip(urls, workers.map(self._status, urls), strict=True))

    def leaks(self, paths: Sequence[str]) -> dict[str, str]:
        """The lists that still show something, each with what it shows."""
        searches = self._searches() if paths == self.question.lists else ()
        wanted = dict.fromkeys((*paths, *searches))
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="prove") as workers:
            found = workers.map(self._leak, wanted)
            return {path: why for path, why in zip(wanted, found, strict=True) if why}

    def _searches(self) -> Iterator[str]:
        for title in self.question.titles:
            yield f"/search?{urlencode({'q': title})}"

    def _status(self, url: str) -> int:
        try:
            answer = self.fetcher.request("GET", url, limit=_LARGEST, enough=_LITTLE)
        except FetchError:
            return 0
        return answer.status

    def _leak(self, path: str) -> str:
        url = self.question.base_url + path
        try:
            answer = self.fetcher.request("GET", url, limit=_LARGEST)
        except FetchError as error:
            return f"cannot be read: {error}"
        if answer.status != _OK:
            return ""
        text = answer.body.decode(errors="replace")
        search = path.startswith("/search?")
        found = next(self._named(text, search=search), None)
        return f"still names {found}" if found else ""

    def _named(self, text: str, *, search: bool) -> Iterator[str]:
        """What a text names of it; a search page repeats what was asked for."""
        for trace in self.question.traces:
            ends = "" if trace.endswith("/") else "(?![A-Za-z0-9-])"
            spelled = {trace, quote(trace)}
            if any(re.search(re.escape(one) + ends, text) for one in spelled):
                yield trace
        for guid in () if search else self.question.guids:
            if f">{guid}<" in text or f'"{guid}"' in text:
                yield "its guid"
