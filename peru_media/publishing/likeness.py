"""What a feed says, in the words of the values that developers give."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from peru_media.model.categories import parse_category
from peru_media.model.languages import parse_language
from peru_media.model.library import (
    Chapter,
    Funding,
    Licence,
    Location,
    Media,
    Owner,
    Person,
    Soundbite,
    Spotify,
    Transcript,
)
from peru_media.model.parsed import ParsedChapter, ParsedEpisode, ParsedFeed
from peru_media.model.parsed_podcast import ParsedLicense, ParsedPerson
from peru_media.publishing.importing.episodes import guid_of, title_of
from peru_media.publishing.importing.fitting import fitted, fitted_all, line
from peru_media.publishing.importing.people import licence_of, people_of
from peru_media.publishing.importing.seasons import season_of
from peru_media.publishing.importing.shows import address_of, is_ours
from peru_media.publishing.importing.tags import (
    fundings,
    locations,
    podcast_episode,
    podcast_show,
)
from peru_media.rendering.notes import given_html, plain_text, shortened

__all__ = ["episode_fields", "show_fields"]

_Fields = dict[str, Any]

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LONGEST = 4000


def show_fields(feed: ParsedFeed) -> _Fields:
    """The fields of a show that its feed fills; they need not be right."""
    said, podcast = feed.itunes, feed.podcast
    locked = podcast.locked
    return {
        "title": feed.title or said.title,
        "link": feed.link,
        "feed_url": _own_address(feed),
        "description": _words(feed),
        "language": feed.language and _language(feed.language),
        "categories": tuple(_categories(feed)),
        "image": said.image or (feed.image and feed.image.url) or feed.logo,
        "explicit": said.explicit,
        "guid": podcast.guid and podcast.guid.lower(),
        "author": said.author or next((one.name for one in feed.authors), None),
        "owner": said.owner and fitted(Owner, **said.owner.model_dump()),
        "copyright": feed.copyright,
        "licence": _licence(podcast.license),
        "type": said.type and said.type.lower(),
        "locked": not (locked is not None and locked.locked is False),
        "listed": not said.block,
        "complete": bool(said.complete),
        "new_feed_url": said.new_feed_url,
        "people": _people(podcast.people),
        "funding": fitted_all(
            Funding, (one.model_dump() for one in fundings(podcast.funding))
        ),
        "spotify": _spotify(feed),
        "hubs": tuple(one.url for one in feed.links if one.rel == "hub"),
        "podcast": podcast_show(feed, ZoneInfo("UTC")),
    }


def episode_fields(episode: ParsedEpisode) -> _Fields:
    """The fields of an episode that its item fills; they need not be right."""
    said, podcast, season = episode.itunes, episode.podcast, season_of(episode)
    places = (one.model_dump() for one in locations(podcast.locations))
    return {
        "title": title_of(episode),
        "guid": guid_of(episode),
        "published": episode.published or episode.updated,
        "media": _media(episode),
        "notes_html": episode.content or episode.description or said.summary,
        "link": episode.link,
        "subtitle": said.subtitle,
        "number": said.episode,
        "season": season and season.number,
        "season_name": season and season.name,
        "type": said.episode_type and said.episode_type.lower(),
        "explicit": said.explicit,
        "image": said.image,
        "people": _people(podcast.people),
        "chapters": _chapters(episode.chapters),
        "chapters_url": podcast.chapters and podcast.chapters.url,
        "transcripts": fitted_all(Transcript, _transcripts(episode)),
        "soundbites": fitted_all(
            Soundbite, (one.model_dump() for one in podcast.soundbites)
        ),
        "locations": fitted_all(Location, places),
        "licence": _licence(podcast.license),
        "podcast": podcast_episode(episode, kept=()),
    }


def _own_address(feed: ParsedFeed) -> str | None:
    """What the feed says of itself; else where it came from."""
    own = (one.url for one in feed.links if one.rel == "self")
    return next(own, None) or address_of(feed)


def _words(feed: ParsedFeed) -> str:
    """The description as plain words, which ours are already."""
    text = feed.description or feed.itunes.summary or ""
    if _TAG.search(text) and not is_ours(feed):
        text = plain_text(given_html(text, page=feed.link or ""))
    return shortened(text, limit=_LONGEST)


def _language(text: str) -> str:
    """The language as it is written today; what is none stays, to be refused."""
    try:
        return parse_language(text)
    except ValueError:
        return text


def _categories(feed: ParsedFeed) -> Iterator[str]:
    """Those that Apple still has."""
    for said in feed.itunes.categories:
        for name in [f"{said.name} > {sub}" for sub in said.subs] or [said.name]:
            try:
                parse_category(name)
            except ValueError:
                continue
            yield name


def _media(episode: ParsedEpisode) -> Media | None:
    found = next((one for one in episode.enclosures if one.url), None)
    if found is None:
        return None
    return fitted(
        Media,
        url=found.url,
        size=found.length or 0,
        type=found.media_type,
        seconds=episode.itunes.duration,
    )


def _people(found: Iterable[ParsedPerson]) -> tuple[Person, ...]:
    people, wanted = people_of(found)
    images = {one.place: one.url for one in wanted}
    rows = (
        one.model_dump(exclude={"contributor"}) | {"image": images.get(at)}
        for at, one in enumerate(people)
    )
    return fitted_all(Person, rows)


def _licence(said: ParsedLicense | None) -> Licence | None:
    found = licence_of(said)
    return fitted(Licence, **found.model_dump()) if found else None


def _spotify(feed: ParsedFeed) -> Spotify | None:
    countries = tuple(code.upper() for code in feed.spotify.countries)
    made = fitted(Spotify, recent_count=feed.spotify.limit, countries=countries)
    return None if made == Spotify() else made


def _chapters(found: Iterable[ParsedChapter]) -> tuple[Chapter, ...]:
    rows = (one.model_dump() | {"title": line(one.title)} for one in found)
    return fitted_all(Chapter, rows)


def _transcripts(episode: ParsedEpisode) -> Iterator[_Fields]:
    for one in episode.podcast.transcripts:
        yield {
            "url": one.url,
            "type": one.media_type,
            "language": one.language,
            "rel": one.rel,
        }
