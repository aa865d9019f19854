"""A server to be attacked, and how bytes go to it as they are."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from peru_media.storage.folder import FolderStore
from peru_media.wiring import SystemClock
from tests.releases import EPISODE, feed, medium, page, publish_release
from tests.served import free_port, serving

__all__ = ["ATTACKER", "FEED", "SECRET", "Attacked", "answer_of", "attacked"]

ATTACKER = "127.0.0.77"
SECRET = "canary-7f3a"  # noqa: S105  # what no answer and no log may hold
FEED = "/show/feed.xml"
_MEDIUM = f"/media/{EPISODE}/aaaa/story.mp3"

_SITE = """\
organisation:
  name: The unit
timezone: Europe/London
targets:
  local:
    store: .peru-media/store
    base_url: {url}
"""


@dataclass(frozen=True)
class Attacked:
    """A server, its log, and the process that answers."""

    port: int
    log: Path
    worker: int

    @property
    def here(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def line(self) -> socket.socket:
        """A connection from the address of an attacker."""
        return socket.create_connection(self.here, 10, source_address=(ATTACKER, 0))

    def say(self, wanted: bytes) -> bytes:
        """Send bytes as they are, and read what comes until the line is closed."""
        with closing(self.line()) as line:
            line.sendall(wanted)
            return _all_of(line)

    def spent(self) -> float:
        """Seconds of processor that the server used so far."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2]
        return sum(map(int, fields.split()[11:13])) / 100

    def memory(self) -> int:
        """Kilobytes that it holds."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1])


@contextmanager
def attacked(root: Path, *options: str) -> Iterator[Attacked]:
    """Serve a small release; a secret lies beside its store."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    (root / "feeds").mkdir()
    (root / "feeds" / "site.yaml").write_text(_SITE.format(url=url))
    (root / "secret.txt").write_text(SECRET)
    folder = root / ".peru-media" / "store"
    (folder.parent / "secret.txt").parent.mkdir(parents=True)
    (folder.parent / "secret.txt").write_text(SECRET)
    paths = {
        "/": page("<h1>Projects</h1>"),
        "/show": page("<h1>Show</h1>"),
        FEED: feed("<rss>" + "item " * 5000 + "</rss>"),
        _MEDIUM: medium(bytes(range(256)) * 4096),
    }
    publish_release(FolderStore(folder, clock=SystemClock()), paths, base_url=url)
    with serving(root, *options, port=port) as served:
        children = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text()
        worker = int(children.split()[-1])
        yield Attacked(port, root / f"serve-{port}.log", worker)


def answer_of(line: socket.socket) -> tuple[bytes, bytes]:
    """One answer of a line that stays open: its head, and its body."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        more = line.recv(1 << 16)
        assert more, answer
        answer += more
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    assert length is not None, head
    while len(body) < int(length[1]):
        more = line.recv(1 << 16)
        assert more, head
        body += more
    return head + b"\r\n", body


def _all_of(line: socket.socket) -> bytes:
    answer = b""
    with suppress(ConnectionResetError):  # it hung up before it had read everything
        while more := line.recv(1 << 16):
            answer += more
    return answer
