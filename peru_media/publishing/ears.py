"""Who is told of news: WebSub hubs, Podping, and anybody else by a plain webhook."""

import json
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode, urlsplit

from peru_media.errors import FetchError
from peru_media.ports import Fetcher

__all__ = ["Ear", "Hub", "News", "Podping", "Webhook"]

_FORM = {"content-type": "application/x-www-form-urlencoded"}
_JSON = {"content-type": "application/json"}
_LARGEST = 64 * 2**10
_SCHEMA = "peru-media/news/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed: whole addresses of public feeds, and the release they are of."""

    release: int
    base_url: str
    feeds: tuple[str, ...]


class Ear(Protocol):
    """Somebody who wants to hear of news."""

    @property
    def name(self) -> str:
        """Who it is, for people to read: nothing of it is a secret."""
        ...

    def tell(self, news: News, fetcher: Fetcher) -> str | None:
        """Tell them. A sentence where they did not take it; nothing is raised."""
        ...


@dataclass(frozen=True, slots=True)
class Hub:
    """A WebSub hub (section 6 of its specification): told of each feed in a form.

    Hubs disagree whether a publisher names its feed ``hub.url`` or ``hub.topic``, so
    it is named both ways.
    """

    url: str

    @property
    def name(self) -> str:
        """Its address, which every feed tells, too."""
        return self.url

    def tell(self, news: News, fetcher: Fetcher) -> str | None:
        """Send a form for each feed, until one is not taken."""
        for feed in news.feeds:
            named = {"hub.url": feed, "hub.topic": feed}
            form = urlencode({"hub.mode": "publish", **named}).encode()
            fault = _asked(self.name, fetcher, "POST", self.url, _FORM, form)
            if fault is not None:
                return fault
        return None


@dataclass(frozen=True, slots=True)
class Podping:
    """A gate to Podping, which most podcast directories listen to.

    It takes RSS feeds alone, each with a GET (podping.cloud), and knows its customers
    by a token, which is told to nobody else.
    """

    url: str
    token: str = field(repr=False)

    @property
    def name(self) -> str:
        """Its host."""
        return f"Podping ({urlsplit(self.url).netloc})"

    def tell(self, news: News, fetcher: Fetcher) -> str | None:
        """Ask for each feed's address to be passed on, until one is not taken."""
        headers = {"authorization": self.token}
        for feed in news.feeds:
            if not feed.endswith(".xml"):
                continue
            query = urlencode({"url": feed, "reason": "update", "medium": "podcast"})
            address = f"{self.url}{'&' if '?' in self.url else '?'}{query}"
            fault = _asked(self.name, fetcher, "GET", address, headers, None)
            if fault is not None:
                return fault
        return None


@dataclass(frozen=True, slots=True)
class Webhook:
    """Any address that takes JSON, such as that of a chat room or a script.

    Whoever knows it can write there, so no more than its host is ever shown.
    """

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        """Its host."""
        return f"the webhook at {urlsplit(self.url).hostname}"

    def tell(self, news: News, fetcher: Fetcher) -> str | None:
        """Send everything at once."""
        body = {
            "schema": _SCHEMA,
            "site": news.base_url,
            "release": news.release,
            "feeds": list(news.feeds),
        }
        text = json.dumps(body, sort_keys=True).encode()
        return _asked(self.name, fetcher, "POST", self.url, _JSON, text)


def _asked(  # each is a part of one request
    name: str,
    fetcher: Fetcher,
    method: str,
    url: str,
    headers: dict[str, str],
    body: bytes | None,
) -> str | None:
    """Ask once; None where it was taken. No address stands in the sentence."""
    try:
        answer = fetcher.request(
            method, url, headers=headers, body=body, limit=_LARGEST
        )
    except FetchError as error:
        return f"{name}: {str(error).partition(': ')[2] or 'no answer'}"
    accepted = 200 <= answer.status < 300  # noqa: PLR2004  # the successful ones
    return None if accepted else f"{name} answered {answer.status}"
