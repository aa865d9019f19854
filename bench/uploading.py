"""The goals for uploading, each measured beside its rivals in one run.

    python bench/uploading.py [ROUNDS]

Everyone sends the same files to the same SeaweedFS, each as a process of its
own, so that starting counts too. A round sends all, in turn.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.measure import Scoreboard
from peru_media.ports import Meta
from peru_media.storage.s3 import S3Settings, S3Store
from tests.seaweed import Seaweed, seaweed

_MIB = 1 << 20
_SENDERS = 8
_BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Case:
    """So many files of one size, in a folder of their own."""

    name: str
    folder: Path

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())


def rows(rounds: int) -> list[tuple[str, float, float]]:
    """Name, ratio and goal (at most) of each comparison."""
    found = []
    with tempfile.TemporaryDirectory(prefix="peru-media-bench-") as name:
        base = Path(name)
        cases = [
            _case(base / "small", "200 x 1 MiB", count=200, size=_MIB),
            _case(base / "large", "1 x 256 MiB", count=1, size=256 * _MIB),
        ]
        with seaweed(base / "seaweed") as server:
            for case in cases:
                spent = _measure(case, server, rounds)
                for rival, goal in (("awscli", 1.0), ("s5cmd", 1.4)):
                    ratio = _ratio(spent["ours"], spent[rival])
                    found.append((f"upload {case.name}, ours/{rival}", ratio, goal))
    return found


def _case(folder: Path, name: str, *, count: int, size: int) -> Case:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.bin").write_bytes(os.urandom(size))
    return Case(name, folder)


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def _measure(case: Case, server: Seaweed, rounds: int) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        bucket = server.make_bucket()
        for name, command in _commands(case, server, bucket, number).items():
            seconds = _time(command, server.environment())
            if number:  # the first round warms caches and makes volumes
                spent.setdefault(name, []).append(seconds)
        _remove(server, bucket)
    told = ", ".join(
        f"{name} {statistics.median(seconds):.2f} s" for name, seconds in spent.items()
    )
    print(f"# {case.name}: {told}", flush=True)
    return spent


def _commands(
    case: Case, server: Seaweed, bucket: str, number: int
) -> dict[str, list[str]]:
    target = f"s3://{bucket}/{number}"
    return {
        "ours": [
            sys.executable,
            __file__,
            "--send",
            server.endpoint,
            bucket,
            f"{number}/ours",
            str(case.folder),
        ],
        "awscli": [
            *(str(_BIN / "aws"), "s3", "cp", "--recursive", "--quiet"),
            *("--endpoint-url", server.endpoint, f"{case.folder}", f"{target}/aws/"),
        ],
        "s5cmd": [
            *(str(_BIN / "s5cmd"), "--endpoint-url", server.endpoint, "--log", "error"),
            *("cp", f"{case.folder}/*", f"{target}/s5cmd/"),
        ],
    }


def _time(command: Sequence[str], environment: Mapping[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env={**os.environ, **environment}, check=True, timeout=300)
    return time.perf_counter() - start


def _remove(server: Seaweed, bucket: str) -> None:
    client = server.client()
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for item in page.get("Contents", ()):
            client.delete_object(Bucket=bucket, Key=item["Key"])
    client.delete_bucket(Bucket=bucket)


def send(endpoint: str, bucket: str, prefix: str, folder: str) -> None:
    """Send a folder as publishing does: new objects only, several at a time."""
    store = S3Store(S3Settings(bucket=bucket, prefix=prefix, endpoint=endpoint))
    meta = Meta(media_type="audio/mpeg", cache_control="max-age=31536000, immutable")

    def put(path: Path) -> None:
        store.put(f"public/{path.name}", path, meta=meta, if_absent=True)

    with ThreadPoolExecutor(_SENDERS) as pool:
        list(pool.map(put, sorted(Path(folder).iterdir())))


def main(board: Scoreboard, *, rounds: int = 3) -> None:
    for name, ratio, goal in rows(rounds):
        board.at_most(name, ratio, goal)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--send"]:
        send(*sys.argv[2:])
    else:
        main(Scoreboard(), rounds=int(sys.argv[1]) if sys.argv[1:] else 3)
