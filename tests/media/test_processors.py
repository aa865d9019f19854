import os
import subprocess
import sys
from pathlib import Path


def test_no_more_children_work_than_processors_may_be_used(tmp_path: Path) -> None:
    """Asked in a process of its own, which may use one of them alone."""
    script = (
        "import os; from peru_media.media.processors import processors\n"
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
        "print(processors())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path,
    )

    assert done.stdout == "1\n"
