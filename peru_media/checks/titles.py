"""What does not belong into a title: the episode's number, the show's name."""

import re

__all__ = ["numbered", "repeats"]

_NUMBERED = re.compile(
    r"(?:episode|ep|season|series)\b\.?\s*#?\d+|s\d+\s*[:.]?\s*e(?:p)?\d+|#\d+"
    r"|\d{1,3}\s*[.:)|\u2013\u2014-]\s",  # 3. or 3 - before the words
    re.IGNORECASE,
)
_MARK = "(?:\\s*[:|]|\\s+[-\u2013\u2014])"


def numbered(title: str) -> str | None:
    """The number with which a title begins, as it stands there."""
    match = _NUMBERED.match(title)
    return match[0].strip() if match else None


def repeats(title: str, show: str) -> bool:
    """Whether a title is the show's, or sets it apart: ``Show: ...``, ``... | Show``.

    A show may be called by its subject, so its name within a sentence is no fault.
    """
    title, show = title.casefold(), show.casefold()
    if not show or show not in title:
        return False
    name = re.escape(show)
    return re.fullmatch(rf"{name}(?:{_MARK}.*)?|.*{_MARK}\s*{name}", title) is not None
