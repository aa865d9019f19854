"""How fast the command line starts, against a bare interpreter."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measure import Scoreboard
from tests.projects import write, write_project

BARE = (sys.executable, "-c", "pass")
OURS = (sys.executable, "-m", "peru_media")
HEAVY = ("av", "boto3", "jinja2", "lxml", "pydantic", "rich", "starlette")
ROUNDS = 15
EPISODES = 500


def seconds(command: Sequence[str], *, cwd: Path) -> float:
    """Processor seconds of one run; the exit codes of a healthy run are known."""
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        msg = f"{command} ended with {process.returncode}"
        raise SystemExit(msg)
    return used.ru_utime + used.ru_stime


def side_by_side(
    commands: Mapping[str, Sequence[str]], *, cwd: Path
) -> dict[str, float]:
    """Median ratio of each command to the bare interpreter, in alternating rounds."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(ROUNDS + 1):
        bare = seconds(BARE, cwd=cwd)
        for name, command in commands.items():
            took = seconds(command, cwd=cwd)
            if turn:
                found[name].append(took / bare)
    return {name: statistics.median(ratios) for name, ratios in found.items()}


def heavy_imports(command: Sequence[str]) -> set[str]:
    """The large libraries that a command imports."""
    traced = [command[0], "-X", "importtime", *command[1:]]
    done = subprocess.run(traced, capture_output=True, text=True, check=True)
    names = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    return names & set(HEAVY)


def big_project(root: Path, episodes: int) -> None:
    """A project of many stories, the same sound in each under its own guid."""
    write_project(root, episodes=1)
    first = root / "episodes/story-1"
    page = (first / "episode.md").read_text()
    for number in range(2, episodes + 1):
        text = page.replace("story-1", f"story-{number}")
        text = text.replace("Story 1", f"Story {number}")
        text = text.replace("number: 1", f"number: {number}")
        folder = f"episodes/story-{number}"
        words = (
            (first / "transcript.vtt").read_text().replace("Story 1", f"Story {number}")
        )
        write(root, {f"{folder}/episode.md": text, f"{folder}/transcript.vtt": words})
        write(root, {f"{folder}/audio.mp3": (first / "audio.mp3").read_bytes()})


def main(board: Scoreboard) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        big_project(root, EPISODES)
        seconds((*OURS, "check"), cwd=root)
        time.sleep(3)
        seconds((*OURS, "check"), cwd=root)
        found = side_by_side(
            {
                "--help": (*OURS, "--help"),
                "--version": (*OURS, "--version"),
                "check": (*OURS, "check"),
            },
            cwd=root,
        )
    board.at_most("--help / a bare interpreter", found["--help"], 5)
    board.at_most("--version / a bare interpreter", found["--version"], 5)
    heavy = heavy_imports((*OURS, "--help")) | heavy_imports((*OURS, "--version"))
    board.at_most("large libraries that --help and --version import", len(heavy), 0)
    board.at_most(
        f"check of {EPISODES} unchanged episodes / a bare interpreter",
        found["check"],
        30,
    )


if __name__ == "__main__":
    main(Scoreboard())
