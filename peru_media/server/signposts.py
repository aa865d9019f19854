"""The ``Link`` field: how a page is cited, and which hubs have news of a feed."""

import json
import re
import zlib
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

from peru_media.model.forms import CITATION_KINDS
from peru_media.model.release import Version
from peru_media.server.headers import Headers

__all__ = ["signposts"]

_HEAD = 64 << 10
_GZIP = 31
_CITE_AS = re.compile(rb'<link rel="cite-as" href="([^"]+)">')
_DESCRIBED = re.compile(rb'<link rel="describedby" [^>]*href="([^"]+)json">')
_LINK = re.compile(rb"<(?:atom:)?link [^>]*>")
_HREF, _REL = re.compile(rb'href="([^"]+)"'), re.compile(rb'rel="(hub|self)"')
_FEED_URL = re.compile(rb'"feed_url":("[^"]+")')
_WEBSUB = re.compile(rb'{"type":"WebSub","url":("[^"]+")}')
_FIRST_EPISODE = re.compile(rb'<item>|<entry>|"items":')
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


def signposts(version: Version, packed: bytes) -> Headers:
    """Say in the header what a page or a feed itself says of its links.

    So a program learns a page's DOI and its citation files (signposting.org), or a
    feed's hubs and its own address (WebSub, section 4), from a ``HEAD`` alone.

    Args:
        version: what is answered; only pages and feeds have such links.
        packed: its content as gzip.
    """
    if version.type.startswith("text/html"):
        links = _links(_begin(packed).partition(b"</head>")[0])
    elif version.cache == "feed":
        links = _hubs(_FIRST_EPISODE.split(_begin(packed), 1)[0])
    else:
        return ()
    field = ", ".join(links)
    return ((b"link", field.encode()),) if field else ()


def _begin(packed: bytes) -> bytes:
    return zlib.decompressobj(_GZIP).decompress(packed, _HEAD)


def _hubs(head: bytes) -> Iterator[str]:
    """A feed's hubs, and the address that they know it by; none without a hub."""
    own, hubs = _named(head)
    for rel, addresses in (("hub", hubs), ("self", own if hubs else [])):
        for address in addresses:
            yield f'<{quote(address, safe=_IN_ADDRESSES)}>; rel="{rel}"'


def _named(head: bytes) -> tuple[list[str], list[str]]:
    """Its own address, and its hubs."""
    if head.startswith(b"{"):
        found = (_FEED_URL.findall(head), _WEBSUB.findall(head))
        own, hubs = ([str(json.loads(one)) for one in some] for some in found)
        return own, hubs
    links: dict[bytes, list[str]] = {b"self": [], b"hub": []}
    for link in _LINK.findall(head):
        rel, href = _REL.search(link), _HREF.search(link)
        if rel and href:
            links[rel[1]].append(unescape(href[1].decode()))
    return links[b"self"], links[b"hub"]


def _links(head: bytes) -> Iterator[str]:
    for named in _CITE_AS.findall(head):
        yield f'<{_address(named)}>; rel="cite-as"'
    for start in _DESCRIBED.findall(head):
        for kind, media_type in CITATION_KINDS.items():
            address = f"<{_address(start)}{kind}>"
            yield f'{address}; rel="describedby"; type="{media_type}"'


def _address(written: bytes) -> str:
    """An address out of a page, with nothing that could end it in a header."""
    return quote(unescape(written.decode()), safe=_IN_ADDRESSES)
