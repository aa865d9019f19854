"""Each tag of the podcast namespace has its parents, counts and limits."""

from typing import Any

import pytest
from pydantic import ValidationError

from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.taxonomy import GROUPS, group_of
from peru_media.model.value import Value

GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
PAID = {"type": "node", "address": "02d5", "split": "1"}
VALUE = {"type": "lightning", "method": "keysend", "recipient": PAID}
LIVE = {
    "status": "live",
    "start": "2026-12-01 18:00",
    "title": "Ask us",
    "guid": "live-1",
    "enclosure": {"url": "https://example.org/a.mp3", "type": "audio/mpeg"},
    "content_link": {"href": "https://example.org/live", "text": "Watch"},
}
OPUS = {"type": "audio/opus", "source": {"uri": "https://example.org/a.opus"}}
TRAILER = {"title": "T", "url": "https://example.org/t.mp3", "published": "2026-12-01"}


@pytest.mark.parametrize(
    "fields",
    [
        {"medium": "podcast"},
        {"medium": "musicL"},
        {"medium": "mixed"},
        {"location": {"name": "Salford"}},
        {"location": {"name": "x" * 128, "geo": "geo:53.4,-2.2,12;u=35"}},
        {"location": [{"name": "A", "osm": "N1#2"}, {"name": "B", "rel": "creator"}]},
        {"trailer": TRAILER},
        {"trailer": [TRAILER, TRAILER | {"season": "2", "length": "10"}]},
        {"update_frequency": {"text": "Daily", "rrule": "FREQ=DAILY"}},
        {
            "update_frequency": {
                "text": "Four times",
                "rrule": "FREQ=WEEKLY;COUNT=4",
                "dtstart": "2026-12-01T09:00",
                "complete": "yes",
            }
        },
        {"podping": "yes"},
        {"image": {"href": "https://example.org/a.png", "aspect_ratio": "1/1"}},
        {"social_interact": {"protocol": "disabled"}},
        {"social_interact": {"protocol": "atproto", "uri": "at://example.org/post/1"}},
        {"chat": {"server": "irc.example.org:6697", "protocol": "irc"}},
        {"block": [{"value": "yes"}, {"value": "no", "id": "spotify"}]},
        {"txt": {"text": "x" * 4000, "purpose": "verify"}},
        {"txt": {"text": "true", "purpose": "ai-content"}},
        {"value": VALUE},
        {
            "value": VALUE
            | {
                "suggested": "0.00000005",
                "time_split": [
                    {"start": "1:00", "duration": "30", "recipient": PAID},
                    {
                        "start": "2:00",
                        "duration": "30",
                        "remote_percentage": "0",
                        "remote_item": {"feed_guid": GUID},
                    },
                ],
            }
        },
        {"publisher": {"feed_guid": GUID}},
        {"podroll": {"remote_item": [{"feed_guid": GUID}, {"feed_guid": GUID}]}},
        {"remote_item": {"feed_guid": GUID, "item_guid": "7", "medium": "music"}},
        {"live_item": [LIVE, LIVE | {"status": "ended", "end": "2026-12-01 19:00"}]},
    ],
    ids=str,
)
def test_what_a_show_may_say(fields: dict[str, Any]) -> None:
    found = PodcastShow.model_validate(fields)

    assert found != PodcastShow()
    assert PodcastShow.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"medium": "podcasts"}, "medium"),
        ({"medium": "mixedL"}, "medium"),
        ({"location": {"name": ""}}, "name"),
        ({"location": {"name": "x" * 129}}, "name"),
        ({"location": {"name": "A", "geo": "53,-2"}}, "geo"),
        ({"location": {"name": "A", "osm": "146656"}}, "osm"),
        ({"location": {"name": "A", "country": "gb"}}, "country"),
        ({"trailer": TRAILER | {"title": "x" * 129}}, "title"),
        ({"trailer": TRAILER | {"published": "soon"}}, "published"),
        ({"trailer": {"title": "T", "url": "https://example.org"}}, "published"),
        ({"update_frequency": {"text": "x" * 129}}, "text"),
        ({"update_frequency": {"text": "A", "rrule": "DAILY"}}, "rrule"),
        ({"update_frequency": {"text": "A", "rrule": "BYDAY=TU"}}, "rrule"),
        ({"update_frequency": {"text": "A", "rrule": "FREQ=OFTEN"}}, "rrule"),
        ({"update_frequency": {"text": "A", "rrule": "FREQ=DAILY;NOW=1"}}, "rrule"),
        (
            {"update_frequency": {"text": "A", "rrule": "FREQ=DAILY;FREQ=DAILY"}},
            "rrule",
        ),
        (
            {"update_frequency": {"text": "A", "rrule": "FREQ=DAILY;COUNT=2"}},
            "update_frequency",
        ),
        ({"image": {"alt": "A"}}, 0),
        ({"image": {"href": "https://a.org/b", "aspect_ratio": "0/1"}}, "aspect_ratio"),
        ({"image": {"href": "https://a.org/b", "purpose": "x" * 129}}, "purpose"),
        ({"social_interact": {"protocol": "activitypub"}}, 0),
        ({"social_interact": {"protocol": "disabled", "uri": "https://a.org"}}, 0),
        ({"social_interact": {"protocol": "nostr", "uri": "javascript:a"}}, "uri"),
        ({"chat": {"server": "a b", "protocol": "irc"}}, "server"),
        ({"chat": [{"server": "a.org", "protocol": "irc"}]}, "chat"),
        ({"block": {"value": "yes", "id": "myspace"}}, "id"),
        ({"block": [{"value": "yes"}, {"value": "no"}]}, None),
        ({"txt": {"text": "x" * 4001}}, "text"),
        ({"txt": {"text": "a", "purpose": "x" * 129}}, "purpose"),
        ({"txt": {"text": "maybe", "purpose": "ai-content"}}, 0),
        ({"value": VALUE | {"recipient": []}}, "recipient"),
        ({"value": VALUE | {"recipient": PAID | {"split": "-1"}}}, "split"),
        ({"value": VALUE | {"recipient": PAID | {"type": "wallet"}}}, "type"),
        ({"value": {"type": "lightning", "recipient": PAID}}, "method"),
        ({"value": VALUE | {"suggested": "a little"}}, "suggested"),
        ({"value": VALUE | {"time_split": {"start": "1", "duration": "1"}}}, 0),
        ({"publisher": {"feed_url": "https://a.org"}}, "feed_guid"),
        ({"podroll": {"remote_item": []}}, "remote_item"),
        ({"remote_item": {"feed_guid": "A"}}, "feed_guid"),
        ({"live_item": LIVE | {"status": "soon"}}, "status"),
        ({"live_item": LIVE | {"content_link": []}}, "content_link"),
        ({"live_item": LIVE | {"start": None}}, "start"),
    ],
    ids=str,
)
def test_what_a_show_may_not_say(
    fields: dict[str, Any], field: str | int | None
) -> None:
    assert _refused(PodcastShow, fields) == [field]


@pytest.mark.parametrize(
    "fields",
    [
        {"episode": {"number": "315.5", "display": "Ch. 3"}},
        {"episode": {"number": "0"}},
        {"transcript": {"url": "https://example.org/a.vtt", "type": "text/vtt"}},
        {"alternate_enclosure": OPUS},
        {"alternate_enclosure": [OPUS, OPUS | {"title": "x" * 32, "default": "yes"}]},
        {
            "alternate_enclosure": OPUS
            | {
                "source": [{"uri": "ipfs://a"}, {"uri": "magnet:?xt=urn:btih:a"}],
                "integrity": {"type": "sri", "value": "sha384-a"},
            }
        },
        {"content_link": {"href": "https://example.org", "text": "Watch"}},
        {"funding": {"url": "https://example.org"}},
        {"value": VALUE},
    ],
    ids=str,
)
def test_what_an_episode_may_say(fields: dict[str, Any]) -> None:
    found = PodcastEpisode.model_validate(fields)

    assert found != PodcastEpisode()
    assert PodcastEpisode.model_validate_json(found.model_dump_json()) == found


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"episode": {"display": "Ch. 3"}}, "number"),
        ({"episode": {"number": "-1"}}, "number"),
        ({"episode": {"number": "1", "display": "x" * 33}}, "display"),
        ({"transcript": {"url": "https://a.org", "type": "text/webvtt"}}, "type"),
        ({"transcript": {"type": "text/vtt"}}, "url"),
        ({"alternate_enclosure": OPUS | {"source": []}}, "source"),
        ({"alternate_enclosure": OPUS | {"type": "opus"}}, "type"),
        ({"alternate_enclosure": OPUS | {"title": "x" * 33}}, "title"),
        ({"alternate_enclosure": OPUS | {"length": "0"}}, "length"),
        ({"alternate_enclosure": OPUS | {"source": {"uri": "data:,a"}}}, "uri"),
        ({"alternate_enclosure": OPUS | {"integrity": {"type": "sri"}}}, "value"),
        ({"content_link": {"href": "https://example.org"}}, "text"),
        ({"funding": {"url": "https://a.org", "text": "x" * 129}}, "text"),
        ({"medium": "music"}, "medium"),
        ({"podroll": {}}, "podroll"),
        ({"live_item": LIVE}, "live_item"),
        ({"block": {"value": "yes"}}, "block"),
        ({"trailer": TRAILER}, "trailer"),
    ],
    ids=str,
)
def test_what_an_episode_may_not_say(fields: dict[str, Any], field: str) -> None:
    assert _refused(PodcastEpisode, fields) == [field]


def _refused(model: type[Value], fields: dict[str, Any]) -> list[str | int | None]:
    with pytest.raises(ValidationError) as refusal:
        model.model_validate(fields)
    faults = refusal.value.errors()
    told = [one for one in faults if one["type"] != "too_short" or len(faults) == 1]
    return [one["loc"][-1] if one["loc"] else None for one in told]


def test_the_roles_are_those_of_the_list() -> None:
    assert len(GROUPS) == 11
    assert sum(map(len, GROUPS.values())) == 63


@pytest.mark.parametrize(
    ("role", "group"),
    [
        ("host", None),
        ("narrator", None),
        ("contributor", None),
        ("producer", "creative direction"),
        ("editor", "writing"),
        ("intern", "misc."),
    ],
)
def test_a_role_belongs_to_a_group(role: str, group: str | None) -> None:
    assert group_of(role) == group
