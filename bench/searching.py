"""Search over 100,000 spoken lines, beside SQLite's own FTS5 over the same lines.

    python -m bench searching

The rival is one table and one statement: the best thirty lines, their words
marked. Ours also groups lines by episode, keeps out what is not out yet, asks
several files and, over HTTP, writes the page. All are asked in turn.
"""

import gzip
import http.client
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from bench.apps import FOLDER, QuickFolder, command
from bench.catalogue import BUILT, SHOW, Writer, episodes
from bench.measure import Scoreboard, free_port, running
from peru_media.model.release import Root
from peru_media.model.source import Episode, Source, Transcript
from peru_media.model.value import digest
from peru_media.rendering.transcript_writing import vtt_of
from peru_media.rendering.transcripts import Cue
from peru_media.server.search_file import SearchFile
from peru_media.server.search_query import query_of
from peru_media.server.searching import Search
from peru_media.wiring import SystemClock
from tests.server.searched import searched

__all__ = ["main"]

EPISODES, LINES = 400, 250
QUERIES, ROUNDS = 50, 3
_SPEAKERS = ("Ada Byrne", "Mei Lin", "João Reis")
_SHOWN = 10
_BARE = """
    SELECT rowid, highlight(found, 0, '<mark>', '</mark>') FROM found
    WHERE found MATCH ? ORDER BY rank LIMIT 30
"""
_TABLE = """
    CREATE VIRTUAL TABLE found USING fts5 (
        words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
    )
"""

Ask = Callable[[str], object]
Times = dict[str, list[float]]


def main(board: Scoreboard) -> None:
    """Measure every goal."""
    with tempfile.TemporaryDirectory(prefix="peru-media-") as name:
        folder = Path(name)
        told = _told()
        began = time.perf_counter()
        root = _published(folder, told)
        took = time.perf_counter() - began
        stored = [folder / "store" / part.key for part in root.search]
        size = sum(path.stat().st_size for path in stored) / 1e6
        print(
            f"    {EPISODES * LINES:,} lines in {len(stored)} files, "
            f"made in {took:.1f} s, {size:.1f} MB to fetch"
        )
        files = [SearchFile(gzip.decompress(path.read_bytes())) for path in stored]
        with closing(_bare(folder / "bare.sqlite", told)) as rival:
            _compare(board, folder, files, rival, _queries(told))


def _told() -> dict[str, list[str]]:
    """What is said in each episode, by the SHA-256 of its transcript."""
    writer = Writer(20260301)
    found = {}
    for _ in range(EPISODES):
        lines = [f"{writer.some(12).capitalize()}." for _ in range(LINES)]
        found[digest(_vtt(lines))] = lines
    return found


def _vtt(lines: Sequence[str]) -> bytes:
    return vtt_of(
        Cue(start=5.0 * n, end=5.0 * n + 5, speaker=_SPEAKERS[n // 7 % 3], text=line)
        for n, line in enumerate(lines)
    ).encode()


def _published(folder: Path, told: Mapping[str, list[str]]) -> Root:
    store = QuickFolder(folder / "store", clock=SystemClock())
    spoken = [
        _speaking(episode, sha256)
        for episode, sha256 in zip(episodes(EPISODES), told, strict=True)
    ]
    source = Source(
        organisation="The unit",
        timezone="Europe/London",
        base_url="https://media.example.org",
        shows=(SHOW,),
        episodes=tuple(spoken),
    )
    return searched(store, source, words={s: _vtt(lines) for s, lines in told.items()})


def _speaking(episode: Episode, sha256: str) -> Episode:
    words = Transcript(sha256=sha256, media_type="text/vtt", language="en-GB")
    return episode.model_copy(update={"transcript": words})


def _bare(path: Path, told: Mapping[str, list[str]]) -> sqlite3.Connection:
    file = sqlite3.connect(path)
    file.execute(_TABLE)
    lines = ((line,) for lines in told.values() for line in lines)
    file.executemany("INSERT INTO found VALUES (?)", lines)
    file.execute("INSERT INTO found (found) VALUES ('optimize')")
    file.commit()
    return file


def _queries(told: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Words, phrases and beginnings out of lines that were said."""
    chance = random.Random(7)  # noqa: S311  # the same in every run
    lines = [line.rstrip(".").split() for said in told.values() for line in said]
    some = [chance.choice(lines) for _ in range(QUERIES)]
    return {
        "a word": [f'"{chance.choice(line)}"' for line in some],
        "two words": [f'"{line[3]}" "{line[7]}"' for line in some],
        "a phrase": [f'"{" ".join(line[4:7])}"' for line in some],
        "a beginning": [f"{chance.choice(line)[:3]}*" for line in some],
    }


def _compare(
    board: Scoreboard,
    folder: Path,
    files: Sequence[SearchFile],
    rival: sqlite3.Connection,
    asked: Mapping[str, list[str]],
) -> None:
    port = free_port()
    env = {FOLDER: str(folder)}
    with running(command("site", port), port=port, env=env):
        sides: dict[str, Ask] = {
            "fts5": lambda typed: rival.execute(
                _BARE, (query_of(typed).match,)
            ).fetchall(),
            "ours": lambda typed: _search(files, typed),
            "http": _over_http(port),
        }
        every: dict[str, list[float]] = {name: [] for name in sides}
        for kind, queries in asked.items():
            seen = _in_turn(sides, queries)
            print(f"    {kind:12}" + "".join(map(_said, seen.items())))
            for name, times in seen.items():
                every[name] += times
    print(f"    {'all':12}" + "".join(map(_said, every.items())))
    _judge(board, every)


def _search(files: Sequence[SearchFile], typed: str) -> object:
    search = Search(
        files=files,
        lane=0,
        query=query_of(typed),
        now=BUILT.timestamp(),
        late=lambda: False,
    )
    return [search.result(hit) for hit in search.found().hits[:_SHOWN]]


def _over_http(port: int) -> Ask:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(typed: str) -> bytes:
        line.request("GET", f"/search?{urlencode({'q': typed})}")
        answer = line.getresponse()
        page = answer.read()
        if answer.status != http.client.OK or b"<mark>" not in page:
            msg = f"{typed}: answered {answer.status} without a line"
            raise SystemExit(msg)
        return page

    return ask


def _in_turn(sides: Mapping[str, Ask], queries: Sequence[str]) -> Times:
    """Seconds of each query by each side, the best of some rounds."""
    best: Times = {name: [] for name in sides}
    for typed in queries:
        took: Times = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, ask in sides.items():
                began = time.perf_counter()
                ask(typed)
                took[name].append(time.perf_counter() - began)
        for name, times in took.items():
            best[name].append(min(times))
    return best


def _said(side: tuple[str, list[float]]) -> str:
    name, times = side
    return f"   {name} {_median(times) * 1e3:6.2f} ms, p99 {_p99(times) * 1e3:6.2f}"


def _judge(board: Scoreboard, seen: Times) -> None:
    bare = seen["fts5"]
    sides = (("ours", "search", 3), ("http", "search over HTTP, with its page", 8))
    for name, words, goal in sides:
        mine = seen[name]
        board.at_most(f"{words}: median / FTS5's", _median(mine) / _median(bare), goal)
        board.at_most(f"{words}: p99 / FTS5's", _p99(mine) / _p99(bare), 1)


def _median(times: Sequence[float]) -> float:
    return statistics.median(times)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]
