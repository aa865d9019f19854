"""From the values that developers give to those that the feed's tags are made from."""

import re
from collections.abc import Iterable, Sequence

from peru_media.model import library, source
from peru_media.model.address import episode_id
from peru_media.model.categories import parse_category
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.item import Item
from peru_media.rendering.notes import given_html, notes_html

__all__ = ["item_of", "show_of"]

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def show_of(show: library.Show, episodes: Iterable[library.Episode]) -> source.Show:
    """The show as a channel; its feed, page and pictures lie where it says."""
    owner, spotify = show.owner, show.spotify
    return source.Show(
        slug="",
        guid=show.identity,
        title=show.title,
        description=_verbatim(show.description),
        language=show.language,
        timezone=show.timezone,
        author=show.author,
        owner=owner and source.Owner(name=owner.name, email=owner.email),
        categories=tuple(map(parse_category, show.categories)),
        explicit=show.explicit,
        type=show.type,
        picture=_picture(show.image),
        licence=show.licence,
        copyright=show.copyright,
        funding=tuple(source.Funding(url=f.url, text=f.text) for f in show.funding),
        people=_people(show.people),
        visibility="public" if show.listed else "unlisted",
        locked=show.locked,
        new_url=show.new_feed_url,
        complete=show.complete,
        simple_chapters=any(one.chapters for one in episodes),
        spotify=spotify and source.Spotify(**spotify.model_dump()),
        podcast=_podcast(show),
        namespaces=dict(show.namespaces),
        extra=show.extra,
    )


def item_of(show: library.Show, episode: library.Episode) -> Item:
    """An episode as an item, with what it takes from its show."""
    page = episode.link or show.link
    return Item(
        episode=_episode(show, episode),
        collection=_season(episode),
        base_url="",
        html=_notes(episode, page),
        namespaces=show.namespaces,
        simple_chapters=bool(episode.chapters),
        page=episode.link or "",
        chapters=episode.chapters_url or "",
    )


def _notes(episode: library.Episode, page: str) -> str:
    if episode.notes_html:
        return given_html(episode.notes_html, page=page)
    return notes_html(episode.notes, page=page) if episode.notes else ""


def _episode(show: library.Show, episode: library.Episode) -> source.Episode:
    explicit = show.explicit if episode.explicit is None else episode.explicit
    return source.Episode(
        id=episode_id(show.identity, episode.guid),
        name="",
        slug=episode.guid,
        shows=("",),
        guid=episode.guid,
        title=episode.title,
        published=episode.published,
        enclosure=_enclosure(episode.media),
        subtitle=episode.subtitle,
        number=episode.number,
        season=episode.season,
        type=episode.type,
        language=episode.language or show.language,
        explicit=explicit,
        licence=episode.licence,
        people=_people(episode.people),
        chapters=tuple(source.Chapter(**c.model_dump()) for c in episode.chapters),
        soundbites=tuple(
            source.Soundbite(**one.model_dump()) for one in episode.soundbites
        ),
        picture=_picture(episode.image),
        location=tuple(episode.locations),
        podcast=_spoken(episode),
        extra=episode.extra,
    )


def _enclosure(media: library.Media) -> source.Enclosure:
    return source.Enclosure(
        address=media.url,
        key="",
        media_type=media.type,
        size=media.size,
        sha256="",
        duration=media.seconds,
    )


def _picture(address: str | None) -> source.Picture | None:
    """A picture of which only the address is known."""
    if address is None:
        return None
    return source.Picture(address=address, sha256="", media_type="", width=0, height=0)


def _people(people: Sequence[library.Person]) -> tuple[source.Person, ...]:
    return tuple(source.Person(**one.model_dump()) for one in people)


def _season(episode: library.Episode) -> source.Collection | None:
    """The season as the collection that gives it its name."""
    if episode.season is None or episode.season_name is None:
        return None
    title, number = episode.season_name, episode.season
    return source.Collection(name="", title=title, season=number)


def _podcast(show: library.Show) -> PodcastShow:
    places = (*show.locations, *show.podcast.location)
    return show.podcast.model_copy(update={"location": places})


def _spoken(episode: library.Episode) -> PodcastEpisode:
    if not episode.transcripts:
        return episode.podcast
    texts = (*episode.transcripts, *episode.podcast.transcript)
    return episode.podcast.model_copy(update={"transcript": texts})


def _verbatim(text: str) -> str:
    """Markdown that reads as the text stands, for the feed has it as plain words."""
    lines = (_MARKS.sub(r"\\\1", line.strip()) for line in legal(text).split("\n"))
    return "\n".join(lines)
