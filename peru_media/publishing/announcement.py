"""Tell hubs that a feed has news, so that apps need not wait for their next look.

A hint, not a promise: apps look by themselves, so a hub that is down or slow
never holds a publish up, let alone fails it.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Thread
from urllib.parse import urlencode

from peru_media.errors import FetchError
from peru_media.model.source import Source
from peru_media.ports import Fetcher

__all__ = ["Announced", "announce", "news"]

_FORMS = ("feed.xml", "feed.json", "feed.atom")
_OF_ALL = ("/feed.xml", "/publisher.xml")

_FORM = {"content-type": "application/x-www-form-urlencoded"}
_LARGEST = 64 * 2**10


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """How a hub took the news: whether it heard of every feed, and a sentence."""

    hub: str
    ok: bool
    sentence: str


def news(
    paths: Sequence[str], source: Source, shows: Collection[str]
) -> tuple[str, ...]:
    """Pick the feeds that have news where something of these shows has changed.

    Each in all its forms, and those of the site; of public shows alone. Archive pages
    are no news: nobody subscribes to them.

    Args:
        paths: public paths of feeds that are there.
        source: what is public.
        shows: their slugs.
    """
    public = {show.slug for show in source.shows if show.visibility == "public"}
    named = {f"/{slug}/{form}" for slug in public & {*shows} for form in _FORMS}
    if not named.intersection(paths):
        return ()
    return tuple(path for path in paths if path in named or path in _OF_ALL)


def announce(
    hubs: Sequence[str],
    feeds: Sequence[str],
    *,
    fetcher: Fetcher,
    seconds: float = 5.0,
) -> tuple[Announced, ...]:
    """Tell every hub of every feed that changed (WebSub, ``hub.mode=publish``).

    All hubs are told at the same time, and after ``seconds`` nobody waits any
    longer. Nothing that a hub does raises an error.

    Args:
        hubs: addresses of the hubs, as the site announces them.
        feeds: whole addresses of the public feeds that have changed.
        fetcher: speaks to the hubs.
        seconds: how long to wait in all.
    """
    if not feeds:
        return ()
    told = {hub: _begin(hub, feeds, fetcher) for hub in dict.fromkeys(hubs)}
    done, _ = wait(told.values(), timeout=seconds)
    return tuple(
        future.result() if future in done else _late(hub, seconds)
        for hub, future in told.items()
    )


def _late(hub: str, seconds: float) -> Announced:
    return Announced(
        hub=hub, ok=False, sentence=f"{hub} gave no answer within {seconds:g} s"
    )


def _begin(hub: str, feeds: Sequence[str], fetcher: Fetcher) -> "Future[Announced]":
    """Tell a hub aside, in a thread that may be left behind: a pool would wait."""
    future: Future[Announced] = Future()

    def tell() -> None:
        try:
            future.set_result(_tell(hub, feeds, fetcher))
        except Exception as error:  # noqa: BLE001  # handed over, not swallowed
            future.set_exception(error)

    Thread(target=tell, daemon=True, name=f"announce {hub}").start()
    return future


def _tell(hub: str, feeds: Sequence[str], fetcher: Fetcher) -> Announced:
    for feed in feeds:
        fault = _fault(hub, feed, fetcher)
        if fault is not None:
            return Announced(hub=hub, ok=False, sentence=fault)
    count = "1 feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
    return Announced(hub=hub, ok=True, sentence=f"{hub} heard of {count}")


def _fault(hub: str, feed: str, fetcher: Fetcher) -> str | None:
    """Tell a hub of one feed; None where it took the news."""
    form = urlencode({"hub.mode": "publish", "hub.url": feed})
    try:
        answer = fetcher.request(
            "POST", hub, headers=_FORM, body=form.encode(), limit=_LARGEST
        )
    except FetchError as error:
        return str(error)
    accepted = 200 <= answer.status < 300  # noqa: PLR2004  # the successful ones
    return None if accepted else f"{hub} answered {answer.status}"
