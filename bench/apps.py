"""What the benches of serving run: the site, and what Python and Starlette can do.

    python -m bench.apps site|raw|static PORT

All run under the same granian with the same options, over the folder that the
environment names: ``store/`` holds a release, ``files/`` a feed and a recording.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Body, Meta, Stored
from peru_media.server.app import create_app
from peru_media.server.running import run
from peru_media.server.settings import ServerSettings
from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock

__all__ = ["FOLDER", "QuickFolder", "command", "raw_app", "site_app", "static_app"]

FOLDER = "PERU_MEDIA_BENCH"


def command(name: str, port: int) -> list[str]:
    """The command that runs one of the apps below."""
    return [sys.executable, "-m", "bench.apps", name, str(port)]


def site_app() -> Starlette:
    """What is measured."""
    clock = SystemClock()
    store = FolderStore(_folder() / "store", clock=clock)
    return create_app(store, clock=clock, settings=ServerSettings(poll_seconds=1))


def static_app() -> Starlette:
    """What Starlette offers for files: StaticFiles and its FileResponse."""
    return Starlette(routes=[Mount("/", StaticFiles(directory=_folder() / "files"))])


def raw_app() -> ASGIApp:
    """What Python can do at best: no framework, everything made before."""
    packed = (_folder() / "files" / "feed.xml").read_bytes()
    recording = os.fspath(_folder() / "files" / "story.mp3")
    length = b"%d" % Path(recording).stat().st_size
    same = [
        (b"etag", b'"1"'),
        (b"vary", b"Accept-Encoding"),
        (b"cache-control", b"max-age=300"),
    ]
    whole = [
        *same,
        (b"content-type", b"application/rss+xml"),
        (b"content-encoding", b"gzip"),
        (b"content-length", b"%d" % len(packed)),
    ]
    sound = [(b"content-type", b"audio/mpeg"), (b"content-length", length)]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        if scope["type"] != "http":
            return
        start = {"type": "http.response.start", "status": 200, "headers": sound}
        body: dict[str, object] = {"type": "http.response.pathsend", "path": recording}
        if scope["path"] == "/feed.xml":
            known = (b"if-none-match", b'"1"') in scope["headers"]
            start |= {"status": 304, "headers": same} if known else {"headers": whole}
            body = {"type": "http.response.body", "body": b"" if known else packed}
        await send(start)
        await send(body)

    return app


class QuickFolder(FolderStore):
    """A folder store that is filled without waiting for the disk."""

    _held: bytes | None = None
    _holding = False

    def put(
        self,
        key: str,
        body: Body,
        *,
        meta: Meta,  # noqa: ARG002  # a bench serves it by the table
        if_absent: bool = False,  # noqa: ARG002  # it alone writes
        if_match: str | None = None,  # noqa: ARG002  # it alone writes
        advance: Callable[[int], None] | None = None,  # noqa: ARG002  # nobody looks
    ) -> Stored:
        """Write a file, unless it is there."""
        data = body if isinstance(body, bytes) else body.read_bytes()
        path = Path(self.name) / key
        if key == CURRENT_KEY and self._holding:
            self._held = data
        elif key == CURRENT_KEY or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(".draft")
            draft.write_bytes(data)
            draft.replace(path)
        return Stored(key=key, size=len(data), etag="")

    @contextmanager
    def held_back(self) -> Iterator[Callable[[], None]]:
        """Keep ``current.json`` back until what is given is called."""

        def swap() -> None:
            self._holding = False
            self.put(CURRENT_KEY, self._held or b"", meta=Meta(media_type=""))

        self._holding = True
        yield swap
        self._holding = False


def _folder() -> Path:
    return Path(os.environ[FOLDER])


if __name__ == "__main__":
    run(f"bench.apps:{sys.argv[1]}_app", port=int(sys.argv[2]), stop_timeout=1)
