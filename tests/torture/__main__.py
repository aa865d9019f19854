"""Break things on purpose and count what was lost: ``make torture``.

``python -m tests.torture kills faults`` tries those alone. Each part runs in a
process of its own, three at a time, and all end within ten minutes.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures import TimeoutError as NotInTime
from pathlib import Path

from tests.torture._part import tried

AT_ONCE = 3  # most of them wait most of the time
LONG = ("kills", "withdrawal", "faults", "replicas")  # begun first
LONGEST = 600.0


def main() -> int:
    """Run the parts and print what each found; 1 where a promise was broken."""
    asked = _arguments()
    began = time.monotonic()
    pool = ProcessPoolExecutor(AT_ONCE, max_tasks_per_child=1)
    started = {pool.submit(tried, name): name for name in asked.parts}
    left, broken = set(asked.parts), False
    try:
        for done in as_completed(started, timeout=LONGEST):
            name = started[done]
            left.discard(name)
            fault, lines = done.result()
            broken = broken or bool(fault)
            _show(name, lines, fault)
    except NotInTime:
        _say(f"not done within {LONGEST:.0f} s: {', '.join(sorted(left))}")
        broken = True
        for process in list(pool._processes.values()):  # noqa: SLF001  # no public way ends a worker
            process.kill()
    pool.shutdown(cancel_futures=True)
    _say(f"{len(asked.parts) - len(left)} parts in {time.monotonic() - began:.0f} s")
    return 1 if broken else 0


def _show(name: str, lines: list[str], fault: str) -> None:
    _say(f"{name}: {'BROKEN' if fault else 'ok'}")
    for line in lines:
        _say(f"  {line}")
    if fault:
        _say(fault)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _names() -> Iterator[str]:
    """Every part: the modules of this folder that can be run."""
    for found in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not found.name.startswith("_"):
            module = importlib.import_module(f"tests.torture.{found.name}")
            if hasattr(module, "run"):
                yield found.name


def _arguments() -> argparse.Namespace:
    known = sorted(_names(), key=lambda name: (name not in LONG, name))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=known, help=", ".join(known))
    asked = parser.parse_args()
    if unknown := set(asked.parts).difference(known):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
