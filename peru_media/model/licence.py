"""Licences by their short names, with the address of their text."""

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from peru_media.model.advice import AdviceError, quoted
from peru_media.model.scalars import Line, WebAddress
from peru_media.model.tag import Tag

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


_KNOWN = {name.lower(): name for name in LICENCES}


class Licence(Tag):
    """What others may do with the work (``podcast:license``).

    A known short name such as ``CC-BY-4.0`` is enough; any other needs the
    address of its text.
    """

    name: Line
    url: WebAddress | None = None

    @model_validator(mode="before")
    @classmethod
    def _known(cls, value: object) -> object:
        """Let a short name stand for the whole, and know its address."""
        if isinstance(value, str):
            value = {"name": value}
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            written: str = value["name"]
            name = _KNOWN.get(written.lower(), written)
            url = value.get("url") or LICENCES.get(name) or None
            return value | {"name": name, "url": url}
        return value

    @model_validator(mode="after")
    def _explained(self) -> "Licence":
        if self.url is None and self.name not in LICENCES:
            fix = f"Use one of: {', '.join(LICENCES)}; or give {{name, url}}."
            what = "is not a known licence"
            raise AdviceError(quoted(self.name), what, fix, kind="choice")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell editors that a short name is enough."""
        return {"anyOf": [{"type": "string", "examples": [*LICENCES]}, handler(schema)]}
