"""Whoever waits for the store waits a bounded time, however many wait."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from peru_media.errors import ObjectNotFoundError, StoreUnavailableError
from peru_media.server.errands import Errands


@contextmanager
def held() -> Iterator[threading.Event]:
    """What calls wait for; they are let go at the end, whatever happens."""
    gate = threading.Event()
    try:
        yield gate
    finally:
        gate.set()


def errands(*, threads: int = 2, seconds: float = 0.05) -> Errands:
    return Errands(threads=threads, seconds=seconds, monotonic=time.monotonic)


async def _back(desk: Errands) -> None:
    """Wait until every call has come back."""
    for _ in range(5000):
        if not desk.under_way:
            return
        await asyncio.sleep(0.001)
    raise AssertionError


def test_what_is_asked_for_is_given_back() -> None:
    assert asyncio.run(errands().run(lambda: 7)) == 7


def test_a_fault_of_the_store_is_told() -> None:
    def lost() -> None:
        raise ObjectNotFoundError("held/x")  # noqa: EM101  # a key, as the store says

    with pytest.raises(ObjectNotFoundError):
        asyncio.run(errands().run(lost))


def test_nobody_waits_for_ever() -> None:
    with held() as gate, pytest.raises(StoreUnavailableError, match=r"within 0\.05"):
        asyncio.run(errands().run(gate.wait))


def test_once_every_thread_is_held_up_the_next_are_told_at_once() -> None:
    desk = errands()
    asked: list[int] = []

    async def scene(gate: threading.Event) -> None:
        hung = await asyncio.gather(
            *(desk.run(gate.wait) for _ in range(2)), return_exceptions=True
        )
        assert [type(one) for one in hung] == [StoreUnavailableError] * 2
        await asyncio.sleep(0.05)
        for number in range(1000):
            with pytest.raises(StoreUnavailableError, match="just now"):
                await desk.run(lambda number=number: asked.append(number))  # type: ignore[misc]  # mypy sees no default here
        assert desk.under_way == 2

    with held() as gate:
        asyncio.run(scene(gate))

    assert asked == []


def test_as_soon_as_calls_come_back_the_store_is_asked_again() -> None:
    desk = errands()

    async def scene(gate: threading.Event) -> int:
        await asyncio.gather(
            *(desk.run(gate.wait) for _ in range(2)), return_exceptions=True
        )
        gate.set()
        await _back(desk)
        return await desk.run(lambda: 7)

    with held() as gate:
        assert asyncio.run(scene(gate)) == 7


def test_a_silence_is_logged_once_and_its_end_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = errands()

    async def scene(gate: threading.Event) -> None:
        for _ in range(2):
            await asyncio.gather(
                *(desk.run(gate.wait) for _ in range(5)), return_exceptions=True
            )
        gate.set()
        await _back(desk)
        await desk.run(lambda: 7)

    with held() as gate:
        asyncio.run(scene(gate))

    assert [record.getMessage() for record in caplog.records] == [
        "the store takes calls and does not answer",
        "the store answers again",
    ]


def test_what_waited_too_long_is_never_begun() -> None:
    desk = errands(threads=1)
    begun: list[str] = []

    async def scene(gate: threading.Event) -> None:
        first = asyncio.create_task(desk.run(gate.wait))
        await asyncio.sleep(0)
        second = asyncio.create_task(desk.run(lambda: begun.append("second")))
        await asyncio.gather(first, second, return_exceptions=True)
        gate.set()
        await _back(desk)
        await desk.run(lambda: begun.append("third"))

    with held() as gate:
        asyncio.run(scene(gate))

    assert begun == ["third"]


def test_a_crowd_is_turned_away() -> None:
    desk = errands(threads=1, seconds=5)

    async def scene(gate: threading.Event) -> list[object]:
        crowd = [asyncio.create_task(desk.run(gate.wait)) for _ in range(1100)]
        await asyncio.sleep(0)
        gate.set()
        return await asyncio.gather(*crowd, return_exceptions=True)

    with held() as gate:
        ends = asyncio.run(scene(gate))

    assert sum(end is True for end in ends) == 1024
    assert sum(isinstance(end, StoreUnavailableError) for end in ends) == 76
