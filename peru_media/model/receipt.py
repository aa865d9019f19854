"""The receipt of a withdrawal: what is gone, by whose order, and what cannot be.

It is signed, so that nobody can say afterwards that it said something else.
"""

import hmac
from hashlib import sha256
from typing import Literal, Self

from pydantic import ValidationError

from peru_media.errors import RefusedError
from peru_media.model.release import Utc
from peru_media.model.value import Value, canonical

__all__ = ["Asked", "Gone", "Receipt", "Signature", "signed", "verified"]


class Asked(Value):
    """An address that was asked for, and the status that answered; 0 for nobody."""

    address: str
    status: int


class Gone(Value):
    """What was done on one target.

    Attributes:
        release: the number of the release without it. objects: how many stored
            objects were erased, with every version of each. left: how many of its
            are in the store now. reached: whether anybody answered at the site's
            address. asked: addresses, as they answered last. lists: how many feeds,
            lists and pages were read to see that none leads there. failures: what
            still shows something. unpurged: caches that could not be told.
    """

    target: str
    base_url: str
    release: int = 0
    objects: int = 0
    left: int = 0
    reached: bool = False
    asked: tuple[Asked, ...] = ()
    lists: int = 0
    failures: tuple[str, ...] = ()
    unpurged: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether a look from outside found nothing of it any more."""
        return self.reached and not self.failures and not self.left


class Signature(Value):
    """Who can vouch for a receipt: the key by its first digits, and the proof."""

    algorithm: Literal["HMAC-SHA256"] = "HMAC-SHA256"
    key: str
    value: str


class Receipt(Value):
    """The receipt of one withdrawal.

    Attributes:
        kind, name: what was ordered: an episode's slug, or a contributor's id.
        public_name: of a contributor, as they agreed to it. reason: why. by: by
            whose order. ordered, finished: when, UTC.
        episodes: the ids of those it concerned, which are hashes. targets: what was
            done on each. tombstones: how many keep them from coming back.
        beyond: what cannot be recalled, and what staff have to do themselves.
    """

    format: Literal["peru-media/withdrawal/1"] = "peru-media/withdrawal/1"
    kind: Literal["episode", "contributor"]
    name: str
    public_name: str | None = None
    reason: str
    by: str
    ordered: Utc
    finished: Utc
    episodes: tuple[str, ...]
    targets: tuple[Gone, ...]
    tombstones: int
    beyond: tuple[str, ...]
    signature: Signature | None = None

    def to_bytes(self) -> bytes:
        """JSON for people and programs, the same each time."""
        return canonical(self.model_dump(mode="json"))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            RefusedError: it is no receipt.
        """
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            msg = "This is no receipt of a withdrawal, or somebody changed it"
            raise RefusedError(msg) from error


def signed(receipt: Receipt, key: bytes) -> Receipt:
    """Sign a receipt with a key of the unit."""
    bare = receipt.model_copy(update={"signature": None})
    value = hmac.new(key, bare.to_bytes(), sha256).hexdigest()
    signature = Signature(key=_name(key), value=value)
    return bare.model_copy(update={"signature": signature})


def verified(data: bytes, key: bytes) -> Receipt:
    """Read a receipt that this key signed, and of which no sign was changed.

    Raises:
        RefusedError: it is none, it was changed, or another key signed it.
    """
    receipt = Receipt.from_bytes(data)
    signature, right = receipt.signature, signed(receipt, key)
    if signature is None or right.signature is None:
        msg = "The receipt is not signed"
        raise RefusedError(msg)
    if signature.key != right.signature.key:
        msg = (
            f"The receipt was signed with another key ({signature.key}) than this "
            f"one ({right.signature.key})"
        )
        raise RefusedError(msg)
    same = hmac.compare_digest(signature.value, right.signature.value)
    if not same or data != receipt.to_bytes():
        msg = "The receipt is not as it was signed: somebody changed it"
        raise RefusedError(msg)
    return receipt


def _name(key: bytes) -> str:
    """What tells keys apart, and does not give them away."""
    return sha256(b"peru-media receipt key\n" + key).hexdigest()[:8]
