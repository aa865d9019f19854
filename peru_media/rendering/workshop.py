"""What public values are made with: facts, copies, pictures, and the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from peru_media.model.address import (
    asset_path,
)
from peru_media.model.facts import FileFacts
from peru_media.model.files import (
    DocumentField,
    EpisodeFile,
    PersonField,
    ShowFile,
)
from peru_media.model.release import Ledger
from peru_media.model.site import Site, Written
from peru_media.model.source import (
    Person,
    Picture,
    PictureFile,
)
from peru_media.rendering.choice import people_of
from peru_media.rendering.copied import Copied

__all__ = ["Workshop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Everything that public values are made with.

    Attributes:
        facts: of every file, by path. ledger: of the live release.
        copies: published copies by the path of their master; an episode without
            one keeps the copy that the ledger knows.
        pictures: published pictures by the path of their original.
        cards: by the path of the show or episode that they are of.
    """

    site: Site
    facts: Mapping[str, FileFacts]
    ledger: Ledger
    copies: Mapping[str, Copied]
    pictures: Mapping[str, Copied]
    cards: Mapping[str, Copied] = field(default_factory=dict)

    def picture(self, path: str | None, alt: str = "") -> Picture | None:
        """The published form of a picture, where there is one."""
        copied = self.pictures.get(path or "")
        return _picture(copied, alt) if copied else None

    def card(self, path: str, alt: str) -> Picture | None:
        """What other sites show beside a link to a show or episode."""
        copied = self.cards.get(path)
        return _picture(copied, alt) if copied else None

    def copies_of(
        self,
        written: Written[EpisodeFile] | Written[ShowFile],
        documents: tuple[DocumentField, ...],
    ) -> dict[str, Copied]:
        """The published copies of documents, by the files that the fields name."""
        paths = {field.file: written.file(field.file) for field in documents}
        return {
            file: self.copies[path]
            for file, path in paths.items()
            if path in self.copies
        }

    def picture_in(
        self, written: Written[EpisodeFile] | Written[ShowFile], name: str
    ) -> Picture | None:
        """The published form of a picture that lies beside what was written."""
        return self.picture(written.file(name))

    def people(
        self,
        written: Written[EpisodeFile] | Written[ShowFile],
        fields: tuple[PersonField, ...],
    ) -> tuple[Person, ...]:
        """People by their public names, with their pictures."""
        files = [written.file(one.image) if one.image else None for one in fields]
        return tuple(
            person.model_copy(update={"image": self.address(file)})
            for person, file in zip(people_of(fields, self.site), files, strict=True)
        )

    def address(self, path: str | None) -> str | None:
        """Where the published form of a picture is found."""
        picture = self.picture(path)
        return picture.address if picture else None


def _picture(copied: Copied, alt: str) -> Picture | None:
    if copied.facts.picture is None:
        return None
    smaller = tuple(PictureFile(**_measured(one)) for one in copied.smaller)
    return Picture(**_measured(copied), alt=alt, smaller=smaller)


def _measured(copied: Copied) -> dict[str, Any]:
    facts = copied.facts
    dumped = facts.model_dump(include={"picture": {"width", "height"}})
    pixels: dict[str, Any] = dumped["picture"]
    return pixels | {
        "address": asset_path(facts.sha256, facts.media_type),
        "sha256": facts.sha256,
        "media_type": facts.media_type,
        "size": facts.size,
    }
