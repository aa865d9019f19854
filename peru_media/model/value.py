"""The common ground of every value: frozen, closed, and the same in JSON."""

import hashlib
import json
from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ["Value", "canonical", "digest"]


class Value(BaseModel):
    """A value that cannot change, takes no unknown field, and never guesses."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )

    def sparse(self) -> dict[str, Any]:
        """JSON-ready fields without those that still have their default."""
        return self.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def canonical(value: object) -> bytes:
    """Write JSON so that equal values give equal bytes (sorted, compact, UTF-8)."""
    text = json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return text.encode()


def digest(data: bytes) -> str:
    """SHA-256 of the bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
