"""Words as they were heard in a recording, each with its time."""

from dataclasses import dataclass

__all__ = ["SpokenWord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """A word that was heard, from when to when, in seconds.

    ``text`` holds the space before it and the signs after it, so that words are
    joined by nothing: some languages put no space between them.
    """

    start: float
    end: float
    text: str
