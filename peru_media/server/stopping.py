"""Being told that the server is about to stop, while answers still go on."""

import signal
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType

__all__ = ["on_stop"]

_STOPS = (signal.SIGINT, signal.SIGTERM)


def on_stop(tell: Callable[[], object]) -> None:
    """Have something called when this process is asked to stop, before it does.

    A server lets running answers finish, and then says that it stops. An answer
    that goes on for ever has to hear of it before. Whoever handled the signals
    goes on doing so. Has no effect but in the main thread, where signals come in.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in _STOPS:
        handler = signal.getsignal(number)
        signal.signal(number, partial(_stop, tell=tell, handler=handler))


def _stop(
    number: int, frame: FrameType | None, *, tell: Callable[[], object], handler: object
) -> None:
    tell()
    if callable(handler):
        handler(number, frame)
