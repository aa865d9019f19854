from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leaving import Leaving, Template, template


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """A project of two stories and of one who leaves, published three times."""
    with template(tmp_path_factory.mktemp("leaving")) as made:
        yield made


@pytest.fixture
def leaving(published: Template, tmp_path: Path) -> Leaving:
    """A copy of it for this test alone."""
    return published.copied(tmp_path / "project")
