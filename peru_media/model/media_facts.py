"""What developers get of a media file: its facts, and the copy that is published."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field

from peru_media.errors import FieldError
from peru_media.model.chapters import shown_marks
from peru_media.model.facts import FileFacts, FileKind, PdfFacts, PictureFacts
from peru_media.model.library import Chapter, Media
from peru_media.model.sound import SoundFacts
from peru_media.model.value import Value

__all__ = ["MediaCopy", "MediaFacts"]


class MediaFacts(Value):
    """What a media file measurably is, whatever its name or its tags claim.

    Attributes:
        kind: ``audio``, ``video``, ``pdf``, ``picture`` or ``text``.
        media_type: as an enclosure says it (``audio/mpeg``, ``audio/x-m4a``,
            ``video/mp4``, ``application/pdf``…).
        size: bytes. sha256: hex digest of the whole file.
        seconds: how long it plays, exact; None for what does not play.
        promised: seconds that its header tells of, where its sound breaks off before.
        codec: such as ``mp3``, ``aac``, ``opus``, ``flac``, ``pcm``.
        bit_rate: bits a second. sample_rate: Hz. channels: how many.
        title: as the file says it; like all tags, it may hold anything.
        tags: every readable text tag by its common name (``title``, ``artist``…),
            or, where it has none, by its own.
        chapters: those inside the file, earliest first, to the millisecond.
        cover: the picture inside it, measured. picture: the file is a picture.
        pages, language, tagged: of a PDF; tagged for screen readers, that is.
        pdf: what else it has for people who hear it.
        sound: loudness, true peak, silences and waveform; None unless listened to.
        questions: sentences about what looks odd but did not stop the reading.
    """

    kind: FileKind
    media_type: str
    size: int
    sha256: str
    seconds: float | None = None
    promised: float | None = None
    codec: str | None = None
    bit_rate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    title: str | None = None
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()
    cover: PictureFacts | None = None
    picture: PictureFacts | None = None
    pages: int | None = None
    language: str | None = None
    tagged: bool | None = None
    pdf: PdfFacts | None = None
    sound: SoundFacts | None = None
    questions: tuple[str, ...] = ()

    @classmethod
    def of(cls, facts: FileFacts) -> Self:
        """The same facts, as they are told to developers."""
        same = cls.model_fields.keys() & FileFacts.model_fields.keys()
        told = {name: getattr(facts, name) for name in same}
        title = next(iter(facts.tags.get("title", ())), None)
        told |= {
            "seconds": facts.duration,
            "title": facts.title or title,
            "chapters": tuple(_chapters(facts)),
        }
        return cls(**told)

    def media(self, url: str) -> Media:
        """The enclosure of an episode, where this very file lies at an address.

        Raises:
            FieldError: it is no web address, or the file none that feeds can name.
        """
        seconds = self.seconds
        return Media(url=url, size=self.size, type=self.media_type, seconds=seconds)


class MediaCopy(Value):
    """A copy that is ready to be published.

    Attributes:
        path: where it lies.
        facts: what it measurably is.
        made_from: 64 hex digits that name all it was made from: master, tags and
            settings. A program that keeps them knows which copies it has.
    """

    path: Path
    facts: MediaFacts
    made_from: str


def _chapters(facts: FileFacts) -> Iterator[Chapter]:
    for mark in shown_marks(facts.chapters, facts.duration):
        try:
            yield Chapter(start=mark.start, title=mark.title, url=mark.url)
        except FieldError:
            continue  # a title of which nothing can be seen
