"""Look at a release from outside, as an app would: feeds, media, ranges."""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from peru_media.errors import FetchError, UnreachableError
from peru_media.ports import Answer, Clock, Fetcher
from peru_media.publishing.agreement import disagreements
from peru_media.publishing.enclosure_answers import head_faults, range_faults
from peru_media.publishing.seen import FeedEnclosure, Seen, seen

__all__ = ["Verified", "verify"]

_LARGEST_FEED = 512 * 2**20
_LARGEST_PART = 64 * 2**10
_PAUSE = 1.0
_WORKERS = 8
_ENOUGH = 20
_FRESH = {"cache-control": "no-cache"}
_NOBODY_KNOWS: Mapping[str, Collection[str]] = {}
_ELSE = "perhaps another server listens at this address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the look from outside found.

    Attributes:
        links: media that were asked for. feeds: feeds that were asked for, in all
            their forms.
        problems: one sentence for each fault.
        reached: False where nobody answers at the site's address; the server
            may not be started yet, so that alone is no fault, and nothing was
            looked at.
    """

    links: int = 0
    feeds: int = 0
    problems: tuple[str, ...] = ()
    reached: bool = True


def verify(  # noqa: PLR0913  # what to look at, and how patiently, each by its name
    *,
    base_url: str,
    feeds: Sequence[str],
    release: int,
    fetcher: Fetcher,
    clock: Clock,
    forms: Sequence[str] = (),
    listed: frozenset[str] = frozenset(),
    contents: Mapping[str, Collection[str]] = _NOBODY_KNOWS,
    new: frozenset[str] = frozenset(),
    sample: int = 50,
    patience: float = 15.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Verified:
    """Ask for every feed and its media from outside, as a podcast app would.

    Each feed must answer 200 and be readable, and its forms must agree; each
    medium must answer HEAD with the size and type that the feed promises, and a
    range (RFC 9110, 14) with a part of the same whole. Where another release
    answers at the site's address, nothing more is asked.

    Args:
        base_url: the site's address, without a slash at its end.
        feeds: public paths of the feeds that apps subscribe to.
        forms: those of all other forms: JSON, Atom, archive pages, lists.
        listed: those of the feeds that anyone may find.
        contents: SHA-256 of what feeds may answer by this release, by public path.
        release: the number that ``X-Release`` should say.
        fetcher: speaks to the servers.
        clock: measures the patience.
        new: public paths of the media to ask for in any case.
        sample: of the others, how many a feed, evenly spread.
        patience: seconds to wait in all for servers that still show another
            release.
        sleep: waits for so many seconds.
    """
    visit = _Visit(
        fetcher=fetcher,
        release=release,
        clock=clock,
        until=clock.monotonic() + patience,
        pauses=int(patience / _PAUSE),
        sleep=sleep,
    )
    try:
        fault = visit.fault(visit.ask("HEAD", f"{base_url}/"))
    except UnreachableError:
        return Verified(reached=False)
    except FetchError as error:
        return Verified(problems=(str(error),))
    if fault:
        return Verified(problems=(f"{base_url}/: {fault}",))
    known: dict[str, Seen] = {}
    paths = (*feeds, *forms)
    problems = list(_read_all(visit, base_url, paths, known, contents))
    problems += disagreements(known, base_url=base_url, listed=listed)
    choice = _Choice(base_url, new, sample)
    media = [one for path in feeds if path in known for one in choice.of(known[path])]
    links = _ask_media(visit, tuple(dict.fromkeys(media)), problems)
    count = len(feeds) + len(forms)
    return Verified(links=links, feeds=count, problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """One visitor, with one patience for the whole visit."""

    fetcher: Fetcher
    release: int
    clock: Clock
    until: float
    pauses: int
    sleep: Callable[[float], None]

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] = _FRESH,
        limit: int = _LARGEST_PART,
        contents: Collection[str] = (),
    ) -> Answer:
        """Ask, and again while the server still shows another release."""
        answer = self.fetcher.request(method, url, headers=headers, limit=limit)
        for _ in range(self.pauses):
            late = self.fault(answer, contents)
            if not late or self.clock.monotonic() >= self.until:
                break
            self.sleep(_PAUSE)
            answer = self.fetcher.request(method, url, headers=headers, limit=limit)
        return answer

    def fault(self, answer: Answer, contents: Collection[str] = ()) -> str:
        """Say that another release answered, if one did.

        The servers of two sites may have the same number, hence the contents. A
        copy that a cache on the way may still hand out (Age, RFC 9111) is no
        sign of either.
        """
        if answer.headers.get("age", "0") != "0":
            return ""
        shown = answer.headers.get("x-release", "")
        if shown.isdecimal() and int(shown) != self.release:
            since = " or somebody published since" if int(shown) > self.release else ""
            return f"release {shown} answers there, not {self.release}: {_ELSE}{since}"
        right = answer.status == 200  # noqa: PLR2004  # OK
        if right and contents and sha256(answer.body).hexdigest() not in contents:
            return f"it is not what release {self.release} says: {_ELSE}"
        return ""


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which media of a feed to ask for."""

    base_url: str
    new: frozenset[str]
    sample: int

    def of(self, feed: Seen) -> Iterator[FeedEnclosure]:
        """Every new one, and of the others an even sample, newest among them."""
        stride = max(1, -(-len(feed.enclosures) // max(1, self.sample)))
        for at, enclosure in enumerate(feed.enclosures):
            if (
                at % stride == 0
                or enclosure.url.removeprefix(self.base_url) in self.new
            ):
                yield enclosure


def _read_all(
    visit: _Visit,
    base_url: str,
    paths: Sequence[str],
    known: dict[str, Seen],
    contents: Mapping[str, Collection[str]],
) -> Iterator[str]:
    """Read every feed there is into ``known``; say what is wrong with the others."""
    for path in paths:
        try:
            known[path] = _read(visit, base_url + path, contents.get(path, ()))
        except (FetchError, ValueError) as error:
            yield f"{path}: {error}"


def _ask_media(
    visit: _Visit, chosen: Sequence[FeedEnclosure], problems: list[str]
) -> int:
    """Ask for media until there are faults enough; how many were asked for."""
    links = 0
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="verify") as workers:
        for batch in _batches(chosen):
            if len(problems) >= _ENOUGH:
                break
            links += len(batch)
            for faults in workers.map(lambda one: tuple(_faults(visit, one)), batch):
                problems.extend(faults)
    return links


def _batches(chosen: Sequence[FeedEnclosure]) -> Iterator[Sequence[FeedEnclosure]]:
    """A few at a time, so that a site with one fault everywhere is soon left."""
    size = 2 * _WORKERS
    return (chosen[at : at + size] for at in range(0, len(chosen), size))


def _read(visit: _Visit, url: str, contents: Collection[str]) -> Seen:
    """Fetch a feed and read it; a fault is a ValueError with a sentence."""
    answer = visit.ask("GET", url, limit=_LARGEST_FEED, contents=contents)
    fault = visit.fault(answer)
    if not fault and answer.status != 200:  # noqa: PLR2004  # OK
        fault = f"the feed answers {answer.status}"
    if fault:
        raise ValueError(fault)
    read = seen(answer.body)
    if fault := visit.fault(answer, contents):
        raise ValueError(fault)
    return read


def _faults(visit: _Visit, enclosure: FeedEnclosure) -> Iterator[str]:
    """Ask for one medium twice: what it is, and for its first two bytes."""
    try:
        answer = visit.ask("HEAD", enclosure.url)
        if fault := visit.fault(answer):
            yield f"{enclosure.url}: {fault}"
        yield from head_faults(answer, enclosure)
        part = visit.ask("GET", enclosure.url, headers={"range": "bytes=0-1"})
        yield from range_faults(part, enclosure)
    except FetchError as error:
        yield str(error)
