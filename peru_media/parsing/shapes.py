"""How an element becomes a value: by its attributes, its words and its children."""

import copy
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from lxml import etree

from peru_media.model.parsed import UnknownElement
from peru_media.model.value import Value
from peru_media.parsing.names import namespace_of
from peru_media.parsing.repairs import Element, Notes
from peru_media.parsing.words import text_of

__all__ = [
    "Convert",
    "Fields",
    "Rule",
    "Rules",
    "Shape",
    "gather",
    "made",
    "said",
    "told",
]

_V = TypeVar("_V", bound=Value)
Convert = Callable[[str, Element, Notes], Any]
Fields = dict[str, Any]


class Rule(NamedTuple):
    """Where what an element says belongs, and how it is read.

    Attributes:
        group: the namespace's value, or empty for the value itself.
        field: its field.
        read: from element to value; None says nothing.
        many: whether the field holds all of them, or the first.
        inner: whether what lies in the element is read by the same rules.
    """

    group: str
    field: str
    read: Callable[[Element, Notes], Any]
    many: bool = False
    inner: bool = False


Rules = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Shape:
    """An element that becomes a value of its own.

    Attributes:
        attributes: name of an attribute -> field and conversion.
        words: the field that takes the text, or None. reads: how it is read.
        children: rules for the elements in it.
        needs: attributes whose absence is noted.
        alike: whether many episodes say the same, so that it is worth to remember.
    """

    model: type[Value]
    attributes: Mapping[str, tuple[str, Convert]] = field(default_factory=dict)
    words: str | None = None
    reads: Convert | None = None
    children: Rules | None = None
    needs: tuple[str, ...] = ()
    alike: bool = False

    def __call__(self, element: Element, notes: Notes) -> Value:
        """Read the element; of two that say the same, the value is one and the same."""
        raws = element.items()
        if not self.alike:
            return self._read(element, raws, notes)
        key = (self.model, element.text, *raws)
        known = notes.same.get(key)
        if known is None:
            before = len(notes.repairs) + notes.more
            known = self._read(element, raws, notes)
            if before == len(notes.repairs) + notes.more and not len(element):
                notes.remember(key, known)
        return known

    def _read(
        self, element: Element, raws: list[tuple[str, str]], notes: Notes
    ) -> Value:
        fields: Fields = {}
        for name, raw in raws:
            known = self.attributes.get(name)
            if known is not None:
                value = known[1](raw, element, notes)
                if value is not None:
                    fields[known[0]] = value
        if self.words:
            text = text_of(element, notes) or ""
            fields[self.words] = (
                self.reads(text, element, notes) if self.reads else text
            )
        if self.children:
            fields |= gather(element, self.children, notes)[""]
            fields.pop("unknown", None)
        if self.needs:
            self._note_missing(element, dict(raws), notes)
        return made(self.model, fields)

    def _note_missing(
        self, element: Element, raws: dict[str, str], notes: Notes
    ) -> None:
        for need in self.needs:
            if need not in raws:
                notes.on(element, f"missing-{need}", f"has no {need}.")


def made(model: type[_V], fields: Fields) -> _V:
    """Make a value, validated as its constructor would, which takes half as long."""
    value: _V = model.__pydantic_validator__.validate_python(fields)
    return value


def said(convert: Convert) -> Callable[[Element, Notes], Any]:
    """Read the words of an element by a conversion."""

    def read(element: Element, notes: Notes) -> Any:  # noqa: ANN401  # whatever the conversion gives
        text = text_of(element, notes) if len(element) else element.text
        return convert(text, element, notes) if text and not text.isspace() else None

    return read


def told(attribute: str, convert: Convert) -> Callable[[Element, Notes], Any]:
    """Read one attribute of an element by a conversion."""

    def read(element: Element, notes: Notes) -> Any:  # noqa: ANN401  # whatever the conversion gives
        raw = element.get(attribute)
        return None if raw is None else convert(raw, element, notes)

    return read


def gather(
    element: Element, rules: Rules, notes: Notes, into: dict[str, Fields] | None = None
) -> dict[str, Fields]:
    """Read all children of an element: group -> field -> value."""
    groups: dict[str, Fields] = defaultdict(dict) if into is None else into
    names = notes.names
    for child in element:
        rule: Rule = rules.get(names[child.tag], _UNKNOWN)
        group, name, read, many, inner = rule
        if inner:
            gather(child, rules, notes, groups)
        if read is text_of and not len(child):  # as most are: the call is spared
            value = (child.text or "").strip() or None
        else:
            value = read(child, notes)
        if value is None:
            continue
        fields = groups[group]
        if many:
            fields.setdefault(name, []).append(value)
        elif fields.setdefault(name, value) is not value:
            notes.on(child, "repeated-element", "stands here twice; the first counts.")
    return groups


def _kept(child: Element, notes: Notes) -> UnknownElement | None:
    """Keep an element that no rule knows; items are read elsewhere."""
    tag = child.tag
    if not isinstance(tag, str) or notes.names[tag] in {"item", "atom:entry"}:
        return None
    namespace, name = namespace_of(tag)
    xml = etree.tostring(copy.deepcopy(child), encoding="unicode", with_tail=False)
    return UnknownElement(namespace=namespace, name=name, xml=xml)


_UNKNOWN: Rule = Rule("", "unknown", _kept, many=True)
