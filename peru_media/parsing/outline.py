"""From the bytes of a feed to its outline: what stands there, in its order."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from peru_media.model import outline
from peru_media.model.outline import Outline
from peru_media.parsing.encoding import as_utf8
from peru_media.parsing.feed import LIMIT, strict_or_mended
from peru_media.parsing.guard import refuse_endless, refuse_outside
from peru_media.parsing.lines import Start, starts
from peru_media.parsing.names import namespace_of
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.stream import Stream

__all__ = ["read_outline"]

_FORMATS: dict[str, Literal["rss", "rdf", "atom"]] = {
    "rss": "rss",
    "channel": "rss",
    "rdf:RDF": "rdf",
    "atom:feed": "atom",
}
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
            ``limit``, more than two million tags.
    """
    refuse_outside(data, limit=limit)
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{":
        return Outline(format="json", entries=_entries(data))
    refuse_endless(data)

    def read(stream: Stream, notes: Notes) -> Outline:
        return _outlined(data, stream, notes)

    return strict_or_mended(data, Notes(url=url), read=read, limit=limit)


@dataclass(slots=True)
class _Tree:
    """What was parsed, and where each of its elements begins."""

    root: Element
    notes: Notes
    places: Iterator[Start]


def _outlined(data: bytes, stream: Stream, notes: Notes) -> Outline:
    tree = _Tree(stream.tree(), notes, iter(starts(stream.data)))
    utf8 = as_utf8(data, Notes())
    before, declaration = _beginning(utf8)
    encoding = _ENCODING.search(declaration)
    there = tree.root is not None
    name = notes.names[tree.root.tag] if there else ""
    return Outline(
        format=_FORMATS.get(name, ""),
        root=_element(tree.root, tree) if there else None,
        namespaces=_declared(tree) if there else {},
        declaration=declaration,
        encoding=encoding[1] if encoding else "",
        bom=data.startswith(_BOMS),
        before=before,
        after=_ending(utf8, tree.root) if there else "",
        repairs=notes.told(),
    )


def _entries(data: bytes) -> int:
    """How many items a JSON Feed has; none where it cannot be read."""
    try:
        items = json.loads(data.removeprefix(codecs.BOM_UTF8)).get("items")
    except (ValueError, RecursionError):
        return 0
    return len(items) if isinstance(items, list) else 0


def _beginning(utf8: bytes) -> tuple[str, str]:
    """What stands before the feed, and the XML declaration."""
    head = utf8[:_HEAD].decode(errors="replace")
    found = _DECLARATION.search(head)
    start = found.start() if found else max(head.find("<"), 0)
    return head[:start][:_KEPT], found[0] if found else ""


def _ending(utf8: bytes, root: Element) -> str:
    end = utf8.rfind(f"</{_spelled(root)}".encode())
    after = utf8.find(b">", end) + 1 if end >= 0 else 0
    rest = utf8[after:] if after else b""
    return rest[: 4 * _KEPT].decode(errors="replace").strip()[:_KEPT]


def _declared(tree: _Tree) -> Mapping[str, str]:
    spaces = dict(tree.root.nsmap)
    for child in tree.root:
        if tree.notes.names[child.tag] == "channel":
            spaces |= child.nsmap
            break
    return {prefix or "": address for prefix, address in spaces.items()}


def _element(found: Element, tree: _Tree) -> outline.Element:
    place = _place(found, tree)
    return outline.Element(
        name=tree.notes.names[found.tag],
        namespace=namespace_of(found.tag)[0],
        prefix=found.prefix or "",
        attributes=dict(found.items()),
        text="".join(_words(found)),
        line=place.line + tree.notes.lines_before,
        children=tuple(
            _element(child, tree) for child in found if isinstance(child.tag, str)
        ),
        cdata=place.cdata,
    )


def _place(found: Element, tree: _Tree) -> Start:
    """Where it begins; of a broken feed the parser may have left some out."""
    name = _spelled(found).encode()
    same = (place for place in tree.places if place.name == name)
    return next(same, None) or Start(name, found.sourceline or 0)


def _spelled(found: Element) -> str:
    name: str = found.tag.rpartition("}")[2]
    return f"{found.prefix}:{name}" if found.prefix else name


def _words(found: Element) -> Iterator[str]:
    """The text of an element itself, around its children and comments."""
    yield found.text or ""
    for child in found:
        yield child.tail or ""
