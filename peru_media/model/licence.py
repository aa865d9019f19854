"""Licences by their short names, with the address of their text."""

from pydantic import model_validator

from peru_media.model.value import Value

__all__ = ["LICENCES", "Licence"]

LICENCES = {
    "ARR": "",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-NC-ND-4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC-BY-ND-4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Licence(Value):
    """What others may do with the work (``podcast:license``).

    A known short name such as ``CC-BY-4.0`` is enough; any other needs the
    address of its text.
    """

    name: str
    url: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: object) -> object:
        """Let a short name stand for the whole, and know its address."""
        if not isinstance(value, str):
            return value
        known = {name.lower(): name for name in LICENCES}
        name = known.get(value.lower(), value)
        return {"name": name, "url": LICENCES.get(name) or None}

    @model_validator(mode="after")
    def _explained(self) -> "Licence":
        if self.url is None and self.name not in LICENCES:
            msg = f'"{self.name}" is not a known licence: give {{name, url}}'
            raise ValueError(msg)
        return self
