"""Long lists are cut into pages that a new episode leaves alone."""

import gzip
import re
from datetime import timedelta

import pytest

from peru_media.model.source import Collection, Source
from peru_media.rendering.listing import cut
from peru_media.rendering.release import Rendering, render
from tests.rendering.samples import NOON, make_episode, make_show, make_source

COLLECTION = Collection(name="stories", title="Stories", season=1)


def archive(number: int) -> Source:
    episodes = (
        make_episode(
            f"e-{at}", published=NOON - timedelta(days=at), collection="stories"
        )
        for at in range(1, number + 1)
    )
    return make_source(*episodes, shows=(make_show(collections=(COLLECTION,)),))


def rendered(source: Source) -> Rendering:
    return render(
        source,
        at=NOON,
        until=NOON + timedelta(days=90),
        texts=lambda _: b"",
        changed={},
        cache={},
    )


def listed(made: Rendering, path: str) -> list[str]:
    (version,) = made.tables["personalisation"][path]
    page = gzip.decompress(made.objects[str(version.key)]).decode()
    return re.findall(r'class="title"[^>]*href="/personalisation/([^"]+)"', page)


@pytest.mark.parametrize(
    ("number", "front", "pages"),
    [(0, 0, 0), (74, 74, 0), (75, 25, 1), (124, 74, 1), (10_000, 50, 199)],
)
def test_the_front_keeps_enough_and_full_pages_hold_fifty(
    number: int, front: int, pages: int
) -> None:
    episode = make_episode()
    found = cut([episode] * number)

    assert (len(found.front), len(found.pages)) == (front, pages)
    assert all(len(page) == 50 for page in found.pages)


def test_a_long_list_goes_on_from_page_to_page_until_its_end() -> None:
    made = rendered(archive(130))

    front = listed(made, "/personalisation")
    second = listed(made, "/personalisation/page/2")
    first = listed(made, "/personalisation/page/1")

    assert [len(front), len(second), len(first)] == [30, 50, 50]
    assert front + second + first == [f"e-{at}" for at in range(1, 131)]
    assert listed(made, "/personalisation/collections/stories") == front
    assert listed(made, "/personalisation/collections/stories/page/1") == first


def test_a_new_episode_leaves_full_pages_as_they_are() -> None:
    before, after = rendered(archive(130)), rendered(archive(131))
    pages = {f"/personalisation/page/{number}" for number in (1, 2)}

    table, other = before.tables["personalisation"], after.tables["personalisation"]
    assert all(len(table[path]) == 1 for path in pages)
    newer = archive(130)
    extra = make_episode("new", published=NOON, collection="stories")
    with_new = rendered(
        newer.model_copy(update={"episodes": (*newer.episodes, extra)})
    ).tables["personalisation"]
    assert [with_new[path] for path in pages] == [table[path] for path in pages]
    assert other["/personalisation/page/1"] != table["/personalisation/page/1"]


def test_a_short_show_lists_its_episodes_by_collection_with_a_page_each() -> None:
    made = rendered(archive(3))

    assert listed(made, "/personalisation/collections/stories") == ["e-1", "e-2", "e-3"]
    assert "/personalisation/page/1" not in made.tables["personalisation"]
