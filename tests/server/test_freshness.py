"""How long an answer may be kept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peru_media.server.freshness import cache_control


@pytest.mark.parametrize(
    ("kind", "left", "text"),
    [
        ("feed", float("inf"), "public, max-age=300, stale-while-revalidate=300"),
        ("feed", 120.9, "public, max-age=120"),
        ("feed", 400.0, "public, max-age=300, stale-while-revalidate=100"),
        ("feed", 0.4, "public, max-age=0"),
        ("feed", -3.0, "public, max-age=0"),
        ("page", 90.0, "public, max-age=60, stale-while-revalidate=30"),
        ("media", float("inf"), "public, max-age=86400, immutable"),
        ("media", 60.0, "public, max-age=60"),
        ("asset", float("inf"), "public, max-age=31536000, immutable"),
        ("gone", float("inf"), "public, max-age=60"),
        ("none", float("inf"), "no-store"),
        ("unheard of", float("inf"), "no-store"),
    ],
)
def test_an_answer_is_kept_until_it_turns_and_no_longer(
    kind: str, left: float, text: str
) -> None:
    assert cache_control(kind, left).decode().startswith(text)


@given(
    st.sampled_from(["page", "feed", "media", "asset", "gone"]),
    st.floats(0, 1e9),
)
def test_no_cache_shows_the_old_after_the_turn(kind: str, left: float) -> None:
    words = cache_control(kind, left).decode()
    spans = dict(re.findall(r"([a-z-]+)=(\d+)", words))
    stale = ("stale-while-revalidate", "stale-if-error")
    longest = max(int(spans.get(name, 0)) for name in stale)

    assert int(spans["max-age"]) + longest <= left
    assert "immutable" not in words or left >= int(spans["max-age"])
