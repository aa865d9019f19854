"""Processes begin when there is work, and never outlive who started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from peru_media.publishing.workers import Workers

HANGING = """
import os, time
from peru_media.publishing.workers import Workers
if __name__ == "__main__":
    with Workers(1) as workers:
        print(workers.submit(os.getpid).result(), flush=True)
        workers.submit(time.sleep, 60).result()
"""


def test_work_is_done_in_another_process() -> None:
    with Workers(1) as workers:
        assert workers.submit(os.getpid).result(60) != os.getpid()


def test_without_work_there_is_nothing_to_end() -> None:
    with Workers(2):
        pass


def test_no_process_outlives_the_one_that_started_it(tmp_path: Path) -> None:
    script = tmp_path / "hanging.py"
    script.write_text(HANGING)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    ) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)

    assert _is_gone(worker)


def _is_gone(pid: int) -> bool:
    """Whether it ends within half a minute; one that nobody waited for has ended."""
    for _ in range(300):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False
