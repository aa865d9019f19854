"""The common ground of every value: frozen, closed, and the same in JSON."""

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

__all__ = ["Value", "canonical", "digest"]


class Value(BaseModel):
    """A value that cannot change, takes no unknown field, and never guesses."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of everything it says; worked out once, as it cannot change."""
        return digest(self.__pydantic_serializer__.to_json(self))

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]  # as pydantic's own
        """Its fields alone, so that ``dict(value)`` makes the same value again."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    def __copy__(self) -> Self:
        copied = super().__copy__()
        copied.__dict__.pop("fingerprint", None)  # a copy may be about to differ
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        copied = super().__deepcopy__(memo)
        copied.__dict__.pop("fingerprint", None)
        return copied

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
