"""The feed of a private show: rendered once, with a marker where a token belongs."""

import gzip
from datetime import timedelta

import pytest

from peru_media.model.release import Version
from peru_media.model.source import Source
from peru_media.rendering.private_rows import marker_of
from peru_media.rendering.release import Rendering, render
from tests.rendering.samples import (
    NOON,
    TEXTS,
    make_episode,
    make_rich_episode,
    make_show,
    make_source,
)

DAY = timedelta(days=1)
CLOSED = make_show("closed", visibility="private", title="Closed")


def _render(source: Source) -> Rendering:
    return render(
        source,
        at=NOON,
        until=NOON + 90 * DAY,
        texts=TEXTS.__getitem__,
        changed={},
        cache={},
    )


def _text(made: Rendering, version: Version) -> str:
    return gzip.decompress(made.objects[version.key or ""]).decode()


def test_the_feed_turns_with_its_episodes() -> None:
    source = make_source(
        make_episode("now", shows=("closed",), until=NOON + 2 * DAY),
        make_episode("soon", shows=("closed",), published=NOON + DAY),
        shows=(CLOSED,),
    )
    made = _render(source)

    feed = made.private["closed"]["/feed.xml"]
    assert [version.since for version in feed] == [NOON, NOON + DAY, NOON + 2 * DAY]
    assert [_text(made, version).count("<item>") for version in feed] == [1, 2, 1]
    (medium,) = [path for path in made.private["closed"] if "/now.mp3" in path]
    assert [v.gone for v in made.private["closed"][medium]] == [None, "ended"]


def test_a_show_without_episodes_has_a_feed_already() -> None:
    made = _render(make_source(shows=(CLOSED,)))

    (feed,) = made.private["closed"]["/feed.xml"]
    assert "<item>" not in _text(made, feed)
    assert "<itunes:block>Yes</itunes:block>" in _text(made, feed)


def test_every_address_of_ours_lies_below_the_marker() -> None:
    source = make_source(make_rich_episode(shows=("closed",)), shows=(CLOSED,))
    made = _render(source)
    text = _text(made, made.private["closed"]["/feed.xml"][0])
    below = f"{source.base_url}/private/{marker_of(source, CLOSED)}"

    ours = text.count(source.base_url)
    assert text.count(below) == ours - 1  # the channel's link leads home
    assert f"<link>{source.base_url}/</link>" in text
    assert not set(made.private["closed"]) & {
        path for table in made.tables.values() for path in table
    }


def test_an_episode_of_a_public_show_is_in_the_private_feed_too() -> None:
    source = make_source(
        make_episode("shared", shows=("open", "closed")),
        shows=(make_show("open"), CLOSED),
    )
    made = _render(source)

    assert "/open/shared" in made.tables["open"]
    text = _text(made, made.private["closed"]["/feed.xml"][0])
    assert text.count("<item>") == 1


@pytest.mark.parametrize("field", ["notes", "title"])
def test_no_text_can_hold_the_marker_on_purpose(field: str) -> None:
    """Who knows the marker and writes it down has another marker by that."""
    first = make_source(make_episode("one", shows=("closed",)), shows=(CLOSED,))
    known = marker_of(first, CLOSED)
    hostile = make_episode("one", shows=("closed",), **{field: f"evil {known}"})
    second = make_source(hostile, shows=(CLOSED,))

    assert marker_of(second, CLOSED) != known
    assert len(known) == 32
    assert marker_of(first, CLOSED) == known
