"""A feed is rebuilt from what is known, and nobody can tell that it was."""

import gzip
import hashlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peru_media.model.source import Collection, Episode
from peru_media.rendering.atom import ATOM_FEED
from peru_media.rendering.blocks import Composition, Form
from peru_media.rendering.feed import RSS, channel_of, feed_window, packed_feed
from peru_media.rendering.json_feed import JSON_FEED
from tests.rendering.samples import BASE, NOON, make_episode, make_show

CHANNEL = channel_of(make_show(), base_url=BASE, built=NOON)
FORMS = pytest.mark.parametrize(
    "form", [RSS, JSON_FEED, ATOM_FEED], ids=lambda form: form.name
)


def _episode(number: int, *, day: int, title: str = "A story") -> Episode:
    published = NOON - timedelta(days=day)
    return make_episode(f"e-{number}", published=published, title=title)


def _catalogue(number: int) -> list[Episode]:
    return [_episode(n, day=n) for n in range(number)]


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["edit", "insert", "remove", "date back"]),
        st.integers(0, 499),
        st.integers(0, 499),
    ),
    min_size=1,
    max_size=4,
)


def _after(episodes: list[Episode], change: tuple[str, int, int]) -> list[Episode]:
    kind, place, day = change
    place %= len(episodes)
    old, rest = episodes[place], episodes[:place] + episodes[place + 1 :]
    if kind == "remove":
        return rest or episodes
    if kind == "insert":
        return [*episodes, _episode(1000 + place * 500 + day, day=day)]
    update = (
        {"title": f"Anew {day}"}
        if kind == "edit"
        else {"published": NOON - timedelta(days=day)}
    )
    return [*rest, old.model_copy(update=update)]


@FORMS
@settings(max_examples=8, deadline=None)
@given(number=st.sampled_from([1, 70, 300]), changes=CHANGES)
def test_whatever_changed_it_is_the_feed_that_would_be_made_anew(
    form: Form, number: int, changes: list[tuple[str, int, int]]
) -> None:
    cache: dict[str, bytes] = {}
    episodes = feed_window(CHANNEL.show, _catalogue(number))
    grown = packed_feed(CHANNEL, episodes, form=form, cache=cache)

    for change in changes:
        episodes = feed_window(CHANNEL.show, _after(episodes, change))
        grown = packed_feed(CHANNEL, episodes, form=form, cache=cache)

    assert grown == packed_feed(CHANNEL, episodes, form=form)
    text = gzip.decompress(grown.body)
    assert grown.sha256 == hashlib.sha256(text).hexdigest()
    assert grown.size == len(text)


@pytest.mark.parametrize("kind", ["edit", "insert", "remove", "date back"])
@pytest.mark.parametrize("place", [0, 250, 499])
def test_one_change_touches_few_blocks(kind: str, place: int) -> None:
    feed = Composition(form=RSS, channel=CHANNEL)
    episodes = feed_window(CHANNEL.show, _catalogue(500))
    known = {block.key for block in feed.blocks(episodes)}

    changed = feed_window(CHANNEL.show, _after(episodes, (kind, place, 100)))

    anew = {block.key for block in feed.blocks(changed)} - known
    assert 1 <= len(anew) <= (3 if kind == "date back" else 2)


def test_a_collection_is_an_input_of_its_own_items_alone() -> None:
    show = make_show(collections=(Collection(name="a", title="A", season=1),))
    other = make_show(collections=(Collection(name="a", title="B", season=1),))
    cache: dict[str, bytes] = {}
    episodes = [make_episode("x", collection="a"), make_episode("y")]

    first, second = (
        Composition(
            form=RSS,
            channel=channel_of(one, base_url=BASE, built=NOON),
            cache=cache,
        )
        for one in (show, other)
    )

    assert first.item(episodes[0]) != second.item(episodes[0])
    before = len(cache)
    assert first.item(episodes[1]) == second.item(episodes[1])
    assert len(cache) == before + 2, "its notes and the item, once"


def test_a_feed_that_did_not_change_is_not_read_again() -> None:
    cache: dict[str, bytes] = {}
    episodes = _catalogue(200)
    first = packed_feed(CHANNEL, episodes, cache=cache)
    for key in [key for key in cache if key.startswith("text ")]:
        del cache[key]

    again = packed_feed(CHANNEL, episodes, cache=cache)

    assert again == first
    assert not [key for key in cache if key.startswith("text ")]
