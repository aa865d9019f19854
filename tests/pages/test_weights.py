"""How much a reader has to fetch."""

import re
from collections.abc import Callable

import pytest

from tests.pages.everything import EPISODE
from tests.pages.visiting import TYPES, Site

Record = Callable[[str, object], None]
_LIMITS = {"page": 40_000, "style sheet": 10_000, "script": 4_000}


def _weight(site: Site, path: str, coding: str = "gzip") -> int:
    answer = site.get(path, **{"Accept-Encoding": coding})
    assert answer.headers["content-encoding"] == coding
    return len(answer.body)


def test_an_episode_is_light(site: Site, record_property: Record) -> None:
    text = site.get(EPISODE).text
    assets = {
        "style sheet": re.search(r'href="(/assets/\w+\.css)"', text),
        "script": re.search(r'src="(/assets/\w+\.js)"', text),
    }

    weights = {"document": _weight(site, EPISODE)}
    for name, found in assets.items():
        assert found is not None
        weights[name] = _weight(site, found[1])
        assert weights[name] <= _LIMITS[name]
    assert sum(weights.values()) <= _LIMITS["page"]

    parts = ", ".join(f"{name} {size:,} B" for name, size in weights.items())
    total = f"{sum(weights.values()):,} B of at most {_LIMITS['page']:,} B"
    record_property("figure", f"an episode's page, gzipped: {total} ({parts})")


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_no_page_is_heavy(site: Site, path: str) -> None:
    if site.get(path).status == 200:
        answer = site.get(path, **{"Accept-Encoding": "gzip"})
        assert len(answer.body) <= 20_000
