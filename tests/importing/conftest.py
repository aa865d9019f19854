from collections.abc import Iterator
from pathlib import Path

import pytest

from peru_media.media.maker import Maker
from tests.importing.imports import Project
from tests.importing.old_host import OldHost, old_host


@pytest.fixture(scope="session")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    folder: Path = tmp_path_factory.mktemp("copies")
    with Maker(cache={}, copies=folder, workers=1) as made:
        yield made


@pytest.fixture
def host() -> Iterator[OldHost]:
    with old_host() as running:
        yield running


@pytest.fixture
def project(tmp_path: Path, maker: Maker, host: OldHost) -> Project:
    return Project(root=tmp_path / "project", maker=maker, web=host.web())
