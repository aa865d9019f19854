"""Whatever staff write, in whatever field, every reading of our feeds gives it back."""

from collections import Counter
from collections.abc import Callable
from itertools import cycle

import feedparser
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from peru_media import parse_feed
from peru_media.model.source import Show, Source
from peru_media.rendering.feed import render_feed
from tests.generated_sites import NOON, generated_site
from tests.readers.elements import said_by_elements
from tests.readers.model import said_by_model
from tests.readers.ours import said_by_ours
from tests.readers.pythons import said_by_feedparser
from tests.readers.said import Said, flat
from tests.watching import resting

Record = Callable[[str, object], None]

SITES, PARTS = 2_000, 5
WORDS = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "<b>x</b>", "<!--", "\x00", "\ufeff", "a\r\nb", "🎙"]
)
READINGS = ("lxml", "parse_feed", "feedparser")
IN_FEEDPARSER = {
    "title", "language", "copyright", "generator", "lastBuildDate", "itunes:type",
    "itunes:image", "itunes:new-feed-url", "itunes:complete", "podcast:guid",
    "podcast:medium", "itunes:owner/itunes:name", "itunes:owner/itunes:email",
    "item/title", "item/link", "item/guid", "item/enclosure", "item/pubDate",
    "item/itunes:duration", "item/itunes:episode", "item/itunes:season",
    "item/itunes:episodeType", "item/itunes:image", "item/itunes:subtitle",
    "item/psc:chapters",
}  # fmt: skip


@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_every_value_of_generated_sites_comes_back(
    part: int, record_property: Record
) -> None:
    values: Counter[str] = Counter()

    @seed(part)  # or each part would make up the same sites where CI fixes the seed
    @settings(
        max_examples=SITES // PARTS, deadline=None, suppress_health_check=[*HealthCheck]
    )
    @given(st.lists(WORDS, min_size=9, max_size=9), st.integers(0, 2**32))
    def read_back(words: list[str], number: int) -> None:
        texts = cycle(words)
        site = generated_site(number, words=lambda: next(texts), shows=2, episodes=2)
        values["sites"] += 1
        for show in site.shows:
            values.update(_assert_read_back(site, show))

    with resting(part > 1):
        read_back()

    told = ", ".join(f"{values[name]:,} by {name}" for name in READINGS)
    figure = f"{values['sites']:,} sites of random Unicode (part {part} of {PARTS})"
    feeds = f"{values['feeds']:,} feeds well formed, all values read back equal"
    record_property("figure", f"{figure}: {feeds} ({told})")
    assert values["sites"] >= SITES // PARTS


def _assert_read_back(site: Source, show: Show) -> dict[str, int]:
    """Render the feed of a show, and hold each reading of it against the model."""
    mine = [one for one in site.episodes if show.slug in one.shows]
    data = render_feed(show, mine, base_url=site.base_url, built=NOON)
    ordered = sorted(mine, key=lambda one: (-one.published.timestamp(), one.guid))
    shown = ordered[: show.feed_items]
    wanted = said_by_model(show, shown, base_url=site.base_url, built=NOON)

    assert said_by_elements(data) == wanted
    parsed = parse_feed(data)
    assert parsed.repairs == ()
    assert parsed.unknown == ()
    ours = said_by_ours(parsed)
    assert ours == {path: wanted[path] for path in ours}
    assert wanted.keys() - ours.keys() <= {"item/psc:chapters"}
    found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    other = _squeezed(said_by_feedparser(found))
    assert other == _squeezed(wanted)
    return {
        "feeds": 1,
        "lxml": len(flat(wanted)),
        "parse_feed": len(flat(ours)),
        "feedparser": len(other),
    }


def _squeezed(said: Said) -> list[tuple[object, ...]]:
    """What feedparser says as it stands, apart from its white space and repairs."""
    picked = {path: said[path] for path in IN_FEEDPARSER & said.keys()}
    return [
        (path, place, name, " ".join(_repaired(text).split()))
        for path, place, name, text in sorted(flat(picked))
    ]


def _repaired(text: str) -> str:
    """The same, where feedparser takes it for UTF-8 that was misread once."""
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text
