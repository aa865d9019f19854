"""Elements of other namespaces, given as XML, and the prefixes they are known by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, NoReturn
from xml.parsers import (
    expat,
)  # a DTD is an error inside an element, so no bomb can be declared

from pydantic import AfterValidator

from peru_media.model.advice import AdviceError, quoted
from peru_media.model.form import Form
from peru_media.model.settled import Settled

__all__ = ["OWN_NAMESPACES", "Declared", "Extra", "Namespace", "Prefix", "prefixes_of"]

OWN_NAMESPACES: Mapping[str, str] = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
    "spotify": "http://www.spotify.com/ns/rss",
    "fh": "http://purl.org/syndication/history/1.0",
}
_CLOSED = frozenset(
    {
        *OWN_NAMESPACES.values(),
        "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/2000/xmlns/",
        # A browser that opens the feed would run their scripts.
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/XSL/Transform",
    }
)
_LARGEST = 32_000
_DEEPEST = 10
_MOST = 500
_WRAPPER = "extra"
_NAME = re.compile(r"(?:([A-Za-z][A-Za-z0-9_-]*):)?[A-Za-z_][A-Za-z0-9_.-]*")


def _free_prefix(text: str) -> str:
    if text in OWN_NAMESPACES or text.lower().startswith("xml"):
        fix = "Choose another prefix; this one has a meaning of its own."
        raise AdviceError(quoted(text), "cannot be declared", fix)
    return text


def _free_namespace(text: str) -> str:
    if text in _CLOSED:
        fix = "Use the fields of the show and its episodes instead."
        raise AdviceError(quoted(text), "cannot be declared", fix)
    return text


def _extra(text: str) -> str:
    _Inspection(text).run()
    return text


Prefix = Annotated[
    str,
    Form(
        r"[A-Za-z][A-Za-z0-9_-]{0,31}",
        "is not a prefix",
        "Write a short name of letters and digits, like media.",
    ),
    AfterValidator(_free_prefix),
]
Namespace = Annotated[
    str,
    Form(
        r"[a-z][a-z0-9+.-]*:[^\s<>\"\\^`{|}]+",
        "is not the address of a namespace",
        "Write it as its makers do, like http://search.yahoo.com/mrss/.",
    ),
    AfterValidator(_free_namespace),
]
Declared = Annotated[Mapping[Prefix, Namespace], AfterValidator(Settled)]
Extra = Annotated[str, AfterValidator(_extra)]


def prefixes_of(text: str) -> frozenset[str]:
    """The prefixes of all elements and attributes of a checked passage."""
    inspection = _Inspection(text)
    inspection.run()
    return frozenset(inspection.prefixes)


@dataclass(slots=True)
class _Inspection:
    """One reading of a passage, element by element."""

    text: str
    prefixes: set[str] = field(default_factory=set)
    depth: int = 0
    count: int = 0

    def run(self) -> None:
        """Refuse whatever could not stand in a feed as it is."""
        if len(self.text.encode(errors="replace")) > _LARGEST:
            self._refuse("is too long", f"Shorten it to {_LARGEST} bytes.")
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.CommentHandler = self._no_comment
        parser.ProcessingInstructionHandler = self._no_instruction
        try:
            parser.Parse(f"<{_WRAPPER}>{self.text}</{_WRAPPER}>".encode())
            parser.Parse(b"", True)  # noqa: FBT003  # expat takes no keyword: the end
        except expat.ExpatError as fault:
            what = f"is not well-formed XML in its line {fault.lineno}"
            fix = "Close every element, and write & as &amp; and < as &lt;."
            self._refuse(what, fix)
        except UnicodeEncodeError:
            fix = "Delete the characters that are half of a sign."
            self._refuse("is not text", fix)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            return
        self.count += 1
        if self.depth > _DEEPEST + 1 or self.count > _MOST:
            fix = f"Use at most {_MOST} elements, {_DEEPEST} deep."
            self._refuse("holds too much", fix)
        if ":" not in name:
            fix = f"Write its prefix in front, like media:{name[:40]}."
            self._refuse(f"holds {quoted(name)} without a namespace", fix)
        for one in (name, *attributes):
            self._note(one)

    def _end(self, name: str) -> None:
        del name
        self.depth -= 1

    def _words(self, words: str) -> None:
        if self.depth == 1 and words.strip():
            fix = "Put every word into an element."
            self._refuse("holds words outside of any element", fix)

    def _note(self, name: str) -> None:
        """Take note of a prefix; a name has one colon at most."""
        if name.partition(":")[0] == "xmlns":
            fix = "Declare it in show.md: namespaces: {prefix: address}."
            self._refuse("declares a namespace", fix)
        match = _NAME.fullmatch(name)
        if match is None:
            fix = "Write prefix, colon and name, in plain letters."
            self._refuse(f"holds {quoted(name)}, which is no name", fix)
        if match[1] and name != "xml:lang":
            self.prefixes.add(match[1])

    def _no_comment(self, text: str) -> None:
        del text
        fix = "Delete it; some apps stumble over comments."
        self._refuse("holds a comment", fix)

    def _no_instruction(self, target: str, data: str) -> None:
        del target, data
        fix = "Delete what begins with <?."
        self._refuse("holds a processing instruction", fix)

    def _refuse(self, what: str, fix: str) -> NoReturn:
        raise AdviceError(quoted(self.text), what, fix) from None
