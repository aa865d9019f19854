"""What a file measurably is, whatever its name or its tags claim."""

from enum import StrEnum

from pydantic import Field

from peru_media.model.sound import SoundEdit, SoundFacts
from peru_media.model.value import Value, canonical, digest

__all__ = [
    "ChapterMark",
    "CopyRecipe",
    "CopyTags",
    "FileFacts",
    "FileKind",
    "PdfFacts",
    "PictureFacts",
    "made_from",
]

_COPY_FORMAT = 2


class FileKind(StrEnum):
    """The kinds of file that can lie in an episode folder."""

    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    OTHER = "other"


class ChapterMark(Value):
    """A chapter inside a media file: start and end in seconds, and a title.

    ``image`` is the path of a picture to write with it, ``image_sha256`` its hash.
    """

    start: float
    end: float | None = None
    title: str = ""
    url: str | None = None
    image: str | None = None
    image_sha256: str | None = None


class PictureFacts(Value):
    """A picture, measured: pixels, colour mode (``RGB``, ``CMYK``…) and real type.

    ``alpha`` tells whether it has transparency.
    """

    media_type: str
    width: int
    height: int
    mode: str
    alpha: bool = False


class PdfFacts(Value):
    """What of a PDF helps, or stops, people who hear it or go through it by keys.

    Attributes:
        title_shown: readers show its title in place of the file's name.
        text: it has text; a scan alone has none.
        bookmarks: it has an outline to jump by.
        mute_figures: tagged figures of which no words say what they show.
        universal: it says of itself that it conforms to PDF/UA (ISO 14289).
    """

    title_shown: bool = False
    text: bool = True
    bookmarks: bool = False
    mute_figures: int = 0
    universal: bool = False


class FileFacts(Value):
    """What one file measurably is.

    Attributes:
        kind: by content, not by name.
        media_type: by content, as Apple wants it in an enclosure (``audio/mpeg``,
            ``audio/x-m4a``, ``video/mp4``, ``application/pdf``…).
        size: bytes. sha256: hex digest of the whole file.
        fault: one sentence for staff where the file cannot be read; then the
            other fields hold what could still be told.
        duration: seconds, exact; bit_rate: bits a second; sample_rate: Hz.
        codec: such as ``mp3``, ``aac``, ``vorbis``, ``opus``, ``flac``, ``pcm``.
        tags: every readable text tag of the file, by its common name
            (``title``, ``artist``, ``album``…) or, where it has none, its own.
        cover: the embedded cover picture. picture: the file itself is a picture.
        pages, title, language, tagged: of a PDF. pdf: how it can be read.
        promised: seconds that the file's own header tells of, where its sound
            breaks off before.
        cues: how many stretches of a timed text (WebVTT, SubRip, JSON) can be shown;
            words_end: when the last one ends, seconds; broken_line: the first line
            (of JSON: the first segment, from 1) whose times cannot be.
        unordered_line, overlap_line: in the same way, the first that begins before
            the one above it begins, or before that has ended; long_line: the first
            with more letters than are read at a glance.
        spoken: stretches with words, (start, end) in seconds, pauses of up to 5 s
            among them. speakers: how many people are named as those who speak.
        questions: sentences about what looks odd but did not stop the reading.
        sound: how it sounds, where it was heard from end to end.
    """

    kind: FileKind
    media_type: str
    size: int
    sha256: str
    fault: str | None = None
    duration: float | None = None
    bit_rate: int | None = None
    sample_rate: int | None = None
    channels: int | None = None
    codec: str | None = None
    tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cover: PictureFacts | None = None
    chapters: tuple[ChapterMark, ...] = ()
    picture: PictureFacts | None = None
    pages: int | None = None
    title: str | None = None
    language: str | None = None
    tagged: bool | None = None
    pdf: PdfFacts | None = None
    promised: float | None = None
    cues: int | None = None
    words_end: float | None = None
    broken_line: int | None = None
    unordered_line: int | None = None
    overlap_line: int | None = None
    long_line: int | None = None
    spoken: tuple[tuple[float, float], ...] | None = None
    speakers: int | None = None
    questions: tuple[str, ...] = ()
    sound: SoundFacts | None = None


class CopyTags(Value):
    """The allow-list of what a published copy says of itself; nothing else is kept.

    Attributes:
        artists: people by public name. date: ISO day of first publishing.
        link: the episode's page. chapters: with start and end in seconds.
    """

    title: str
    album: str
    artists: tuple[str, ...] = ()
    number: int | None = None
    season: int | None = None
    date: str | None = None
    language: str | None = None
    licence: str | None = None
    licence_url: str | None = None
    guid: str | None = None
    link: str | None = None
    genre: str = "Podcast"
    chapters: tuple[ChapterMark, ...] = ()


class CopyRecipe(Value):
    """Everything a published copy is made from.

    Attributes:
        master: path of the master. master_sha256: its hash as probed.
        media_type: of the master, as probed.
        tags: what is written into the copy.
        cover: path of the cover to embed, if any; cover_sha256 its hash.
        settings: how it is encoded (``peru_media.model.encoding``); empty where
            the sound is kept as it is.
        edits: what is taken out of its sound.
    """

    master: str
    master_sha256: str
    media_type: str
    tags: CopyTags
    cover: str | None = None
    cover_sha256: str | None = None
    settings: dict[str, str] = Field(default_factory=dict)
    edits: tuple[SoundEdit, ...] = ()


def made_from(recipe: CopyRecipe) -> str:
    """Name a published copy by all that goes into it: 64 hex digits.

    Where the files lie does not count, only their hashes do, so the same master
    under the same tags is the same copy on every machine.
    """
    fields = recipe.model_dump(mode="json", exclude={"master", "cover"})
    for mark in fields["tags"]["chapters"]:
        del mark["image"]
    if not recipe.edits:  # as those were known that were made before there were any
        del fields["edits"]
    return digest(canonical({"format": _COPY_FORMAT, "recipe": fields}))
