"""The port at which a server of this computer listens, and whether it is free."""

import socket
from http.client import HTTPConnection, HTTPException
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import click

from peru_media.errors import SettingsError
from peru_media.model.target import Target

__all__ = ["LOOPBACK", "PORT", "answers", "expect_free", "free_port", "own_port"]

LOOPBACK = "127.0.0.1"
_PORT = 8000
_PORTS = 65_535
_FEW = 20
_TRIES = 600
_PAUSE = 0.05
_ADVICE = (
    "If it serves this project, make publish is enough. Else choose another port: "
    "make start PORT={other}"
)


class _Port(click.IntRange):
    """A port's number, refused in words for people."""

    def convert(
        self,
        value: Any,  # noqa: ANN401  # click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Read a number."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            sentence = f'"{value}" is no port: say a number from 1 to {_PORTS}.'
            self.fail(sentence, param, ctx)


PORT = _Port(1, _PORTS)


def own_port(target: Target) -> int:
    """The port of a target's own address on this computer; else 8000."""
    return (urlsplit(target.base_url).port or _PORT) if target.here else _PORT


def expect_free(bind: str, port: int, *, advice: str = _ADVICE) -> None:
    """Find out whether a server could listen at an address of this computer.

    Args:
        bind: the address.
        port: the port.
        advice: what to do where it could not; ``{other}`` is another port.

    Raises:
        SettingsError: it could not.
    """
    fault = _fault(bind, port)
    if fault is not None:
        other = port + 1 if port < _PORTS else _PORT
        msg = (
            f"Cannot listen at {bind}:{port} ({fault}): is another server running? "
            f"{advice.format(other=other)}"
        )
        raise SettingsError(msg)


def free_port(bind: str) -> int:
    """The first port from 8000 on at which nobody listens, of a few.

    Raises:
        SettingsError: all of them are taken.
    """
    for port in range(_PORT, _PORT + _FEW):
        if _fault(bind, port) is None:
            return port
    msg = f"The ports from {_PORT} to {port} are all taken: choose one with --port."
    raise SettingsError(msg)


def answers(host: str, port: int, path: str) -> bool:
    """Wait until a server answers there; False if it does not come up."""
    for _ in range(_TRIES):
        connection = HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except (OSError, HTTPException):
            sleep(_PAUSE)
        else:
            return True
        finally:
            connection.close()
    return False


def _fault(bind: str, port: int) -> str | None:
    """Why nobody can listen there; None where somebody could."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            return error.strerror or "it is not to be had"
    return None
