"""What developers say of a copy that is to be published: its tags and its sound."""

from collections.abc import Sequence
from math import inf
from typing import Annotated

from pydantic import Field

from peru_media.errors import MediaError
from peru_media.model.advice import quoted
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import ChapterMark, CopyRecipe, CopyTags, FileFacts
from peru_media.model.files import DefaultsField, MediaField
from peru_media.model.given import Given
from peru_media.model.library import Chapter, Licence, Person
from peru_media.model.media_facts import MediaFacts
from peru_media.model.rates import KiloBits, SampleRate
from peru_media.model.scalars import Counting, WebAddress
from peru_media.model.texts import Aware, Identity, Listing, Tongue, Words

__all__ = ["CopyOrder"]


class CopyOrder(Given):
    """What is to be written into a copy, and how it is to sound.

    ``peru_media.publishable_copy`` says what each field is.
    """

    title: Words
    show: Words
    people: Annotated[Sequence[Person], Listing] = ()
    number: Counting | None = None
    season: Counting | None = None
    published: Aware | None = None
    language: Tongue | None = None
    licence: Licence | None = None
    guid: Identity | None = None
    link: WebAddress | None = None
    chapters: Annotated[Sequence[Chapter], Listing] | None = None
    loudness: Annotated[float, Field(ge=-40, le=0)] = -16.0
    level: bool = False
    bit_rate: KiloBits | None = None
    sample_rate: SampleRate | None = None

    def recipe(
        self, master: str, facts: FileFacts, *, cover: tuple[str, str] | None
    ) -> CopyRecipe:
        """Say how the copy of a master is made.

        Args:
            master: its path.
            facts: what it measurably is.
            cover: path and SHA-256 of a picture, if there is one.

        Raises:
            MediaError: a chapter begins after its end.
        """
        chapters = self._chapters(facts)
        end = inf if facts.duration is None else facts.duration
        if chapters and chapters[-1].start >= end:
            last = chapters[-1]
            msg = (
                f"{master}: The chapter {quoted(last.title)} begins at "
                f"{last.start:g} s, and the recording ends at {end:g} s."
            )
            raise MediaError(msg)
        path, sha256 = cover or (None, None)
        return CopyRecipe(
            master=master,
            master_sha256=facts.sha256,
            media_type=facts.media_type,
            tags=self._tags(_marks(chapters, facts.duration)),
            cover=path,
            cover_sha256=sha256,
            settings=encoding_of(facts, self._sound(), MediaField()),
        )

    def _chapters(self, facts: FileFacts) -> list[Chapter]:
        found = (
            MediaFacts.of(facts).chapters if self.chapters is None else self.chapters
        )
        return sorted(found, key=lambda chapter: chapter.start)

    def _tags(self, marks: tuple[ChapterMark, ...]) -> CopyTags:
        return CopyTags(
            title=self.title,
            album=self.show,
            artists=tuple(person.name for person in self.people),
            number=self.number,
            season=self.season,
            date=self.published.date().isoformat() if self.published else None,
            language=self.language,
            licence=self.licence.name if self.licence else None,
            licence_url=self.licence.url if self.licence else None,
            guid=self.guid,
            link=self.link,
            chapters=marks,
        )

    def _sound(self) -> DefaultsField:
        rates = {"bit_rate_mono": self.bit_rate, "bit_rate_stereo": self.bit_rate}
        return DefaultsField.model_validate(
            {
                "loudness": self.loudness,
                "level": self.level,
                "sample_rate": self.sample_rate,
                **(rates if self.bit_rate else {}),
            }
        )


def _marks(chapters: list[Chapter], end: float | None) -> tuple[ChapterMark, ...]:
    """Chapters from one to the next, the last up to the end."""
    ends = [*(chapter.start for chapter in chapters[1:]), end]
    return tuple(
        ChapterMark(start=one.start, end=until, title=one.title, url=one.url)
        for one, until in zip(chapters, ends, strict=False)
    )
