"""The real server: granian in processes of its own, asked by curl and by sockets."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock
from tests.releases import EPISODE, Planned, feed, medium, page, publish_release
from tests.served import PROJECT, free_port
from tests.server.target import FOLDER

SOUND = bytes(range(256)) * 4096  # 1 MiB: several pieces
MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"
FEED = "/show/feed.xml"
PATHS: dict[str, Planned] = {
    "/": page("<h1>Projects</h1>"),
    FEED: feed("<rss>" + "item " * 5000 + "</rss>"),
    MEDIUM: medium(SOUND),
}
POST = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
START = (
    "import sys\n"
    "from peru_media.server.running import run\n"
    "run('tests.server.target:app', port=int(sys.argv[1]), workers=2,\n"
    "    header_timeout=1, stop_timeout=5)\n"
)


@dataclass
class Running:
    """A server of two processes over a folder."""

    folder: Path
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def store(self) -> FolderStore:
        return FolderStore(self.folder / "store", clock=SystemClock())

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask over a connection of its own, so that any process may answer."""
        with closing(
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        ) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, fields, answer.read()

    def everywhere(self, path: str) -> dict[str, tuple[int, str]]:
        """Status and release of a path in each of the two processes."""
        seen: dict[str, tuple[int, str]] = {}
        for _ in range(500):
            status, fields, _ = self.ask(path)
            seen[fields["x-process"]] = (status, fields["x-release"])
            if len(seen) == 2:
                return seen
        msg = f"only {seen} answered"
        raise AssertionError(msg)

    def until_everywhere(self, path: str, hoped: tuple[int, str]) -> None:
        deadline = time.monotonic() + 15
        while set((seen := self.everywhere(path)).values()) != {hoped}:
            assert time.monotonic() < deadline, f"still {seen}"
            time.sleep(0.05)

    def curl(self, path: str, *options: str) -> bytes:
        command = ["curl", "-sS", "--max-time", "10", *options]
        url = f"http://127.0.0.1:{self.port}{path}"
        return subprocess.run([*command, url], check=True, capture_output=True).stdout

    def say(self, request: bytes) -> bytes:
        """Send bytes as they are, and read what comes back until it closes."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as connection:
            connection.sendall(request)
            connection.settimeout(5)
            answer = b""
            while more := connection.recv(65536):
                answer += more
        return answer


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    port = free_port()
    errors = (folder / "errors.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(port)],
        cwd=PROJECT,
        env={**os.environ, FOLDER: str(folder)},
        stdout=subprocess.PIPE,
        stderr=errors,
    )
    server = Running(folder, port, process)
    try:
        _await(server)
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=20)
        errors.close()


def _await(server: Running) -> None:
    for _ in range(300):
        try:
            if server.ask("/readyz")[0] == 200:
                return
        except OSError:
            assert server.process.poll() is None
        time.sleep(0.1)
    raise AssertionError((server.folder / "errors.log").read_text())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("served")
    publish_release(FolderStore(folder / "store", clock=SystemClock()), PATHS)
    with running(folder) as started:
        yield started


def test_a_whole_file_is_handed_to_the_server(
    server: Running, record_property: Callable[[str, object], None]
) -> None:
    assert server.curl(MEDIUM) == SOUND

    log = (server.folder / "sent.log").read_text()
    assert f"{MEDIUM} http.response.pathsend\n" in log
    record_property("part", "granian (pathsend, two workers)")


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("0-0", 0, 1),
        ("100-199", 100, 200),
        ("300000-900000", 300_000, 900_001),
        ("1048000-", 1_048_000, 1_048_576),
        ("-5", 1_048_571, 1_048_576),
        ("0-", 0, 1_048_576),
    ],
)
def test_curl_gets_the_part_it_asks_for(
    server: Running, wanted: str, start: int, stop: int
) -> None:
    got = server.curl(MEDIUM, "-r", wanted, "-w", "%{http_code}")

    assert got == SOUND[start:stop] + b"206"


def test_curl_resumes_a_broken_download(server: Running, tmp_path: Path) -> None:
    half = tmp_path / "story.mp3"
    half.write_bytes(SOUND[:400_000])

    server.curl(MEDIUM, "-C", "-", "-o", str(half))

    assert half.read_bytes() == SOUND


def test_several_parts_go_over_the_wire(server: Running) -> None:
    got = server.curl(MEDIUM, "-r", "0-9,1000-1009", "-i")

    assert b"206 Partial Content" in got
    assert b"Content-Range: bytes 1000-1009/1048576\r\n\r\n" + SOUND[1000:1010] in got


def test_a_part_out_of_reach_is_refused_over_the_wire(server: Running) -> None:
    got = server.curl(MEDIUM, "-r", "2000000-", "-i")

    assert got.startswith(b"HTTP/1.1 416 ")
    assert b"content-range: bytes */1048576\r\n" in got


@pytest.mark.parametrize("path", [FEED, MEDIUM, "/", "/none"])
def test_head_tells_the_length_and_leaves_the_connection_open(
    server: Running, path: str
) -> None:
    with closing(
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    ) as line:
        for _ in range(3):
            line.request("HEAD", path)
            answer = line.getresponse()
            assert answer.read() == b""
            line.request("GET", path)
            whole = line.getresponse()
            assert len(whole.read()) == int(answer.headers["content-length"])


def test_a_304_leaves_the_connection_open(server: Running) -> None:
    with closing(
        http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    ) as line:
        line.request("GET", FEED)
        tag = line.getresponse()
        tag.read()
        for _ in range(3):
            line.request("GET", FEED, headers={"If-None-Match": tag.headers["etag"]})
            answer = line.getresponse()
            assert (answer.status, answer.read()) == (304, b"")


def test_who_is_slow_with_header_fields_is_hung_up_on(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        line.settimeout(10)
        began = time.monotonic()
        while line.recv(4096):
            pass
        assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n",
        b"GET /\r\nX: y HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /%0d%0aX:%20y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: "
        + b"y" * 65_536
        + b"\r\n\r\n",
        b"GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + b"".join(b"X-%d: y\r\n" % n for n in range(500))
        + b"\r\n",
        b"GET /"
        + b"a" * 100_000
        + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_no_trick_with_a_request_brings_the_server_down(
    server: Running, request_bytes: bytes
) -> None:
    answer = server.say(request_bytes)

    assert not answer.startswith(b"HTTP/1.1 5"), answer[:200]
    assert b"\r\nX: y" not in answer
    assert server.ask("/healthz")[0] == 200


def test_each_process_turns_to_a_new_release(server: Running) -> None:
    _, fields, _ = server.ask("/")
    number = int(fields["x-release"]) + 1

    publish_release(server.store, PATHS | {"/new": page("new")}, number=number)

    server.until_everywhere("/new", (200, str(number)))


def test_a_scheduled_episode_appears_in_each_process_by_itself(
    server: Running,
) -> None:
    _, fields, _ = server.ask("/")
    number = int(fields["x-release"]) + 1
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=6)
    publish_release(
        server.store, PATHS | {"/soon": page("soon").at(due)}, number=number
    )
    server.until_everywhere("/soon", (404, str(number)))
    assert datetime.now(UTC) < due

    time.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))

    server.until_everywhere("/soon", (200, str(number)))
    assert datetime.now(UTC) < due + timedelta(seconds=5)


def test_a_store_that_is_away_stops_nobody(server: Running) -> None:
    folder = server.folder / "store"
    hidden = server.folder / "hidden"
    release = server.ask("/")[1]["x-release"]
    server.until_everywhere(FEED, (200, release))
    server.until_everywhere("/", (200, release))

    folder.rename(hidden)
    try:
        time.sleep(1)
        for path in (FEED, "/"):
            assert set(server.everywhere(path).values()) == {(200, release)}
        assert server.ask("/readyz")[0] == 200
    finally:
        hidden.rename(folder)
    number = int(release) + 1
    publish_release(server.store, PATHS, number=number)
    server.until_everywhere(FEED, (200, str(number)))


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_nothing_was_printed(
    tmp_path: Path, sent: signal.Signals
) -> None:
    publish_release(FolderStore(tmp_path / "store", clock=SystemClock()), PATHS)
    with running(tmp_path) as server:
        workers = set(server.everywhere("/"))
        began = time.monotonic()
        server.process.send_signal(sent)
        said, _ = server.process.communicate(timeout=20)

        assert server.process.returncode == 0
        assert said == b""
        assert time.monotonic() - began < 12
    for worker in workers:
        assert not Path(f"/proc/{worker}").exists()
