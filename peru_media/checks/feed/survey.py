"""What the rules of a feed look at: its outline, and what is known around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from peru_media.model.outline import Element, Outline
from peru_media.model.probed import Probed
from peru_media.model.problem import Place

__all__ = ["FeedSurvey", "Part", "Tag"]


@dataclass(frozen=True)
class Part:
    """A channel or an item, with its children by name."""

    element: Element
    _named: dict[str, list[Element]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for child in self.element.children:
            self._named.setdefault(child.name, []).append(child)

    def all(self, name: str) -> list[Element]:
        """Each child of a name, in the order of the feed."""
        return self._named.get(name, [])

    def first(self, name: str) -> Element | None:
        """The first child of a name, if there is one."""
        found = self._named.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """The words of the first child of a name, without spaces around them."""
        found = self._named.get(name)
        return found[0].text.strip() if found else ""

    @property
    def named(self) -> Mapping[str, list[Element]]:
        """All children, by name."""
        return self._named


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the podcast namespace, and the one in which it stands."""

    element: Element
    parent: Element


@dataclass(frozen=True, kw_only=True)
class FeedSurvey:
    """One feed, ready to be judged.

    Attributes:
        outline: what stands in it.
        name: how its place is told: the path of the file, or its address.
        url: where it was fetched from, after redirects; None for a file.
        size: bytes of the feed, not compressed.
        at: the present moment, aware; None where it must not matter.
        probed: what its servers answered; None where nobody asked them.
    """

    outline: Outline
    name: str
    url: str | None = None
    size: int = 0
    at: datetime | None = None
    probed: Probed | None = None

    @cached_property
    def channel(self) -> Part | None:
        """The channel; None where the feed is not RSS."""
        root = self.outline.root
        if root is None or self.outline.format not in {"rss", "rdf"}:
            return None
        found = root if root.name == "channel" else root.first("channel")
        return Part(found) if found else None

    @cached_property
    def items(self) -> tuple[Part, ...]:
        """The items, in the order of the feed."""
        return tuple(Part(item) for item in self._items())

    @property
    def episodes(self) -> int:
        """How many episodes the feed has, of whatever form it is."""
        root = self.outline.root
        if self.outline.format == "atom" and root is not None:
            return sum(1 for _ in root.all("atom:entry"))
        return len(self.items) or self.outline.entries

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The elements of the podcast namespace, parents before their children."""
        return tuple(
            Tag(child, element)
            for element in self.elements
            for child in element.children
            if child.name.startswith("podcast:")
        )

    @cached_property
    def meant(self) -> Mapping[str, str]:
        """The addresses of namespaces, as spelled, to the prefix that each means."""
        return {
            element.namespace: element.name.partition(":")[0]
            for element in self.elements
            if element.namespace and not element.name.startswith("{")
        }

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements of RSS; those of other feeds are not judged."""
        waiting = [self.outline.root] if self.outline.root and self.channel else []
        found: list[Element] = []
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting.extend(reversed(element.children))
        return tuple(found)

    def place(self, element: Element | None = None) -> Place:
        """Where an element stands; without one, the whole feed."""
        return Place(self.name, element.line if element else 0)

    def _items(self) -> Iterator[Element]:
        """Items lie in the channel, or beside it in RSS 1.0."""
        root = self.outline.root
        if root is not None and self.channel is not None:
            yield from self.channel.all("item")
            if root.name != "channel":
                yield from root.all("item")
