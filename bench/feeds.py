"""A feed built anew and after one change: time, memory and size.

Others take notes as HTML, so ours are HTML already, too, where a line does not say
otherwise: what staff write is turned into HTML once, and kept.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from bench.builders import BUILDERS
from bench.catalogue import CATALOGUE, NOTES, episodes, read, write
from bench.measure import Scoreboard
from bench.rebuilding import CHANGES, Change, Race, Rebuilt, stored
from peru_media.caching.sqlite import SqliteCache
from peru_media.model.source import Episode

SIZES = {1_000: 9, 10_000: 5, 100_000: 1}  # episodes: rounds
SMALL, JUDGED = 1_000, 10_000
NPM = ("feedsmith", "podcast")
MODULES = Path(".peru-media/tests/readers/node_modules")
ALONE, TOGETHER = "ours, stored, from Markdown", "the same by two processes"
MIB = 1 << 20

Figures = dict[str, float]


def main(board: Scoreboard) -> None:
    """Measure every size; judge the middle one, and the growth up to it."""
    beside = Beside()
    built: dict[int, dict[str, Figures]] = {}
    changed: dict[int, dict[str, Figures]] = {}
    for size, rounds in SIZES.items():
        with tempfile.TemporaryDirectory() as name:
            folder, found = Path(name), list(episodes(size))
            write(folder, found)
            with SqliteCache(folder / NOTES) as known:
                notes = dict(known)
            print(f"{size:,} episodes", flush=True)
            left_out = () if size <= JUDGED else (ALONE, TOGETHER)
            built[size] = first_builds(folder, left_out, rounds=min(3, rounds))
            race = Race(found, read(folder / CATALOGUE), folder / NOTES)
            changed[size] = after_one_change(race.round() for _ in range(rounds))
            if size == JUDGED:
                judge_size(board, found, notes)
        judge = board if size == JUDGED else beside
        judge_builds(judge, built[size])
        judge_changes(judge, changed[size])
    judge_growth(board, built, changed)


class Beside(Scoreboard):
    """Prints the ratios of sizes that have no goal."""

    def at_least(self, name: str, ratio: float, goal: float) -> None:  # noqa: ARG002  # that of 10,000
        print(f"{name:62} {ratio:8.2f}", flush=True)

    at_most = at_least


def first_builds(
    folder: Path, left_out: Collection[str], *, rounds: int
) -> dict[str, Figures]:
    """Each builder in a process of its own, in turn: medians of what it took."""
    python = [sys.executable, "-m", "bench.builders"]
    commands = {name: [*python, name, str(folder)] for name in BUILDERS}
    commands = {name: c for name, c in commands.items() if name not in left_out}
    npm = _npm(folder)
    seen: dict[str, list[Figures]] = {name: [] for name in (*commands, *npm)}
    for _ in range(rounds):
        for name, command in (commands | npm).items():
            try:
                seen[name].append(_run(command))
            except subprocess.CalledProcessError as error:
                if name not in npm:
                    raise
                print(f"   {name} gives up: {_reason(error.stderr)}", flush=True)
                del npm[name], seen[name]
    medians = {name: _medians(runs) for name, runs in seen.items()}
    for name, one in medians.items():
        print(
            f"   built by {name:30} {one['cpu'] * 1e3:8,.0f} ms of processor"
            f" {one['wall'] * 1e3:8,.0f} ms {one['peak'] / MIB:6,.0f} MiB above"
            f" {one['bytes'] / 1e6:6.1f} MB",
            flush=True,
        )
    return medians


def _npm(folder: Path) -> dict[str, list[str]]:
    """The builders of npm, where node is here and has installed them."""
    if shutil.which("node") is None or not MODULES.is_dir():
        print(f"   node is not here, so these stay out: {', '.join(NPM)}")
        return {}
    program, catalogue = Path(__file__).with_name("feed_node.cjs"), folder / CATALOGUE
    node = ["node", "--expose-gc", "--max-old-space-size=8000", str(program)]
    return {f"npm {name}": [*node, name, str(catalogue)] for name in NPM}


def _run(command: list[str]) -> Figures:
    env = {**os.environ, "NODE_PATH": str(MODULES.resolve())}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    found: Figures = json.loads(done.stdout)
    return found


def _reason(errors: str) -> str:
    """What node says of a fault, such as a text longer than it can hold."""
    lines = errors.splitlines()
    return next((line for line in lines if "Error: " in line), lines[-1])


def _medians(runs: list[Figures]) -> Figures:
    return {key: statistics.median(one[key] for one in runs) for key in runs[0]}


def after_one_change(rounds: Iterable[Rebuilt]) -> dict[str, Figures]:
    """Medians of every way, in processor seconds; ``""`` holds the others' ways."""
    seen = list(rounds)
    found = {"": _medians([one.theirs for one in seen])}
    found |= {kind: _medians([one.ours[kind] for one in seen]) for kind in CHANGES}
    for kind, ways in found.items():
        for way, took in ways.items():
            name = f"{way}, one {kind}" if kind else way
            print(f"   {name:50} {took * 1e3:10,.1f} ms", flush=True)
    return found


def judge_changes(board: Scoreboard, changed: Mapping[str, Figures]) -> None:
    """One change in a feed, whatever it is."""
    theirs = changed[""]
    feedgen, limit = theirs["feedgen and gzip -6"], theirs["the splice limit"]
    for kind in CHANGES:
        ours, alone = (
            changed[kind][way]
            for way in ("bytes, hash and gzip", "gzip alone, from disk")
        )
        board.at_most(f"one {kind}: all of it / the splice limit", ours / limit, 2)
        board.at_least(f"one {kind}: feedgen + gzip -6 / all of it", feedgen / ours, 20)
        name = f"one {kind}: feedgen + gzip -6 / gzip alone, from disk"
        board.at_least(name, feedgen / alone, 40)


def judge_builds(board: Scoreboard, built: Mapping[str, Figures]) -> None:
    """The first build, all tags."""
    feedgen, ours = built["feedgen"], built["ours"]
    board.at_most("first build / feedgen", ours["cpu"] / feedgen["cpu"], 1.5)
    peak = built["ours, stored"]["peak"] / feedgen["peak"]
    board.at_most("first build: peak of memory / feedgen's", peak, 0.3)
    if ALONE in built:
        ratio = built[TOGETHER]["wall"] / built[ALONE]["wall"]
        print(f"{TOGETHER + ', in time / by one':62} {ratio:8.2f}", flush=True)


def judge_size(
    board: Scoreboard, found: list[Episode], notes: Mapping[str, bytes]
) -> None:
    """The size of the spliced gzip; and whether it shows how it was made."""
    cache = dict(notes)
    plain = gzip.decompress(stored(found, cache).body)
    change, different = Change(found), 0
    for kind in CHANGES.values():
        now = kind(change)
        different += stored(now, cache) != stored(now, dict(notes))
    size = len(stored(found, cache).body) / len(gzip.compress(plain, 6))
    board.at_most("size of the spliced gzip / gzip -6", size, 1.03)
    board.at_most("feeds that differ from one made anew", different, 0)


def judge_growth(
    board: Scoreboard,
    built: Mapping[int, Mapping[str, Figures]],
    changed: Mapping[int, Mapping[str, Figures]],
) -> None:
    """How much longer ten times as many episodes take."""

    def full(size: int) -> float:
        return built[size]["ours, stored"]["cpu"]

    def incremental(size: int) -> float:
        return changed[size]["edited"]["gzip alone, from disk"]

    name = "from 1,000 to 10,000 episodes"
    board.at_most(f"full build, {name}", full(JUDGED) / full(SMALL), 12)
    grown = incremental(JUDGED) / incremental(SMALL)
    board.at_most(f"gzip alone after one edit, {name}", grown, 3)


if __name__ == "__main__":
    main(Scoreboard())
