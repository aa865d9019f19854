"""What a plan foretells of apps is what the real clients then do."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.cli.calls import edit
from tests.end_to_end.listening import Expected, expected
from tests.end_to_end.subscribers import Gpodder, Newsboat, Podget, Subscriber
from tests.projects import episode_files, tone, write, write_project
from tests.served import free_port, run, serving

Record = Callable[[str, object], None]
CLIENTS: dict[str, Callable[[Path, str], Subscriber]] = {
    "gPodder": Gpodder,
    "newsboat": Newsboat,
    "podget": Podget,
}


def _change(root: Path) -> None:
    """A new recording, another title, other notes, one story more; one untouched."""
    write(root, {"episodes/story-1/audio.mp3": tone(500)})
    edit(root / "episodes/story-2/episode.md", "title: Story 2", "title: Retitled")
    edit(root / "episodes/story-3/episode.md", "What Story 3", "All that Story 3")
    write(root, episode_files(5))


def _foretold(root: Path, url: str) -> dict[str, set[str]]:
    """The titles that each app will download, by the app's name."""
    done = run("plan", "--json", "--base-url", url, cwd=root)
    plan = json.loads(done.stdout)["plan"]
    (show,) = plan["forecasts"]
    new = {one["title"] for one in plan["episodes"] if one["change"] == "new"}
    assert all(one["new"] == len(new) for one in show["outcomes"])
    return {
        app: new | set(outcome["titles"])
        for outcome in show["outcomes"]
        for app in outcome["apps"]
    }


def _looks(subscribers: Iterable[Subscriber]) -> list[set[str]]:
    with ThreadPoolExecutor(3) as at_once:
        return list(at_once.map(lambda one: one.look(), subscribers))


def _titles(taken: set[str], promised: list[Expected]) -> set[str]:
    return {one.title for one in promised if taken & {one.url, one.sha256}}


def test_real_clients_download_what_the_plan_foretells(
    tmp_path: Path, record_property: Record
) -> None:
    root, port = tmp_path / "project", free_port()
    url = f"http://127.0.0.1:{port}"
    write_project(root, episodes=4, base_url=url)
    run("publish", "--yes", cwd=root)
    with serving(root, port=port):
        feed_url = f"{url}/stories/feed.xml"
        subscribers = [
            kind(tmp_path / name, feed_url) for name, kind in CLIENTS.items()
        ]
        before = _looks(subscribers)
        had = expected(feed_url)
        _change(root)
        foretold = _foretold(root, url)
        run("publish", "--yes", cwd=root)
        promised = expected(feed_url)
        after = _looks(subscribers)

    everything = {f"Story {number}" for number in (1, 2, 3, 4)}
    for name, first, then in zip(CLIENTS, before, after, strict=True):
        again = _titles(then - first, promised)
        record_property("part", f"{name} downloads as foretold: {sorted(again)}")
        assert _titles(first, had) == everything, name
        assert again == foretold[name], name
    assert foretold["newsboat"] == {"Story 5"}
    assert foretold["podget"] == {"Story 1", "Retitled", "Story 5"}
