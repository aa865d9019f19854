"""Show notes: from Markdown to HTML that is safe in any app and on our pages."""

import html as entities
import re
from functools import cache
from urllib.parse import urljoin

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from peru_media.rendering.addresses import followed
from peru_media.rendering.characters import legal

__all__ = [
    "brief_html",
    "clean_html",
    "given_html",
    "notes_html",
    "plain_text",
    "shortened",
]

_BRIEF_TAGS = {"a", "b", "em", "i", "li", "ol", "p", "strong", "ul"}
_TAGS = _BRIEF_TAGS | {
    "blockquote", "br", "cite", "code", "h3", "h4", "h5", "h6", "hr", "pre", "time",
}  # fmt: skip
_SHALLOWEST, _DEEPEST = 3, 6
_PIECE = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|[^<]+")
_BRIEF = re.compile(
    r"(?:[^<]++"
    r"|</?(?:a|b|em|i|li|ol|p|strong|ul)>"
    r"|<a href=\"(?:https?|mailto):[^\"<>]*\">)*"
)
_BLOCKS = {"li", "ol", "p", "ul"}
_HIGH_HEADING = re.compile(r"(</?)h[12]\b", re.IGNORECASE)
_LINKS = {"a": {"href"}}
_GAP = re.compile(r"\n\s*\n\s*")


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes=_LINKS,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


_CLEANER, _BRIEF_CLEANER = _cleaner(_TAGS), _cleaner(_BRIEF_TAGS)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def notes_html(markdown: str, *, page: str) -> str:
    """Turn show notes into HTML; headings start below those of the page.

    HTML in the notes stays text, pictures become their words (a page fetches
    nothing from other sites), and relative links become absolute ones.

    Args:
        markdown: CommonMark.
        page: absolute address of the page, which relative links start from.
    """
    tokens = _markdown().parse(legal(markdown))
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + _SHALLOWEST - 1, _DEEPEST)}"
        for child in token.children or ():
            _settle(child, page)
    rendered = _markdown().renderer.render(tokens, _markdown().options, {})
    return clean_html(str(rendered)).strip()


def _settle(token: Token, page: str) -> None:
    """Keep a picture's words alone, and a link only if it may be followed."""
    if token.type == "image":
        token.type = "text"
    elif token.type == "link_open":
        address = _joined(page, str(token.attrs.get("href", "")))
        token.attrs = {"href": address} if address else {}


def _joined(page: str, address: str) -> str | None:
    try:
        return followed(urljoin(page, address))
    except ValueError:  # such as an open bracket where a host should be
        return None


def given_html(html: str, *, page: str) -> str:
    """Take show notes that are HTML already: the same tags, links and headings.

    Scripts, styles and pictures go; of other tags that we do not know the words
    stay. Relative links become absolute ones.

    Args:
        html: as any editor writes it.
        page: absolute address of the page, which relative links start from.
    """

    def settle(_tag: str, _attribute: str, address: str) -> str | None:
        return _joined(page, address)

    lowered = _HIGH_HEADING.sub(rf"\1h{_SHALLOWEST}", legal(html))
    cleaned = nh3.clean(
        lowered, tags=_TAGS, attributes=_LINKS, attribute_filter=settle, link_rel=None
    )
    return clean_html(cleaned).strip()


def clean_html(html: str, *, brief: bool = False) -> str:
    """Leave only the tags we know, and in them nothing but links to follow.

    ``brief`` leaves those that podcast apps show in a description (Apple, PSP-1).
    """
    cleaner = _BRIEF_CLEANER if brief else _CLEANER
    return cleaner.clean(html)


def brief_html(html: str, *, limit: int = 4000) -> str:
    """Fit notes into a feed's description: few tags, at most ``limit`` bytes.

    Cut after a whole element (Apple counts bytes in UTF-8, RULES I9).
    """
    html = (html if _BRIEF.fullmatch(html) else _briefly(html)).strip()
    return html if len(html.encode()) <= limit else _cut(html, limit)


def _briefly(html: str) -> str:
    html = re.sub(r"<h[3-6]>", "<p><strong>", html)
    html = re.sub(r"</h[3-6]>", "</strong></p>", html)
    html = re.sub(r"<(/?)pre>", r"<\1p>", html)
    return clean_html(html, brief=True)


def _cut(html: str, limit: int) -> str:
    """End after the last element that fits, with its parents closed."""
    parents: list[str] = []
    used, best = 0, ""
    for piece in _PIECE.finditer(html):
        used += len(piece[0].encode())
        _nest(parents, piece)
        closing = "".join(f"</{tag}>" for tag in reversed(parents))
        if piece[1] and piece[2] in _BLOCKS and used + len(closing) <= limit:
            best = html[: piece.end()] + closing
    room = limit - len("<p></p>")
    words = plain_text(html).replace("\N{NO-BREAK SPACE}", " ")
    return best or f"<p>{_fitted(words, room)}</p>"


def _nest(parents: list[str], piece: re.Match[str]) -> None:
    if piece[1]:
        parents.pop()
    elif piece[2]:
        parents.append(piece[2])


def _fitted(text: str, room: int) -> str:
    """Words that fit also once they are escaped, which makes ``&`` five bytes."""
    words = entities.escape(shortened(text, limit=room), quote=False)
    if len(words.encode()) <= room:
        return words
    return entities.escape(shortened(text, limit=room // len("&amp;")), quote=False)


def plain_text(html: str, *, bullet: str = "- ") -> str:
    """Take the words out of HTML, with an empty line between paragraphs.

    ``bullet`` is put before what stands in a list.
    """
    spaced = re.sub(r"</(?:p|ul|ol|pre|h[3-6]|blockquote)>", "\n\n", html)
    spaced = re.sub(r"<li>\s*(?:<p>)?", bullet, spaced)
    words = entities.unescape(nh3.clean(spaced, tags=set()))
    return _GAP.sub("\n\n", words).strip()


def shortened(text: str, *, limit: int) -> str:
    """Cut a text to at most ``limit`` bytes of UTF-8, after a whole word."""
    if len(text.encode()) <= limit:
        return text
    start = text.encode()[: limit - len("…".encode())].decode(errors="ignore")
    words = start.rpartition(" ")[0] or start
    return f"{words.rstrip()}…"
