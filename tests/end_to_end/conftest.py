from collections.abc import Iterator

import pytest

from tests.served import Served, published


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own content as listeners get it."""
    with published(tmp_path_factory.mktemp("site")) as served:
        yield served
