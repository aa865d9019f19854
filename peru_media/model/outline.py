"""A feed as it was written: every element in its place, nothing put right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from peru_media.model.parsed import Repair

__all__ = ["Element", "Outline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a feed, with all that lies in it.

    Attributes:
        name: with the prefix that it has everywhere (``title``, ``itunes:image``),
            whatever the feed calls its namespace; ``{namespace}name`` for an element
            of a namespace that is not known here.
        namespace: the address of its namespace, as the feed spells it; or ``""``.
        prefix: as the feed spells it; ``""`` without one.
        attributes: as written; those of a namespace as ``{namespace}name``.
        text: the words directly within it, as written, with all spaces.
        line: on which it begins, counted from 1.
        children: in the order of the feed.
        cdata: whether its words stand in a CDATA section.
    """

    name: str
    namespace: str = ""
    prefix: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    line: int = 0
    children: tuple["Element", ...] = ()
    cdata: bool = False

    def all(self, name: str) -> Iterator["Element"]:
        """Each child of a name, in the order of the feed."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        """The first child of a name, if there is one."""
        return next(self.all(name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed as it was written, and what stands around it.

    Attributes:
        format: what the first element says that it is; ``""`` for anything else,
            such as a web page.
        root: the outermost element; None where there is none.
        namespaces: prefix to address, as declared by the outermost element and by
            the channel; the prefix of the default namespace is ``""``.
        declaration: the XML declaration as written, or ``""``.
        encoding: as the declaration names it, or ``""``.
        bom: whether a byte order mark stands before everything.
        before: what stands before the declaration or the first element, if it is
            not the mark; cut off after a thousand characters.
        after: what follows the outermost element, spaces apart; cut off likewise.
        repairs: what had to be put right before anything could be read.
        entries: how many items a JSON Feed has, of which there is no root.
    """

    format: Literal["rss", "rdf", "atom", "json", ""]
    root: Element | None = None
    namespaces: Mapping[str, str] = field(default_factory=dict)
    declaration: str = ""
    encoding: str = ""
    bom: bool = False
    before: str = ""
    after: str = ""
    repairs: tuple[Repair, ...] = ()
    entries: int = 0
