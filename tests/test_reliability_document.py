"""The page of threats names tests that there are, and parts of ``make torture``."""

import re
from pathlib import Path

import pytest

from tests.served import PROJECT

TEXT = (PROJECT / "docs" / "reliability.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    text = (PROJECT / path).read_text()
    assert re.search(rf"(?m)^\s*(?:async )?def {name}\(|^{name} = ", text)


def test_every_part_of_torture_is_named_and_there() -> None:
    folder = PROJECT / "tests" / "torture"
    parts = {path.stem for path in folder.glob("*.py") if _runs(path)}
    cells = re.findall(r"torture: ([\w, ]+)", TEXT)
    named = {part for cell in cells for part in re.split(r",\s*", cell.strip()) if part}

    assert named == parts


def _runs(path: Path) -> bool:
    return not path.name.startswith("_") and "\ndef run(" in path.read_text()
