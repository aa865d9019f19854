"""Search files made by several processes are those that one makes."""

from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from peru_media.model.source import Transcript
from peru_media.rendering.findable import Findable
from peru_media.rendering.packing import Packed
from peru_media.rendering.search_file import SearchBlock
from peru_media.rendering.search_press import SearchPress
from tests.sources import SHA

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mei>Words."


def _page(number: int) -> Findable:
    return Findable(
        id=f"{number}",
        kind="episode",
        path=f"/stories/story-{number}",
        title=f"Story {number}",
        language="en-GB",
        timezone="Europe/London",
        shows=("stories",),
        transcript=Transcript(sha256=SHA, media_type="text/vtt", language="en-GB"),
    )


BLOCKS = [SearchBlock(f"{n}", [_page(2 * n), _page(2 * n + 1)]) for n in range(9)]


class Texts:
    """Transcripts, and how often one was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, sha256: str) -> bytes:
        assert sha256 == SHA
        self.asked += 1
        return VTT


def _files(
    cache: dict[str, bytes] | None = None, executor: Executor | None = None
) -> tuple[list[Packed], int]:
    texts = Texts()
    press = SearchPress(
        texts=texts, cache={} if cache is None else cache, executor=executor
    )
    return list(press.files(BLOCKS)), texts.asked


class Breaking(ThreadPoolExecutor):
    """Processes that come to an end after a few pieces of work."""

    def __init__(self, after: int, *, at_once: bool) -> None:
        super().__init__(1)
        self.left, self.at_once = after, at_once

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        self.left -= 1
        if self.left >= 0:
            return super().submit(*args, **kwargs)
        if self.at_once:
            raise BrokenExecutor
        broken: Future[Any] = Future()
        broken.set_exception(BrokenExecutor())
        return broken


def test_what_was_read_before_is_not_read_again() -> None:
    cache: dict[str, bytes] = {}
    first, asked = _files(cache)
    assert (asked, len(cache)) == (18, 18 + len(BLOCKS))

    for name, kept in cache.copy().items():
        if kept.startswith(first[0].sha256.encode()):
            del cache[name]  # of one file the lines alone are known
    again, asked = _files(cache)

    assert (again, asked) == (first, 0)


def test_a_file_that_was_made_before_is_not_made_again() -> None:
    cache: dict[str, bytes] = {}
    first, _ = _files(cache)
    cache = {name: kept for name, kept in cache.items() if kept[64:65] == b" "}
    assert len(cache) == len(BLOCKS)

    assert _files(cache) == (first, 0)


def test_so_many_files_that_they_would_fill_the_cache_are_not_kept() -> None:
    cache: dict[str, bytes] = {}
    blocks = [SearchBlock(f"{n}", [_page(n)]) for n in range(41)]
    press = SearchPress(texts=Texts(), cache=cache)

    assert len(list(press.files(blocks))) == 41
    assert len(cache) == 41, "their lines alone"


def test_several_at_once_make_the_same_files_in_the_same_order() -> None:
    with ThreadPoolExecutor(2) as executor:
        cache: dict[str, bytes] = {}
        made, _ = _files(cache, executor)

    assert made == _files()[0]
    assert len(cache) == 18 + len(BLOCKS)


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("after", [0, 1, 4])
def test_what_is_left_when_they_break_off_is_made_all_the_same(
    after: int, *, at_once: bool
) -> None:
    with Breaking(after, at_once=at_once) as executor:
        assert _files(executor=executor)[0] == _files()[0]
