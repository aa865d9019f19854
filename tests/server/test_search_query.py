"""Whatever is typed, the search files are asked for plain words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.server.search_query import LONGEST, query_of

SAFE = re.compile(r'"[^"]+"(?: \*)?(?: AND "[^"]+"(?: \*)?)*')


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("", ""),
        ("   ", ""),
        ("home", '"home" *'),
        ("a home", '"a" AND "home" *'),
        ('"a home"', '"a home"'),
        ('"a home', '"a home" *'),
        ("“a home” of", '"a home" AND "of" *'),
        ("home* of", '"home" * AND "of" *'),
        ("h* of", '"h" AND "of" *'),
        ("x", '"x"'),
        ("self-care", '"self care" *'),
        ("don't", '"don t"'),
        ("cafe\u0301", '"cafe\u0301" *'),
        ("tŷ", '"tŷ" *'),
        ("-home", '"home" *'),
        ("words : home", '"words" AND "home" *'),
        ("NEAR(a b, 2)", '"NEAR a" AND "b" AND "2"'),
        ("a OR b NOT c", '"a" AND "OR" AND "b" AND "NOT" AND "c"'),
        ('""', ""),
        ('"" home ""', '"home"'),
        ("^home {x} (y)", '"home" AND "x" AND "y"'),
        ("🎙 … — ' \" *", ""),
        ("\u0301", ""),
        ("\x00ho\x00me\x00", '"home" *'),
        ("漢字", '"漢字" *'),
    ],
)
def test_words_and_phrases_are_quoted(typed: str, match: str) -> None:
    assert query_of(typed).match == match


def test_only_so_much_of_it_counts() -> None:
    query = query_of("w" * 1_000_000)
    assert len(query.text) == LONGEST
    assert query.match == f'"{"w" * LONGEST}" *'

    many = query_of(" ".join(f"w{n}" for n in range(40)))
    assert many.match.count('"') == 32


@pytest.mark.parametrize("typed", ["  a \n home\t", "a home"])
def test_it_is_shown_back_in_one_line(typed: str) -> None:
    assert query_of(typed).text == "a home"


@given(st.text(alphabet=st.characters(), max_size=300))
def test_nothing_but_quoted_words_comes_through(typed: str) -> None:
    match = query_of(typed).match

    assert match == "" or SAFE.fullmatch(match)
    assert len(match) < 2000


def test_several_words_can_be_eased_once() -> None:
    eased = query_of("a home").eased()

    assert eased is not None
    assert eased.match == '"a" OR "home" *'
    assert eased.eased() is None
    assert query_of("home").eased() is None
    assert query_of("").eased() is None
