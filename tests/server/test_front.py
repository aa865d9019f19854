"""What is ambiguous is refused before anything is looked up (RFC 9112)."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from peru_media.server.front import Front

HOST = (b"host", b"media.example.org")

Fields = list[tuple[bytes, bytes]]


def statuses(
    fields: Fields, *, method: str = "GET", version: str = "1.1"
) -> list[Message]:
    """What comes of a request that would be answered 204 behind the front."""
    sent: list[Message] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "headers": fields}
    asyncio.run(Front(behind)({**scope, "http_version": version}, receive, send))
    return sent


@pytest.mark.parametrize(
    "host",
    [
        b"media.example.org",
        b"media.example.org:8000",
        b"127.0.0.1:8000",
        b"localhost",
        b"LOCALHOST:",
        b"[::1]:8000",
        b"peru_media.internal",
        b"xn--bcher-kva.example",
    ],
)
def test_any_host_that_is_one_is_answered(host: bytes) -> None:
    assert statuses([(b"host", host)])[0]["status"] == 204


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [(b"host", b"")],
        [(b"host", b"a b")],
        [(b"host", b"a,b")],
        [(b"host", b"evil.example/path")],
        [(b"host", b"user@evil.example")],
        [(b"host", b"evil.example?x")],
        [(b"host", b"evil.example#x")],
        [(b"host", b"a:b")],
        [(b"host", b"a:80:80")],
        [(b"host", b"[::1")],
        [(b"host", b"<script>")],
        [(b"host", "évil.example".encode())],
        [(b"host", b"a" * 300)],
        [HOST, HOST],
        [HOST, (b"host", b"evil.example")],
        [HOST, (b"transfer-encoding", b"chunked")],
        [HOST, (b"transfer-encoding", b"chunked"), (b"content-length", b"3")],
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_two_servers_could_read_in_two_ways_is_refused(
    fields: Fields, method: str
) -> None:
    start, body = statuses(fields, method=method)

    assert start["status"] == 400
    assert (b"connection", b"close") in start["headers"]
    assert (b"x-content-type-options", b"nosniff") in start["headers"]
    assert bool(body["body"]) is (method == "GET")


def test_a_body_has_one_length() -> None:
    chunked = [HOST, (b"transfer-encoding", b"chunked")]

    assert statuses(chunked, method="POST")[0]["status"] == 204
    both = [*chunked, (b"content-length", b"3")]
    assert statuses(both, method="POST")[0]["status"] == 400


@pytest.mark.parametrize("version", ["1", "1.0"])
@pytest.mark.parametrize("fields", [[], [(b"host", b"")]])
def test_clients_of_http_1_0_name_no_host(version: str, fields: Fields) -> None:
    assert statuses(fields, version=version)[0]["status"] == 204


def test_what_is_no_request_goes_on() -> None:
    seen: list[str] = []

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        del receive, send
        seen.append(scope["type"])

    async def never() -> Message:
        raise AssertionError

    async def nothing(message: Message) -> None:
        raise AssertionError(message)

    asyncio.run(Front(behind)({"type": "lifespan"}, never, nothing))

    assert seen == ["lifespan"]
