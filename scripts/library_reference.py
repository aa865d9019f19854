"""Run docs/library.md, and write below each piece what it prints: make golden."""

import contextlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["PLACE", "pieces", "reference", "rehearse"]

PROJECT = Path(__file__).parent.parent
PLACE = PROJECT / "docs" / "library.md"
_PIECE = re.compile(
    r"^```python\n(?P<code>.*?)^```$(?:\n\n```(?P<kind>text|xml)\n.*?^```$)?",
    re.MULTILINE | re.DOTALL,
)


def pieces() -> list[str]:
    """Every piece of code on the page, in its order."""
    return [found["code"] for found in _PIECE.finditer(PLACE.read_text())]


def reference() -> str:
    """The page as it should be: with what its pieces print today."""
    names: dict[str, Any] = {}

    def written(found: re.Match[str]) -> str:
        said = _said(found["code"], names)
        if bool(said) != bool(found["kind"]):
            msg = f"What it prints and what stands below differ:\n{found['code']}{said}"
            raise ValueError(msg)
        block = f"```python\n{found['code']}```"
        return f"{block}\n\n```{found['kind']}\n{said}```" if said else block

    with _project():
        return _PIECE.sub(written, PLACE.read_text())


def rehearse() -> dict[str, Any]:
    """Run the whole page, and give back every name that it leaves."""
    names: dict[str, Any] = {}
    with _project():
        for code in pieces():
            _said(code, names)
    return names


def _said(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, PLACE.name, "exec"), names)  # noqa: S102  # our own page
    return out.getvalue()


@contextlib.contextmanager
def _project() -> Iterator[None]:
    """A folder with a site in it, to work in."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("feeds", "episodes"):
            shutil.copytree(PROJECT / name, Path(folder, name))
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    PLACE.write_text(reference())
    print(f"Written {PLACE.relative_to(PROJECT)}")
