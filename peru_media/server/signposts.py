"""The ``Link`` field of a page: how it is cited, and where its citation lies."""

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
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


def signposts(version: Version, packed: bytes) -> Headers:
    """Say in the header what a page's own ``<link>`` elements say (signposting.org).

    A program learns a page's DOI and its citation files from a ``HEAD`` alone.

    Args:
        version: what is answered; only a page has such links.
        packed: the page as gzip.
    """
    if not version.type.startswith("text/html"):
        return ()
    page = zlib.decompressobj(_GZIP).decompress(packed, _HEAD)
    links = ", ".join(_links(page.partition(b"</head>")[0]))
    return ((b"link", links.encode()),) if links else ()


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
