"""The real ``peru-media serve`` under attack over raw sockets, and who still listens.

Every socket comes from an address of its own of the loopback, so that the log can be
searched for it.
"""

import json
import random
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from tests.torture._attacked import (
    ATTACKER,
    FEED,
    SECRET,
    Attacked,
    answer_of,
    attacked,
)
from tests.torture.requests import SPELLINGS, TRICKS, request

__all__ = [
    "run",
    "told",
    "try_half_open",
    "try_hosts",
    "try_paths",
    "try_ranges",
    "try_tricks",
]

ROUNDS = 800
PATIENCE = 15.0  # seconds after which nobody may still hold a line


Say = Callable[[str], None]


def try_tricks(server: Attacked) -> str:
    """Requests that two servers could read in two ways, or that never end."""
    wrong: dict[str, bytes] = {}
    for name, wanted in TRICKS.items():
        answer = server.say(wanted)
        status = answer.partition(b" ")[2][:3]
        if not status.startswith(b"4") or b"\r\nX: y" in answer:
            wrong[name] = answer[:80]
    assert not wrong, wrong
    return f"{len(TRICKS)} header tricks: {len(TRICKS)} answered 4xx, 0 x 5xx"


def try_paths(server: Attacked) -> str:
    """Every spelling of a way out, and every redirect that could leave the site."""
    found: dict[str, str] = {}
    with closing(server.line()) as line:
        for path in SPELLINGS:
            line.sendall(request(path.encode("utf-8", "surrogateescape")))
            head, body = answer_of(line)
            status = int(head[9:12])
            location = re.search(rb"(?i)\r\nlocation: (.*?)\r\n", head)
            leads_off = location and not re.match(rb"/(?![/\\])", location[1])
            if status not in {302, 404} or leads_off or SECRET.encode() in body:
                found[path] = head.decode("latin-1")
            assert b"x-content-type-options: nosniff" in head
    assert not found, found
    return (
        f"{len(SPELLINGS)} spellings of paths: 0 x 200, 0 bytes from outside, "
        "0 off-site Locations, nosniff on all"
    )


def try_hosts(server: Attacked, *, count: int) -> str:
    """Names of hosts that a cache could be poisoned with."""
    chance = random.Random(1)  # noqa: S311  # names, not secrets
    seen: dict[str, set[bytes]] = {}
    with closing(server.line()) as line:
        for number in range(count):
            name = f"{chance.getrandbits(64):x}.example".encode()
            fields = b"".join(
                b"%b: %b\r\n" % (field, name)
                for field in (b"X-Forwarded-Host", b"X-Host", b"X-Original-URL")
            )
            fields += b"Forwarded: host=%b\r\nX-Forwarded-Proto: %b\r\n" % (name, name)
            path = ("/", FEED, "/show/", "/none", "/oembed?url=x")[number % 5]
            line.sendall(request(path.encode(), host=name, fields=fields))
            head, body = answer_of(line)
            same = re.sub(rb"(?i)\r\ndate: [^\r]*", b"", head) + body
            seen.setdefault(path, set()).add(same)
    assert {path: len(answers) for path, answers in seen.items()} == dict.fromkeys(
        seen, 1
    )
    return f"{count} random Host and X-Forwarded-* values: every answer byte-equal"


def try_ranges(server: Attacked, *, count: int) -> str:
    """Ranges without number; the answer is the whole, or that it is too much."""
    many = b",".join(b"%d-%d" % (n, n) for n in range(0, 200, 2))
    most = b",".join(b"0-0" for _ in range(7500))  # 30 kB, the most that is read
    huge = b",".join(b"%d-%d" % (n, n) for n in range(10_000))
    before = server.memory()
    with closing(server.line()) as line:
        for _ in range(count):
            line.sendall(request(FEED.encode(), fields=b"Range: bytes=%b\r\n" % many))
            head, body = answer_of(line)
            assert head.startswith(b"HTTP/1.1 200 "), head
            assert len(body) == 25011
        grown = server.memory() - before
        began, tries = server.spent(), 100
        for _ in range(tries):
            line.sendall(request(FEED.encode(), fields=b"Range: bytes=%b\r\n" % most))
            assert answer_of(line)[0].startswith(b"HTTP/1.1 200 ")
        cost = (server.spent() - began) / tries
    over = server.say(request(FEED.encode(), fields=b"Range: bytes=%b\r\n" % huge))
    assert over.startswith(b"HTTP/1.1 431 "), over[:80]
    assert grown < 20_000, f"{grown} kB"
    return (
        f"{count} requests of 100 ranges: memory +{grown / 1024:.1f} MB; a header of "
        f"7,500 ranges {cost * 1000:.1f} ms of processor, one of 10,000 is answered 431"
    )


def try_half_open(server: Attacked, *, count: int) -> Mapping[str, float]:
    """Lines that send half a request, and then nothing, or a letter at a time."""
    starts = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "]
    began = time.monotonic()
    lines = {n: server.line() for n in range(count)}
    for number, line in lines.items():
        line.sendall(starts[number % len(starts)])
        line.settimeout(0)
    asking = _Asking(server)
    asking.start()
    dripped = began
    while lines and time.monotonic() < began + PATIENCE + 5:
        if drips := time.monotonic() > dripped + 1:
            dripped = time.monotonic()
        for number in [*lines]:
            if _hung_up(lines[number], drip=drips and number % len(starts) == 2):
                lines.pop(number).close()
        time.sleep(0.02)
    lasted = time.monotonic() - began
    asking.stop()
    for line in lines.values():
        line.close()
    waits = sorted(asking.waits)
    assert not asking.failed, asking.failed
    return {
        "left": len(lines),
        "seconds": lasted,
        "asked": len(waits),
        "p99": waits[int(len(waits) * 0.99)],
        "slowest": waits[-1],
    }


def try_log(server: Attacked) -> str:
    """What the log holds of all that."""
    written = server.log.read_text()
    requests = [line for line in written.splitlines() if '"status"' in line]
    for line in requests:
        json.loads(line)
    for secret in (ATTACKER, SECRET, ".example", "X-Slow", "127.0.0.78"):
        assert secret not in written, secret
    return f"{len(requests)} lines of log: 0 addresses of those who asked"


def run(say: Say, *, rounds: int) -> None:
    """Attack one server in every way; ``rounds`` is how many lines are half open."""
    with tempfile.TemporaryDirectory() as name, attacked(Path(name)) as server:
        say(try_tricks(server))
        say(try_paths(server))
        say(try_hosts(server, count=1000))
        say(try_ranges(server, count=1000))
        seen = try_half_open(server, count=rounds)
        say(told(seen, rounds))
        assert seen["left"] == 0
        assert seen["seconds"] <= PATIENCE
        assert seen["p99"] < 0.1, seen


def told(seen: Mapping[str, float], count: int) -> str:
    """What half-open lines did, in one sentence."""
    return (
        f"{count} half-open lines: {count - int(seen['left'])} closed within "
        f"{seen['seconds']:.1f} s; {int(seen['asked'])} real requests meanwhile, all "
        f"answered, 99th percentile {seen['p99'] * 1000:.1f} ms, "
        f"slowest {seen['slowest'] * 1000:.1f} ms"
    )


class _Asking:
    """Somebody who really wants to hear something, over a new line each time."""

    def __init__(self, server: Attacked) -> None:
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self.waits: list[float] = []
        self.failed: list[str] = []

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join(10)

    def _ask(self) -> None:
        wanted = request(FEED.encode(), fields=b"Connection: close\r\n")
        while not self._over.wait(0.01):
            began = time.monotonic()
            try:
                answer = self._server.say(wanted)
            except OSError as error:
                self.failed.append(str(error))
                continue
            self.waits.append(time.monotonic() - began)
            if not answer.startswith(b"HTTP/1.1 200 "):
                self.failed.append(answer[:80].decode("latin-1"))


def _hung_up(line: socket.socket, *, drip: bool) -> bool:
    try:
        if drip:
            line.send(b"x")
        return line.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
