"""Answers without content of their own: redirects, and what is gone."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.types import Scope, Send

from peru_media.server.freshness import NOT_KEPT, cache_control
from peru_media.server.headers import Headers
from peru_media.server.place import Place
from peru_media.server.reply import Context, Outcome, send_empty, send_page

__all__ = ["Elsewhere", "Gone", "home_of", "redirect"]

_OVERHEAD = 1024


class Elsewhere:
    """A medium that lies in a bucket: a redirect that nobody may keep.

    The address is asked for each time, for that of a held medium lasts only
    hours, and after a withdrawal there must be none.
    """

    def __init__(self, place: Place, address: Callable[[], Awaitable[str]]) -> None:
        """Prepare the answer; ``address`` may raise a ``StoreError``."""
        version = place.version
        self.row, self.key, self.until = place.row, version.key, place.until
        self.manners, self.serial = place.manners, place.serial
        self.weight, self.used = _OVERHEAD, True
        self._address = address
        self._headers = (
            *place.manners.bare(),
            *place.manners.open_to(place.path, version),
        )
        self._facts: Headers = (
            (b"content-type", version.type.encode()),
            (b"content-length", b"%d" % version.size),
            (b"accept-ranges", b"bytes"),
            (b"cache-control", NOT_KEPT),
        )

    async def reply(self, scope: Scope, send: Send, context: Context) -> Outcome:
        """Send 302 with an empty body; HEAD is told what is there.

        An address that is signed for GET would refuse HEAD, which directories
        ask for before they accept a medium (Apple, T4).
        """
        if scope["method"] == "HEAD":
            fields = [*self._facts, context.stamp, *self._headers]
            await send(
                {"type": "http.response.start", "status": 200, "headers": fields}
            )
            await send({"type": "http.response.body", "body": b""})
            return 200, 0
        url = await self._address()
        return await redirect(send, url, headers=(context.stamp, *self._headers))


class Gone:
    """An address that was published and is no more: 410 with a plain notice."""

    def __init__(self, place: Place) -> None:
        """Prepare the answer; where the row gives no reason, it is being erased.

        Then it has no row of its own, so that the next snapshot decides anew.
        """
        reason = place.version.gone
        self.row = place.row if reason else b""
        self.key, self.until = place.version.key, place.until
        self.manners, self.serial = place.manners, place.serial
        self.weight, self.used = _OVERHEAD, True
        self._reason, self._headers = reason or "withdrawn", place.manners.page()
        self._path = place.path

    async def reply(self, scope: Scope, send: Send, context: Context) -> Outcome:
        """Send the notice."""
        kept = cache_control("gone", self.until - context.now)
        return await send_page(
            scope,
            send,
            status=410,
            page=self.manners.pages.page(
                self._reason, path=self._path, home=home_of(scope)
            ),
            headers=(*self._headers, (b"cache-control", kept), context.stamp),
        )


async def redirect(send: Send, url: str, *, headers: Headers) -> Outcome:
    """Send 302 to an address or a path of this site, for this once."""
    location = quote(url, safe="/:?#[]@!$&'()*+,;=%-._~").encode()
    fields = ((b"location", location), (b"cache-control", NOT_KEPT), *headers)
    return await send_empty(send, status=302, headers=fields)


def home_of(scope: Scope) -> str:
    """The path of the front page, also where the app is mounted below one."""
    root: str = scope.get("root_path", "")
    return f"{quote(root)}/"
