import asyncio

from starlette.types import Message, Scope

from peru_media.model.proof import Proof
from peru_media.server.dressing import Dresser

POLICY = (b"content-security-policy", b"script-src 'self'")
PAGE = (b"content-type", b"text/html; charset=utf-8")
SCOPE: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
PARTS = (b"<head></he", b"ad><body>words", b"</body>")


async def _dressed(headers: list[tuple[bytes, bytes]]) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    dresser = Dresser(Proof(number=1), SCOPE, send)
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    await dresser.send(start)
    for index, part in enumerate(PARTS):
        more = index < len(PARTS) - 1
        body = {"type": "http.response.body", "body": part, "more_body": more}
        await dresser.send(body)
    return sent


def test_a_page_that_comes_in_pieces_is_dressed_as_a_whole() -> None:
    start, body = asyncio.run(_dressed([PAGE, POLICY]))

    assert b"preview-banner" in body["body"]
    assert body["body"].endswith(b"</aside>\nwords</body>")
    assert (b"content-length", b"%d" % len(body["body"])) in start["headers"]


def test_what_may_run_no_script_goes_on_piece_by_piece() -> None:
    sent = asyncio.run(_dressed([PAGE, (b"content-security-policy", b"sandbox")]))

    assert [message.get("body", b"") for message in sent] == [b"", *PARTS]
