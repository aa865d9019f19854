import gzip
import random
import zlib
from collections.abc import Iterator

import pytest

from peru_media.errors import FetchError
from peru_media.fetching.body import inflated, within

NOISE = random.Random(1).randbytes(200_000)  # noqa: S311  # the same in every run


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
@pytest.mark.parametrize("content", [b"", b"x", NOISE, b"words " * 150_000], ids=len)
def test_gzip_comes_back_whole_however_it_is_cut(content: bytes, size: int) -> None:
    data = gzip.compress(content[:1000]) + gzip.compress(content)

    pieces = list(inflated(_cut(data, size)))

    assert b"".join(pieces) == content[:1000] + content
    assert max(map(len, pieces)) <= 64 * 2**10


def test_a_bomb_is_left_after_its_first_mebibyte() -> None:
    taken: list[bytes] = []
    bomb = gzip.compress(bytes(50 * 2**20))

    with pytest.raises(FetchError, match="hundred times"):
        taken.extend(inflated(_cut(bomb, 100)))

    assert len(bomb) < 60_000
    assert sum(map(len, taken)) <= 2**20


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(NOISE, mtime=0)[:-9], "broke off"),
        (b"not gzip at all", "damaged"),
        (gzip.compress(b"x", mtime=0) + b"tail", "damaged"),
        (zlib.compress(b"no header of gzip"), "damaged"),
    ],
    ids=["short", "no gzip", "tail", "zlib"],
)
def test_damaged_gzip_is_told_apart_from_a_short_text(data: bytes, words: str) -> None:
    with pytest.raises(FetchError, match=words):
        list(inflated(iter([data])))


@pytest.mark.parametrize(("limit", "passes"), [(9, False), (10, True), (11, True)])
def test_a_body_may_fill_its_limit_and_not_pass_it(limit: int, *, passes: bool) -> None:
    pieces = iter([b"12345", b"67890"])
    if passes:
        assert within(pieces, limit=limit) == b"1234567890"
    else:
        with pytest.raises(FetchError, match="larger than 9 bytes"):
            within(pieces, limit=limit)
