"""The addresses that belong to no show alone: home, lists, assets and pictures."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from peru_media.model.address import asset_key
from peru_media.model.release import Version
from peru_media.model.source import Person, Picture, PictureFile
from peru_media.rendering.addresses import ACCESSIBILITY, FAVICON, PRIVACY
from peru_media.rendering.forms import site_feed_rows
from peru_media.rendering.gallery import hung_addresses
from peru_media.rendering.press import Press
from peru_media.rendering.statement import statement
from peru_media.rendering.timeline import (
    Calendar,
    Rows,
    Span,
    lifetime,
    settled,
    span_of,
    visible,
)
from peru_media.rendering.views import card
from peru_media.rendering.voice import Voice

__all__ = ["picture_rows", "site_rows"]


def site_rows(press: Press, calendar: Calendar, *, built: datetime) -> Rows:
    """The table of the site: what belongs to no show alone."""
    assets = press.assets(since=calendar.at)
    table: Rows = {path: (version,) for path, version in assets.items()}
    table[FAVICON] = (press.favicon(since=calendar.at),)
    for voice in press.voices:
        table[voice.path("/")] = _home(press, calendar, voice)
        table[voice.path(ACCESSIBILITY)] = _accessibility(press, calendar, voice)
        table[voice.path(PRIVACY)] = (press.privacy(voice, since=calendar.at),)
    return table | site_feed_rows(press, calendar, built) | picture_rows(calendar)


def picture_rows(calendar: Calendar) -> Rows:
    """Every picture that something of a calendar shows, for as long as it does."""
    found = {
        picture.address: lifetime(_picture(picture, since=calendar.at), spans, calendar)
        for picture, spans in _pictures(calendar)
    }
    return {path: versions for path, versions in found.items() if versions}


def _home(press: Press, calendar: Calendar, voice: Voice) -> tuple[Version, ...]:
    listed = [s for s in calendar.shows.values() if s.visibility == "public"]
    episodes = [one for show in listed for one in calendar.by_show[show.slug]]
    versions = []
    for moment in calendar.moments(episodes):
        shown = {s.slug: visible(calendar.by_show[s.slug], moment) for s in listed}
        cards = [card(show, shown[show.slug]) for show in listed]
        versions.append(press.home(cards, voice, since=moment))
    return settled(versions, at=calendar.at)


def _accessibility(
    press: Press, calendar: Calendar, voice: Voice
) -> tuple[Version, ...]:
    """The statement changes when something that it owns up to comes or goes."""
    listed = [s for s in calendar.shows.values() if s.visibility == "public"]
    found = {one.id: one for s in listed for one in calendar.by_show[s.slug]}
    versions = (
        press.accessibility(
            statement(listed, visible(found.values(), moment)), voice, since=moment
        )
        for moment in calendar.moments(found.values())
    )
    return settled(versions, at=calendar.at)


def _picture(picture: PictureFile, *, since: datetime) -> Version:
    return Version(
        since=since,
        key=asset_key(picture.sha256, picture.media_type),
        type=picture.media_type,
        size=picture.size,
        sha256=picture.sha256,
        cache="asset",
    )


def _pictures(calendar: Calendar) -> Iterator[tuple[PictureFile, list[Span]]]:
    """Every picture, with the times at which something public shows it."""
    known: dict[str, PictureFile] = {
        picture.address: picture for picture in calendar.source.pictures
    }
    spans: dict[str, list[Span]] = {}
    for addressed, span in _showings(calendar):
        if isinstance(addressed, Picture):
            for one in addressed.sizes:
                known[one.address] = one
                spans.setdefault(one.address, []).append(span)
        elif addressed in known:
            spans.setdefault(addressed, []).append(span)
    return ((known[address], spans[address]) for address in sorted(spans))


def _showings(
    calendar: Calendar,
) -> Iterator[tuple[Picture | str | None, Span]]:
    hung = partial(hung_addresses, base_url=calendar.source.base_url)
    for show in calendar.shows.values():
        for shown in (
            show.picture,
            show.card,
            *_faces(show.people),
            *hung(show.podcast),
        ):
            yield shown, Span(calendar.at)
    for episode in calendar.episodes:
        span = span_of(episode)
        chapters = (chapter.image for chapter in episode.chapters if chapter.image)
        named = (*chapters, *_faces(episode.people), *hung(episode.podcast))
        for shown in (episode.picture, episode.card, *named):
            yield shown, span


def _faces(people: Iterable[Person]) -> Iterator[str | None]:
    return (person.image for person in people)
