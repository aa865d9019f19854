"""The receipt of a redaction: what was taken out of what, and what is left of it."""

from typing import Literal

from peru_media.model.release import Utc
from peru_media.model.value import Value, canonical

__all__ = ["FormerAddress", "RedactionReceipt"]


class FormerAddress(Value):
    """An address of the former sound or picture: what answered; 0 for nobody.

    ``old`` tells whether it still gave the former bytes.
    """

    address: str
    status: int
    old: bool


class RedactionReceipt(Value):
    """What a redaction did; it never says which words.

    Attributes:
        slug, id: of the episode. by: who gave the command. finished: when, UTC.
        edits: how many hold. seconds: of sound that are gone or covered.
        release: the number of the release with the edited episode. objects: how
        many stored objects were erased, with every version of each. left: how many
        are there that no release needs. asked: addresses of the former sound
        and pictures.
        reached: whether anybody answered. unpurged: caches that could not be told.
        beyond: what cannot be recalled.
    """

    format: Literal["peru-media/redaction/1"] = "peru-media/redaction/1"
    slug: str
    id: str
    target: str
    base_url: str
    by: str
    finished: Utc
    edits: int
    seconds: float
    release: int
    objects: int
    left: int
    reached: bool
    asked: tuple[FormerAddress, ...] = ()
    unpurged: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether nothing former was found any more."""
        return self.reached and not self.left and not any(one.old for one in self.asked)

    def to_bytes(self) -> bytes:
        """JSON for people and programs."""
        return canonical(self.model_dump(mode="json"))
