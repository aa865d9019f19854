"""The command ``peru-media``, also as ``python -m peru_media``."""

import sys

from peru_media.cli.exits import run

__all__ = ["main"]


def main() -> None:
    """Run one verb, and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
