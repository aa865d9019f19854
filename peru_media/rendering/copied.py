"""A published form of a file that lies on this machine."""

from dataclasses import dataclass
from pathlib import Path

from peru_media.model.facts import FileFacts

__all__ = ["Copied"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A published form of a file: where it lies, its facts, its recipe's hash.

    ``smaller`` are those of a picture with fewer pixels, the smallest first.
    """

    path: Path
    facts: FileFacts
    made_from: str = ""
    smaller: tuple["Copied", ...] = ()
