"""Measure how long the functions of a package are: python measure.py PACKAGE.

Docstrings do not count. Fails where the median is ten lines or more, or where one
function is longer than forty.
"""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

MEDIAN = 10
LONGEST = 40

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(package: Path) -> Iterator[tuple[int, str]]:
    """Length and place of every function below a folder."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield _length(node), f"{path}:{node.lineno} {node.name}"


def _length(node: Function) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node) is None:
        return lines
    text = node.body[0]
    return lines - ((text.end_lineno or text.lineno) - text.lineno + 1)


def main() -> None:
    """Print the figures, and end with 1 where they are too large."""
    found = sorted(functions(Path(sys.argv[1])), reverse=True)
    median = statistics.median(length for length, _ in found)
    too_long = [(length, place) for length, place in found if length > LONGEST]
    print(
        f"{len(found)} functions: median {median:g} lines (under {MEDIAN}), "
        f"longest {found[0][0]} (at most {LONGEST}): {found[0][1]}"
    )
    for length, place in too_long:
        print(f"  {length} lines: {place}")
    sys.exit(bool(too_long) or median >= MEDIAN)


if __name__ == "__main__":
    main()
