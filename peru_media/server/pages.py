"""The server's own pages: for what is unknown, taken down, or late."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Self

__all__ = ["PAGE_TYPE", "OwnPages", "plain_page"]

PAGE_TYPE = b"text/html; charset=utf-8"

_PLAIN = {
    "ended": (
        "This is no longer available",
        "It was published for an agreed time, and that time has ended.",
    ),
    "late": (
        "Please try again in a moment",
        "This page could not be fetched just now. Nothing is lost.",
    ),
    "removed": (
        "This has been removed",
        "It was published here, and we have since removed it.",
    ),
    "revoked": (
        "This address no longer works",
        "It was made for one listener, and has ended. Ask for a new one.",
    ),
    "unknown": (
        "Nothing is published here",
        "The address may have been mistyped, or the page has a new one.",
    ),
    "withdrawn": (
        "This has been taken down",
        "It has been withdrawn. We ask everyone who kept a copy to delete it.",
    ),
}


@dataclass(frozen=True, slots=True)
class OwnPages:
    """Pages that were written with a release, to say what it does not answer.

    Attributes:
        by_prefix: HTML by name, by the prefix of the addresses of each language.
    """

    by_prefix: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what was published."""
        languages = json.loads(data).items()
        return cls(
            {
                prefix: {name: str(page).encode() for name, page in pages.items()}
                for prefix, pages in languages
            }
        )

    def page(self, name: str, *, path: str, home: str) -> bytes:
        """The page to answer with, in the language that an address asks for.

        Args:
            name: ``unknown``, ``late``, or why it is gone: ``withdrawn``, ``ended``
                or ``removed``.
            path: what was asked for.
            home: path of the front page, for a release that has no such pages.
        """
        prefix = f"/{path[1:].partition('/')[0]}"
        pages = self.by_prefix.get(prefix) or self.by_prefix.get("", {})
        return pages.get(name) or plain_page(name, home)


def plain_page(name: str, home: str) -> bytes:
    """A page that needs no release: what is the matter, and one link."""
    title, sentence = _PLAIN.get(name, _PLAIN["removed"])
    return (
        "<!doctype html>\n"
        '<html lang="en-GB">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n"
        "</head>\n"
        "<body>\n"
        "<main>\n"
        f"<h1>{escape(title)}</h1>\n"
        f"<p>{escape(sentence)}</p>\n"
        f'<p><a href="{escape(home)}">See all projects</a></p>\n'
        "</main>\n"
        "</body>\n"
        "</html>\n"
    ).encode()
