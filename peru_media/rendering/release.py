"""Everything that a release shows, now and at each moment that is due."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from peru_media.model.address import asset_key, show_path
from peru_media.model.release import Table, Version
from peru_media.model.source import (
    Document,
    Episode,
    Person,
    Picture,
    PictureFile,
    Show,
    Source,
)
from peru_media.rendering.addresses import (
    chapters_path,
    feed_path,
    page_path,
    transcript_path,
    waveform_path,
)
from peru_media.rendering.forms import feed_rows, site_feed_rows
from peru_media.rendering.gallery import hung_addresses
from peru_media.rendering.press import Press
from peru_media.rendering.timeline import (
    Calendar,
    Span,
    ended,
    lifetime,
    settled,
    span_of,
    visible,
)
from peru_media.rendering.views import card

__all__ = ["Rendering", "render"]

SITE = "site"
_Rows = dict[str, tuple[Version, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What there is to publish, but for media, PDFs and pictures.

    Attributes:
        tables: ``site``, and one a show by its slug; media, PDFs and pictures
            stand in them too.
        objects: stored bytes (gzip) by key, of everything rendered.
        feeds: public paths of the shows' feeds as RSS, which apps subscribe to.
        forms: those of every other form of a feed: JSON, Atom, archive pages,
            and those of the site. Both kinds are published last.
    """

    tables: Mapping[str, Table]
    objects: Mapping[str, bytes]
    feeds: tuple[str, ...]
    forms: tuple[str, ...]


def render(  # noqa: PLR0913  # each is an input of its own of a pure function
    source: Source,
    *,
    at: datetime,
    until: datetime,
    texts: Callable[[str], bytes],
    changed: Mapping[str, datetime],
    cache: MutableMapping[str, bytes],
    executor: Executor | None = None,
) -> Rendering:
    """Render a site as it is now and as it turns by itself up to a horizon.

    Pure: the same arguments give the same bytes, whatever the cache holds.

    Args:
        source: the public values; private shows stay out.
        at: the present moment; what holds now is ``since`` then.
        until: the horizon; what is due after it is left out.
        texts: gives the bytes of a transcript or of a waveform by its SHA-256.
        changed: when each table last changed, by its name: what a present feed
            says as ``lastBuildDate``; ``at`` where nothing is known.
        cache: what was rendered before, by hash of its inputs; it is filled.
        executor: helps with what the cache lacks, as a pool of processes does.
    """
    calendar = Calendar(source=source, at=at, until=until)
    press = Press(source=source, texts=texts, cache=cache, executor=executor)
    built = changed.get(SITE, at)
    tables: dict[str, Table] = {SITE: _site_table(press, calendar, built=built)}
    for slug, show in calendar.shows.items():
        built = changed.get(slug, at)
        tables[slug] = _show_table(press, calendar, show, built=built)
    feeds = [feed_path(slug) for slug in sorted(calendar.shows)]
    feeds = [path for path in feeds if path in tables[path.split("/")[1]]]
    forms = {
        path for table in tables.values() for path in table if _is_feed(table[path])
    }
    return Rendering(
        tables=tables,
        objects=press.objects,
        feeds=tuple(feeds),
        forms=tuple(sorted(forms.difference(feeds))),
    )


def _is_feed(versions: tuple[Version, ...]) -> bool:
    return any(version.cache == "feed" for version in versions)


def _site_table(press: Press, calendar: Calendar, *, built: datetime) -> Table:
    style = press.style(since=calendar.at)
    listed = [s for s in calendar.shows.values() if s.visibility == "public"]
    home = _home(press, calendar, listed)
    table: _Rows = {"/": home, f"/{style.key}": (style,)}
    table |= site_feed_rows(press, calendar, built)
    for picture, spans in _pictures(calendar):
        content = _picture(picture, since=calendar.at)
        rows = {picture.address: lifetime(content, spans, calendar)}
        table |= {path: versions for path, versions in rows.items() if versions}
    return table


def _home(press: Press, calendar: Calendar, listed: list[Show]) -> tuple[Version, ...]:
    episodes = [one for show in listed for one in calendar.by_show[show.slug]]
    versions = []
    for moment in calendar.moments(episodes):
        shown = {s.slug: visible(calendar.by_show[s.slug], moment) for s in listed}
        cards = [card(show, shown[show.slug]) for show in listed]
        versions.append(press.home(cards, since=moment))
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
        for shown in (show.picture, *_faces(show.people), *hung(show.podcast)):
            yield shown, Span(calendar.at)
    for episode in calendar.episodes:
        span = span_of(episode)
        chapters = (chapter.image for chapter in episode.chapters if chapter.image)
        named = (*chapters, *_faces(episode.people), *hung(episode.podcast))
        for shown in (episode.picture, *named):
            yield shown, span


def _faces(people: Iterable[Person]) -> Iterator[str | None]:
    return (person.image for person in people)


def _show_table(
    press: Press, calendar: Calendar, show: Show, *, built: datetime
) -> Table:
    episodes = calendar.by_show[show.slug]
    pages = (
        press.show(show, _newest_first(visible(episodes, moment)), since=moment)
        for moment in calendar.moments(episodes)
    )
    table: _Rows = {show_path(show.slug): settled(pages, at=calendar.at)}
    table |= feed_rows(press, calendar, show, built)
    for document in show.documents:
        table[document.address] = (_document(document, since=calendar.at),)
    for episode in episodes:
        if episode.shows[0] == show.slug:
            table |= _episode_rows(press, calendar, episode)
    return table


def _newest_first(episodes: list[Episode]) -> list[Episode]:
    return sorted(episodes, key=lambda one: (-one.published.timestamp(), one.guid))


def _episode_rows(press: Press, calendar: Calendar, episode: Episode) -> _Rows:
    """Every address of one episode, through its whole life."""
    media, page = episode.enclosure.address, page_path(episode)
    if episode.until is not None and episode.until <= calendar.at:
        documents = [document.address for document in episode.documents]
        texts = [transcript_path(episode), *_chapters(episode), *_waveform(episode)]
        paths = [page, media, *documents, *texts]
        return {path: (ended(episode.until),) for path in paths if path}
    contents = {media: _medium(episode, since=calendar.at)}
    for document in episode.documents:
        contents[document.address] = _document(document, since=calendar.at)
    contents |= _texts(press, episode, since=calendar.at)
    rows = {
        path: lifetime(content, [span_of(episode)], calendar)
        for path, content in contents.items()
    }
    return rows | {page: _pages(press, calendar, episode)}


def _chapters(episode: Episode) -> list[str]:
    return [chapters_path(episode)] if episode.chapters else []


def _waveform(episode: Episode) -> list[str]:
    return [waveform_path(episode)] if episode.enclosure.waveform else []


def _texts(press: Press, episode: Episode, *, since: datetime) -> dict[str, Version]:
    found = {path: press.chapters(episode, since=since) for path in _chapters(episode)}
    path = transcript_path(episode)
    if episode.transcript is not None and path is not None:
        found[path] = press.transcript(episode, episode.transcript, since=since)
    waveform = episode.enclosure.waveform
    if waveform is not None:
        found[waveform_path(episode)] = press.waveform(episode, waveform, since=since)
    return found


def _pages(press: Press, calendar: Calendar, episode: Episode) -> tuple[Version, ...]:
    """The page's versions: it changes when an episode it leads to comes or goes."""
    show = calendar.shows[episode.shows[0]]
    named = [calendar.by_slug.get(slug) for slug in episode.related]
    related = [one for one in named if one is not None and one is not episode]
    start = max(calendar.at, episode.published)
    due = {start} | {m for m in calendar.moments(related) if m > start}
    span = span_of(episode)
    versions = [
        press.episode(episode, show, visible(related, moment), since=moment)
        for moment in sorted(due)
        if span.holds(moment)
    ]
    if span.end is not None and span.end <= calendar.until:
        versions.append(ended(span.end))
    return settled(versions, at=calendar.at)


def _medium(episode: Episode, *, since: datetime) -> Version:
    enclosure = episode.enclosure
    return Version(
        since=since,
        key=enclosure.key,
        type=enclosure.media_type,
        size=enclosure.size,
        sha256=enclosure.sha256,
        cache="media",
    )


def _document(document: Document, *, since: datetime) -> Version:
    return Version(
        since=since,
        key=document.key,
        type="application/pdf",
        size=document.size,
        sha256=document.sha256,
        cache="media" if document.sha256[:20] in document.address else "page",
    )
