from datetime import UTC, datetime, timedelta

import pytest

from peru_media.model.listeners import (
    Listener,
    Listeners,
    listener_name,
    private_path,
    token_from,
    token_hash,
)

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TOKEN = token_from(bytes(range(16)))
HASH = token_hash(TOKEN)


def test_a_token_is_128_bits_that_stand_in_an_address_as_they_are() -> None:
    assert (TOKEN[:8], len(TOKEN)) == ("00010203", 32)
    assert private_path(TOKEN) == f"/private/{TOKEN}/feed.xml"


@pytest.mark.parametrize("length", [0, 8, 15, 17, 32])
def test_fewer_or_more_bytes_are_no_token(length: int) -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        token_from(bytes(length))


def test_the_list_knows_hashes_and_the_short_names_lead_nowhere() -> None:
    known = Listeners().let_in(HASH, Listener(show="s", since=NOON))
    name = listener_name(HASH)

    assert TOKEN.encode() not in known.to_bytes()
    assert known.find(name) == HASH
    assert known.find(HASH) is None
    assert known.find(TOKEN[:10]) is None
    assert known.listening == {name}
    assert Listeners.from_bytes(known.to_bytes()) == known


def test_who_was_ended_stays_on_the_list_with_the_first_moment() -> None:
    known = Listeners().let_in(HASH, Listener(show="s", since=NOON))
    later = NOON + timedelta(days=1)
    ended = known.ended(HASH, NOON).ended(HASH, later)

    assert ended.known[HASH].revoked == NOON
    assert ended.listening == frozenset()
    assert list(ended.of("s")) == [listener_name(HASH)]


def test_listeners_stand_in_the_order_in_which_they_came() -> None:
    hashes = [token_hash(token_from(bytes([n]) * 16)) for n in range(3)]
    known = Listeners()
    for days, hashed in enumerate(reversed(hashes)):
        since = NOON + timedelta(days=days)
        known = known.let_in(hashed, Listener(show="s", since=since))

    assert list(known.of("s")) == [listener_name(h) for h in reversed(hashes)]
    assert known.of("another") == {}
