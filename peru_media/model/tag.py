"""The common ground of the values that stand in a feed."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from peru_media.errors import FieldError
from peru_media.model.refusal import frozen, refusals
from peru_media.model.value import Value

__all__ = ["Tag"]


class Tag(Value):
    """A value of a feed: made in code, it says in words what is wrong with it.

    Raises:
        FieldError: from the constructor, with every field that is wrong. What is read
            from files or JSON is refused by pydantic, as any other value.
    """

    if not TYPE_CHECKING:  # type checkers see a keyword for each field

        def __init__(self, **fields: object) -> None:
            """Take each field by its name."""
            try:
                super().__init__(**fields)
            except ValidationError as refusal:
                raise FieldError(refusals(type(self), refusal)) from None

        # Only calls by name come here; pydantic would else send what it reads, too.
        __init__.__pydantic_base_init__ = True

        def __setattr__(self, name: str, value: object) -> None:
            """Refuse every change in words; whoever wants one makes another value."""
            try:
                super().__setattr__(name, value)
            except ValidationError:
                raise FieldError([frozen(type(self), name)]) from None
