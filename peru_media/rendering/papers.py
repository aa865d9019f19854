"""Where documents go, and what they are called in their addresses."""

import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from itertools import chain, count
from pathlib import PurePosixPath

from peru_media.model.address import extension, media_key
from peru_media.model.facts import FileFacts, PdfFacts
from peru_media.model.files import DocumentField
from peru_media.model.source import Document
from peru_media.rendering.copied import Copied

__all__ = ["Binder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binder:
    """Where the documents of one holder go.

    ``prefix`` begins their names, so that two episodes may both have a
    ``report.pdf``; ``open`` says whether anyone may read them.
    """

    identity: str
    show: str
    prefix: str
    open: bool

    def bind(
        self, fields: tuple[DocumentField, ...], copies: Mapping[str, Copied]
    ) -> tuple[Document, ...]:
        """The documents that have a published copy; ``copies`` by the fields' files."""
        found: dict[str, Document] = {}
        for field in fields:
            copied = copies.get(field.file)
            if copied is not None:
                name = _free_name(_plain_name(PurePosixPath(field.file).stem), found)
                found[name] = self._document(field, copied, f"{self.prefix}{name}")
        return tuple(found.values())

    def _document(self, field: DocumentField, copied: Copied, name: str) -> Document:
        facts = copied.facts
        file_name = f"{name}.{extension(facts.media_type)}"
        return Document(
            **field.model_dump(exclude={"file", "accessible"}, exclude_none=True),
            name=name,
            address=f"/{self.show}/documents/{file_name}",
            key=media_key(self.identity, facts.sha256, file_name, public=self.open),
            sha256=facts.sha256,
            size=facts.size,
            accessible=_accessible(field, facts),
            pages=facts.pages,
        )


def _accessible(field: DocumentField, facts: FileFacts) -> bool | None:
    """What staff say; else what can be measured: tags, a text, words for figures."""
    if field.accessible is not None or facts.tagged is None:
        return field.accessible
    inside = facts.pdf or PdfFacts()
    return facts.tagged and inside.text and not inside.mute_figures


def _free_name(name: str, taken: Container[str]) -> str:
    numbered = (f"{name}-{number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


def _plain_name(stem: str) -> str:
    """A file's name as an address has it: ``evidence-2`` for ``Évidence (2)``."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"
