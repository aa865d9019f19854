"""Measure two things side by side, and say whether a goal is reached.

Only ratios carry over from one machine to another, so a goal is always a ratio
of two figures that were taken in turn in the same run.
"""

import os
import re
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

__all__ = [
    "Load",
    "Scoreboard",
    "free_port",
    "in_turn",
    "load",
    "memory",
    "p99",
    "rate",
    "ratio",
    "running",
]


_T = TypeVar("_T")


@dataclass
class Scoreboard:
    """Print each goal as it is measured, and remember whether all were reached."""

    short: list[str] = field(default_factory=list)

    def at_least(self, name: str, ratio: float, goal: float) -> None:
        self._line(name, ratio, f">= {goal:g}", reached=ratio >= goal)

    def at_most(self, name: str, ratio: float, goal: float) -> None:
        self._line(name, ratio, f"<= {goal:g}", reached=ratio <= goal)

    def _line(self, name: str, ratio: float, goal: str, *, reached: bool) -> None:
        word = "ok" if reached else "short"
        print(f"{name:62} {ratio:8.2f}  {goal:>8}  {word}", flush=True)
        if not reached:
            self.short.append(name)


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw: requests a second, and latencies in milliseconds.

    ``cost`` is what a request took of the server's processor, in microseconds: it
    hardly depends on what else the machine does, and says whether a rate does.
    """

    rate: float
    median: float
    p99: float
    slowest: float
    failed: int
    cost: float = 0.0


_MS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


def load(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    seconds: int = 3,
    connections: int = 64,
    script: Path | None = None,
    pid: int | None = None,
) -> Load:
    """Ask a server as fast as it answers, from the second processor."""
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}"]
    command += [f"-d{seconds}s", "--latency", "--timeout", "10s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    command += ["-s", str(script)] if script else []
    before = _processor(pid)
    done = subprocess.run(
        [*command, url], capture_output=True, text=True, check=True, timeout=120
    )
    return _parsed(done.stdout, spent=_processor(pid) - before)


def _parsed(text: str, *, spent: float) -> Load:
    def late(pattern: str) -> float:
        found = re.search(rf"{pattern}([\d.]+)(us|ms|s|m)\b", text)
        if found is None:
            msg = f"wrk said nothing of {pattern!r}:\n{text}"
            raise SystemExit(msg)
        return float(found[1]) * _MS[found[2]]

    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    count = re.search(r"(\d+) requests in", text)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        rate=float(rate[1]) if rate else 0.0,
        median=late(r"50%\s+"),
        p99=late(r"99%\s+"),
        slowest=late(r"Latency\s+\S+\s+\S+\s+"),
        failed=int(failed[1]) if failed else 0,
        cost=spent * 1e6 / max(1, int(count[1])) if count else 0.0,
    )


def in_turn(
    sides: Mapping[str, _T], measure: Callable[[_T], Load], *, rounds: int
) -> dict[str, list[Load]]:
    """Measure every side once a round, so that a noisy minute hits all alike."""
    seen: dict[str, list[Load]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            one = measure(side)
            if one.failed:
                msg = f"{name}: {one.failed} answers were errors"
                raise SystemExit(msg)
            seen[name].append(one)
    return seen


def rate(one: Load) -> float:
    """Requests a second."""
    return one.rate


def p99(one: Load) -> float:
    """The time within which 99 of 100 requests were answered, milliseconds."""
    return one.p99


def ratio(
    mine: Sequence[Load], theirs: Sequence[Load], of: Callable[[Load], float]
) -> float:
    """The median of the rounds' ratios."""
    pairs = zip(mine, theirs, strict=True)
    return statistics.median(of(one) / of(other) for one, other in pairs)


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], *, port: int, env: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a server on the first processor until the end of the block; its pid."""
    process = subprocess.Popen(
        ["taskset", "-c", "0", *command], env={**os.environ, **(env or {})}
    )
    try:
        _await(process, port)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    msg = f"no server came up: {process.args!r}"
    raise SystemExit(msg)


def memory(pid: int) -> int:
    """Bytes that a process and its children hold for themselves."""
    total = 0
    for one in _family(pid):
        text = Path(f"/proc/{one}/smaps_rollup").read_text()
        held = re.findall(r"^(?:Private_\w+|Anonymous):\s+(\d+) kB", text, re.MULTILINE)
        total += max(map(int, held)) * 1024 if held else 0
    return total


def _processor(pid: int | None) -> float:
    """Seconds of processor that a process and its children have used."""
    ticks = 0
    for one in _family(pid) if pid else ():
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))
