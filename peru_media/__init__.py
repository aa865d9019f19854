"""Publish podcasts, stories and evidence reviews, with consent.

Read a folder, and make the web app of what its ``local`` target has published::

    from pathlib import Path

    from peru_media import create_app, open_store, read_site, target_named

    root = Path.cwd()
    site, problems = read_site(root)
    target = target_named("local", site.site.value, root)
    app = create_app(open_store(target))

README.md shows how to publish. Whatever goes wrong is a ``PeruMediaError``.

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
        PeruMediaError,
        RefusedError,
        SettingsError,
        StoreError,
    )
    from peru_media.model.parsed import ParsedFeed
    from peru_media.model.problem import Problem
    from peru_media.model.site import Site
    from peru_media.model.source import Source
    from peru_media.parsing import parse_feed
    from peru_media.planning import Plan
    from peru_media.ports import Store
    from peru_media.publishing.publishing import prepare, publish
    from peru_media.reading import read_site
    from peru_media.wiring import create_app, open_desk, open_store, target_named

__version__ = "0.1.0"

__all__ = [
    "ConflictError",
    "ContentError",
    "FeedRefusedError",
    "ParsedFeed",
    "PeruMediaError",
    "Plan",
    "Problem",
    "RefusedError",
    "SettingsError",
    "Site",
    "Source",
    "Store",
    "StoreError",
    "__version__",
    "check",
    "create_app",
    "open_desk",
    "open_store",
    "parse_feed",
    "prepare",
    "publish",
    "read_site",
    "target_named",
]

_HOMES = {
    "ConflictError": "peru_media.errors",
    "ContentError": "peru_media.errors",
    "FeedRefusedError": "peru_media.errors",
    "ParsedFeed": "peru_media.model.parsed",
    "PeruMediaError": "peru_media.errors",
    "Plan": "peru_media.planning",
    "Problem": "peru_media.model.problem",
    "RefusedError": "peru_media.errors",
    "SettingsError": "peru_media.errors",
    "Site": "peru_media.model.site",
    "Source": "peru_media.model.source",
    "Store": "peru_media.ports",
    "StoreError": "peru_media.errors",
    "check": "peru_media.checks",
    "create_app": "peru_media.wiring",
    "open_desk": "peru_media.wiring",
    "open_store": "peru_media.wiring",
    "parse_feed": "peru_media.parsing",
    "prepare": "peru_media.publishing.publishing",
    "publish": "peru_media.publishing.publishing",
    "read_site": "peru_media.reading",
    "target_named": "peru_media.wiring",
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
