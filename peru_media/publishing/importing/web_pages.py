"""Web pages that somebody took for a feed, and the feed that they lead to."""

from html.parser import HTMLParser
from urllib.parse import urljoin

from peru_media.errors import FeedRefusedError
from peru_media.publishing.importing.fitting import shown

__all__ = ["refuse_page"]

_HEAD = 512 * 2**10
_STARTS = (b"<!doctype html", b"<html")
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})


def refuse_page(data: bytes, *, url: str | None) -> None:
    """Refuse a web page, and name the feed that it leads to where it has one.

    Args:
        data: as it came.
        url: where it came from, if from the web; relative addresses start from it.

    Raises:
        FeedRefusedError: it is a web page.
    """
    if not data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_STARTS):
        return
    page = _Page()
    page.feed(data[:_HEAD].decode(errors="replace"))
    msg = "This is a web page, not a feed"
    if page.found is None:
        msg = f"{msg}, and it names none: ask for the address of the feed itself."
    else:
        msg = f"{msg}. It says that its feed is {_whole(page.found, url)}: import that."
    raise FeedRefusedError(msg)


class _Page(HTMLParser):
    """Finds the first ``<link rel="alternate">`` to a feed."""

    found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        leads = "alternate" in said.get("rel", "").lower().split()
        feed = said.get("type", "").strip().lower() in _FEEDS
        if tag == "link" and leads and feed and said.get("href") and not self.found:
            self.found = said["href"].strip()


def _whole(found: str, url: str | None) -> str:
    try:
        return shown(urljoin(url or "", found))
    except ValueError:
        return shown(found)
