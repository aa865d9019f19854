"""Stored bytes are those their name promises, or nothing."""

import gzip
import zlib
from dataclasses import replace

import pytest

from peru_media.errors import DamagedObjectError
from peru_media.ports import Fetched, Unchanged
from peru_media.server.memory import stored_bytes, unpacked, verified
from tests.clocks import SetClock
from tests.releases import NOON, asset, page
from tests.server.stores import TroubledStore

PACKED = gzip.compress(b"x" * 1000, mtime=0)


def test_gzip_is_unpacked() -> None:
    assert unpacked(PACKED, 1000) == b"x" * 1000


@pytest.mark.parametrize(
    ("stored", "size"),
    [
        (b"plain text", 10),
        (PACKED[:-1], 1000),
        (PACKED, 999),
        (PACKED, 1001),
        (b"", 0),
        (zlib.compress(b"x" * 1000), 1000),
    ],
)
def test_what_does_not_hold_so_many_bytes_is_damaged(stored: bytes, size: int) -> None:
    with pytest.raises(DamagedObjectError):
        unpacked(stored, size)


def test_a_bomb_is_never_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000), mtime=0)

    with pytest.raises(DamagedObjectError, match="does not hold 1000 bytes"):
        unpacked(bomb, 1000)


def test_content_with_the_right_hash_is_given_back_as_stored() -> None:
    planned = page("<h1>Story</h1>")

    assert verified(planned.body or b"", planned.version) == planned.body


@pytest.mark.parametrize("planned", [page("<h1>Story</h1>"), asset(b"\x89PNG")])
def test_content_with_another_hash_is_refused_by_name(planned: object) -> None:
    assert isinstance(planned, type(page("")))
    version = replace(planned.version, sha256="0" * 64)

    with pytest.raises(DamagedObjectError, match=version.key or "?"):
        verified(planned.body or b"", version)


class OddStore(TroubledStore):
    """A store that says *unchanged* to somebody who knows nothing."""

    def get(
        self,
        key: str,
        *,
        span: tuple[int, int] | None = None,
        if_none_match: str | None = None,
    ) -> Fetched | Unchanged:
        """Say it."""
        return Unchanged(etag=f"{key}{span}{if_none_match}", date=NOON)


def test_a_store_that_answers_oddly_is_not_believed() -> None:
    with pytest.raises(DamagedObjectError, match="unchanged"):
        stored_bytes(OddStore(clock=SetClock()), "state/shared/x")
