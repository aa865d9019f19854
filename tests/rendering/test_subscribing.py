"""Apps that take a feed, and a code for the camera of a phone."""

import re
from typing import Any

import pytest
import segno
from lxml import html as reader

from peru_media.rendering.subscribing import apps, qr_code

FEED = "https://media.example.ac.uk/personalisation/feed.xml"


def test_a_shows_own_pages_come_first_and_none_twice() -> None:
    found = apps(FEED, {"apple": "https://a.org", "website": "https://w.org"})

    assert found[:2] == [
        ("Apple Podcasts", "https://a.org"),
        ("Website", "https://w.org"),
    ]
    names = [name for name, _ in found]
    assert len(set(names)) == len(names) == 7


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "x:y", "", "//e.org"])
def test_only_web_addresses_are_followed(bad: str) -> None:
    assert apps(FEED, {"apple": bad}) == apps(FEED, {})


def test_each_app_gets_the_feed_as_it_takes_it() -> None:
    found = dict(apps("http://127.0.0.1:8000/a b/feed.xml?x=1&y", {}))

    bare = "127.0.0.1:8000/a b/feed.xml?x=1&y"
    assert found["Apple Podcasts"] == f"podcast://{bare}"
    assert found["Overcast"].endswith(
        "?url=http%3A%2F%2F127.0.0.1%3A8000%2Fa%20b%2Ffeed.xml%3Fx%3D1%26y"
    )


def _modules(drawn: Any, size: int) -> list[list[int]]:
    """What the path paints black, cell by cell."""
    cells = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn.get("d")):
        for column in range(int(x), int(x) + int(length)):
            cells[int(y)][column] = 1
    return cells


@pytest.mark.parametrize(
    "address", ["https://e.org/show#subscribe", f"{FEED}{'x' * 90}"]
)
def test_the_code_is_the_one_that_the_address_has(address: str) -> None:
    picture = reader.fragment_fromstring(qr_code(address, "Ways to <subscribe>"))

    assert picture.get("aria-label") == "Ways to <subscribe>"
    assert picture.get("role") == "img"
    assert "style" not in picture.attrib
    _, drawn = picture
    code = segno.make_qr(address, error="m")
    wanted = [list(row) for row in code.matrix_iter(border=4)]
    assert _modules(drawn, len(wanted)) == wanted
    assert picture.get("viewbox") == f"0 0 {len(wanted)} {len(wanted)}"
