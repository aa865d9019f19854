"""A replica of ten thousand episodes: its memory, and a release coming in."""

import gzip
import http.client
import random
import statistics
import threading
from contextlib import ExitStack
from pathlib import Path

from bench.apps import FOLDER, QuickFolder, command
from bench.measure import Load, Scoreboard, free_port, load, memory, running
from peru_media.ports import Fetched
from peru_media.wiring import SystemClock
from tests.releases import Planned, feed, medium, page, publish_release

__all__ = ["measure"]

EPISODES = 10_000

_GZIP = {"Accept-Encoding": "gzip"}
_STORY = "/show/story-00001"


def measure(folder: Path, board: Scoreboard, *, rounds: int) -> None:
    """Measure memory and latency of the large site."""
    empty, full = folder / "empty", folder / "full"
    publish_release(
        QuickFolder(empty / "store", clock=SystemClock()), {"/": page("<h1>Home</h1>")}
    )
    store = QuickFolder(full / "store", clock=SystemClock())
    paths = _catalogue()
    held = _publish(store, paths)
    with ExitStack() as stack:
        _, bare = _serve(stack, empty)
        site, pid = _serve(stack, full)
        before = memory(bare)
        _ask_all(site, [path for path in paths if not path.startswith("/media/")])
        grown = memory(pid) - before
        mib = 1 << 20
        print(
            f"    {held / mib:.0f} MiB held, {grown / mib:.0f} more than a bare server"
        )
        board.at_most(
            "memory of a replica, 10,000 episodes / bytes held", grown / held, 2
        )
        _turn(board, site, store, paths, rounds=rounds)


def _serve(stack: ExitStack, folder: Path) -> tuple[str, int]:
    port = free_port()
    env = {FOLDER: str(folder)}
    pid = stack.enter_context(running(command("site", port), port=port, env=env))
    return f"127.0.0.1:{port}", pid


def _catalogue() -> dict[str, Planned]:
    """Each episode with its page, embed, transcript, chapters and medium."""
    chance = random.Random(7)  # noqa: S311  # the same in every run
    words = [f"{chance.getrandbits(30):x}" for _ in range(3000)]
    paths: dict[str, Planned] = {}
    for number in range(EPISODES):
        text = " ".join(chance.choices(words, k=900))
        base, episode = f"/show/story-{number:05d}", f"{number:020x}"
        paths[base] = page(f"<h1>{number}</h1><p>{text}</p>")
        paths[f"{base}/embed"] = page(f"<p>{number} {text[:300]}</p>")
        paths[f"{base}/transcript.vtt"] = page(f"WEBVTT {number} {text}", kind="vtt")
        paths[f"{base}/chapters.json"] = page(f'{{"n":{number}}}', kind="chapters")
        paths[f"/media/{episode}/0/story.mp3"] = medium(b"", episode=episode)
    paths["/show/feed.xml"] = feed(" ".join(chance.choices(words, k=600_000)))
    return paths


def _publish(store: QuickFolder, paths: dict[str, Planned]) -> int:
    """Publish, and tell how many bytes a replica holds that was asked for all."""
    root = publish_release(store, paths)
    tables = 0
    for part in root.tables.values():
        answer = store.get(part.key)
        tables += (
            len(gzip.decompress(answer.body)) if isinstance(answer, Fetched) else 0
        )
    return tables + sum(len(one.body or b"") for one in paths.values())


def _ask_all(site: str, paths: list[str]) -> None:
    connection = http.client.HTTPConnection(site, timeout=30)
    for path in paths:
        connection.request("GET", path, headers=_GZIP)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            msg = f"{path}: {answer.status}"
            raise SystemExit(msg)
    connection.close()


def _turn(
    board: Scoreboard,
    site: str,
    store: QuickFolder,
    paths: dict[str, Planned],
    *,
    rounds: int,
) -> None:
    """A new release with both tables new comes in while sixty-four clients ask.

    The best round counts: whatever else the machine does only makes it worse.
    """
    url = f"http://{site}{_STORY}"
    still, moving = [], []
    for number in range(2, 2 + rounds):
        still.append(load(url, headers=_GZIP, seconds=4))
        moving.append(_load_while(url, store, paths, number))
    for name, loads in (("still", still), ("moving", moving)):
        row = "  ".join(f"{x.median:.2f}/{x.p99:.2f}/{x.slowest:.2f}" for x in loads)
        print(f"    {name:8} median/p99/slowest ms: {row}")
    worst = min(one.slowest / one.median for one in moving)
    usual = statistics.median(one.slowest / one.median for one in still)
    print(f"    slowest / median where no release comes in: {usual:.1f}")
    board.at_most("slowest / median request while a release comes in", worst, 3)


def _load_while(
    url: str, store: QuickFolder, paths: dict[str, Planned], number: int
) -> Load:
    """All is stored before; only ``current.json`` is swapped, under load."""
    new = page(f"<h1>Release {number}</h1>")
    with store.held_back() as swap:
        publish_release(store, {**paths, "/new": new, "/show/new": new}, number=number)
        timer = threading.Timer(1, swap)
        timer.start()
        seen = load(url, headers=_GZIP, seconds=5)
        timer.join()
    _check(url, number)
    return seen


def _check(url: str, number: int) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("GET", f"/{path}")
    release = connection.getresponse().headers["x-release"]
    connection.close()
    if release != str(number):
        msg = f"release {number} did not come in: {release}"
        raise SystemExit(msg)
