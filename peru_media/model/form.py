"""Texts of one form: the same pattern for the check, and for editors."""

import re
from dataclasses import dataclass

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from peru_media.model.advice import AdviceError, quoted

__all__ = ["Form"]


@dataclass(frozen=True, slots=True)
class Form:
    """A text of one form; the same pattern is told to editors."""

    pattern: str
    what: str
    fix: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        pattern = re.compile(self.pattern)

        def check(text: str) -> str:
            if not pattern.fullmatch(text):
                raise AdviceError(quoted(text), self.what, self.fix)
            return text

        return no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"pattern": f"^{self.pattern}$"}
