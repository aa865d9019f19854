"""Thousands of places cost little until one is asked for."""

import pytest

from peru_media.model.problem import Place
from peru_media.reading.places import Places


def places() -> Places:
    found = Places("a.yaml")
    found.put(("people",), 2, 1)
    found.put(("people", 0), 3, 1_000_000)
    return found


def test_a_place_is_given_back_as_it_was_put() -> None:
    assert dict(places()) == {
        ("people",): Place("a.yaml", 2, 1),
        ("people", 0): Place("a.yaml", 3, 1_000_000),
    }
    assert len(places()) == 2
    assert places().line(("people", 0)) == 3


def test_what_was_not_put_is_not_there() -> None:
    assert ("title",) not in places()
    with pytest.raises(KeyError):
        places()["title",]


def test_the_nearest_parent_stands_for_what_is_missing() -> None:
    assert places().nearest(("people", 0, "role")) == Place("a.yaml", 3, 1_000_000)
    assert places().nearest(("people", 7)) == Place("a.yaml", 2, 1)
    assert places().nearest(("title",)) == Place("a.yaml", 1, 1)
