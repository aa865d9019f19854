import os
import signal
from collections.abc import Iterator
from threading import Thread

import pytest

from peru_media.server.stopping import on_stop


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Leave the signals as they were."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_is_told_before_whoever_handled_the_signal(number: int) -> None:
    heard: list[str] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: heard.append("server"))

    on_stop(lambda: heard.append("stream"))
    os.kill(os.getpid(), number)

    assert heard == ["stream", "server"]


def test_a_signal_that_nobody_handled_is_told_too() -> None:
    heard: list[str] = []
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

    on_stop(lambda: heard.append("stream"))
    os.kill(os.getpid(), signal.SIGTERM)

    assert heard == ["stream"]


def test_in_another_thread_nothing_happens() -> None:
    before = signal.getsignal(signal.SIGTERM)

    thread = Thread(target=on_stop, args=(lambda: None,))
    thread.start()
    thread.join()

    assert signal.getsignal(signal.SIGTERM) is before
