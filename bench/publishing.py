"""A publish with nothing new, against a sync tool that lists the same objects."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.measure import Scoreboard
from bench.starting import OURS, big_project
from tests.seaweed import Seaweed, seaweed

ROUNDS = 5
OBJECTS = 10_000
EPISODES = OBJECTS // 4
AWS = (str(Path(sys.executable).parent / "aws"),)


def wall(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run(command: tuple[str, ...], *, cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        msg = f"{command} ended with {done.returncode}: {done.stderr[-2000:]}"
        raise SystemExit(msg)
    return done.stdout


def target(root: Path, server: Seaweed, bucket: str) -> None:
    """Let the project publish to the bucket."""
    path = root / "feeds/site.yaml"
    path.write_text(
        f"{path.read_text()}"
        f"  bucket:\n    store: s3://{bucket}/site\n"
        f"    base_url: http://127.0.0.1:9\n    endpoint: {server.endpoint}\n"
        f"    region: us-east-1\n"
    )


def nothing_new(board: Scoreboard, root: Path, server: Seaweed) -> None:
    bucket, other, env = (
        server.make_bucket(),
        server.make_bucket(),
        server.environment(),
    )
    target(root, server, bucket)
    ours = (*OURS, "publish", "--target", "bucket", "--yes", "--json")
    tree = root / "tree"
    for number in range(OBJECTS):
        path = tree / f"{number % 100}" / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"page {number}")
    theirs = (
        *AWS,
        "--endpoint-url",
        server.endpoint,
        "s3",
        "sync",
        "tree",
        f"s3://{other}",
    )
    run(ours, cwd=root, env=env)
    time.sleep(3)
    sent = json.loads(run(ours, cwd=root, env=env))["sent"]
    run(theirs, cwd=root, env=env)
    ratios = []
    for _ in range(ROUNDS):
        mine = wall(lambda: run(ours, cwd=root, env=env))
        sync = wall(lambda: run(theirs, cwd=root, env=env))
        ratios.append(sync / mine)
    pages = server.client().get_paginator("list_objects_v2").paginate(Bucket=bucket)
    held = sum(page["KeyCount"] for page in pages)
    board.at_most("objects sent by a publish with nothing new", sent, 0)
    name = f"aws s3 sync of {OBJECTS} objects / a publish with nothing new ({held})"
    board.at_least(name, statistics.median(ratios), 20)


def main(board: Scoreboard) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = folder / "project"
        big_project(root, EPISODES)
        with seaweed(folder / "s3") as server:
            nothing_new(board, root, server)


if __name__ == "__main__":
    main(Scoreboard())
