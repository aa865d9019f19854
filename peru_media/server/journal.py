"""What the server writes down: its own troubles, and requests without who asked.

No line holds anything of a listener: no address of a machine, no browser, no words
of a search, no token. Nor does one hold an address that nothing is published at, for
people mistype tokens, and what was withdrawn is to be forgotten.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.types import Scope

from peru_media.server.kinds import kind_of
from peru_media.server.reply import Outcome, public_path

__all__ = ["REQUESTS", "Journal", "JsonLines", "TextLines"]

REQUESTS = "peru_media.requests"

_LOG = logging.getLogger(REQUESTS)
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_UNTOLD = "-"
_PRIVATE = "/private/"
_NOT_THERE = frozenset({404, 410})


class Journal:
    """Write a line for each request."""

    def __init__(
        self, *, knows: Callable[[Scope], bool], release: Callable[[], int]
    ) -> None:
        """Prepare.

        Args:
            knows: whether something is published at the address asked for.
            release: number of the release that is live.
        """
        self._knows, self._release = knows, release

    def note(self, scope: Scope, outcome: Outcome, seconds: float) -> None:
        """Write down a request that was answered."""
        status, sent = outcome
        path, method = public_path(scope), scope["method"]
        told = {
            "method": method if method in _METHODS else _UNTOLD,
            "kind": kind_of(path),
            "path": self._path(scope, path, status),
            "status": status,
            "bytes": sent,
            "seconds": round(seconds, 6),
            "release": self._release(),
        }
        _LOG.info("request", extra={"request": told})

    def _path(self, scope: Scope, path: str, status: int) -> str:
        if path.startswith(_PRIVATE):
            return f"{_PRIVATE}{_UNTOLD}"
        if kind_of(path) == "health":
            return path if self._own(path) else _UNTOLD
        known = status not in _NOT_THERE and self._knows(scope)
        return path if known else _UNTOLD

    def _own(self, path: str) -> bool:
        return path in {"/healthz", "/metrics", "/readyz"}


class JsonLines(logging.Formatter):
    """Every line of the log as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a request, or a message and its traceback."""
        told: dict[str, Any] = {
            "time": _moment(record.created),
            "level": record.levelname.lower(),
        }
        request = getattr(record, "request", None)
        told |= {"message": record.getMessage()} if request is None else request
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told)


class TextLines(logging.Formatter):
    """Every line of the log for people: what asks for control is written out."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a request, or a message and its traceback."""
        request = getattr(record, "request", None)
        said = record.getMessage() if request is None else _sentence(request)
        line = f"{_moment(record.created)} {record.levelname.lower()} {_plain(said)}"
        if record.exc_info:
            trace = self.formatException(record.exc_info).splitlines()
            line = "\n".join([line, *map(_plain, trace)])
        return line


def _sentence(request: dict[str, Any]) -> str:
    return (
        f"{request['method']} {request['path']} {request['kind']} {request['status']} "
        f"{request['bytes']} bytes {request['seconds'] * 1000:.1f} ms "
        f"release {request['release']}"
    )


def _moment(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(text: str) -> str:
    """A text in one line of ASCII, whatever it holds."""
    return "".join(
        letter if letter.isascii() and letter.isprintable() else ascii(letter)[1:-1]
        for letter in text
    )
