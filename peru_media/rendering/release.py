"""Everything that a release shows, now and at each moment that is due."""

from collections.abc import Callable, Mapping, MutableMapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.release import Table, Version
from peru_media.model.source import Source
from peru_media.rendering.addresses import feed_path
from peru_media.rendering.cached import input_key, remembered
from peru_media.rendering.map_rows import Maps
from peru_media.rendering.notices import notices
from peru_media.rendering.press import Press
from peru_media.rendering.private_rows import private_tables
from peru_media.rendering.show_rows import show_rows
from peru_media.rendering.site_rows import site_rows
from peru_media.rendering.timeline import Calendar
from peru_media.rendering.views import Imprint

__all__ = ["Rendering", "render"]

SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What there is to publish, but for media, PDFs and pictures.

    Attributes:
        tables: ``site``, and one a show by its slug; media, PDFs and pictures
            stand in them too. private: those of private shows, by slug, whose paths
            lie below the token of a listener.
        objects: stored bytes by key, of everything rendered: texts as gzip.
        feeds: public paths of the shows' feeds as RSS, which apps subscribe to.
        forms: those of every other form of a feed: JSON, Atom, archive pages,
            and those of the site. Both kinds are published last.
        imprint: what every page says of the site.
        notices: the pages of a server's own, for what is not there.
    """

    tables: Mapping[str, Table]
    private: Mapping[str, Table]
    objects: Mapping[str, bytes]
    feeds: tuple[str, ...]
    forms: tuple[str, ...]
    imprint: Imprint
    notices: bytes


def render(  # noqa: PLR0913  # each is an input of its own of a pure function
    source: Source,
    *,
    at: datetime,
    until: datetime,
    texts: Callable[[str], bytes],
    changed: Mapping[str, datetime],
    cache: MutableMapping[str, bytes],
    before: Mapping[str, Table] | None = None,
    executor: Executor | None = None,
) -> Rendering:
    """Render a site as it is now and as it turns by itself up to a horizon.

    Pure: the same arguments give the same bytes, whatever the cache holds.

    Args:
        source: the public values; private shows get tables of their own.
        at: the present moment; what holds now is ``since`` then.
        until: the horizon; what is due after it is left out.
        texts: gives the bytes of a transcript or of a waveform by its SHA-256.
        changed: when each table last changed, by its name: what a present feed
            says as ``lastBuildDate``; ``at`` where nothing is known.
        cache: what was rendered before, by hash of its inputs; it is filled.
        before: the tables of the release before; search engines are told since
            when a page is as it is.
        executor: helps with what the cache lacks, as a pool of processes does.
    """
    calendar = Calendar(source=source, at=at, until=until)
    press = Press(source=source, texts=texts, cache=cache, executor=executor)
    built = changed.get(SITE, at)
    tables: dict[str, Table] = {SITE: site_rows(press, calendar, built=built)}
    for slug, show in calendar.shows.items():
        built = changed.get(slug, at)
        tables[slug] = show_rows(press, calendar, show, built=built)
    maps = Maps(press=press, calendar=calendar, before=before or {}, changed=changed)
    for name, rows in maps.rows(tables).items():
        tables[name] = {**tables[name], **rows}
    feeds = [feed_path(slug) for slug in sorted(calendar.shows)]
    feeds = [path for path in feeds if path in tables[path.split("/")[1]]]
    forms = {
        path for table in tables.values() for path in table if _is_feed(table[path])
    }
    return Rendering(
        tables=tables,
        private=private_tables(press, at=at, until=until, changed=changed),
        objects=press.objects,
        feeds=tuple(feeds),
        forms=tuple(sorted(forms.difference(feeds))),
        imprint=press.imprint,
        notices=_notices(press.imprint, cache),
    )


def _notices(imprint: Imprint, cache: MutableMapping[str, bytes]) -> bytes:
    key = input_key("notices", imprint.fingerprint.encode())
    return remembered(cache, key, lambda: notices(imprint))


def _is_feed(versions: tuple[Version, ...]) -> bool:
    return any(version.cache == "feed" for version in versions)
