"""The common ground of the values that developers give."""

from typing import Self

from pydantic import ConfigDict

from peru_media.model.tag import Tag

__all__ = ["Given"]


class Given(Tag):
    """A value that a developer gives: frozen, of the very types that it says."""

    model_config = ConfigDict(strict=True)

    def replace(self, **changes: object) -> Self:
        """The same with other values in some fields, looked at like new ones.

        Raises:
            FieldError: the value is none that the field can have.
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**fields | changes)
