"""From the head of a feed to ``show.md``."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from peru_media.model.address import podcast_guid
from peru_media.model.categories import parse_category
from peru_media.model.files import OwnerField, ShowFile, SpotifyField
from peru_media.model.parsed import ParsedFeed
from peru_media.publishing.importing.drafts import ShowDraft, Wanted
from peru_media.publishing.importing.extras import Prefixes
from peru_media.publishing.importing.fitting import fitted, line
from peru_media.publishing.importing.people import licence_of, people_of
from peru_media.publishing.importing.seasons import Seasons
from peru_media.publishing.importing.tags import (
    fundings,
    images_wanted,
    podcast_show,
)
from peru_media.rendering.markdown import Markdown, from_html, from_words

__all__ = ["GENERATOR", "address_of", "described", "guid_of", "is_ours", "show_draft"]

GENERATOR = "peru_media"
_UNKNOWN = "en"


def is_ours(feed: ParsedFeed) -> bool:
    """Whether the feed is one that we wrote."""
    return feed.generator == GENERATOR


def address_of(feed: ParsedFeed) -> str | None:
    """Where the feed lives: as asked for, else as it says itself (``rel=self``)."""
    own = [one.url for one in feed.links if one.rel == "self"]
    return feed.url or next(filter(None, own), None)


def guid_of(feed: ParsedFeed) -> str:
    """The show's identity: as imported, else by the rule from its address.

    A feed without any address is known by its page, or by its title.
    """
    said = (feed.podcast.guid or "").lower()
    made = fitted(ShowFile, title="x", language="en", guid=said)
    if made is not None and made.guid:
        return made.guid
    return podcast_guid(address_of(feed) or feed.link or title_of(feed))


def title_of(feed: ParsedFeed) -> str:
    """What the show is called."""
    names = (feed.title, feed.itunes.title, feed.dc.title)
    return next(filter(None, map(line, names)), "A show without a title")


def described(feed: ParsedFeed) -> Markdown:
    """The description of the show as Markdown.

    Ours is plain words, or the title where there is none.
    """
    texts = (feed.description, feed.itunes.summary, feed.googleplay.description)
    text = next(filter(None, texts), "")
    if is_ours(feed):
        return Markdown() if text == feed.title else from_words(text, wrapped=True)
    return from_html(text, base=feed.link or feed.url or "")


def show_draft(
    feed: ParsedFeed,
    *,
    slug: str,
    body: str,
    seasons: Seasons,
    prefixes: Prefixes,
    zone: ZoneInfo,
) -> ShowDraft:
    """Make ``show.md`` of what the channel says, once its items were looked at.

    ``prefixes`` already holds what the items need.
    """
    said, ours = feed.itunes, is_ours(feed)
    people, wanted = people_of(feed.podcast.people)
    extra = prefixes.passage(feed.unknown)
    value = fitted(
        ShowFile,
        title=title_of(feed),
        guid=guid_of(feed),
        language=line(feed.language or feed.dc.language) or _UNKNOWN,
        author=_author(feed),
        owner=_owner(feed),
        categories=tuple(_categories(feed)),
        explicit=feed.googleplay.explicit if said.explicit is None else said.explicit,
        type=(said.type or "").lower(),
        licence=licence_of(feed.podcast.license),
        copyright=line(feed.copyright or feed.dc.rights),
        funding=fundings(feed.podcast.funding),
        links={} if ours or not _is_page(feed.link) else {"website": feed.link},
        people=people,
        collections=tuple(seasons.collections.values()),
        podcast=podcast_show(feed, zone),
        namespaces=prefixes.declared,
        extra=extra,
        **_rarely_said(feed),
    )
    assert value is not None  # noqa: S101  # it has a title and a language
    page = feed.link or "" if ours else None
    files = (*_cover(feed), *wanted, *images_wanted(value.podcast, ours=page))
    return ShowDraft(slug=slug, value=value, body=body, wanted=files)


def _rarely_said(feed: ParsedFeed) -> dict[str, Any]:
    """What few shows say, and where it came from."""
    said, ours, locked = feed.itunes, is_ours(feed), feed.podcast.locked
    return {
        "visibility": "unlisted" if said.block else None,
        "locked": locked and locked.locked,
        "complete": said.complete or None,
        "simple_chapters": any(one.chapters for one in feed.episodes) or None,
        "spotify": _spotify(feed),
        "previous_url": None if ours else address_of(feed),
        "new_url": said.new_feed_url if ours else None,
    }


def _is_page(address: str | None) -> bool:
    made = fitted(ShowFile, title="x", language="en", links={"website": address})
    return made is not None and bool(made.links)


def _author(feed: ParsedFeed) -> str:
    names = [feed.itunes.author, feed.googleplay.author]
    names += [one.name for one in feed.authors] + [*feed.dc.creators]
    return next(filter(None, map(line, names)), "")


def _owner(feed: ParsedFeed) -> OwnerField | None:
    """Name and address; a name alone is not one, an address alone is the author's."""
    said = feed.itunes.owner
    if said is None:
        return None
    name = line(said.name) or _author(feed) or title_of(feed)
    return fitted(OwnerField, name=name, email=said.email)


def _categories(feed: ParsedFeed) -> Iterator[str]:
    """Those of Apple's list, as it spells them."""
    for said in feed.itunes.categories:
        names = [f"{said.name} > {sub}" for sub in said.subs] or [said.name]
        for name in names:
            try:
                found = parse_category(name)
            except ValueError:
                continue
            yield f"{found.name} > {found.sub}" if found.sub else found.name


def _spotify(feed: ParsedFeed) -> SpotifyField | None:
    said = feed.spotify
    countries = tuple(code.upper() for code in said.countries)
    made = fitted(SpotifyField, recent_count=said.limit, countries=countries)
    return None if made == SpotifyField() else made


def _cover(feed: ParsedFeed) -> Iterator[Wanted]:
    pictures = (
        feed.itunes.image,
        feed.image.url if feed.image else None,
        feed.googleplay.image,
        feed.logo,
    )
    url = next(filter(None, pictures), None)
    if url:
        yield Wanted(url=url, role="cover")
