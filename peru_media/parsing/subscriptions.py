"""Lists of feeds that apps and hosts hand out (OPML)."""

from lxml import etree

from peru_media.errors import FeedRefusedError
from peru_media.parsing.encoding import as_utf8
from peru_media.parsing.guard import refuse_doctype, refuse_outside
from peru_media.parsing.repairs import Notes

__all__ = ["is_opml", "parse_opml"]

_LIMIT = 5 * 2**20
_MOST = 1_000


def is_opml(data: bytes) -> bool:
    """Whether some bytes look like a list of feeds, not like a feed."""
    return b"<opml" in data[:4096].lower().replace(b"\x00", b"")


def parse_opml(data: bytes) -> tuple[str, ...]:
    """Read the addresses of all feeds in a list, in its order, each once.

    Raises:
        FeedRefusedError: it cannot be read, could do harm, or names no feed.
    """
    refuse_outside(data, limit=_LIMIT)
    utf8 = as_utf8(data, Notes())
    refuse_doctype(utf8)
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError as error:
        msg = f"The list of feeds cannot be read: {error}."
        raise FeedRefusedError(msg) from None
    found = [] if root is None else list(_addresses(root))
    if not found:
        msg = "The list names no feed: no <outline> has an xmlUrl."
        raise FeedRefusedError(msg)
    if len(found) > _MOST:
        msg = f"The list names {len(found):,} feeds; at most {_MOST:,} are read."
        raise FeedRefusedError(msg)
    return tuple(found)


def _addresses(root: "etree._Element") -> dict[str, None]:
    outlines = (
        one for one in root.iter() if isinstance(one.tag, str) and one.tag == "outline"
    )
    named = ({k.lower(): v for k, v in one.items()} for one in outlines)
    return {url: None for one in named if (url := one.get("xmlurl", "").strip())}
