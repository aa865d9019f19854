"""Tell what one file measurably is; runs in a limited child process alone.

The reader of each form is imported when the first file of that form comes, so
a worker that meets only MP3 files stays small and starts fast.
"""

import hashlib
import os
from collections.abc import Callable
from importlib import import_module
from io import BufferedReader, FileIO
from pathlib import Path

from peru_media.errors import MediaError
from peru_media.media.common import NO_SOUND, Facts, Found, Source, close_chapters
from peru_media.media.sniff import Form, sniff

__all__ = ["facts_of", "identify"]

Reader = Callable[[Source], tuple[Facts, Found]]

_BUFFER = 32 << 10
_LONGEST = 30 * 24 * 3600
_READERS = {
    "adts": "adts",
    "aiff": "aiff",
    "amr": "amr",
    "flac": "comments",
    "mp3": "mp3",
    "mp4": "mp4",
    "oggflac": "comments",
    "opus": "comments",
    "pdf": "pdf",
    "picture": "pictures",
    "text": "text",
    "vorbis": "comments",
    "wav": "wav",
}
_KNOWN_AS = {
    "adts": "an AAC file",
    "aiff": "an AIFF file",
    "amr": "an AMR voice recording",
    "flac": "a FLAC file",
    "mp3": "an MP3",
    "mp4": "an MP4 or M4A file",
    "pdf": "a PDF",
    "picture": "a picture",
    "text": "a text",
    "wav": "a WAV file",
}


def identify(path: Path) -> Facts:
    """Tell a file's kind, size and SHA-256, without reading any structure in it.

    Raises:
        OSError: it cannot be opened.
    """
    with FileIO(path) as file:
        return _identity(file)[1]


def facts_of(path: Path) -> Facts:
    """Measure one file; gives the fields of ``FileFacts``.

    Whatever is wrong with it becomes one sentence, ``fault``.

    Raises:
        OSError: it cannot be opened. MemoryError: it asks for too much.
    """
    with FileIO(path) as raw:
        form, facts = _identity(raw)
        if "fault" in facts:
            return facts
        with BufferedReader(raw, _BUFFER) as file:
            return facts | _measured(Source(path, file, form, facts["size"]))


def _identity(file: FileIO) -> tuple[Form, Facts]:
    file.seek(0)
    facts: Facts = {
        "size": os.fstat(file.fileno()).st_size,
        "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
    }
    form = Form("other", "other", "application/octet-stream")
    try:
        form = sniff(file)
    except MediaError as error:
        form = Form("mp3", "audio", "audio/mpeg")
        facts["fault"] = str(error)
    return form, {"kind": form.kind, "media_type": form.media_type} | facts


def _measured(source: Source) -> Facts:
    if source.form.name not in _READERS:
        return {"fault": _unreadable(source)}
    try:
        return _settled(source, *_reader(source.form)(source))
    except MediaError as error:
        return {"fault": str(error)}
    except (MemoryError, ImportError):
        raise
    except Exception:  # noqa: BLE001 - parsers raise anything on damaged files
        known_as = _KNOWN_AS.get(source.form.name, "an Ogg file")
        return {
            "fault": f"It looks like {known_as}, but it is damaged inside: "
            "export it again."
        }


def _reader(form: Form) -> Reader:
    module = import_module(f"peru_media.media.{_READERS[form.name]}")
    reader: Reader = module.read
    return reader


def _unreadable(source: Source) -> str:
    if not source.size:
        return "The file is empty: export it again."
    if not source.form.known_as:
        return "It is no kind of file that can be published: is it the right one?"
    if source.form.kind == "picture":
        return f"It is {_a(source.form.known_as)}: save it as JPEG or PNG."
    return f"It is {_a(source.form.known_as)}, which cannot be published here."


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "AOao" else f"a {noun}"


def _settled(source: Source, facts: Facts, found: Found) -> Facts:
    """Complete and round what a reader found."""
    seconds = facts.get("duration")
    sounds = facts.get("kind", source.form.kind) in {"audio", "video"}
    if sounds and not 0 < (seconds or 0) < _LONGEST:
        raise MediaError(NO_SOUND)
    if seconds:
        facts["duration"] = round(seconds, 6)
        facts["bit_rate"] = facts.get("bit_rate") or round(source.size * 8 / seconds)
    if found.cover:
        facts["cover"] = _cover(found.cover)
    close_chapters(found.chapters, seconds)
    return facts | {
        "tags": found.texts,
        "chapters": found.chapters,
        "questions": found.questions,
    }


def _cover(data: bytes) -> Facts | None:
    from peru_media.media.pictures import (  # noqa: PLC0415 - few files have one
        measure_cover,
    )

    return measure_cover(data)
