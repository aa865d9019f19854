"""The command ``peru-media``, also as ``python -m peru_media``."""

import os
import sys

from peru_media.cli.exits import run

__all__ = ["main"]


def main() -> None:
    """Run one verb, and end the process with its exit code."""
    _open_closed_streams()
    sys.exit(run(sys.argv[1:]))


def _open_closed_streams() -> None:
    """Give a process that was started without its streams empty ones.

    Else the next file that is opened would take their numbers, and be written to.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            stream = open(number, "w" if number else "r", closefd=False)  # noqa: SIM115  # for the whole process
            setattr(sys, name, stream)


if __name__ == "__main__":
    main()
