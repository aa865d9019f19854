"""What a request must be before anything else is asked of it (RFC 9112)."""

import re
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from peru_media.server.reply import request_headers

__all__ = ["Front", "well_formed"]

_HOST = re.compile(
    rb"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{0,5})?"
)
_READING = frozenset({"GET", "HEAD"})
_WITHOUT_HOST = frozenset({"1", "1.0"})
_SENTENCE = b"This request is not what HTTP says a request is.\n"
_FIELDS = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"content-length", b"%d" % len(_SENTENCE)),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"connection", b"close"),
)


class Front:
    """Stand before an app and refuse what two servers could read in two ways.

    A request with two hosts, or with a body of two lengths, is how one hides a
    second request from the proxy in front, or puts an answer into its cache under
    another's name. What server there is refuses most of it; this does the rest.
    """

    def __init__(self, app: ASGIApp) -> None:
        """What is well formed goes on to ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400 and hang up."""
        if scope["type"] != "http" or well_formed(scope):
            await self._app(scope, receive, send)
            return
        fields = [*_FIELDS]
        await send({"type": "http.response.start", "status": 400, "headers": fields})
        body = b"" if scope["method"] == "HEAD" else _SENTENCE
        await send({"type": "http.response.body", "body": body})


def well_formed(scope: Scope) -> bool:
    """Whether a request names one host, as HTTP/1.1 must, and its length once.

    Which host it is does not matter: no answer depends on it (RFC 9112 section
    3.2). Who only reads sends nothing, and least of all in chunks: some servers
    drop the other length before we could see it (section 6.1).
    """
    fields = request_headers(scope)
    host = fields.get(b"host")
    if not host:
        return str(scope["http_version"]) in _WITHOUT_HOST
    if b"transfer-encoding" in fields:
        several = b"content-length" in fields or scope["method"] in _READING
        return _is_host(host) and not several
    return _is_host(host)


@lru_cache(maxsize=256)
def _is_host(value: bytes) -> bool:
    return _HOST.fullmatch(value) is not None
