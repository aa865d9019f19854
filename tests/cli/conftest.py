import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from peru_media.cli.exits import run
from tests.cli.calls import NOWHERE
from tests.newsroom import made_copies
from tests.projects import write, write_project


@dataclass(frozen=True, slots=True)
class Called:
    """What one call of a verb gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.out)
        return answer


Call = Callable[..., Called]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two stories, whose address nobody answers at."""
    root = tmp_path / "project"
    write_project(root, episodes=2, base_url=NOWHERE)
    return root


@pytest.fixture
def made(project: Path) -> None:
    """Let what publishing it makes be there, as after a publish elsewhere."""
    write(project / ".peru-media/copies", made_copies())


@pytest.fixture
def call(project: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call a verb on the project, with nobody at the keyboard."""

    def called(*arguments: str) -> Called:
        capsys.readouterr()
        code = run([*arguments, "--project", str(project)])
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return called
