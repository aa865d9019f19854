"""A piece of HTML as plain nodes: what show notes are turned back from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import nh3
from lxml import etree
from lxml import html as lxml_html

from peru_media.rendering.addresses import followed
from peru_media.rendering.characters import legal
from peru_media.rendering.notes import plain_text

__all__ = ["Child", "Node", "fragments", "grouped", "words_in"]

Element = Any  # lxml ships no types

BLOCKS = frozenset(
    {"blockquote", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
)
_SAME = {"b": "strong", "i": "em", "cite": "em", "h1": "h3", "h2": "h3"}
_NAMED = frozenset({"a", "br", "code", "em", "h1", "h2", "strong", "b", "i", "cite"})
_PARTS = frozenset(
    {
        "address", "article", "aside", "center", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "header", "main", "nav", "section", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr",
    }
)  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=set(BLOCKS | _NAMED | _PARTS),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_DEEPEST = 40
_HOLDING = frozenset({"a", "em", "strong"})
_RUN = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the few that notes may have."""

    tag: str
    children: tuple["Child", ...] = ()
    href: str | None = None


Child = Node | str


def fragments(html: str, *, base: str = "") -> tuple[Child, ...]:
    """Read HTML, cleaned to what notes may have, with each thing told in one way.

    ``b`` is ``strong``; spaces stand outside of emphasis; what says nothing is
    left out; of two line ends, or spaces around one, one line end stays. Relative
    links start from ``base``. What lies too deep is read as words alone.
    """
    cleaned = _CLEANER.clean(legal(html))
    if not cleaned.strip():
        return ()
    top = lxml_html.fragment_fromstring(cleaned, create_parent="div")
    if _depth(top) > _DEEPEST:
        return (Node("p", (" ".join(plain_text(cleaned).split()),)),)
    reading = _Reading(base)
    return tuple(_settled(reading.children(top)))


def words_in(children: Iterable[Child]) -> str:
    """The words of some nodes, as they stand."""
    return "".join(
        child if isinstance(child, str) else words_in(child.children)
        for child in children
    )


def _depth(top: Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(top, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of some HTML, whose relative links start from somewhere."""

    base: str

    def children(self, element: Element) -> Iterator[Child]:
        if element.text:
            yield element.text
        for child in element:
            yield from self._node(child)
            if child.tail:
                yield child.tail

    def _node(self, element: Element) -> Iterator[Child]:
        tag = _SAME.get(element.tag, element.tag)
        if tag in {"pre", "code"}:
            yield Node(tag, ("".join(element.itertext()),))
            return
        children = tuple(_settled(self.children(element)))
        href = self._address(element.get("href"))
        if tag in _PARTS:
            yield from _parted(children)
        elif tag == "li" and element.getparent().tag not in {"ul", "ol"}:
            yield Node("ul", (Node("li", children),))
        elif tag == "a" and not href:
            yield from children
        else:
            yield from _hoisted(Node(tag, children, href))

    def _address(self, href: str | None) -> str | None:
        if not href:
            return None
        try:
            return followed(urljoin(self.base, href.strip()))
        except ValueError:  # such as an open bracket where a host should be
            return None


def _parted(children: Iterable[Child]) -> Iterator[Child]:
    """What lies in a part of a page, its loose words as paragraphs."""
    for one in grouped(children):
        yield Node("p", one) if isinstance(one, tuple) else one


def grouped(children: Iterable[Child]) -> Iterator[Node | tuple[Child, ...]]:
    """Blocks, and whatever stands between two of them together."""
    run: list[Child] = []
    for child in children:
        if isinstance(child, str) or child.tag not in BLOCKS:
            run.append(child)
            continue
        if words_in(run).strip():
            yield tuple(run)
        run = []
        yield child
    if words_in(run).strip():
        yield tuple(run)


def _hoisted(node: Node) -> Iterator[Child]:
    """Put the spaces at the ends of emphasis outside of it; leave empty ones out."""
    if node.tag not in _HOLDING:
        yield node
        return
    words = words_in(node.children)
    inner, before, after = list(node.children), "", ""
    if inner and isinstance(inner[0], str):
        before = inner[0][: len(inner[0]) - len(inner[0].lstrip(" \n"))]
        inner[0] = inner[0][len(before) :]
    if inner and isinstance(inner[-1], str):
        after = inner[-1][len(inner[-1].rstrip(" \n")) :]
        inner[-1] = inner[-1][: len(inner[-1]) - len(after)]
    if before:
        yield before
    if words.strip():
        yield Node(node.tag, tuple(child for child in inner if child), node.href)
    if after:
        yield after


def _settled(children: Iterable[Child]) -> Iterator[Child]:
    """Join neighbours that are one text, or one emphasis in two pieces."""
    found: list[Child] = []
    for child in children:
        last = found[-1] if found else None
        if isinstance(child, str) and isinstance(last, str):
            found[-1] = last + child
        elif isinstance(child, Node) and _continues(last, child):
            joined = (*last.children, *child.children)  # type: ignore[union-attr]  # a node, as asked
            found[-1] = Node(child.tag, tuple(_settled(joined)))
        else:
            found.append(child)
    for child in found:
        yield _RUN.sub("\n", child) if isinstance(child, str) else child


def _continues(last: Child | None, child: Node) -> bool:
    return (
        isinstance(last, Node)
        and last.tag == child.tag
        and child.tag in {"em", "strong"}
    )
