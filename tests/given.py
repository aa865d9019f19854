"""Shows and episodes as a developer gives them; each test changes one thing."""

from datetime import UTC, datetime
from typing import Any

from peru_media.model.library import (
    Chapter,
    Episode,
    Funding,
    Licence,
    Location,
    Media,
    Owner,
    Person,
    Show,
    Soundbite,
    Spotify,
    Transcript,
)
from peru_media.model.podcast import (
    ChatField,
    ContentLinkField,
    LiveEnclosureField,
    LiveItemField,
    LocationField,
    NumberingField,
    PodcastEpisode,
    PodcastShow,
    SocialField,
    TrailerField,
    TxtField,
    UpdateFrequencyField,
)

__all__ = ["BASE", "MRSS", "given_episode", "given_show", "rich_episode", "rich_show"]

BASE = "https://media.example.ac.uk"
MRSS = "http://search.yahoo.com/mrss/"


def given_show(**changes: Any) -> Show:
    fields: dict[str, Any] = {
        "title": "Fellowship",
        "link": f"{BASE}/fellowship",
        "feed_url": f"{BASE}/fellowship/feed.xml",
        "description": "Research on personalisation, told by those it is about.",
        "language": "en-GB",
        "categories": ["Science > Social Sciences"],
        "image": f"{BASE}/fellowship/cover.png",
        "explicit": False,
    }
    return Show(**fields | changes)


def given_episode(name: str = "feet", **changes: Any) -> Episode:
    fields: dict[str, Any] = {
        "title": "Finding my feet",
        "guid": f"guid-{name}",
        "published": datetime(2026, 12, 1, 9, tzinfo=UTC),
        "media": Media(url=f"{BASE}/{name}.mp3", size=4_812_300, seconds=312.4),
    }
    return Episode(**fields | changes)


def rich_show(**changes: Any) -> Show:
    """A show that says everything that it can."""
    return given_show(
        **{
            "guid": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            "author": "PERU",
            "owner": Owner(name="PERU", email="media@example.ac.uk"),
            "copyright": "© 2026 PERU",
            "licence": Licence(name="CC-BY-4.0"),
            "type": "serial",
            "categories": ["Science > Social Sciences", "Government"],
            "locked": False,
            "listed": False,
            "complete": True,
            "new_feed_url": f"{BASE}/new/feed.xml",
            "people": [Person(name="Ann Example", orcid="0000-0002-1825-0097")],
            "funding": [Funding(url=f"{BASE}/give", text="Support us")],
            "locations": [Location(name="Salford", country="GB")],
            "spotify": Spotify(recent_count=10, countries=("GB", "IE")),
            "hubs": ["https://hub.example.org/"],
            "timezone": "Europe/London",
            "podcast": PodcastShow(
                medium="podcast",
                location=(LocationField(name="Manchester", rel="creator"),),
                trailer=(
                    TrailerField(
                        title="Listen in",
                        url=f"{BASE}/trailer.mp3",
                        published="2026-07-01 09:00",
                    ),
                ),
                update_frequency=UpdateFrequencyField(
                    text="Weekly", rrule="FREQ=WEEKLY;COUNT=4", dtstart="2026-12-01"
                ),
                txt=(TxtField(text="proof", purpose="verify"),),
                live_item=(
                    LiveItemField(
                        status="pending",
                        start="2026-12-02 18:00",
                        end="2026-12-02 19:00",
                        title="Ask us",
                        guid="live-1",
                        enclosure=LiveEnclosureField(
                            url=f"{BASE}/live.mp3", type="audio/mpeg"
                        ),
                        content_link=(
                            ContentLinkField(href=f"{BASE}/live", text="Watch"),
                        ),
                    ),
                ),
            ),
            "namespaces": {"media": MRSS},
            "extra": '<media:credit role="author">PERU</media:credit>',
        }
        | changes
    )


def rich_episode(name: str = "rich", **changes: Any) -> Episode:
    """An episode that says everything that it can."""
    return given_episode(
        name,
        **{
            "notes": "Ann looks *back*: [more](notes.html).",
            "link": f"{BASE}/fellowship/{name}",
            "subtitle": "The first steps",
            "number": 7,
            "season": 2,
            "season_name": "Community reporting",
            "type": "bonus",
            "explicit": True,
            "language": "cy",
            "image": f"{BASE}/{name}.jpg?v=2",
            "people": [
                Person(name="Ben Example", role="guest", url=f"{BASE}/ben"),
                Person(name="Cat Example", role="sound designer"),
            ],
            "chapters": [
                Chapter(start=90.5, title="Beginning", url=f"{BASE}/begin"),
                Chapter(start=0, title="Welcome"),
            ],
            "chapters_url": f"{BASE}/{name}/chapters.json",
            "transcripts": [
                Transcript(
                    url=f"{BASE}/{name}.vtt",
                    type="text/vtt",
                    language="cy",
                    rel="captions",
                )
            ],
            "soundbites": [Soundbite(start=12.5, duration=30, title="A step")],
            "locations": [Location(name="Bangor", geo="geo:53.2,-4.1")],
            "licence": Licence(name="CC0-1.0"),
            "podcast": PodcastEpisode(
                episode=NumberingField(number=7.5, display="7½"),
                social_interact=(SocialField(protocol="disabled"),),
                chat=ChatField(server="irc.example.org", protocol="irc"),
            ),
            "extra": '<media:rating scheme="urn:simple">nonadult</media:rating>',
        }
        | changes,
    )
