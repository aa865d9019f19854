"""The goals for serving, each measured beside its rival in one run.

    python bench/serving.py [ROUNDS [SECONDS]]

Needs wrk and nginx (Debian: ``apt-get install wrk nginx-light``) and two
processors: every server runs on the first, as one process, wrk on the second.
Raw ASGI, Starlette's own files and the site all run under the same granian with
the same options.
"""

import gzip
import http.client
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.measure import (
    Load,
    Scoreboard,
    free_port,
    in_turn,
    load,
    memory,
    ratio,
    running,
)
from peru_media.model.release import CURRENT_KEY
from peru_media.ports import Body, Stored
from peru_media.server.app import create_app
from peru_media.server.running import run
from peru_media.server.settings import ServerSettings
from peru_media.storage.folder import FolderStore
from tests.releases import EPISODE, Planned, feed, medium, page, publish_release

_FOLDER = "PERU_MEDIA_BENCH"
_MEDIUM = f"/media/{EPISODE}/0/story.mp3"
_GZIP = {"Accept-Encoding": "gzip"}
_RANGES = """
local size, slice = %d, 1048576
math.randomseed(1)
request = function()
  local a = math.random(0, size - slice - 1)
  return wrk.format("GET", nil, { ["Range"] = string.format("bytes=%%d-%%d", a, a + slice - 1) })
end
"""
_NGINX = """
worker_processes 1; daemon off; pid {run}/pid; error_log {run}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  types {{ audio/mpeg mp3; }}
  client_body_temp_path {run}/b; proxy_temp_path {run}/p; fastcgi_temp_path {run}/f;
  uwsgi_temp_path {run}/u; scgi_temp_path {run}/s;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


class QuickFolder(FolderStore):
    """A folder store that is filled without waiting for the disk."""

    _held: bytes | None = None
    _holding = False

    def put(self, key: str, body: Body, **_: object) -> Stored:  # type: ignore[override]  # only what a bench needs
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
            self.put(CURRENT_KEY, self._held or b"")

        self._holding = True
        yield swap
        self._holding = False


class Clock:
    """This machine's."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251  # a bench has no wiring

    def monotonic(self) -> float:
        return time.monotonic()


def site_app() -> Starlette:
    folder = Path(os.environ[_FOLDER])  # noqa: TID251  # as wiring would
    settings = ServerSettings(poll_seconds=1)
    return create_app(
        FolderStore(folder, clock=Clock()), clock=Clock(), settings=settings
    )


def static_app() -> Starlette:
    folder = Path(os.environ[_FOLDER]).parent / "files"  # noqa: TID251  # as wiring would
    return Starlette(routes=[Mount("/", StaticFiles(directory=folder))])


def raw_app() -> ASGIApp:
    """What Python can do at best: no framework, everything made before."""
    files = Path(os.environ[_FOLDER]).parent / "files"  # noqa: TID251  # as wiring would
    packed = (files / "feed.xml").read_bytes()
    recording = os.fspath(files / "story.mp3")
    size = Path(recording).stat().st_size
    same = [
        (b"etag", b'"1"'),
        (b"vary", b"Accept-Encoding"),
        (b"cache-control", b"max-age=300"),
    ]
    whole = [
        *same,
        (b"content-type", b"application/rss+xml"),
        (b"content-encoding", b"gzip"),
    ]
    whole.append((b"content-length", b"%d" % len(packed)))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        if scope["type"] != "http":
            return
        if scope["path"] == "/feed.xml":
            known = any(
                field == (b"if-none-match", b'"1"') for field in scope["headers"]
            )
            status, fields, body = (304, same, b"") if known else (200, whole, packed)
            await send(
                {"type": "http.response.start", "status": status, "headers": fields}
            )
            await send({"type": "http.response.body", "body": body})
            return
        fields = [(b"content-type", b"audio/mpeg"), (b"content-length", b"%d" % size)]
        await send({"type": "http.response.start", "status": 200, "headers": fields})
        await send({"type": "http.response.pathsend", "path": recording})

    return app


class Bench:
    """The servers, side by side, and what is asked of them."""

    def __init__(self, folder: Path, *, rounds: int, seconds: int) -> None:
        self.folder, self.rounds, self.seconds = folder, rounds, seconds
        self.board = Scoreboard()
        self.files = folder / "files"
        self.store = QuickFolder(folder / "store", clock=Clock())
        self.script = folder / "ranges.lua"

    def prepare(self) -> None:
        """A feed of half a megabyte packed, and a recording of 48 MiB."""
        chance = random.Random(9)
        words = [f"{chance.getrandbits(40):x}" for _ in range(95_000)]
        xml = f"<rss>{' '.join(words)}</rss>".encode()
        recording = chance.randbytes(48 << 20)
        self.files.mkdir()
        (self.files / "feed.xml").write_bytes(gzip.compress(xml, 6, mtime=0))
        (self.files / "story.mp3").write_bytes(recording)
        self.script.write_text(_RANGES % len(recording))
        paths = {"/show/feed.xml": feed(xml), _MEDIUM: medium(recording)}
        publish_release(self.store, paths)

    def serve(self, stack: ExitStack, name: str, folder: Path) -> tuple[str, int]:
        """Start one of the apps above; its address and pid."""
        port = free_port()
        command = [sys.executable, __file__, "--serve", name, str(port)]
        env = {_FOLDER: str(folder)}
        pid = stack.enter_context(running(command, port=port, env=env))
        return f"http://127.0.0.1:{port}", pid

    def nginx(self, stack: ExitStack) -> str:
        port = free_port()
        scratch = self.folder / "nginx"
        scratch.mkdir()
        conf = scratch / "nginx.conf"
        conf.write_text(_NGINX.format(run=scratch, port=port, root=self.files))
        for part in (self.folder, self.files):
            part.chmod(0o755)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        command = [program, "-c", str(conf), "-p", str(scratch)]
        stack.enter_context(running(command, port=port))
        return f"http://127.0.0.1:{port}"

    def compare(
        self, sides: dict[str, tuple[str, dict[str, str]]], **how: object
    ) -> dict[str, list[Load]]:
        def asked(url: str, headers: dict[str, str]) -> Load:
            return load(url, headers=headers, seconds=self.seconds, **how)  # type: ignore[arg-type]  # handed on

        calls = {
            name: (lambda url=url, headers=headers: asked(url, headers))
            for name, (url, headers) in sides.items()
        }
        seen = in_turn(calls, rounds=self.rounds)
        for name, loads in seen.items():
            best = sorted(one.rate for one in loads)[len(loads) // 2]
            p99 = sorted(one.p99 for one in loads)[len(loads) // 2]
            print(f"    {name:12} {best:10,.0f} requests/s   p99 {p99:8.2f} ms")
        return seen


def etag(url: str, path: str) -> dict[str, str]:
    """The fields of a client that has what lies there."""
    answer = _get(url, path, _GZIP)
    return {**_GZIP, "If-None-Match": answer.headers["etag"]}


def _get(url: str, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def small_things(bench: Bench) -> None:
    """Feeds and media of one release."""
    with ExitStack() as stack:
        site, _ = bench.serve(stack, "site", bench.folder / "store")
        raw, _ = bench.serve(stack, "raw", bench.folder / "store")
        static, _ = bench.serve(stack, "static", bench.folder / "store")
        nginx = bench.nginx(stack)
        feeds(bench, site, raw, static)
        media(bench, site, raw, static, nginx)


def feeds(bench: Bench, site: str, raw: str, static: str) -> None:
    board = bench.board
    mine, theirs = f"{site}/show/feed.xml", f"{raw}/feed.xml"
    files = f"{static}/feed.xml"
    known = {
        "site": (mine, etag(site, "/show/feed.xml")),
        "raw": (theirs, {**_GZIP, "If-None-Match": '"1"'}),
        "StaticFiles": (files, etag(static, "/feed.xml")),
    }
    seen = bench.compare(known)
    board.at_least(
        "feed 304: site / raw ASGI", ratio(seen["site"], seen["raw"], _rate), 0.65
    )
    board.at_least(
        "feed 304: site / StaticFiles",
        ratio(seen["site"], seen["StaticFiles"], _rate),
        4,
    )
    board.at_most(
        "feed 304, 99th percentile: site / raw ASGI",
        ratio(seen["site"], seen["raw"], _p99),
        1.5,
    )
    unknown = {
        "site": (mine, _GZIP),
        "raw": (theirs, _GZIP),
        "StaticFiles": (files, _GZIP),
    }
    seen = bench.compare(unknown)
    board.at_least(
        "feed 200: site / raw ASGI", ratio(seen["site"], seen["raw"], _rate), 0.85
    )
    board.at_least(
        "feed 200: site / StaticFiles",
        ratio(seen["site"], seen["StaticFiles"], _rate),
        2,
    )
    board.at_most(
        "feed 200, 99th percentile: site / raw ASGI",
        ratio(seen["site"], seen["raw"], _p99),
        1.5,
    )


def media(bench: Bench, site: str, raw: str, static: str, nginx: str) -> None:
    board = bench.board
    parts: dict[str, tuple[str, dict[str, str]]] = {
        "site": (f"{site}{_MEDIUM}", {}),
        "nginx": (f"{nginx}/story.mp3", {}),
        "FileResponse": (f"{static}/story.mp3", {}),
    }
    seen = bench.compare(parts, script=bench.script)
    board.at_least(
        "ranges of 1 MiB: site / nginx", ratio(seen["site"], seen["nginx"], _rate), 0.8
    )
    board.at_least(
        "ranges of 1 MiB: site / FileResponse",
        ratio(seen["site"], seen["FileResponse"], _rate),
        3,
    )
    whole: dict[str, tuple[str, dict[str, str]]] = {
        "site": (f"{site}{_MEDIUM}", {}),
        "raw": (f"{raw}/story.mp3", {}),
    }
    seen = bench.compare(whole, connections=16)
    board.at_least(
        "whole files: site / raw pathsend", ratio(seen["site"], seen["raw"], _rate), 0.9
    )


def _rate(one: Load) -> float:
    return one.rate


def _p99(one: Load) -> float:
    return one.p99


EPISODES = 10_000


def large_site(bench: Bench) -> None:
    """A replica of ten thousand episodes: its memory, and a release coming in."""
    empty, full = bench.folder / "empty", bench.folder / "full"
    publish_release(QuickFolder(empty, clock=Clock()), {"/": page("<h1>Home</h1>")})
    store = QuickFolder(full, clock=Clock())
    paths = catalogue()
    held = publish_large(store, paths)
    with ExitStack() as stack:
        _, bare = bench.serve(stack, "site", empty)
        site, pid = bench.serve(stack, "site", full)
        before = memory(bare)
        ask_all(site, [path for path in paths if not path.startswith("/media/")])
        grown = memory(pid) - before
        print(
            f"    {held / 2**20:.0f} MiB held, {grown / 2**20:.0f} MiB more than a server with one page"
        )
        bench.board.at_most(
            "memory of a replica, 10,000 episodes / bytes held", grown / held, 2
        )
        turning(bench, site, store, paths)


def catalogue() -> dict[str, Planned]:
    """Ten thousand episodes: page, embed, transcript, chapters, medium."""
    chance = random.Random(7)
    words = [f"{chance.getrandbits(30):x}" for _ in range(3000)]
    paths: dict[str, Planned] = {}
    for number in range(EPISODES):
        text = " ".join(chance.choices(words, k=900))
        base = f"/show/story-{number:05d}"
        paths[base] = page(f"<h1>{number}</h1><p>{text}</p>")
        paths[f"{base}/embed"] = page(f"<p>{number} {text[:300]}</p>")
        paths[f"{base}/transcript.vtt"] = page(f"WEBVTT {number} {text}", kind="vtt")
        paths[f"{base}/chapters.json"] = page(f'{{"n":{number}}}', kind="chapters")
        key = f"{number:020x}"
        paths[f"/media/{key}/0/story.mp3"] = medium(b"", episode=key)
    paths["/show/feed.xml"] = feed(" ".join(chance.choices(words, k=600_000)))
    return paths


def publish_large(
    store: "QuickFolder", paths: dict[str, Planned], number: int = 1
) -> int:
    """Publish, and tell how many bytes a replica holds that was asked for all."""
    root = publish_release(store, paths, number=number)
    tables = sum(
        len(gzip.decompress(_body(store, part.key))) for part in root.tables.values()
    )
    return tables + sum(len(one.body or b"") for one in paths.values())


def _body(store: FolderStore, key: str) -> bytes:
    answer = store.get(key)
    return answer.body if hasattr(answer, "body") else b""


def ask_all(site: str, paths: list[str]) -> None:
    connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=30)
    for path in paths:
        connection.request("GET", path, headers=_GZIP)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")


def turning(
    bench: Bench, site: str, store: "QuickFolder", paths: dict[str, Planned]
) -> None:
    """A new release of all tables comes in while sixty-four clients ask."""
    url, headers = f"{site}/show/story-00001", etag(site, "/show/story-00001")
    still, moving = [], []
    for number in range(2, 2 + bench.rounds):
        still.append(load(url, headers=headers, seconds=5))
        moving.append(load_while(url, headers, store, paths, number))
        release = _get(site, "/show/story-00001", {}).headers["x-release"]
        if release != str(number):
            raise SystemExit(f"release {number} did not come in: {release}")
    for name, loads in (("still", still), ("moving", moving)):
        row = "  ".join(
            f"{one.median:.2f}/{one.p99:.2f}/{one.slowest:.2f}" for one in loads
        )
        print(f"    {name:8} median/p99/slowest ms: {row}")
    worst = sorted(one.slowest / one.median for one in moving)[len(moving) // 2]
    bench.board.at_most("slowest / median request while a release comes in", worst, 3)


def load_while(
    url: str,
    headers: dict[str, str],
    store: "QuickFolder",
    paths: dict[str, Planned],
    number: int,
) -> Load:
    """All is stored before; only ``current.json`` is swapped, under load."""
    changed = {**paths, "/show/new": page(f"<h1>Release {number}</h1>")}
    with store.held_back() as swap:
        publish_release(store, changed, number=number)
        timer = threading.Timer(2, swap)
        timer.start()
        seen = load(url, headers=headers, seconds=5)
        timer.join()
    return seen


def main(rounds: int, seconds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="peru-media-bench-") as name:
        bench = Bench(Path(name), rounds=rounds, seconds=seconds)
        bench.prepare()
        small_things(bench)
        large_site(bench)
    return 1 if bench.board.short else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        run(f"bench.serving:{sys.argv[2]}_app", port=int(sys.argv[3]))
    else:
        given = sys.argv[1:]
        raise SystemExit(
            main(int(given[0]) if given else 3, int(given[1]) if given[1:] else 3)
        )
