"""From YAML to plain text values, and the place of every one.

YAML is followed event by event, not composed: events still tell aliases,
anchors and tags, cannot be nested deeper than we look, and guess no types.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from peru_media.model.advice import quoted
from peru_media.model.problem import Place, Problem
from peru_media.model.site import Steps
from peru_media.reading.places import Places
from peru_media.reading.problems import error
from peru_media.reading.syntax import syntax_problem

__all__ = ["DEEPEST", "FAST", "MOST", "Loader", "Tree", "plant"]

DEEPEST = 20
MOST = 100  # problems of one file that are told at once; more help nobody
Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
FAST: Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOTHING = frozenset({"", "~"})
_MERGE = "<<"


@dataclass(slots=True, kw_only=True)
class Tree:
    """The fields of one file as they grow: every scalar is the text that stands there.

    Attributes:
        path: the file. fields: names to texts, lists and further fields; a field
            that is empty or ``~`` is not in it.
        keys: where a field's name or a list's item begins. values: where its
            value does.
        refused: steps to what was reported already and left out.
        problems: what was found on the way. whole: whether the end was reached.
    """

    path: str
    keys: Places
    values: Places
    fields: dict[str, object] = field(default_factory=dict)
    refused: set[Steps] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


class _StopReading(Exception):  # noqa: N818  # a way out of the nesting, not an error
    """What follows cannot be understood any more."""


def plant(text: str, path: str, *, loader: Loader = FAST) -> Tree:
    """Read the fields of a file, reporting everything that should not be there."""
    tree = Tree(path=path, keys=Places(path), values=Places(path))
    events = loader(text)
    try:
        _Reader(tree, events).document()
    except _StopReading:
        tree.whole = False
    except (yaml.YAMLError, ValueError, OverflowError) as fault:
        tree.problems.append(syntax_problem(fault, text, path))
        tree.whole = False
    finally:
        events.dispose()
    return tree


class _Reader:
    """Follow the events of one document into a tree."""

    def __init__(self, tree: Tree, events: yaml.SafeLoader | yaml.CSafeLoader) -> None:
        self._tree = tree
        self._events = events
        # The two loaders disagree on the type of what this gives.
        self._get: Callable[[], Any] = events.get_event

    def document(self) -> None:
        self._get()  # the stream begins
        if isinstance(self._get(), yaml.StreamEndEvent):
            return  # nothing but comments
        first = self._get()
        fields = self.value(first, ())
        if isinstance(fields, dict):
            self._tree.fields = fields
        elif fields is not None:
            what = "The file does not hold fields."
            self._report("E109", first, what, "Write each field as name: value.")
            raise _StopReading
        self._get()  # the document ends
        self._no_more(self._get())

    def _no_more(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.StreamEndEvent):
            return
        what = "A second document begins here."
        fix = "Delete this line, or move what follows into a file of its own."
        self._report("E108", event, what, fix)

    def value(self, event: yaml.Event, steps: Steps) -> object:
        """What an event begins; None where it is empty or refused."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, steps)
        if isinstance(event, yaml.CollectionStartEvent):
            return self._collection(event, steps)
        alias: Any = event
        self._shorthand(event, steps, f"*{alias.anchor}", "*")
        return None

    def _collection(self, event: yaml.CollectionStartEvent, steps: Steps) -> object:
        self._plain(event, steps)
        if len(steps) >= DEEPEST:
            what = f"Fields are nested more than {DEEPEST} deep here."
            self._report("E107", event, what, "Write them with fewer levels.")
            raise _StopReading
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(steps)
        return self._sequence(steps)

    def _scalar(self, event: yaml.ScalarEvent, steps: Steps) -> str | None:
        value: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._plain(event, steps)
        elif event.implicit[0]:
            return None if value in _NOTHING else value
        self._printable(event, steps)
        return value

    def _mapping(self, steps: Steps) -> dict[str, object]:
        fields: dict[str, object] = {}
        seen: set[str] = set()
        keys, values = self._tree.keys, self._tree.values
        while not isinstance(key := self._get(), yaml.MappingEndEvent):
            name = self._name(key, steps)
            inner = (*steps, name)
            if name in seen or (name == _MERGE and key.implicit[0]):
                self._refuse(key, inner, again=name in seen)
                continue
            event = self._get()
            seen.add(name)
            mark, begin = key.start_mark, event.start_mark
            keys.put(inner, mark.line + 1, mark.column + 1)
            values.put(inner, begin.line + 1, begin.column + 1)
            value = self.value(event, inner)
            if value is not None:
                fields[name] = value
        return fields

    def _refuse(self, key: yaml.ScalarEvent, steps: Steps, *, again: bool) -> None:
        """Report a field that is there already, or a merge; go past its value."""
        if not again:
            self._shorthand(key, steps, _MERGE, _MERGE)
        else:
            line = self._tree.keys.line(steps)
            what = f"{quoted(key.value)} is written twice; it stands in line {line}."
            self._report("E105", key, what, "Keep one of the two.")
        path = self._tree.path
        elsewhere = Tree(path=path, keys=Places(path), values=Places(path))
        _Reader(elsewhere, self._events).value(self._get(), steps)

    def _sequence(self, steps: Steps) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self._get(), yaml.SequenceEndEvent):
            inner = (*steps, len(items))
            mark: Any = event.start_mark
            self._tree.keys.put(inner, mark.line + 1, mark.column + 1)
            self._tree.values.put(inner, mark.line + 1, mark.column + 1)
            items.append(self.value(event, inner))
        return items

    def _name(self, key: yaml.Event, steps: Steps) -> str:
        if isinstance(key, yaml.ScalarEvent) and key.value:
            name: str = key.value
            if key.anchor is not None or not key.implicit[0]:
                self._plain(key, (*steps, name))
                self._printable(key, (*steps, name))
            return name
        what = "The name of a field is missing or not plain text."
        self._report("E109", key, what, "Write the field as name: value.")
        raise _StopReading

    def _plain(
        self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, steps: Steps
    ) -> None:
        """Refuse a value with an anchor or a tag."""
        if event.anchor is not None:
            self._shorthand(event, steps, f"&{event.anchor}", "&")
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._shorthand(event, steps, shown, "!")

    def _printable(self, event: yaml.ScalarEvent, steps: Steps) -> None:
        """Refuse what only an escape in double quotes can bring in."""
        found = _UNPRINTABLE.search(event.value)
        if found:
            what = f"The text holds the character U+{ord(found.group()):04X}."
            self._report("E101", event, what, "Delete it from the text.")
            self._tree.refused.add(steps)

    def _shorthand(
        self, event: yaml.Event, steps: Steps, shown: str, sign: str
    ) -> None:
        what = f"{quoted(shown)} is a YAML shorthand that these files do not have."
        fix = f'Write the value itself; put a text that begins with "{sign}" in quotes.'
        self._report("E106", event, what, fix)
        self._tree.refused.add(steps)

    def _report(self, code: str, event: yaml.Event, what: str, fix: str) -> None:
        self._tree.problems.append(error(code, self._place(event), what, fix))
        if len(self._tree.problems) >= MOST:
            raise _StopReading

    def _place(self, event: yaml.Event) -> Place:
        mark: Any = event.start_mark
        return Place(self._tree.path, mark.line + 1, mark.column + 1)
