"""The goals for serving, each measured beside its rival in one run.

    python -m bench.serving [ROUNDS [SECONDS]]

Needs wrk and nginx (Debian: ``apt-get install wrk nginx-light``) and two
processors: every server runs on the first, as one process, wrk on the second.
"""

import gzip
import http.client
import random
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench import replica
from bench.apps import FOLDER, QuickFolder, command
from bench.measure import (
    Load,
    Scoreboard,
    free_port,
    in_turn,
    load,
    p99,
    rate,
    ratio,
    running,
)
from peru_media.wiring import SystemClock
from tests.releases import EPISODE, feed, medium, publish_release

__all__ = ["main"]

_MEDIUM = f"/media/{EPISODE}/0/story.mp3"
_GZIP = {"Accept-Encoding": "gzip"}
_RANGES = """
local size, slice = %d, 1048576
math.randomseed(1)
request = function()
  local a = math.random(0, size - slice - 1)
  local range = string.format("bytes=%%d-%%d", a, a + slice - 1)
  return wrk.format("GET", nil, { ["Range"] = range })
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

Side = tuple[str, dict[str, str]]


class Bench:
    """The servers side by side, over one folder, and what is asked of them."""

    def __init__(
        self, folder: Path, board: Scoreboard, *, rounds: int, seconds: int
    ) -> None:
        self.folder, self.board = folder, board
        self.rounds, self.seconds = rounds, seconds
        self.files = folder / "files"
        self.script = folder / "ranges.lua"
        self.pids: dict[str, int] = {}

    def prepare(self) -> None:
        """A feed of half a megabyte packed, and a recording of 48 MiB."""
        chance = random.Random(9)  # noqa: S311  # the same in every run
        words = [f"{chance.getrandbits(40):x}" for _ in range(95_000)]
        xml = f"<rss>{' '.join(words)}</rss>".encode()
        recording = chance.randbytes(48 << 20)
        self.files.mkdir()
        (self.files / "feed.xml").write_bytes(gzip.compress(xml, 6, mtime=0))
        (self.files / "story.mp3").write_bytes(recording)
        self.script.write_text(_RANGES % len(recording))
        store = QuickFolder(self.folder / "store", clock=SystemClock())
        publish_release(
            store, {"/show/feed.xml": feed(xml), _MEDIUM: medium(recording)}
        )

    def serve(self, stack: ExitStack, name: str) -> str:
        """Start one of the apps; its address."""
        port = free_port()
        env = {FOLDER: str(self.folder)}
        pid = stack.enter_context(running(command(name, port), port=port, env=env))
        self.pids[f"127.0.0.1:{port}"] = pid
        return f"http://127.0.0.1:{port}"

    def nginx(self, stack: ExitStack) -> str:
        """Start nginx over the same files; its address."""
        port, scratch = free_port(), self.folder / "nginx"
        scratch.mkdir()
        conf = scratch / "nginx.conf"
        conf.write_text(_NGINX.format(run=scratch, port=port, root=self.files))
        self.folder.chmod(0o755)
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        arguments = [program, "-c", str(conf), "-p", str(scratch)]
        self.pids[f"127.0.0.1:{port}"] = stack.enter_context(
            running(arguments, port=port)
        )
        return f"http://127.0.0.1:{port}"

    def compare(
        self,
        sides: dict[str, Side],
        *,
        script: Path | None = None,
        connections: int = 64,
    ) -> dict[str, list[Load]]:
        """Ask each side in turn, and print what each did."""

        def asked(side: Side) -> Load:
            url, headers = side
            return load(
                url,
                headers=headers,
                seconds=self.seconds,
                script=script,
                connections=connections,
                pid=self.pids[urlsplit(url).netloc],
            )

        seen = in_turn(sides, asked, rounds=self.rounds)
        for name, loads in seen.items():
            each = statistics.median(map(rate, loads))
            late = statistics.median(map(p99, loads))
            cost = statistics.median(one.cost for one in loads)
            print(
                f"    {name:12} {each:10,.0f} requests/s   p99 {late:8.2f} ms"
                f"   {cost:9,.0f} us of processor each"
            )
        return seen


def main(board: Scoreboard, *, rounds: int = 3, seconds: int = 3) -> None:
    """Measure every goal."""
    missing = [name for name in ("wrk", "nginx") if not _found(name)]
    if missing:
        msg = f"serving needs {' and '.join(missing)}: apt-get install wrk nginx-light"
        raise SystemExit(msg)
    with tempfile.TemporaryDirectory(prefix="peru-media-bench-") as name:
        bench = Bench(Path(name), board, rounds=rounds, seconds=seconds)
        bench.prepare()
        with ExitStack() as stack:
            site, raw, static = (
                bench.serve(stack, app) for app in ("site", "raw", "static")
            )
            feeds(bench, site, raw, static)
            media(bench, site, raw, static, bench.nginx(stack))
        replica.measure(Path(name), board, rounds=rounds)


def feeds(bench: Bench, site: str, raw: str, static: str) -> None:
    """A feed that the client has, and one that it has not."""
    mine, theirs, files = (
        f"{site}/show/feed.xml",
        f"{raw}/feed.xml",
        f"{static}/feed.xml",
    )
    known = {
        "site": (mine, _with_tag(mine)),
        "raw": (theirs, {**_GZIP, "If-None-Match": '"1"'}),
        "StaticFiles": (files, _with_tag(files)),
    }
    unknown = {name: (url, _GZIP) for name, (url, _) in known.items()}
    for name, sides, to_raw, to_files in (
        ("feed 304", known, 0.65, 4),
        ("feed 200", unknown, 0.85, 2),
    ):
        seen = bench.compare(sides)
        ours, rival = seen["site"], seen["raw"]
        bench.board.at_least(
            f"{name}: site / raw ASGI", ratio(ours, rival, rate), to_raw
        )
        bench.board.at_least(
            f"{name}: site / StaticFiles",
            ratio(ours, seen["StaticFiles"], rate),
            to_files,
        )
        bench.board.at_most(
            f"{name}, 99th percentile: site / raw ASGI", ratio(ours, rival, p99), 1.5
        )


def media(bench: Bench, site: str, raw: str, static: str, nginx: str) -> None:
    """Parts and whole files of a folder store."""
    parts: dict[str, Side] = {
        "site": (f"{site}{_MEDIUM}", {}),
        "nginx": (f"{nginx}/story.mp3", {}),
        "FileResponse": (f"{static}/story.mp3", {}),
    }
    seen = bench.compare(parts, script=bench.script)
    for rival, goal in (("nginx", 0.8), ("FileResponse", 3)):
        share = ratio(seen["site"], seen[rival], rate)
        bench.board.at_least(f"ranges of 1 MiB: site / {rival}", share, goal)
    whole: dict[str, Side] = {
        "site": (f"{site}{_MEDIUM}", {}),
        "raw": (f"{raw}/story.mp3", {}),
    }
    seen = bench.compare(whole, connections=16)
    share = ratio(seen["site"], seen["raw"], rate)
    bench.board.at_least("whole files: site / raw pathsend", share, 0.9)


def _with_tag(url: str) -> dict[str, str]:
    """The fields of a client that has what lies there."""
    host, _, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", f"/{path}", headers=_GZIP)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return {**_GZIP, "If-None-Match": answer.headers["etag"]}


def _found(program: str) -> bool:
    return bool(shutil.which(program) or Path(f"/usr/sbin/{program}").exists())


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(Scoreboard(), **dict(zip(("rounds", "seconds"), given, strict=False)))
