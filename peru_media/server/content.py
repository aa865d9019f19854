"""The answer of a path that has content: conditions, codings, ranges, headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from sys import intern
from typing import Protocol

from starlette.types import Scope, Send

from peru_media.model.value import digest
from peru_media.server.conditions import (
    accepts_gzip,
    http_date,
    precondition,
    range_applies,
)
from peru_media.server.freshness import cache_control
from peru_media.server.headers import Header, Headers, shared_field
from peru_media.server.place import Place
from peru_media.server.ranges import (
    Span,
    content_range,
    parse_ranges,
    part_heads,
    unsatisfied,
)
from peru_media.server.reply import Context, Outcome, request_headers, send_empty

__all__ = ["Body", "Content", "Form", "Source"]

_CONDITIONS = frozenset(
    {
        b"if-match",
        b"if-modified-since",
        b"if-none-match",
        b"if-unmodified-since",
        b"range",
    }
)
_ALWAYS = frozenset(
    {
        b"access-control-allow-origin",
        b"access-control-expose-headers",
        b"x-content-type-options",
        b"x-release",
    }
)
_UNCHANGED = _ALWAYS - {b"access-control-expose-headers"} | {b"cache-control", b"vary"}
_UNSATISFIED = _ALWAYS | {b"accept-ranges", b"etag"}
_ACCEPT_RANGES: Header = (b"accept-ranges", b"bytes")
_VARY: Header = (b"vary", b"Accept-Encoding")
_CODED: Header = (b"content-encoding", b"gzip")
_OVERHEAD = 2048


class Source(Protocol):
    """Bytes at hand, ready to be sent."""

    async def send_whole(self, scope: Scope, send: Send, *, packed: bool) -> None:
        """Send all of it as the body, as gzip where ``packed``."""
        ...

    async def send_span(self, send: Send, span: Span, *, last: bool) -> None:
        """Send a part of the unpacked bytes; after the ``last`` the body ends."""
        ...


class Body(Protocol):
    """Where the bytes of an answer are, in memory or in a file."""

    async def source(self) -> Source:
        """Get hold of them. Raises a ``StoreError`` where they cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """One coding of a path's content, with its header fields made before.

    Attributes:
        etag: strong, of these very bytes.
        size: bytes. whole: fields of a 200. unchanged: fields of a 304.
    """

    etag: bytes
    size: int
    whole: Headers
    unchanged: Headers


class Content:
    """A path with content, ready to be sent in either coding, whole or in parts."""

    __slots__ = (
        "_body",
        "_common",
        "_etag",
        "_kind",
        "_packed",
        "_plain",
        "_since",
        "_size",
        "_type",
        "key",
        "manners",
        "row",
        "serial",
        "until",
        "used",
        "weight",
    )

    def __init__(
        self, place: Place, *, body: Body, packed: bytes | None, more: Headers = ()
    ) -> None:
        """Prepare the answer.

        Args:
            place: the path, and what holds there.
            body: where the bytes are.
            packed: the gzip form, where the content is stored as gzip.
            more: header fields that both codings have besides.
        """
        version = place.version
        self.row, self.key, self.until = place.row, version.key, place.until
        self.manners, self.serial = place.manners, place.serial
        self.used, self.weight = True, _OVERHEAD
        self._body, self._since, self._size = body, version.since, version.size
        self._kind, self._type = intern(version.cache), intern(version.type)
        self._etag = _etag(version.sha256)
        self._plain: Form | None = None
        self._packed: Form | None = None
        self._common = (*_common(place, codings=packed is not None), *more)
        if packed is not None:
            coded = (_CODED, *self._common)
            self._packed = _form(_etag(digest(packed)), len(packed), coded)

    async def reply(self, scope: Scope, send: Send, context: Context) -> Outcome:
        """Answer one GET or HEAD by RFC 9110, the commonest case first."""
        headers = request_headers(scope)
        get = scope["method"] == "GET"
        form = self._form(headers, get=get)
        if not _CONDITIONS.isdisjoint(headers):
            status = precondition(headers, etag=form.etag, since=self._since)
            if status is not None:
                fields = self._fields(form.unchanged, context)
                return await send_empty(send, status=status, headers=fields)
            if get and (spans := self._spans(headers)) is not None:
                return await self._send_parts(send, spans, context)
        source = await self._body.source()
        fields = self._fields(form.whole, context)
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        if get:
            await source.send_whole(scope, send, packed=form is self._packed)
            return 200, form.size
        await send({"type": "http.response.body", "body": b""})
        return 200, 0

    def _form(self, headers: dict[bytes, bytes], *, get: bool) -> Form:
        """The coding to send: parts are always of the unpacked bytes."""
        if self._packed is None or (get and b"range" in headers):
            return self._whole()
        wanted = accepts_gzip(headers.get(b"accept-encoding", b""))
        return self._packed if wanted else self._whole()

    def _whole(self) -> Form:
        """The unpacked form, made when it is first asked for: few clients do."""
        if self._plain is None:
            self._plain = _form(self._etag, self._size, self._common)
        return self._plain

    def _fields(self, made: Headers, context: Context) -> list[Header]:
        """The list to send: what was made before, the release, and what is left."""
        if self.until == inf:
            return [*made, context.stamp]
        left = cache_control(self._kind, self.until - context.now)
        return [*made, context.stamp, (b"cache-control", left)]

    def _spans(self, headers: dict[bytes, bytes]) -> Sequence[Span] | None:
        """The parts asked for; None where the whole content is the answer."""
        wanted = headers.get(b"range")
        if wanted is None or not range_applies(
            headers, etag=self._etag, since=self._since
        ):
            return None
        return parse_ranges(wanted.decode("latin-1"), self._size)

    async def _send_parts(
        self, send: Send, spans: Sequence[Span], context: Context
    ) -> Outcome:
        """Send 206 with one part or several, or 416 where there is none."""
        fields = self._fields(self._whole().whole, context)
        if not spans:
            kept = [field for field in fields if field[0] in _UNSATISFIED]
            kept.append((b"content-range", unsatisfied(self._size)))
            return await send_empty(send, status=416, headers=kept)
        fields = _without(b"content-length", fields)
        if len(spans) == 1:
            return await self._send_part(send, spans[0], fields)
        return await self._send_several(send, spans, fields)

    async def _send_part(self, send: Send, span: Span, fields: list[Header]) -> Outcome:
        source = await self._body.source()
        fields += [
            (b"content-length", b"%d" % (span[1] - span[0])),
            (b"content-range", content_range(span, self._size)),
        ]
        await send({"type": "http.response.start", "status": 206, "headers": fields})
        await source.send_span(send, span, last=True)
        return 206, span[1] - span[0]

    async def _send_several(
        self, send: Send, spans: Sequence[Span], fields: list[Header]
    ) -> Outcome:
        """Send ``multipart/byteranges`` (section 14.6); the tag is its boundary."""
        source = await self._body.source()
        boundary = self._etag.strip(b'"')
        heads, closing = part_heads(
            spans, self._size, media_type=self._type.encode(), boundary=boundary
        )
        length = sum(map(len, heads)) + len(closing) + sum(b - a for a, b in spans)
        fields = [
            *_without(b"content-type", fields),
            (b"content-type", b"multipart/byteranges; boundary=" + boundary),
            (b"content-length", b"%d" % length),
        ]
        await send({"type": "http.response.start", "status": 206, "headers": fields})
        for head, span in zip(heads, spans, strict=True):
            message = {"type": "http.response.body", "body": head, "more_body": True}
            await send(message)
            await source.send_span(send, span, last=False)
        await send({"type": "http.response.body", "body": closing})
        return 206, length


def _common(place: Place, *, codings: bool) -> Headers:
    """Fields that both codings share; Cache-Control only where it never changes."""
    version, manners = place.version, place.manners
    lasting = (shared_field(b"cache-control", cache_control(version.cache)),)
    return (
        shared_field(b"content-type", version.type.encode()),
        shared_field(b"last-modified", http_date(version.since)),
        _ACCEPT_RANGES,
        *(lasting if place.until == inf else ()),
        *((_VARY,) if codings else ()),
        *manners.content(place.path, version),
        *manners.open_to(place.path, version),
    )


def _form(etag: bytes, size: int, common: Headers) -> Form:
    """Make the fields of one coding."""
    unchanged = tuple(field for field in common if field[0] in _UNCHANGED)
    tag = (b"etag", etag)
    return Form(
        etag, size, (tag, (b"content-length", b"%d" % size), *common), (tag, *unchanged)
    )


def _etag(sha256: str) -> bytes:
    return b'"%b"' % sha256[:32].encode()


def _without(name: bytes, fields: list[Header]) -> list[Header]:
    return [field for field in fields if field[0] != name]
