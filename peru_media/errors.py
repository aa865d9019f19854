"""Every error that peru_media raises on purpose, in one tree.

PeruMediaError
├── ContentError            what staff wrote cannot be published; carries problems
│   └── FieldError              a show or episode given in code cannot be as it is
├── SettingsError           a target, credential or option is missing or wrong
├── FetchError              a web server gave no answer, or may not be asked
│   ├── OffLimitsError          an address that may never be asked
│   └── UnreachableError        nobody listens at that address
├── FeedRefusedError        a feed is none, or could do harm; nothing of it is read
├── MediaError              a media file cannot be read, or not within its limits
├── StoreError              the store did not do what was asked
│   ├── ObjectNotFoundError     nothing lies under that key
│   ├── PreconditionError       somebody else changed it first
│   ├── AccessDeniedError       the credentials do not allow it
│   ├── StoreUnavailableError   no answer, or not now: try again
│   └── DamagedObjectError      the bytes are not those their name promises
├── ConflictError           a colleague published first; nothing was changed
├── RefusedError            refused for the safety of listeners or contributors
└── VerificationError       published, but the look from outside found a fault

To catch everything on purpose::

    try:
        publish(...)
    except PeruMediaError as error:
        print(error)
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from peru_media.model.problem import Problem

__all__ = [
    "AccessDeniedError",
    "ConflictError",
    "ContentError",
    "DamagedObjectError",
    "FeedRefusedError",
    "FetchError",
    "FieldError",
    "MediaError",
    "ObjectNotFoundError",
    "OffLimitsError",
    "PeruMediaError",
    "PreconditionError",
    "RefusedError",
    "SettingsError",
    "StoreError",
    "StoreUnavailableError",
    "UnreachableError",
    "VerificationError",
]


class PeruMediaError(Exception):
    """Something went wrong that a person can put right; its text says how."""


class ContentError(PeruMediaError):
    """What staff wrote cannot be published as it is.

    Attributes:
        problems: every problem found, errors and warnings, in file order.
    """

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> "tuple[type[ContentError], tuple[Sequence[Problem]]]":
        """Come through a process pool with the problems, not with their text."""
        return type(self), (self.problems,)


class FieldError(ContentError, ValueError):
    """A show, an episode or a part of one was given a value that it cannot have.

    Its text has one line a field: where, what is wrong, what to give instead.
    It is a ``ValueError`` too, as Python's own would be.
    """

    def __str__(self) -> str:
        lines = (f"{one.place}: {one.what} {one.fix}" for one in self.problems)
        return "\n".join(line.rstrip() for line in lines)


class SettingsError(PeruMediaError):
    """A target, a credential or an option is missing or wrong."""


class FetchError(PeruMediaError):
    """A web server gave no answer, answered too much, or may not be asked."""


class OffLimitsError(FetchError):
    """An address that may not be asked: not of the web, not public, or on an odd port.

    Asking again does not help.
    """


class UnreachableError(FetchError):
    """Nobody listens at that address: it is not known, or nothing runs there."""


class FeedRefusedError(PeruMediaError):
    """A feed is none, or could do harm: a DOCTYPE, a bomb, too deep, too large."""


class MediaError(PeruMediaError):
    """A media file cannot be read, or not within its limits."""


class StoreError(PeruMediaError):
    """The store did not do what was asked."""


class ObjectNotFoundError(StoreError):
    """Nothing lies under that key.

    ``date`` is the store's own clock at that answer, where it told.
    """

    def __init__(self, key: str, *, date: "datetime | None" = None) -> None:
        self.key, self.date = key, date
        super().__init__(f"{key}: nothing is stored under this name")


class PreconditionError(StoreError):
    """The object is not, or no longer, what the writer took it for."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"{key}: somebody else wrote it first")


class AccessDeniedError(StoreError):
    """The store knows who asks, and says no."""


class StoreUnavailableError(StoreError):
    """The store gave no answer, or asked to come back later: try again."""


class DamagedObjectError(StoreError):
    """The bytes that came are not those their name promises."""


class ConflictError(PeruMediaError):
    """A colleague published first, or the plan is stale; nothing was changed."""


class RefusedError(PeruMediaError):
    """Refused for safety: consent, a tombstone, a stand-in, a guid, removals.

    Attributes:
        problems: what stood in the way; may be empty.
    """

    def __init__(self, message: str, problems: "Sequence[Problem]" = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(message)


class VerificationError(PeruMediaError):
    """The release is live, but the look from outside found a fault."""
