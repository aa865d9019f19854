from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A small project with real media, and everything to publish it with."""
    with Newsroom.opened(tmp_path) as room:
        yield room
