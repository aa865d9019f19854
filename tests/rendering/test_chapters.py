import json

from peru_media.model.location import LocationField
from peru_media.model.source import Chapter
from peru_media.rendering.chapters import chapters_json
from peru_media.rendering.feed import render_feed
from tests.rendering.samples import BASE, NOON, make_episode, make_show


def test_chapters_are_written_in_order_with_whole_addresses() -> None:
    episode = make_episode(
        chapters=(
            Chapter(start=90.5, title="Later", url="https://e.org/x"),
            Chapter(start=0, title="Start\x07", image="/assets/a.jpg", image_alt="A"),
            Chapter(start=200, title="Bad", url="javascript:alert(1)"),
            Chapter(start=201.0004, end=202.5, title="Only a picture", toc=False),
            Chapter(
                start=300,
                title="Here",
                location=LocationField(name="Salford", geo="geo:53.48,-2.29", osm="R1"),
            ),
            Chapter(start=400, title="There", location=LocationField(name="Nowhere")),
        )
    )

    assert json.loads(chapters_json(episode, base_url=BASE)) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Start", "img": f"{BASE}/assets/a.jpg"},
            {"startTime": 90.5, "title": "Later", "url": "https://e.org/x"},
            {"startTime": 200, "title": "Bad"},
            {
                "startTime": 201,
                "endTime": 202.5,
                "title": "Only a picture",
                "toc": False,
            },
            {
                "startTime": 300,
                "title": "Here",
                "location": {"name": "Salford", "geo": "geo:53.48,-2.29", "osm": "R1"},
            },
            {"startTime": 400, "title": "There"},
        ],
    }


def test_a_chapter_out_of_the_list_stands_in_no_feed_and_on_no_page() -> None:
    chapters = (
        Chapter(start=0, title="Shown"),
        Chapter(start=9, title="Hidden", toc=False),
    )
    show = make_show(simple_chapters=True)
    episode = make_episode(chapters=chapters)

    feed = render_feed(show, [episode], base_url=BASE, built=NOON)

    assert b'title="Shown"' in feed
    assert b"Hidden" not in feed
