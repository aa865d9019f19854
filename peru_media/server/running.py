"""Running the app by granian: worker processes on one port, stopped gracefully."""

import gc
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from starlette.types import ASGIApp

__all__ = ["run"]

_COLLECT = (700, 5, 2)
_FULL = 2
_LARGEST_HEAD = 32 * 1024  # bytes of all header fields; more is answered 431
_LOGGERS = ("_granian", "peru_media")
_FORMATS: Mapping[str | None, Mapping[str, str]] = {
    None: {"format": "%(levelname)s %(message)s"},
    "json": {"()": "peru_media.server.journal.JsonLines"},
    "text": {"()": "peru_media.server.journal.TextLines"},
}


def run(  # noqa: PLR0913  # the options of a server, each with its default
    target: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    header_timeout: float = 10.0,
    stop_timeout: int = 10,
    log: Literal["json", "text"] | None = None,
) -> None:
    """Serve the site until SIGTERM or SIGINT, then let running answers finish.

    Each worker is a process of its own that imports the target anew, so whatever
    it needs must reach it by the environment. Workers share nothing but the store.
    Nothing is printed; warnings go to stderr.

    Args:
        target: ``module:function``, called without arguments in each worker for
            its app.
        host: address to listen at.
        port: TCP port.
        workers: processes; one a core is plenty.
        header_timeout: seconds after which a connection that has not finished its
            request headers is closed (Slowloris).
        stop_timeout: seconds that a worker has for its last answers.
        log: how what happens is written to stderr, a line for each request too;
            None for warnings alone. No line holds anything of a listener.
    """
    server = Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=round(header_timeout * 1000),
            max_buffer_size=_LARGEST_HEAD,
        ),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_to_stderr(log),
        log_access=False,  # it would name the addresses of listeners
        respawn_failed_workers=True,
        workers_kill_timeout=stop_timeout,
        process_name="peru-media",
    )
    server.serve(target_loader=_load)


def _load(target: str) -> ASGIApp:
    """Make a worker's app, and let the collector never look at its code again.

    What is imported by now, and whatever outlives a full collection later, stays
    for long: visited again by each, it would keep listeners waiting. So full
    collections come early, find little, and set it aside. (Reference counts still
    free what a release no longer holds.)
    """
    module, _, name = target.partition(":")
    app: ASGIApp = getattr(import_module(module), name)()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    gc.callbacks.append(_set_aside)
    return app


def _set_aside(phase: str, info: dict[str, int]) -> None:
    if phase == "stop" and info["generation"] == _FULL:
        gc.freeze()


def _to_stderr(log: str | None) -> dict[str, Any]:
    """Logging in which stdout stays free: it belongs to whoever calls us."""
    level = "INFO" if log else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": _FORMATS[log]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "loggers": {
            name: {"handlers": ["stderr"], "level": level, "propagate": False}
            for name in _LOGGERS
        },
    }
