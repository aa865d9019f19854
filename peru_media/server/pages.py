"""The server's own pages: for what is unknown, taken down, or late."""

from html import escape

__all__ = ["PAGE_TYPE", "gone_page", "late_page", "unknown_page"]

PAGE_TYPE = b"text/html; charset=utf-8"

_GONE = {
    "ended": (
        "This is no longer available",
        "It was published for an agreed time, and that time has ended.",
    ),
    "removed": (
        "This has been removed",
        "It was published here, and we have since removed it.",
    ),
    "withdrawn": (
        "This has been taken down",
        "It has been withdrawn. We ask everyone who kept a copy to delete it.",
    ),
}


def unknown_page(home: str, style: str = "") -> bytes:
    """The 404 page.

    Args:
        home: path of the front page, the only link.
        style: path of the style sheet, below home; empty for none.
    """
    return _page(
        "Nothing is published here",
        "The address may have been mistyped, or the page has a new one.",
        home,
        style,
    )


def gone_page(reason: str, home: str, style: str = "") -> bytes:
    """The 410 page: that it was taken down, plainly, and nothing of what it was.

    Args:
        reason: ``withdrawn``, ``ended`` or ``removed``.
        home: path of the front page.
        style: path of the style sheet, below home; empty for none.
    """
    title, sentence = _GONE.get(reason, _GONE["removed"])
    return _page(title, sentence, home, style)


def late_page(home: str, style: str = "") -> bytes:
    """The 503 page: it is there, but cannot be had just now."""
    return _page(
        "Please try again in a moment",
        "This page could not be fetched just now. Nothing is lost.",
        home,
        style,
    )


def _page(title: str, sentence: str, home: str, style: str) -> bytes:
    sheet = escape(home.rstrip("/") + style)
    dressed = f'<link rel="stylesheet" href="{sheet}">\n' if style else ""
    return (
        "<!doctype html>\n"
        '<html lang="en-GB">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n"
        f"{dressed}"
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
