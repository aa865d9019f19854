"""Whole sites made up at random, as a release is rendered from: any number of them.

    site = generated_site(7)
    feeds = feeds_of(site)        # {"/show-1/feed.xml": b"<?xml …", …}

The same seed gives the same site. With ``words`` every text is one of them.
"""

import gzip
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

from peru_media.model.categories import CATEGORIES
from peru_media.model.enclosure import Enclosure
from peru_media.model.licence import Licence
from peru_media.model.notices import BlockField
from peru_media.model.payment import RecipientField, TimeSplitField
from peru_media.model.remote import RemoteItemField
from peru_media.model.social import SocialField
from peru_media.model.source import (
    Category,
    Collection,
    Document,
    Episode,
    Picture,
    Show,
    Source,
)
from peru_media.rendering.forms import feed_rows, site_feed_rows
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import Calendar
from tests import generated
from tests.generated import NOON, Maker, Sample, Words

__all__ = ["BASE", "NOON", "feeds_of", "generated_site", "site_with_everything"]

BASE = "https://media.example.ac.uk"
_EVERYTHING = 1
_TYPES = {
    "audio/mpeg": "mp3",
    "audio/x-m4a": "m4a",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
}
_SAYINGS = (  # what people write, in many scripts
    "Finding my feet", "What R&D costs", "5 < 6, and 7 > 6", 'She said "no"',
    "Dysgu gyda'n gilydd", "Ñandú y cóndor", "Σχέδιο για όλους", "Что дальше?",  # noqa: RUF001  # Greek
    "עברית מימין לשמאל", "العربية", "個人化的服務", "ひとりひとり", "🎙️ on air 👩‍👧‍👦",
    "e\u0301 is é", "tab\tand\nline", "]]> ends CDATA", "1. not a list", "100 %",
    "a\u200bb", "ﬁne ligature", "O’Brien – “home”", "C:\\temp", "-- dashes --",  # noqa: RUF001  # as typeset
)  # fmt: skip
_NOTES = (
    "A story of [a house](https://example.org/house?a=1&b=2), told *twice*.",
    "# First\n\nText with `code <b>` and **weight**.\n\n- one\n- two\n  - deeper",
    "[Up](../other) and [here](#part), ![a picture](https://example.org/a.png).",
    "<script>alert(1)</script> <b>bold</b> &amp; <a href='javascript:x'>x</a>",
    "> quoted\n\n1. first\n2. second\n\n---\n\n```\npre\n```",
    "[bad](javascript:alert(1)) [worse](http://[::1) <mailto:a@example.org>",
    "Line  \nbreak, ]]> and \u2028 a separator. " * 3,
    "Long. " * 1500,
    "---",
    "",
)
_EXTRA = '<media:rating scheme="urn:simple">nonadult</media:rating>'


def generated_site(
    seed: int, *, words: Words | None = None, shows: int = 3, episodes: int = 8
) -> Source:
    """A site of one to ``shows`` shows, each with up to ``episodes`` episodes."""
    random = Random(seed)  # noqa: S311  # a site to look at, no secret
    given = dict(_GIVEN)
    if words is None:
        words = partial(random.choice, _SAYINGS)
        given |= {("Episode", "notes"): _notes, ("Show", "description"): _described}
    maker = Maker(random=random, words=words, given=given)
    made = [_show(maker, number) for number in range(1, random.randint(1, shows) + 1)]
    stories = [
        _episode(maker, show, number)
        for show in made
        for number in range(1, random.randint(0, episodes) + 1)
    ]
    return maker.make(Source, base_url=BASE, shows=(*made,), episodes=(*stories,))


def site_with_everything() -> Source:
    """A site that leaves nothing out: every field of every model says something.

    Its first show holds every tag, and is unlisted; the second is like any other.
    """
    random = Random(_EVERYTHING)  # noqa: S311  # a site to look at, no secret
    words = cycle([one for one in _SAYINGS if one.isprintable()])
    given = _GIVEN | _WHOLE
    maker = Maker(random=random, words=lambda: next(words), given=given, whole=True)
    shows = [_show(maker, number) for number in (1, 2)]
    shows[0] = shows[0].model_copy(update={"visibility": "unlisted"})
    episodes = [_episode(maker, show, number) for show in shows for number in (1, 2)]
    return maker.make(
        Source, base_url=BASE, shows=tuple(shows), episodes=tuple(episodes)
    )


def feeds_of(source: Source, *, at: datetime = NOON) -> dict[str, bytes]:
    """Every form of every feed of a site, by its path, as it is served.

    Pages are not made: they would take longer than all feeds together.
    """
    press = Press(source=source, texts=lambda sha256: sha256.encode(), cache={})
    calendar = Calendar(source=source, at=at, until=at + timedelta(days=1))
    rows = site_feed_rows(press, calendar, at)
    for show in calendar.shows.values():
        rows |= feed_rows(press, calendar, show, at)
    return {
        path: gzip.decompress(press.objects[versions[0].key])
        for path, versions in rows.items()
        if versions[0].key
    }


def _show(maker: Maker, number: int) -> Show:
    collections = tuple(
        maker.make(Collection, name=f"c{season}", season=season)
        for season in range(1, maker.random.randint(1, 4))
    )
    return maker.make(
        Show,
        slug=f"show-{number}",
        collections=collections,
        begun=NOON - timedelta(days=1) if maker.chance() else None,
        visibility="public" if maker.chance() else "unlisted",
    )


def _episode(maker: Maker, show: Show, number: int) -> Episode:
    slug = f"{show.slug}-{number}"
    names = [None, "none-such", *(one.name for one in show.collections)]
    return maker.make(
        Episode,
        id=f"{maker.random.getrandbits(80):020x}",
        name=slug,
        slug=slug,
        shows=(show.slug,),
        guid=f"{maker.text()} {slug}",
        collection="c1" if maker.whole else maker.random.choice(names),
        until=None,
        redirect_from=(),
        related=(),
        extra=_EXTRA if show.namespaces and maker.chance() else "",
        number=number if show.type == "serial" or maker.chance() else None,
    )


def _notes(maker: Maker) -> str:
    return maker.random.choice(_NOTES)


def _described(maker: Maker) -> str:
    return maker.text() + "\n\n" + maker.random.choice(_NOTES[:3])


def _asset(maker: Maker) -> str:
    return f"/assets/{generated.sha256(maker)[:20]}.png"


def _optional(sample: Sample) -> Sample:
    return lambda maker: sample(maker) if maker.chance() else None


def _enclosure(maker: Maker, kind: str | None = None) -> Enclosure:
    kind = kind or maker.random.choice([*_TYPES])
    sha256, identity = generated.sha256(maker), f"{maker.random.getrandbits(80):020x}"
    name = f"{identity}/{sha256[:20]}/story.{_TYPES[kind]}"
    spoken = maker.random.randint(100, 9_000_000) / 1000
    return Enclosure(
        address=f"/media/{name}",
        key=f"public/{name}",
        media_type=kind,
        size=maker.random.randint(1, 10**9),
        sha256=sha256,
        duration=None if kind == "application/pdf" else spoken,
    )


def _document(maker: Maker) -> Document:
    name = f"paper-{maker.random.randint(1, 999)}"
    return maker.make(
        Document,
        name=name,
        address=f"/documents/{name}.pdf",
        key=f"public/d/{name}.pdf",
        sha256=generated.sha256(maker),
    )


def _categories(maker: Maker) -> tuple[Category, ...]:
    names = maker.random.sample([*CATEGORIES], maker.random.randint(1, 3))
    subs = ((name, maker.random.choice([None, *CATEGORIES[name]])) for name in names)
    return tuple(Category(name=name, sub=sub) for name, sub in subs)


def _rare(value: Any) -> Sample:
    return lambda maker: value if maker.chance(0.2) else None


def _picked(*found: Any) -> Sample:
    return lambda maker: maker.random.choice(found)


def _splits(maker: Maker) -> tuple[TimeSplitField, ...]:
    """A stretch of each kind."""
    one, two = maker.make(TimeSplitField), maker.make(TimeSplitField)
    others, people = maker.make(RemoteItemField), (maker.make(RecipientField),)
    return (
        one.model_copy(update={"remote_item": others, "recipient": ()}),
        two.model_copy(update={"remote_item": None, "recipient": people}),
    )


def _answers(maker: Maker) -> tuple[SocialField, ...]:
    """Comments in one place, and the word that they are not wanted."""
    there = maker.make(SocialField, protocol="activitypub")
    return there, SocialField(protocol="disabled")


def _yes(_: Maker) -> bool:
    return True


def _orcid(maker: Maker) -> str | None:
    return "0000-0002-1825-0097" if maker.coin() else None


_LANGUAGE = _picked("en-GB", "cy", "de", "es-PE", "zh-Hant")
_GIVEN: dict[tuple[str, str], Sample] = {
    ("ImageField", "file"): _picked(None),
    ("ImageField", "href"): generated.web_address,
    ("LivePersonField", "role"): _picked("host", "guest"),
    ("LivePersonField", "group"): _picked("cast", "writing"),
    ("Funder", "name"): Maker.text,
    ("Owner", "name"): Maker.text,
    ("Person", "name"): Maker.text,
    ("Person", "role"): _picked("host", "guest", "sound designer"),
    ("Person", "group"): _picked(None, "cast", "writing"),
    ("Show", "copyright"): lambda maker: f"The holder, {maker.text()}",
    ("Show", "title"): Maker.text,
    ("Episode", "title"): Maker.text,
    ("Category", "name"): _picked("Arts"),
    ("Category", "sub"): _picked("Books", None),
    ("Collection", "name"): _picked("c1"),
    ("Enclosure", "address"): _asset,
    ("Document", "doi"): _optional(_picked("10.1234/abc")),
    ("Document", "licence"): _optional(generated.licence),
    ("Document", "title"): Maker.text,
    ("Episode", "doi"): _optional(_picked("10.1234/abc")),
    ("Episode", "documents"): lambda maker: (_document(maker),),
    ("Episode", "enclosure"): _enclosure,
    ("Episode", "language"): _LANGUAGE,
    ("Episode", "licence"): _optional(generated.licence),
    ("Episode", "season"): _optional(lambda maker: maker.random.randint(1, 20)),
    ("Episode", "published"): generated.moment,
    ("Funding", "url"): generated.web_address,
    ("Chapter", "url"): _optional(generated.web_address),
    ("Chapter", "title"): Maker.text,
    ("Chapter", "image"): _optional(_asset),
    ("Owner", "email"): _picked("editor@example.ac.uk", "a.b+c@example.org"),
    ("Person", "orcid"): _orcid,
    ("Person", "url"): _optional(generated.web_address),
    ("Person", "image"): _optional(_asset),
    ("Picture", "address"): _asset,
    ("Picture", "sha256"): generated.sha256,
    ("Picture", "media_type"): _picked("image/png", "image/jpeg"),
    ("Picture", "width"): _picked(1400, 3000),
    ("Picture", "height"): _picked(1400, 3000),
    ("Picture", "smaller"): lambda _: (),
    ("Show", "categories"): _categories,
    ("Show", "documents"): lambda maker: (_document(maker),),
    ("Show", "picture"): lambda maker: maker.make(Picture),
    ("Show", "extra"): _picked(""),
    ("Show", "feed_items"): _rare(2),
    ("Show", "guid"): generated.uuid,
    ("Show", "language"): _LANGUAGE,
    ("Show", "licence"): _optional(generated.licence),
    ("Show", "links"): _picked({}, {"apple": "https://podcasts.apple.com/1"}),
    ("Show", "namespaces"): _picked({}, {"media": "http://search.yahoo.com/mrss/"}),
    ("Show", "new_url"): _rare("https://new.example.org/feed.xml"),
    ("Show", "timezone"): _picked("Europe/London", "America/Lima"),
    ("Soundbite", "start"): lambda maker: maker.random.randint(0, 500_000) / 1000,
    ("Soundbite", "duration"): lambda maker: maker.random.randint(1, 120),
    ("Chapter", "start"): lambda maker: maker.random.randint(0, 500_000) / 1000,
    ("Source", "hubs"): _picked((), ("https://hub.example.org/",)),
    ("Source", "organisation"): Maker.text,
    ("Source", "publisher_guid"): _optional(generated.uuid),
    ("Source", "pictures"): _picked(()),
    ("Source", "ror"): _optional(_picked("https://ror.org/027m9bs27")),
    ("Source", "timezone"): _picked("Europe/London"),
    ("Spotify", "recent_count"): _optional(_picked(1, 20)),
    ("Spotify", "countries"): _picked((), ("GB",), ("GB", "IE")),
    ("Transcript", "sha256"): generated.sha256,
    ("Transcript", "media_type"): _picked("text/vtt", "application/x-subrip"),
    ("Transcript", "language"): _LANGUAGE,
    ("Transcript", "checked"): _picked("2026-01-01"),
}
_BLOCKS = (BlockField(value=True), BlockField(value=False, id="spotify"))
_WHOLE: dict[tuple[str, str], Sample] = {
    ("Source", "hubs"): _picked(("https://hub.example.org/",)),
    ("Episode", "enclosure"): lambda maker: _enclosure(maker, "audio/mpeg"),
    ("Person", "group"): _picked("cast", "writing"),
    ("Episode", "licence"): _picked(Licence.model_validate("CC-BY-4.0")),
    ("Episode", "notes"): _picked(_NOTES[0], _NOTES[1]),
    ("PodcastShow", "block"): _picked(_BLOCKS),
    ("Episode", "season"): _picked(None),
    ("Episode", "explicit"): _yes,
    ("LiveItemField", "social_interact"): _answers,
    ("PodcastEpisode", "social_interact"): _answers,
    ("PodcastShow", "social_interact"): _answers,
    ("Show", "explicit"): _yes,
    ("ValueField", "time_split"): _splits,
    ("PodcastShow", "podping"): _yes,
    ("Show", "complete"): _yes,
    ("Show", "description"): _described,
    ("Show", "extra"): _picked(_EXTRA),
    ("Show", "feed_items"): _picked(None),
    ("Show", "namespaces"): _picked({"media": "http://search.yahoo.com/mrss/"}),
    ("Show", "new_url"): _picked("https://new.example.org/feed.xml"),
    ("Show", "simple_chapters"): _yes,
    ("Spotify", "countries"): _picked(("GB", "IE")),
}
