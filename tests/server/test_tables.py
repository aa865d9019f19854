"""Tables are split, not parsed, and read without keeping anybody waiting."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.model.release import (
    Version,
    parse_row,
    parse_table,
    table_bytes,
    table_rows,
)
from peru_media.server.tables import Gentle, read_rows
from tests.releases import LONG_AGO, NOON, feed, gone, medium, page

TABLE = {
    "/show/feed.xml": (feed("<a/>").version, feed("<b/>").at(NOON).version),
    "/show/story": (page("x").version, gone("ended", since=NOON).version),
    "/media/1/a/story.mp3": (medium(b"x").version,),
    "/media/0/a/story.mp3": (medium(b"y").version,),
}

_TEXTS = st.text(max_size=12)
_VERSIONS = st.builds(
    Version,
    since=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001  # the zone follows
        lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
    ),
    key=_TEXTS,
    type=_TEXTS,
    sha256=_TEXTS,
    cache=_TEXTS,
)
_PATHS = _TEXTS.map(lambda text: "/" + text.replace('":[{', ""))


@given(st.dictionaries(_PATHS, st.lists(_VERSIONS, min_size=1, max_size=3).map(tuple)))
def test_the_rows_of_a_table_are_the_table(
    table: dict[str, tuple[Version, ...]],
) -> None:
    data = table_bytes(table)

    rows = {path: parse_row(row) for path, row in table_rows(data)}

    assert rows == parse_table(data) == table


def test_feeds_media_and_coming_moments_are_noted() -> None:
    table = read_rows(
        "state/shared/x",
        table_bytes(TABLE),
        now=LONG_AGO.timestamp(),
        gentle=Gentle(lambda: None),
    )

    assert table.feeds == ("/show/feed.xml",)
    assert table.media == ("/media/0/a/story.mp3", "/media/1/a/story.mp3")
    assert table.moments == (NOON.timestamp(),)


@pytest.mark.parametrize("data", [b"nonsense" * 9, b'{"format":1,"paths":{"/a":1}}'])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        list(table_rows(data))


def test_those_who_serve_are_given_way() -> None:
    pauses: list[None] = []
    gentle = Gentle(lambda: pauses.append(None))

    assert list(gentle.each(range(1000))) == list(range(1000))
    assert not pauses

    gentle.serving = True
    assert list(gentle.each(range(1000))) == list(range(1000))
    assert len(pauses) >= 10


def test_a_replaced_table_is_let_go_of_in_small_bites() -> None:
    pauses: list[None] = []
    gentle = Gentle(lambda: pauses.append(None))
    paths = {f"/{number:04d}": TABLE["/show/story"] for number in range(1000)}
    table = read_rows("k", table_bytes(paths), now=0, gentle=gentle)

    gentle.serving = True
    gentle.replace([table])
    gentle.forget(but=[table])
    assert len(table.rows) == 1000

    gentle.replace([table])
    gentle.forget(but=[])

    assert not table.rows
    assert len(pauses) >= 10
