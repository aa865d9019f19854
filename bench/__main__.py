"""Run the benches: ``python -m bench``, or some of them by name."""

import importlib
import sys

from bench.measure import Scoreboard

ALL = (
    "starting", "feeds", "parsing", "publishing", "uploading", "serving", "searching",
    "reading",
    "sound", "pages",
)  # fmt: skip

board = Scoreboard()
for name in sys.argv[1:] or ALL:
    print(f"== {name}", flush=True)
    importlib.import_module(f"bench.{name}").main(board)
print(f"{len(board.short)} short" + "".join(f"\n  {name}" for name in board.short))
