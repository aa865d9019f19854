"""What no field of ours holds: XML that goes with the show under its own prefix."""

import re
from collections.abc import Iterable

from peru_media.model.files import ShowFile
from peru_media.model.parsed import UnknownElement
from peru_media.parsing.passages import declared, passage
from peru_media.publishing.importing.fitting import fitted

__all__ = ["Prefixes"]

_TRIES = 50
# What leads apps back to the old host, once the show has moved.
_LEADS_BACK = re.compile(
    r"<(?:\w+:)?(?:content|thumbnail|player|group|image|new-feed-url)\b[^>]*"
    r"(?:\burl=|\bhref=)|<(?:\w+:)?(?:group|new-feed-url)\b"
)


class Prefixes:
    """The prefixes that a show declares, as its elements need them.

    Attributes:
        declared: prefix -> namespace.
    """

    def __init__(self, *, ours: bool) -> None:
        self.declared: dict[str, str] = {}
        self._ours = ours

    def passage(self, elements: Iterable[UnknownElement]) -> str:
        """Write what can be kept of some elements, one a line."""
        found = (self._written(one) for one in elements)
        return "\n".join(text for text in found if text)

    def _written(self, element: UnknownElement) -> str | None:
        if not self._ours and _LEADS_BACK.search(element.xml):
            return None
        spaces = declared(element.xml)
        before = dict(self.declared)
        for address, prefix in spaces.items():
            self._declare(address, prefix)
        known = {address: prefix for prefix, address in self.declared.items()}
        text = passage(element.xml, known)
        if text is None or not _is_sound(text, self.declared):
            self.declared = before
            return None
        used = {known[a] for a in spaces if a in known and f"{known[a]}:" in text}
        kept = {p: a for p, a in self.declared.items() if p in used or p in before}
        self.declared = kept
        return text

    def _declare(self, address: str, prefix: str) -> None:
        if address in self.declared.values() or not _namespaces({"ns1": address}):
            return
        wishes = [prefix, *(f"ns{number}" for number in range(1, _TRIES))]
        for wish in wishes:
            free = wish and wish not in self.declared
            if free and _namespaces({wish: address}):
                self.declared[wish] = address
                return


def _namespaces(found: dict[str, str]) -> bool:
    """Whether a show may declare these."""
    made = fitted(ShowFile, title="x", language="en", namespaces=found)
    return made is not None and made.namespaces == found


def _is_sound(text: str, namespaces: dict[str, str]) -> bool:
    made = fitted(ShowFile, title="x", language="en", namespaces=namespaces, extra=text)
    return made is not None and made.extra == text
