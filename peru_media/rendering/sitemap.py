"""What search engines read: a list of every public page, and what they may ask for."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import escape

from peru_media.model.moment import utc_text

__all__ = ["Mapped", "robots_text", "sitemap", "sitemap_index"]

Mapped = tuple[str, datetime]
"""A whole address, and since when it answers as it does."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Iterable[Sequence[Mapped]], *, languages: Sequence[str]) -> bytes:
    """List pages for search engines, as sitemaps.org asks for.

    Args:
        pages: each in every language in which it is there.
        languages: of the versions of each page, the first for anybody else.
    """
    lines = [line for page in pages for line in _page(page, languages)]
    spaces = f' xmlns:xhtml="{_XHTML}"' if len(languages) > 1 else ""
    return _document(f'urlset xmlns="{_SPACE}"{spaces}', lines)


def sitemap_index(maps: Iterable[Mapped]) -> bytes:
    """List the lists of a site."""
    lines = [f"<sitemap>{_place(url, changed)}</sitemap>\n" for url, changed in maps]
    return _document(f'sitemapindex xmlns="{_SPACE}"', lines)


def robots_text(searches: Iterable[str], *, maps: str) -> bytes:
    """Say what crawlers may ask for: everything but searches (RFC 9309).

    Args:
        searches: paths of the search page, below the host.
        maps: the whole address of the list of lists.
    """
    asked = [f"Disallow: {path}{end}\n" for path in searches for end in ("$", "?")]
    return "".join(("User-agent: *\n", *asked, f"\nSitemap: {maps}\n")).encode()


def _page(page: Sequence[Mapped], languages: Sequence[str]) -> Iterable[str]:
    others = _others([url for url, _ in page], languages)
    return (f"<url>{_place(url, changed)}{others}</url>\n" for url, changed in page)


def _place(url: str, changed: datetime) -> str:
    return f"<loc>{escape(url)}</loc><lastmod>{utc_text(changed)}</lastmod>"


def _others(urls: Sequence[str], languages: Sequence[str]) -> str:
    """Every version of a page, by language; search engines want its own too."""
    if len(urls) == 1:
        return ""
    named = [*zip(languages, urls, strict=True), ("x-default", urls[0])]
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(url)}"/>'
        for language, url in named
    )


def _document(root: str, lines: Sequence[str]) -> bytes:
    name = root.partition(" ")[0]
    return f"{_HEAD}<{root}>\n{''.join(lines)}</{name}>\n".encode()
