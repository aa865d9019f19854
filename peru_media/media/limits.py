"""Bound what a child process may do before it reads a file from anywhere.

A hostile file can make any reader run for ever, ask for all memory, or be
taken over by whoever made it. So a reader lives in a process with little
memory, little time, no network, and no way to start another program.
"""

import ctypes
import os
import platform
import resource
import struct
import sys
import time
from typing import NoReturn

__all__ = ["NO_ROOM", "allow_seconds", "confine"]

NO_ROOM = "There is no room left"

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | 13
_AT_NUMBER, _AT_MACHINE = 0, 4
# socket, connect, execve, execveat, ptrace, io_uring_setup
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}
_REFUSED_EVENTS = {
    "os.exec", "os.fork", "os.posix_spawn", "os.system", "socket.__new__",
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen",
}  # fmt: skip


def confine(*, memory: int | None) -> None:
    """Give up memory beyond so many bytes, core dumps, network and programs.

    On Linux the kernel itself refuses the network (seccomp); elsewhere Python
    does. There is no way back for this process. Without ``memory`` it may have as
    much as there is.
    """
    # macOS reserves far more than it uses.
    if memory is not None and sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)
    if sys.platform == "linux" and platform.machine() in _CALLS:
        _install_filter(*_CALLS[platform.machine()])


def allow_seconds(seconds: int) -> None:
    """Allow so many more seconds of processor time, then die (SIGXCPU)."""
    used = int(time.process_time()) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event in _REFUSED_EVENTS:
        _deny(event)


def _deny(event: str) -> NoReturn:
    msg = f"a reader of media files may not do this: {event}"
    raise PermissionError(msg)


def _install_filter(machine: int, calls: tuple[int, ...]) -> None:
    """Hand the kernel a short program that answers EACCES to those calls."""
    steps = [
        (_LOAD, 0, 0, _AT_MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
        *((_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("HBBI", *step) for step in steps)
    )
    program = struct.pack("HL", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SECCOMP, _FILTER, ctypes.create_string_buffer(program), 0, 0),
    ):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
