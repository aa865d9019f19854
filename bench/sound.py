"""How fast recordings are heard and encoded, against one ffmpeg process."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measure import Scoreboard

MINUTES, FEW_MINUTES = 10, 3
ROUNDS = 3
HEAR = "import sys; from pathlib import Path; import peru_media.media.hearing as h; "
HEAR += "h.hear_file(Path(sys.argv[1]))"
MAKE = """
import sys
from pathlib import Path
from peru_media.media.maker import Maker
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import CopyRecipe, CopyTags
from peru_media.model.files import DefaultsField, MediaField
master, copies = Path(sys.argv[1]), Path(sys.argv[2])
with Maker(cache={}, copies=copies, workers=1) as maker:
    facts = maker.facts([master])[master]
    maker.copy(
        CopyRecipe(
            master=str(master),
            master_sha256=facts.sha256,
            media_type=facts.media_type,
            tags=CopyTags(title="A", album="B", guid=copies.name),
            settings=encoding_of(facts, DefaultsField(), MediaField()),
        )
    )
"""
# Brown noise in syllables: about the spectrum and the crests of a voice.
SOURCE = "anoisesrc=c=brown:a=0.9:seed=3:r=44100:d=60,highpass=f=120"
SOURCE += ",tremolo=f=4:d=0.9,volume=-6dB"


class Cost:
    """What one run of a program took: processor seconds, and memory in MiB."""

    def __init__(self, command: Sequence[str]) -> None:
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            msg = f"{command} ended with {process.returncode}"
            raise SystemExit(msg)
        self.seconds = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss / 1024


def in_turn(commands: Mapping[str, Sequence[str]]) -> dict[str, list[Cost]]:
    """Every program once a round, so that a noisy minute hits all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            found[name].append(Cost(command))
    return found


def faster(mine: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """How many times as fast mine is, by processor time; the median of the rounds."""
    pairs = zip(mine, theirs, strict=True)
    return statistics.median(their.seconds / my.seconds for my, their in pairs)


def recordings(folder: Path, minutes: int) -> dict[str, Path]:
    """A recording of so many minutes in the forms that come in most."""
    folder.mkdir()
    minute = folder / "minute.wav"
    _ffmpeg("-f", "lavfi", "-i", SOURCE, "-ac", "2", str(minute))
    repeated = ("-stream_loop", str(minutes - 1), "-i", str(minute))
    found = {}
    for name, options in {
        "mono.mp3": ("-ac", "1", "-b:a", "96k"),
        "stereo.mp3": ("-b:a", "128k"),
        "stereo.wav": (),
        "mono.flac": ("-ac", "1"),
    }.items():
        found[name] = folder / name
        _ffmpeg(*repeated, *options, str(found[name]))
    return found


def _ffmpeg(*arguments: str) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", *arguments]
    subprocess.run(command, check=True)


def _measured(path: Path) -> tuple[str, ...]:
    measure = "ebur128=peak=true:framelog=verbose"
    return ("ffmpeg", "-nostdin", "-i", str(path), "-af", measure)


def hearing(board: Scoreboard, masters: Mapping[str, Path]) -> None:
    for name, path in masters.items():
        found = in_turn(
            {
                "ours": (sys.executable, "-c", HEAR, str(path)),
                "ffmpeg": (*_measured(path), "-f", "null", "-"),
            }
        )
        ratio = faster(found["ours"], found["ffmpeg"])
        board.at_least(f"{name} heard once / ffmpeg ebur128=peak=true", ratio, 0.8)
        memory = max(cost.memory for cost in found["ours"])
        board.at_most(f"{name} heard once: MiB of memory", memory, 128)


def longest(board: Scoreboard, folder: Path) -> None:
    """Hear an hour, for its memory alone: it must not grow with the length."""
    hour = folder / "hour.mp3"
    minutes = str(folder / "stereo.mp3")
    repeated = ("-stream_loop", str(60 // MINUTES - 1), "-i", minutes, "-c", "copy")
    _ffmpeg(*repeated, str(hour))
    cost = Cost((sys.executable, "-c", HEAR, str(hour)))
    board.at_most("an hour heard once: MiB of memory", cost.memory, 128)


def making(masters: Mapping[str, Path], folder: Path) -> None:
    """Show what a copy costs that is measured, levelled, encoded and heard again.

    No goal: the one process beside it neither levels nor hears what came out.
    """
    for name in ("stereo.wav", "mono.flac"):
        kbits = "96k" if name.startswith("mono") else "128k"
        theirs = (*_measured(masters[name]), "-b:a", kbits, "-y", str(folder / "x.mp3"))
        ours, ffmpeg = [], []
        for turn in range(ROUNDS):
            copies = folder / f"copies-{name}-{turn}"
            command = (sys.executable, "-c", MAKE, str(masters[name]), str(copies))
            ours.append(Cost(command))
            ffmpeg.append(Cost(theirs))
        speed = FEW_MINUTES * 60 / statistics.median(cost.seconds for cost in ours)
        print(f"{name} ready for publishing: {speed:.0f} s of sound a second")
        ratio = faster(ours, ffmpeg)
        print(f"{name} made ready / ffmpeg ebur128 and encode: {ratio:.2f}")


def main(board: Scoreboard) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hearing(board, recordings(folder / "long", MINUTES))
        longest(board, folder / "long")
        making(recordings(folder / "short", FEW_MINUTES), folder)


if __name__ == "__main__":
    main(Scoreboard())
