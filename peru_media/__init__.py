"""Publish podcasts, stories and evidence reviews, with consent.

Make a feed of values alone::

    from datetime import UTC, datetime

    from peru_media import Episode, Media, Show, render_feed

    show = Show(
        title="Fellowship",
        link="https://media.example.ac.uk/fellowship",
        feed_url="https://media.example.ac.uk/fellowship/feed.xml",
        description="Research on personalisation, told by those it is about.",
        language="en-GB",
        categories=["Science > Social Sciences"],
        image="https://media.example.ac.uk/fellowship/cover.png",
        explicit=False,
    )
    episode = Episode(
        title="Finding my feet",
        guid="5d45df6a-f5d1-4958-aaf7-a9b95ad751d7",
        published=datetime(2026, 12, 1, 9, tzinfo=UTC),
        media=Media(url="https://media.example.ac.uk/feet.mp3", size=4_812_300),
    )
    feed = render_feed(show, [episode])

Make a recording ready, so that nothing which it says of itself goes out::

    from peru_media import publishable_copy

    copy = publishable_copy("talk.wav", "feet.mp3", title="Finding my feet", show="…")
    media = copy.facts.media("https://media.example.ac.uk/feet.mp3")

Read a folder, and make the web app of what its ``local`` target has published::

    from pathlib import Path

    from peru_media import create_app, open_store, read_site, target_named

    root = Path.cwd()
    site, problems = read_site(root)
    target = target_named("local", site.site.value, root)
    app = create_app(open_store(target))

README.md shows how to publish, docs/library.md how to use the library alone.
Whatever goes wrong is a ``PeruMediaError``.

Every name is imported when it is first used, so this costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peru_media.checks import check
    from peru_media.errors import (
        ConflictError,
        ContentError,
        FeedRefusedError,
        FieldError,
        MediaError,
        PeruMediaError,
        RefusedError,
        SettingsError,
        StoreError,
    )
    from peru_media.media.library import (
        publishable_copy,
        read_all_media,
        read_media,
    )
    from peru_media.model.library import (
        Chapter,
        Episode,
        Funding,
        Licence,
        Media,
        Owner,
        Person,
        Show,
        Transcript,
    )
    from peru_media.model.media_facts import MediaCopy, MediaFacts
    from peru_media.model.parsed import ParsedFeed
    from peru_media.model.problem import Problem
    from peru_media.model.site import Site
    from peru_media.model.source import Source
    from peru_media.model.target import target_named
    from peru_media.parsing import parse_feed
    from peru_media.planning import Plan
    from peru_media.ports import Store
    from peru_media.publishing.adoption import adopt_feed
    from peru_media.publishing.judging import check_feed
    from peru_media.publishing.publishing import prepare, publish
    from peru_media.reading import read_site
    from peru_media.rendering.library import render_feed, stream_feed
    from peru_media.wiring import create_app, open_desk, open_store

__version__ = "0.1.0"

__all__ = [
    "Chapter",
    "ConflictError",
    "ContentError",
    "Episode",
    "FeedRefusedError",
    "FieldError",
    "Funding",
    "Licence",
    "Media",
    "MediaCopy",
    "MediaError",
    "MediaFacts",
    "Owner",
    "ParsedFeed",
    "Person",
    "PeruMediaError",
    "Plan",
    "Problem",
    "RefusedError",
    "SettingsError",
    "Show",
    "Site",
    "Source",
    "Store",
    "StoreError",
    "Transcript",
    "__version__",
    "adopt_feed",
    "check",
    "check_feed",
    "create_app",
    "open_desk",
    "open_store",
    "parse_feed",
    "prepare",
    "publish",
    "publishable_copy",
    "read_all_media",
    "read_media",
    "read_site",
    "render_feed",
    "stream_feed",
    "target_named",
]

_HOMES = {
    "Chapter": "peru_media.model.library",
    "ConflictError": "peru_media.errors",
    "ContentError": "peru_media.errors",
    "Episode": "peru_media.model.library",
    "FeedRefusedError": "peru_media.errors",
    "FieldError": "peru_media.errors",
    "Funding": "peru_media.model.library",
    "Licence": "peru_media.model.library",
    "Media": "peru_media.model.library",
    "MediaCopy": "peru_media.model.media_facts",
    "MediaError": "peru_media.errors",
    "MediaFacts": "peru_media.model.media_facts",
    "Owner": "peru_media.model.library",
    "ParsedFeed": "peru_media.model.parsed",
    "Person": "peru_media.model.library",
    "PeruMediaError": "peru_media.errors",
    "Plan": "peru_media.planning",
    "Problem": "peru_media.model.problem",
    "RefusedError": "peru_media.errors",
    "SettingsError": "peru_media.errors",
    "Show": "peru_media.model.library",
    "Site": "peru_media.model.site",
    "Source": "peru_media.model.source",
    "Store": "peru_media.ports",
    "StoreError": "peru_media.errors",
    "Transcript": "peru_media.model.library",
    "adopt_feed": "peru_media.publishing.adoption",
    "check": "peru_media.checks",
    "check_feed": "peru_media.publishing.judging",
    "create_app": "peru_media.wiring",
    "open_desk": "peru_media.wiring",
    "open_store": "peru_media.wiring",
    "parse_feed": "peru_media.parsing",
    "prepare": "peru_media.publishing.publishing",
    "publish": "peru_media.publishing.publishing",
    "publishable_copy": "peru_media.media.library",
    "read_all_media": "peru_media.media.library",
    "read_media": "peru_media.media.library",
    "read_site": "peru_media.reading",
    "render_feed": "peru_media.rendering.library",
    "stream_feed": "peru_media.rendering.library",
    "target_named": "peru_media.model.target",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
