"""Tell others that a feed has news, so that apps need not wait for their next look.

A hint, not a promise: apps look by themselves, so a hub that is down or slow
never holds a publish up, let alone fails it.
"""

from collections.abc import Collection, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Thread

from peru_media.model.source import Source
from peru_media.ports import Fetcher
from peru_media.publishing.ears import Ear, News

__all__ = ["Announced", "announce", "feeds_of"]

_FORMS = ("feed.xml", "feed.json", "feed.atom")
_OF_ALL = ("/feed.xml", "/publisher.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """How somebody took the news: whether they heard all of it, and a sentence.

    ``hub`` is who it was, without anything of their address that could be a secret.
    """

    hub: str
    ok: bool
    sentence: str


def feeds_of(
    shows: Collection[str], paths: Sequence[str], source: Source
) -> tuple[str, ...]:
    """Pick the feeds that have news where something of these shows has changed.

    Each in all its forms, and those of the site; of public shows alone. Archive pages
    are no news: nobody subscribes to them.

    Args:
        shows: their slugs.
        paths: public paths of feeds that are there.
        source: what is public.
    """
    public = {show.slug for show in source.shows if show.visibility == "public"}
    named = {f"/{slug}/{form}" for slug in public & {*shows} for form in _FORMS}
    if not named.intersection(paths):
        return ()
    return tuple(path for path in paths if path in named or path in _OF_ALL)


def announce(
    ears: Sequence[Ear], news: News, *, fetcher: Fetcher, seconds: float = 5.0
) -> tuple[Announced, ...]:
    """Tell everybody of every public feed that changed.

    All are told at the same time, and after ``seconds`` nobody waits any longer.
    Nothing that one of them does raises an error.

    Args:
        ears: who is to be told.
        news: of what.
        fetcher: speaks to them.
        seconds: how long to wait in all.
    """
    if not news.feeds:
        return ()
    told = {ear: _begin(ear, news, fetcher) for ear in dict.fromkeys(ears)}
    done, _ = wait(told.values(), timeout=seconds)
    return tuple(
        future.result() if future in done else _late(ear, seconds)
        for ear, future in told.items()
    )


def _late(ear: Ear, seconds: float) -> Announced:
    sentence = f"{ear.name} gave no answer within {seconds:g} s"
    return Announced(hub=ear.name, ok=False, sentence=sentence)


def _begin(ear: Ear, news: News, fetcher: Fetcher) -> "Future[Announced]":
    """Tell one aside, in a thread that may be left behind: a pool would wait."""
    future: Future[Announced] = Future()

    def tell() -> None:
        try:
            future.set_result(_tell(ear, news, fetcher))
        except Exception as error:  # noqa: BLE001  # handed over, not swallowed
            future.set_exception(error)

    Thread(target=tell, daemon=True, name=f"announce {ear.name}").start()
    return future


def _tell(ear: Ear, news: News, fetcher: Fetcher) -> Announced:
    fault = ear.tell(news, fetcher)
    if fault is not None:
        return Announced(hub=ear.name, ok=False, sentence=fault)
    count = "1 feed" if len(news.feeds) == 1 else f"{len(news.feeds)} feeds"
    return Announced(hub=ear.name, ok=True, sentence=f"{ear.name} heard of {count}")
