"""The common ground of the values that developers give."""

from typing import TYPE_CHECKING, Self

from pydantic import ConfigDict, ValidationError

from peru_media.errors import FieldError
from peru_media.model.refusal import refusals
from peru_media.model.value import Value

__all__ = ["Given"]


class Given(Value):
    """A value that a developer gives: frozen, of the very types that it says."""

    model_config = ConfigDict(strict=True)

    if not TYPE_CHECKING:  # type checkers see a keyword for each field

        def __init__(self, **fields: object) -> None:
            """Take each field by its name, or say of each what is wrong."""
            try:
                super().__init__(**fields)
            except ValidationError as refusal:
                raise FieldError(refusals(type(self), refusal)) from None

        # Only calls by name come here: what is read from JSON goes pydantic's way.
        __init__.__pydantic_base_init__ = True

    def replace(self, **changes: object) -> Self:
        """The same with other values in some fields, looked at like new ones.

        Raises:
            FieldError: the value is none that the field can have.
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**fields | changes)
