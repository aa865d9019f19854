"""Who may hear private shows: each listener by a token of their own.

The site keeps SHA-256 of a token, and never the token. A token is 128 random bits,
so nobody can try them all: the slow hashes that passwords need would protect no
better, and would cost a server time at each request.
"""

from typing import Self

from pydantic import Field

from peru_media.model.release import FORMAT, Utc
from peru_media.model.value import Value, canonical, digest

__all__ = [
    "PRIVATE",
    "PRIVATE_FEED",
    "TOKEN_BYTES",
    "Listener",
    "Listeners",
    "listener_name",
    "private_path",
    "token_from",
    "token_hash",
]

PRIVATE, PRIVATE_FEED = "/private/", "/feed.xml"
TOKEN_BYTES = 16
_NAMED = 10


def token_from(randomness: bytes) -> str:
    """Write 16 random bytes as a listener's token: 32 hex digits.

    Raises:
        ValueError: they are more or fewer.
    """
    if len(randomness) != TOKEN_BYTES:
        msg = f"a token is made of {TOKEN_BYTES} random bytes"
        raise ValueError(msg)
    return randomness.hex()


def token_hash(token: str) -> str:
    """What the site remembers of a token, and looks it up by."""
    return digest(token.encode())


def listener_name(hashed: str) -> str:
    """The short name of a listener, by which nobody can get in."""
    return hashed[:_NAMED]


def private_path(token: str, path: str = PRIVATE_FEED) -> str:
    """Where one listener finds a private show's feed, or what the feed names."""
    return f"{PRIVATE}{token}{path}"


class Listener(Value):
    """One listener of a private show, of whom nothing is known but that.

    Attributes:
        show: guid of the show. since: when they were let in.
        revoked: when their address was ended, or None.
    """

    show: str
    since: Utc
    revoked: Utc | None = None


class Listeners(Value):
    """Everybody who was ever let in to a private show, by the hash of their token.

    Those whose address was ended stay, so that it can be told from an unknown one.
    """

    format: int = FORMAT
    known: dict[str, Listener] = Field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The hash of a token by the short name that staff call its listener."""
        return next((h for h in self.known if listener_name(h) == name), None)

    @property
    def listening(self) -> frozenset[str]:
        """The short names of all whose address has not ended."""
        known = self.known.items()
        return frozenset(listener_name(h) for h, one in known if one.revoked is None)

    def of(self, show: str) -> dict[str, Listener]:
        """The listeners of a show by their short names, the first one first."""
        found = [
            (listener_name(hashed), one)
            for hashed, one in self.known.items()
            if one.show == show
        ]
        return dict(sorted(found, key=lambda pair: (pair[1].since, pair[0])))

    def let_in(self, hashed: str, listener: Listener) -> Self:
        """The same with one more, by the hash of their token."""
        known = {**self.known, hashed: listener}
        return self.model_copy(update={"known": known})

    def ended(self, hashed: str, at: Utc) -> Self:
        """The same with one address ended; the moment of an earlier end stays."""
        one = self.known[hashed]
        known = {
            **self.known,
            hashed: one.model_copy(update={"revoked": one.revoked or at}),
        }
        return self.model_copy(update={"known": known})

    def to_bytes(self) -> bytes:
        """Canonical JSON."""
        return canonical(self.sparse() | {"format": FORMAT})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote."""
        return cls.model_validate_json(data)
