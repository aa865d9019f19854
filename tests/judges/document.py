"""An XML document with the line of each element, read by expat alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from tests.judges.finding import Finding, Findings, error, warning

__all__ = ["SPACES", "XML", "Document", "Element", "read_document"]

XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://search.yahoo.com/mrss/": "media",
    "http://purl.org/dc/elements/1.1/": "dc",
    XML: "xml",
}
_STRANGE = {"psc", "spotify"}
_DECLARATION = re.compile(rb"<\?xml\s[^>]*?(?:encoding=[\"']([^\"']+)[\"'])?\s*\?>")
_WINDOWS = re.compile("[\x80-\x9f\ufffd]")


@dataclass(slots=True)
class Element:
    """An element: ``name`` has the usual prefix of its namespace, whatever it has."""

    name: str
    attributes: dict[str, str]
    line: int
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, name: str) -> list["Element"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Element | None":
        return next(iter(self.all(name)), None)

    def count(self) -> Counter[str]:
        return Counter(child.name for child in self.children)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class Document:
    """What was read, and what was wrong with it as XML."""

    root: Element | None = None
    findings: list[Finding] = field(default_factory=list)


def read_document(data: bytes) -> Document:
    """Read well-formed XML; where it is not, that is the last finding."""
    document = Document(findings=list(_opening(data)))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        document.findings.append(error("NotUTF8", line, "bytes that are no UTF-8"))
        return document
    reading = _Reading(document)
    try:
        reading.parse(text)
    except expat.ExpatError as fault:
        document.root = None
        what = expat.ErrorString(fault.code) or "no XML"
        document.findings.append(error("SAXError", fault.lineno, what))
    return document


def _opening(data: bytes) -> Findings:
    if data.startswith(b"\xef\xbb\xbf") or data[:1].isspace():
        yield error("WPBlankLine", 1, "something before the XML declaration")
    declared = _DECLARATION.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if declared is None:
        yield warning("MissingEncoding", 1, "no XML declaration")
    elif (declared[1] or b"utf-8").lower() != b"utf-8":
        yield warning("EncodingMismatch", 1, f"declares {declared[1]!r}")


class _Reading:
    """Builds the elements, and judges what only a parser sees."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[Element] = []
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.CommentHandler = self._comment
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._declared

    def parse(self, text: str) -> None:
        self.parser.Parse(text.lstrip("\ufeff \t\r\n").encode(), True)  # noqa: FBT003  # expat takes no keyword: the end

    def _note(
        self, make: Callable[[str, int, str], Finding], code: str, what: str
    ) -> None:
        self.document.findings.append(make(code, self.parser.CurrentLineNumber, what))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self.open[-1] if self.open else None
        line = self.parser.CurrentLineNumber
        named = {_known(key): value for key, value in attributes.items()}
        element = Element(_known(name), named, line, parent)
        for key, value in named.items():
            if _WINDOWS.search(value):
                self._note(warning, "BadCharacters", f"in {key} of {element.name}")
        if parent is None:
            self.document.root = element
        else:
            parent.children.append(element)
        self.open.append(element)

    def _end(self, name: str) -> None:
        del name
        self.open.pop()

    def _words(self, words: str) -> None:
        self.open[-1].pieces.append(words)
        if _WINDOWS.search(words):
            self._note(warning, "BadCharacters", f"in {self.open[-1].name}")

    def _comment(self, text: str) -> None:
        self._note(warning, "ContainsComment", text[:40])

    def _doctype(self, name: str, *ids: object) -> None:
        del ids
        self._note(error, "InvalidDoctype", f"a document type {name}")

    def _declared(self, prefix: str | None, uri: str) -> None:
        usual = SPACES.get(uri)
        if usual is None:
            self._note(warning, "UnknownNamespace", uri)
            if prefix in SPACES.values():
                self._note(warning, "ReservedPrefix", f"{prefix} is not for {uri}")
        elif prefix is not None and prefix != usual:
            self._note(warning, "NonstdPrefix", f"{prefix} for {usual}")
        elif usual == "podcast":
            self._note(warning, "UnsupportedNamespace", uri)
        elif usual in _STRANGE:
            self._note(warning, "UnknownNamespace", uri)


def _known(name: str) -> str:
    """A name with the usual prefix; the whole address where nobody knows it."""
    space, _, local = name.rpartition(" ")
    return f"{SPACES.get(space, '{' + space + '}')}:{local}" if space else local
