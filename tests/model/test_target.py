"""Where a site is published to."""

from pathlib import Path

import pytest

from peru_media.model.files import TargetField
from peru_media.model.target import Target


@pytest.mark.parametrize(
    ("base_url", "origins"),
    [
        ("http://127.0.0.1:8000", {"http://127.0.0.1:8000", "http://localhost:8000"}),
        ("http://localhost:8000", {"http://127.0.0.1:8000", "http://localhost:8000"}),
        ("https://example.org", {"https://example.org:443"}),
    ],
)
def test_this_machine_is_known_by_both_of_its_names(
    base_url: str, origins: set[str]
) -> None:
    field = TargetField(store="site", base_url=base_url)

    assert Target(name="local", root=Path(), field=field).origins == origins
