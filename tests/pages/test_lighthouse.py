"""Lighthouse gives an episode's page full marks."""

from collections.abc import Callable
from pathlib import Path

from tests.pages.everything import EPISODE
from tests.pages.judges import lighthouse, release_of
from tests.pages.visiting import Site

Record = Callable[[str, object], None]
# Loading is timed, so that a busy computer may lose points which a page has.
_CATEGORIES = ("accessibility", "best-practices", "seo")


def test_lighthouse_finds_nothing_to_mend(
    site: Site, tmp_path: Path, record_property: Record
) -> None:
    report = lighthouse(site.url + EPISODE, tmp_path)

    scores = {name: one["score"] for name, one in report["categories"].items()}
    lacking = [
        f"{name}: {one['id']}"
        for name, category in report["categories"].items()
        for one in category["auditRefs"]
        if name in _CATEGORIES
        and one["weight"]
        and report["audits"][one["id"]]["score"] not in {None, 1}
    ]
    asked = report["audits"]["network-requests"]["details"]["items"]
    assert lacking == []
    assert {name: scores[name] for name in _CATEGORIES} == dict.fromkeys(_CATEGORIES, 1)
    own = (site.url, "data:")  # the browser draws its own player by data addresses
    assert [one for one in asked if not one["url"].startswith(own)] == []
    marks = ", ".join(f"{name} {round(score * 100)}" for name, score in scores.items())
    record_property("part", f"Lighthouse {release_of('lighthouse')}: judges an episode")
    record_property("figure", f"Lighthouse, of 100 each: {marks}")
