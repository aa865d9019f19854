"""Try 20,000 mutated sound files, and PDFs and pictures beside them: ``make fuzz``.

``python -m tests.media.fuzz --files 800 --seed 7`` tries fewer, or others.
"""

import argparse
import os
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.media.mutations import FORMS
from tests.media.trials import Record, tried

SEED = 20261123
SOUNDS, SOUND_FORMS = 20_000, 6
A_STRETCH = 8 * 25
SHOWN = 40


def main() -> int:
    """Try them side by side and print what happened; 1 where anything is wrong."""
    asked = _arguments()
    whole = Record()
    stretches = [
        range(at, min(at + A_STRETCH, asked.files))
        for at in range(0, asked.files, A_STRETCH)
    ]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for record in pool.map(partial(_stretch, seed=asked.seed), stretches):
            whole.add(record)
            if sys.stdout.isatty():
                _say(f"{whole.forms.total():,} of {asked.files:,}", end="\r")
    _say(f"seed {asked.seed}: {whole}")
    for sentence, count in whole.sentences.most_common(SHOWN):
        _say(f"{count:7,} {sentence}")
    for what, number in whole.ended:
        _say(f"number {number} {what}")
    for wrong in whole.wrong:
        _say(f"WRONG: {wrong}")
    return 1 if whole.wrong else 0


def _stretch(numbers: range, *, seed: int) -> Record:
    """Try some in a process of their own, which knows how large its children were."""
    record = tried(numbers, seed=seed)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    record.memory = max(record.memory[0], most), record.memory[1]
    return record


def _say(line: str, *, end: str = "\n") -> None:
    sys.stdout.write(line + end)
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    enough = -(-SOUNDS // SOUND_FORMS) * len(FORMS)
    parser.add_argument("--files", type=int, default=enough)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
