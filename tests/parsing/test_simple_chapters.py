import pytest

from peru_media.parsing.simple_chapters import parse_simple_chapters

SPACE = "http://podlove.org/simple-chapters"


def _told(rows: str, space: str = SPACE) -> list[tuple[float | None, str, str | None]]:
    xml = f'<chapters xmlns="{space}">{rows}</chapters>'
    found = parse_simple_chapters(xml.encode())
    return [(one.start, one.title, one.url) for one in found]


@pytest.mark.parametrize(
    ("start", "seconds"),
    [
        ("00:01:30.500", 90.5),
        ("1:30", 90),
        ("90.25", 90.25),
        ("0", 0),
        ("01:00:00.0019", 3600.002),
    ],
)
def test_starts_are_normal_play_time(start: str, seconds: float) -> None:
    assert _told(f'<chapter start="{start}" title=" A &amp; B "/>') == [
        (seconds, "A & B", None)
    ]


def test_links_and_nested_chapters_are_read() -> None:
    inner = '<chapter start="5" title="In"/>'
    rows = f'<chapter start="1" title="Out" href="https://e.org/">{inner}</chapter>'

    assert _told(rows) == [(1, "Out", "https://e.org/"), (5, "In", None)]


@pytest.mark.parametrize("start", ["", "soon", "-5"])
def test_a_chapter_without_a_start_is_passed_over(start: str) -> None:
    assert _told(f'<chapter start="{start}" title="x"/>') == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<chapters><chapter start='1' title='x'/></chapters>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><chapters xmlns='"
        + SPACE.encode()
        + b"'><chapter start='1' title='&a;'/></chapters>",
        b"<chapters xmlns='" + SPACE.encode() + b"'>",
    ],
)
def test_what_is_no_such_file_has_no_chapters(data: bytes) -> None:
    assert parse_simple_chapters(data) == ()
