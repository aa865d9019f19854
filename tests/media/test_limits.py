"""What a child gave up it cannot have back; each case runs in its own process."""

import multiprocessing
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import pytest

from peru_media.media.limits import allow_seconds, confine

MEMORY = 512 << 20
DONE = 77


def memory() -> None:
    confine(memory=MEMORY)
    try:
        bytes(MEMORY)
    except MemoryError:
        sys.exit(DONE)


def network() -> None:
    confine(memory=MEMORY)
    try:
        socket.socket()
    except PermissionError:
        sys.exit(DONE)


def network_below_python() -> None:
    import ctypes  # noqa: PLC0415 - for this case alone

    confine(memory=MEMORY)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.socket(2, 1, 0) == -1 and ctypes.get_errno() == 13:
        sys.exit(DONE)


def programs() -> None:
    confine(memory=MEMORY)
    try:
        subprocess.run([sys.executable, "-c", ""], check=False)
    except PermissionError:
        sys.exit(DONE)


def programs_below_python() -> None:
    import ctypes  # noqa: PLC0415 - for this case alone

    confine(memory=MEMORY)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.execv(b"/bin/true", None) == -1 and ctypes.get_errno() == 13:
        sys.exit(DONE)


def core_dumps() -> None:
    confine(memory=MEMORY)
    if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0):
        sys.exit(DONE)


def time_without_end() -> None:
    confine(memory=MEMORY)
    allow_seconds(1)
    while True:
        pass


def ended(work: Callable[[], None]) -> int | None:
    child = multiprocessing.get_context("spawn").Process(target=work)
    child.start()
    child.join(30)
    return child.exitcode


@pytest.mark.parametrize(
    "work",
    [
        memory,
        network,
        network_below_python,
        programs,
        programs_below_python,
        core_dumps,
    ],
)
def test_a_confined_process_is_refused(work: Callable[[], None]) -> None:
    assert ended(work) == DONE


def test_a_process_that_computes_for_ever_is_ended() -> None:
    assert ended(time_without_end) == -signal.SIGXCPU
