"""From the bytes of a feed to its outline: what stands there, in its order."""

import codecs
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from lxml import etree

from peru_media.model import outline
from peru_media.model.outline import Outline
from peru_media.parsing.encoding import as_utf8, mended_utf8
from peru_media.parsing.feed import LIMIT
from peru_media.parsing.guard import refuse_doctype, refuse_outside
from peru_media.parsing.mending import mended
from peru_media.parsing.names import namespace_of
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.stream import BrokenXmlError, Stream

__all__ = ["read_outline"]

_FORMATS: dict[str, Literal["rss", "rdf", "atom"]] = {
    "rss": "rss",
    "channel": "rss",
    "rdf:RDF": "rdf",
    "atom:feed": "atom",
}
_KEPT = 1_000
_HEAD = 65_536
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,999}\?>")
_ENCODING = re.compile(r"""\bencoding\s*=\s*["']([^"']{1,60})["']""")


def read_outline(data: bytes, *, url: str | None = None, limit: int = LIMIT) -> Outline:
    """Read a feed as it stands, so that it can be judged.

    Nothing that a reader would forgive is forgiven here: elements that come twice,
    their order and their spelling are all kept. Only what is not well formed is
    mended, as far as it must be to be read, and stands in ``repairs``.

    Args:
        data: the feed as it came, not compressed.
        url: where it came from.
        limit: how many bytes are read at most.

    Returns:
        The outline; of a JSON Feed, or of what has no element, one without a root.

    Raises:
        FeedRefusedError: it could do harm: a DOCTYPE, elements more than 255 deep,
            a tag over 64 KiB, a text over 10 MB, compressed bytes, more than
            ``limit``.
    """
    refuse_outside(data, limit=limit)
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return Outline(format="json")
    notes = Notes(url=url)
    utf8 = as_utf8(data, notes)
    refuse_doctype(utf8)
    root, notes = _strict_or_mended(utf8, notes)
    return _outlined(data, utf8, root, notes)


def _strict_or_mended(utf8: bytes, notes: Notes) -> tuple[Element, Notes]:
    strict = Notes(url=notes.url, repairs=list(notes.repairs))
    try:
        return Stream(utf8, strict).tree(), strict
    except BrokenXmlError:
        text = mended(mended_utf8(utf8, notes), notes)
        return Stream(text.encode(), notes, mended=True).tree(), notes


def _outlined(data: bytes, utf8: bytes, root: Element, notes: Notes) -> Outline:
    before, declaration = _beginning(utf8)
    encoding = _ENCODING.search(declaration)
    name = "" if root is None else notes.names[root.tag]
    return Outline(
        format=_FORMATS.get(name, ""),
        root=None if root is None else _element(root, notes),
        namespaces={} if root is None else _declared(root, notes),
        declaration=declaration,
        encoding=encoding[1] if encoding else "",
        bom=data.startswith(
            (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        ),
        before=before,
        after="" if root is None else _ending(utf8, root),
        repairs=notes.told(),
    )


def _beginning(utf8: bytes) -> tuple[str, str]:
    """What stands before the feed, and the XML declaration."""
    head = utf8[:_HEAD].decode(errors="replace")
    found = _DECLARATION.search(head)
    start = found.start() if found else max(head.find("<"), 0)
    return head[:start][:_KEPT], found[0] if found else ""


def _ending(utf8: bytes, root: Element) -> str:
    name = etree.QName(root).localname
    name = f"{root.prefix}:{name}" if root.prefix else name
    end = utf8.rfind(f"</{name}".encode())
    after = utf8.find(b">", end) + 1 if end >= 0 else 0
    rest = utf8[after:] if after else b""
    return rest[: 4 * _KEPT].decode(errors="replace").strip()[:_KEPT]


def _declared(root: Element, notes: Notes) -> Mapping[str, str]:
    spaces = dict(root.nsmap)
    for child in root:
        if notes.names[child.tag] == "channel":
            spaces |= child.nsmap
            break
    return {prefix or "": address for prefix, address in spaces.items()}


def _element(found: Element, notes: Notes) -> outline.Element:
    text = "".join(_words(found))
    return outline.Element(
        name=notes.names[found.tag],
        namespace=namespace_of(found.tag)[0],
        prefix=found.prefix or "",
        attributes=dict(found.items()),
        text=text,
        line=(found.sourceline or 0) + notes.lines_before,
        children=tuple(
            _element(child, notes) for child in found if isinstance(child.tag, str)
        ),
        cdata="<" in text and b"<![CDATA[" in _source(found),
    )


def _words(found: Element) -> Iterator[str]:
    """The text of an element itself, around its children and comments."""
    yield found.text or ""
    for child in found:
        yield child.tail or ""


def _source(found: Element) -> Any:  # noqa: ANN401  # lxml ships no types
    return etree.tostring(found, with_tail=False)
