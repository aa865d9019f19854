from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media.media.maker import Maker


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[Maker]:
    with Maker(cache={}, copies=tmp_path / "copies", workers=2) as made:
        yield made
