"""What every answer is, and how the plain ones are sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.types import Scope, Send

from peru_media.server.headers import Header, Headers, Manners
from peru_media.server.pages import PAGE_TYPE

__all__ = [
    "LEFT",
    "Context",
    "Outcome",
    "Reply",
    "public_path",
    "request_headers",
    "send_empty",
    "send_page",
]

Outcome = tuple[int, int]
"""The status of an answer, and the bytes of its body."""

LEFT: Outcome = (0, 0)
"""There was no whole answer: the client or the disk had gone."""

_KEPT = "peru_media.fields"


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer takes from its release at the moment of sending.

    Attributes:
        stamp: the ``X-Release`` field. now: the store's time, seconds since 1970.
    """

    stamp: Header
    now: float


class Reply(Protocol):
    """One public path, answered; good until its row or its moment changes.

    Attributes:
        row: the table row that it was made from. key: the object that it sends.
        manners: the header fields that it was made with.
        serial: of the snapshot that it was last found to be true of.
        until: when the path's next version holds, seconds since 1970, or inf.
        weight: bytes that it holds beyond those held anyway.
        used: asked for since the shelf last looked.
    """

    row: bytes
    key: str | None
    manners: Manners
    serial: int
    until: float
    weight: int
    used: bool

    async def reply(self, scope: Scope, send: Send, context: Context) -> Outcome:
        """Answer one GET or HEAD; a ``StoreError`` comes before any byte is sent."""
        ...


def public_path(scope: Scope) -> str:
    """The public path asked for, below where the app is mounted."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    if root and (path == root or path.startswith(f"{root}/")):
        return path[len(root) :] or "/"
    return path


def request_headers(scope: Scope) -> dict[bytes, bytes]:
    """The request's header fields by lower-case name, repeated ones as one list.

    They are kept with the request, for more than one asks for them.
    """
    fields = scope["headers"]
    kept = scope.get(_KEPT)
    if kept is not None and kept[0] is fields:
        known: dict[bytes, bytes] = kept[1]
        return known
    headers = dict(fields)
    if len(headers) != len(fields):
        headers = _joined(fields)
    scope[_KEPT] = fields, headers
    return headers


async def send_page(
    scope: Scope, send: Send, *, status: int, page: bytes, headers: Headers
) -> Outcome:
    """Send one of the server's own pages; without its body for HEAD."""
    fields = [
        (b"content-type", PAGE_TYPE),
        (b"content-length", b"%d" % len(page)),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    body = b"" if scope["method"] == "HEAD" else page
    await send({"type": "http.response.body", "body": body})
    return status, len(body)


async def send_empty(send: Send, *, status: int, headers: Sequence[Header]) -> Outcome:
    """Send an answer without content."""
    bodiless = status in {204, 304}  # these two say nothing of a length
    fields = [*headers] if bodiless else [(b"content-length", b"0"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": b""})
    return status, 0


def _joined(fields: Iterable[Header]) -> dict[bytes, bytes]:
    joined: dict[bytes, bytes] = {}
    for name, value in fields:
        joined[name] = b"%b, %b" % (joined[name], value) if name in joined else value
    return joined
