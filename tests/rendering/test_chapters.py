import json

from peru_media.model.source import Chapter
from peru_media.rendering.chapters import chapters_json
from tests.rendering.samples import BASE, make_episode


def test_chapters_are_written_in_order_with_whole_addresses() -> None:
    episode = make_episode(
        chapters=(
            Chapter(start=90.5, title="Later", url="https://e.org/x"),
            Chapter(start=0, title="Start\x07", image="/assets/a.jpg", image_alt="A"),
            Chapter(start=200, title="Bad", url="javascript:alert(1)"),
        )
    )

    assert json.loads(chapters_json(episode, base_url=BASE)) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0, "title": "Start", "img": f"{BASE}/assets/a.jpg"},
            {"startTime": 90.5, "title": "Later", "url": "https://e.org/x"},
            {"startTime": 200, "title": "Bad"},
        ],
    }
