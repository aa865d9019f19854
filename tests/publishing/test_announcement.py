"""Telling hubs, over real connections: one that hears, one that dawdles, one down."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from peru_media.fetching import WebFetcher
from peru_media.publishing.announcement import Announced, announce
from peru_media.publishing.ears import Ear, Hub, News, Podping, Webhook
from tests.fetching.loopback import Reply, closed_port, serving

FEED = "https://media.example.ac.uk/show/feed.xml"
OTHER = "https://media.example.ac.uk/feed.xml"


def _news(*feeds: str) -> News:
    return News(release=7, base_url="https://media.example.ac.uk", feeds=feeds)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_hub_hears_of_each_feed_in_a_form_of_its_own(status: int) -> None:
    with serving({"/hub": Reply(status=status)}) as site:
        hub = f"{site.url}/hub"
        told = announce(
            [Hub(hub)], _news(FEED, OTHER), fetcher=WebFetcher(allowed=frozenset({hub}))
        )

    assert told == (Announced(hub=hub, ok=True, sentence=f"{hub} heard of 2 feeds"),)
    assert [asked.method for asked in site.asked] == ["POST", "POST"]
    assert [parse_qs(asked.body.decode()) for asked in site.asked] == [
        {"hub.mode": ["publish"], "hub.url": [FEED], "hub.topic": [FEED]},
        {"hub.mode": ["publish"], "hub.url": [OTHER], "hub.topic": [OTHER]},
    ]
    assert {asked.headers["content-type"] for asked in site.asked} == {
        "application/x-www-form-urlencoded"
    }


def test_a_hub_that_is_down_or_slow_holds_nobody_up() -> None:
    down = f"http://127.0.0.1:{closed_port()}/"
    with (
        serving({"/": Reply(status=204)}) as fine,
        serving({"/": Reply(status=204, pause=3)}) as slow,
    ):
        hubs = [f"{slow.url}/", down, f"{fine.url}/"]
        fetcher = WebFetcher(allowed=frozenset(hubs), read_timeout=3)
        begun = time.monotonic()
        told = announce([*map(Hub, hubs)], _news(FEED), fetcher=fetcher, seconds=0.5)
        spent = time.monotonic() - begun

    assert [(one.hub, one.ok) for one in told] == [
        (hubs[0], False),
        (hubs[1], False),
        (hubs[2], True),
    ]
    assert told[0].sentence == f"{hubs[0]} gave no answer within 0.5 s"
    assert told[1].sentence == f"{down}: nobody answers there"
    assert told[2].sentence == f"{hubs[2]} heard of 1 feed"
    assert 0.5 <= spent < 2.5


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_a_hub_that_refuses_is_quoted_and_not_asked_again(status: int) -> None:
    with serving({"/": Reply(status=status)}) as site:
        fetcher = WebFetcher(allowed=frozenset({site.url}))
        (told,) = announce([Hub(site.url)], _news(FEED, OTHER), fetcher=fetcher)

    assert not told.ok
    assert told.sentence == f"{site.url} answered {status}"
    assert len(site.asked) == 1


def test_a_hub_inside_our_own_network_is_not_told_unless_staff_allow_it() -> None:
    with serving({"/": Reply(status=204)}) as site:
        fetcher = WebFetcher(allowed=frozenset(), ports=frozenset({site.port}))
        (told,) = announce([Hub(site.url)], _news(FEED), fetcher=fetcher)

    assert not told.ok
    assert "may not be visited" in told.sentence
    assert site.asked == []


def test_a_hub_named_twice_is_told_once() -> None:
    with serving({"/": Reply(status=204)}) as site:
        fetcher = WebFetcher(allowed=frozenset({site.url}))
        told = announce([Hub(site.url), Hub(site.url)], _news(FEED), fetcher=fetcher)

    assert len(told) == len(site.asked) == 1


def test_nothing_new_is_nothing_to_tell() -> None:
    fetcher = WebFetcher(allowed=frozenset())

    assert announce([Hub("https://hub.example/")], _news(), fetcher=fetcher) == ()
    assert announce([], _news(FEED), fetcher=fetcher) == ()


def test_a_fault_of_our_own_is_not_mistaken_for_the_hubs() -> None:
    fetcher = WebFetcher(allowed=frozenset(), resolve=lambda *_: ["no number"])

    with pytest.raises(ValueError, match="no number"):
        announce([Hub("https://hub.example/")], _news(FEED), fetcher=fetcher)


def test_podping_is_asked_for_each_rss_feed_with_its_token() -> None:
    with serving({"/": Reply(status=200)}) as site:
        gate = Podping(f"{site.url}/", "CANARY")
        fetcher = WebFetcher(allowed=frozenset({site.url}))
        (told,) = announce(
            [gate], _news(FEED, FEED.replace(".xml", ".json"), OTHER), fetcher=fetcher
        )

    assert told.ok
    assert told.sentence == f"Podping (127.0.0.1:{site.port}) heard of 3 feeds"
    assert [asked.method for asked in site.asked] == ["GET", "GET"]
    assert [parse_qs(urlsplit(asked.path).query) for asked in site.asked] == [
        {"url": [feed], "reason": ["update"], "medium": ["podcast"]}
        for feed in (FEED, OTHER)
    ]
    assert {asked.headers["authorization"] for asked in site.asked} == {"CANARY"}


def test_a_webhook_gets_everything_as_json_at_once() -> None:
    with serving({"/room/CANARY": Reply(status=200)}) as site:
        hook = Webhook(f"{site.url}/room/CANARY")
        fetcher = WebFetcher(allowed=frozenset({site.url}))
        (told,) = announce([hook], _news(FEED, OTHER), fetcher=fetcher)

    assert told.sentence == "the webhook at 127.0.0.1 heard of 2 feeds"
    [asked] = site.asked
    assert asked.headers["content-type"] == "application/json"
    assert json.loads(asked.body) == {
        "schema": "peru-media/news/1",
        "site": "https://media.example.ac.uk",
        "release": 7,
        "feeds": [FEED, OTHER],
    }


@pytest.mark.parametrize("status", [401, 500, 0])
def test_no_token_and_no_secret_address_is_ever_told(status: int) -> None:
    with serving({"/": Reply(status=status or 200)}) as site:
        where = f"http://127.0.0.1:{site.port if status else closed_port()}"
        ears: list[Ear] = [
            Podping(f"{where}/", "CANARY"),
            Webhook(f"{where}/?key=CANARY"),
        ]
        allowed = WebFetcher(allowed=frozenset({where}))
        told = [
            *announce(ears, _news(FEED), fetcher=allowed),
            *announce(ears, _news(FEED), fetcher=WebFetcher(allowed=frozenset())),
        ]

    assert [one.ok for one in told] == [False] * 4
    assert "CANARY" not in repr((told, ears))
