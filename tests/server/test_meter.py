"""Each answer is counted once, whichever way it took."""

import asyncio
from datetime import timedelta

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peru_media.server.meter import BOUNDS, Counted, Meter
from peru_media.server.reply import LEFT, Outcome
from tests.clocks import SetClock

SCOPE = {"type": "http", "method": "GET", "path": "/media/x/y/z.mp3"}


async def _receive() -> Message:
    return {"type": "http.disconnect"}


async def _send(message: Message) -> None:
    del message


def counted(app: ASGIApp, *, clock: SetClock | None = None) -> Meter:
    """The meter after one request for a medium."""
    meter = Meter((clock or SetClock()).monotonic)
    asyncio.run(Counted(app, meter=meter)(SCOPE, _receive, _send))
    return meter


def answer(status: int, *messages: Message, length: bytes = b"5") -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        fields = [(b"content-length", length)]
        start = {"type": "http.response.start", "status": status}
        await send({**start, "headers": fields})
        for message in messages:
            await send(message)

    return app


@pytest.mark.parametrize(
    ("messages", "sent"),
    [
        ([{"type": "http.response.body", "body": b"12345"}], 5),
        (
            [
                {"type": "http.response.body", "body": b"123", "more_body": True},
                {"type": "http.response.body", "body": b"45"},
            ],
            5,
        ),
        ([{"type": "http.response.body"}], 0),
        ([{"type": "http.response.pathsend", "path": "/x"}], 5),
    ],
)
def test_bytes_are_counted_however_they_are_sent(
    messages: list[Message], sent: int
) -> None:
    tally = counted(answer(200, *messages)).tallies["media"]

    assert tally.sent == sent
    assert tally.answers == [0, 0, 1, 0, 0, 0]


def test_an_answer_that_fails_is_counted_too() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await answer(500)(scope, receive, send)
        msg = "a fault"
        raise RuntimeError(msg)

    meter = Meter(SetClock().monotonic)
    with pytest.raises(RuntimeError, match="a fault"):
        asyncio.run(Counted(app, meter=meter)(SCOPE, _receive, _send))

    assert meter.tallies["media"].answers == [0, 0, 0, 0, 0, 1]


def test_who_left_before_the_answer_is_counted_apart() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send

    assert counted(app).tallies["media"].answers == [1, 0, 0, 0, 0, 0]


def test_a_duration_falls_into_the_first_bucket_that_holds_it() -> None:
    clock = SetClock()
    meter = Meter(clock.monotonic)
    for seconds in (0.0005, 0.001, 0.3, 99):
        began = meter.now()
        clock.advance(timedelta(seconds=seconds))
        meter.count(SCOPE, (200, 1), began=began)

    tally = meter.tallies["media"]
    assert tally.buckets[BOUNDS.index(0.001)] == 2
    assert tally.buckets[BOUNDS.index(0.5)] == 1
    assert tally.buckets[-1] == 1
    assert tally.seconds == pytest.approx(99.3015)


def test_whoever_logs_hears_of_each_answer() -> None:
    heard: list[tuple[Outcome, float]] = []

    def note(scope: Scope, outcome: Outcome, seconds: float) -> None:
        assert scope is SCOPE
        heard.append((outcome, seconds))

    meter = Meter(SetClock().monotonic, note=note)
    meter.count(SCOPE, LEFT, began=0)

    assert heard == [(LEFT, 0)]


def test_no_token_is_kept() -> None:
    meter = Meter(SetClock().monotonic)
    for number in range(10):
        scope = {**SCOPE, "path": f"/private/token-{number}/feed.xml"}
        meter.count(scope, (200, 0), began=0)

    assert meter.tallies["private"].answers[2] == 10
    assert meter._tally.cache_info().currsize == 1  # noqa: SLF001  # what only its inside shows


def test_no_number_of_addresses_makes_it_grow() -> None:
    meter = Meter(SetClock().monotonic)
    for number in range(10_000):
        scope = {**SCOPE, "path": f"/{number}"}
        meter.count(scope, (404, 0), began=0)

    assert meter.tallies["page"].answers[4] == 10_000
    assert meter._tally.cache_info().currsize <= 4096  # noqa: SLF001  # a bound that only its inside shows
