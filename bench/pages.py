"""Ten thousand pages: the first time beside bare Jinja2, and after one change."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from jinja2 import Template

from bench.measure import Scoreboard
from peru_media.model.source import Episode, Transcript
from peru_media.model.value import digest
from peru_media.rendering import layout, pages
from peru_media.rendering.cached import Cache
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.press import Press
from peru_media.rendering.release import render
from peru_media.rendering.views import Imprint
from peru_media.rendering.voice import Voice
from tests.rendering.samples import (
    NOON,
    TEXTS,
    make_rich_episode,
    make_show,
    make_source,
)

__all__ = ["main"]

_PAGES, _TURN, _ROUNDS = 10_000, 500, 5
_TOLD = "WEBVTT\n" + "".join(
    f"\n00:{second // 60:02}:{second % 60:02}.000 --> 00:10:00.000\n"
    f"<v {'Ann' if second % 8 else 'Dan'}>And then {second} things came to be.\n"
    for second in range(0, 300, 4)
)
Filled = tuple[Template, dict[str, object]]

_TEXTS = {digest(_TOLD.encode()): _TOLD.encode()} | TEXTS


def main(board: Scoreboard) -> None:
    """Measure the pages alone, and the whole release that they stand in."""
    found = _catalogue()
    with tempfile.TemporaryDirectory(prefix="peru-media-bench-") as name:
        _first_time(board, Path(name), found)
    _one_change(found)


def _catalogue() -> list[Episode]:
    transcript = Transcript(
        sha256=digest(_TOLD.encode()), media_type="text/vtt", language="en-GB"
    )
    return [
        make_rich_episode(
            f"e-{number}",
            title=f"Story {number} of many",
            published=NOON - timedelta(hours=number),
            documents=(),
            transcript=transcript,
        )
        for number in range(_PAGES)
    ]


def _first_time(board: Scoreboard, folder: Path, found: Sequence[Episode]) -> None:
    """Ours make, pack and store what bare templates only fill in and write."""
    cache: dict[str, bytes] = {}
    ours = bare = 0.0
    for number, some in enumerate(_parts(found)):
        here, there = folder / f"ours{number}", folder / f"bare{number}"
        ours += _seconds(partial(_stored, some, cache, here))
        bare += _seconds(partial(_written, _filled(some), there))
    again = statistics.median(
        _seconds(partial(_stored, _edited(found, n), cache, folder / f"edited{n}"))
        for n in range(_ROUNDS)
    )
    print(
        f"    {_PAGES:,} pages: {ours:.1f} s, bare Jinja2 {bare:.1f} s,"
        f" after one change {again * 1000:,.0f} ms"
    )
    board.at_most(
        f"{_PAGES:,} pages: ours / bare Jinja2 + the writes", ours / bare, 1.3
    )
    board.at_least("pages, first time / after one change", ours / again, 100)


def _one_change(found: Sequence[Episode]) -> None:
    """Everything that a release holds: feeds, lists, pages, maps."""
    cache: dict[str, bytes] = {}
    first = _seconds(lambda: _released(found, cache))
    again = statistics.median(
        _seconds(partial(_released, _edited(found, n), cache)) for n in range(_ROUNDS)
    )
    print(
        f"    a release of {_PAGES:,} episodes: {first:.1f} s,"
        f" after one change {again * 1000:,.0f} ms"
    )


def _released(found: Sequence[Episode], cache: Cache) -> None:
    render(
        make_source(*found),
        at=NOON,
        until=NOON + timedelta(days=90),
        texts=_TEXTS.__getitem__,
        changed={},
        cache=cache,
    )


def _stored(found: Sequence[Episode], cache: Cache, folder: Path) -> None:
    """Make the page of each episode, and write those that are new."""
    folder.mkdir()
    press = Press(source=make_source(), texts=_TEXTS.__getitem__, cache=cache)
    show, voice = make_show(), press.voices[0]
    for number, one in enumerate(found):
        known = len(cache)
        version = press.episode(one, show, Ways(), voice, since=NOON)
        if len(cache) > known:
            (folder / str(number)).write_bytes(press.objects[str(version.key)])


def _filled(found: Sequence[Episode]) -> list[Filled]:
    """Templates, and everything that stands in them, ready for Jinja2 alone."""
    ready: list[Filled] = []

    def caught(
        name: str, imprint: Imprint, voice: Voice, *, path: str, **values: object
    ) -> bytes:
        given = {"imprint": imprint, "voices": [voice], "path": path}
        template = layout.environment(imprint.base_url, voice).get_template(name)
        ready.append((template, values | given))
        return b""

    press = Press(source=make_source(), texts=_TEXTS.__getitem__, cache={})
    with patch.object(pages, "write_page", caught):
        for one in found:
            press.episode(one, make_show(), Ways(), press.voices[0], since=NOON)
    return ready


def _written(filled: Sequence[Filled], folder: Path) -> None:
    folder.mkdir()
    for number, (template, values) in enumerate(filled):
        (folder / str(number)).write_text(template.render(values), encoding="utf-8")


def _parts(found: Sequence[Episode]) -> Iterator[Sequence[Episode]]:
    """The two sides take turns after each part."""
    return (found[at : at + _TURN] for at in range(0, len(found), _TURN))


def _edited(found: Sequence[Episode], number: int) -> list[Episode]:
    """The catalogue with one other title, all read anew as by another run."""
    changed = {len(found) // 2: {"title": f"Changed {number}"}}
    return [one.model_copy(update=changed.get(at, {})) for at, one in enumerate(found)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main(Scoreboard())
