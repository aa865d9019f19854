"""An answer of the site on its way: pages get the banner of the proof."""

from starlette.types import Message, Scope, Send

from peru_media.model.proof import Proof
from peru_media.server.headers import Header
from peru_media.server.proof_pages import dressed

__all__ = ["Dresser"]

# Pages are changed on their way, so that what a browser holds of them never fits.
_ASKED = frozenset({b"accept-encoding", b"if-modified-since", b"if-none-match"})
_TAKEN = frozenset(
    {
        b"access-control-allow-origin",
        b"access-control-expose-headers",
        b"cache-control",
        b"etag",
        b"last-modified",
        b"vary",
    }
)
_LASTING = frozenset({b"etag", b"last-modified"})  # media: ranges go by them
_GIVEN: list[Header] = [
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Dresser:
    """Send one answer, as a proof shows it: nothing is kept, and nobody else reads it.

    Args:
        proof: the newest one.
        scope: of the request.
        send: where the answer goes.
    """

    def __init__(self, proof: Proof, scope: Scope, send: Send) -> None:
        self._proof, self._send = proof, send
        self._path, self._head = scope["path"], scope["method"] == "HEAD"
        self._start: Message | None = None
        self._body = b""
        kept = [field for field in scope["headers"] if field[0] not in _ASKED]
        self.scope = {**scope, "headers": kept}

    async def send(self, message: Message) -> None:
        """Take a message of the site; a page goes on once it is whole."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _begin(self, message: Message) -> None:
        fields = dict(message["headers"])
        page = _is_page(fields)
        taken = _TAKEN if page else _TAKEN - _LASTING
        kept = [field for field in message["headers"] if field[0] not in taken]
        if page:
            kept = [field for field in kept if field[0] != b"content-length"]
        started = {**message, "headers": [*kept, *_GIVEN]}
        if page and not self._head:
            self._start = started
        else:
            await self._send(started)

    async def _finish(self, start: Message) -> None:
        body = dressed(self._body, self._proof, self._path)
        length = (b"content-length", b"%d" % len(body))
        await self._send({**start, "headers": [*start["headers"], length]})
        await self._send({"type": "http.response.body", "body": body})


def _is_page(fields: dict[bytes, bytes]) -> bool:
    """Whether it is a page of ours that may run our script; a transcript may not."""
    html = fields.get(b"content-type", b"").startswith(b"text/html")
    return html and b"script-src 'self'" in fields.get(b"content-security-policy", b"")
