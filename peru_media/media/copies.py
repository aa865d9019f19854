"""Make the file that is published of a master; runs in a limited child alone."""

import hashlib
import os
import shutil
import tempfile
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from peru_media.errors import MediaError
from peru_media.media.bare import bare_header
from peru_media.media.chapter_writing import illustrate, whole_chapters
from peru_media.media.common import NO_SOUND, Facts, close_chapters
from peru_media.media.frames import frame_at, walk
from peru_media.media.languages import three_letters
from peru_media.media.sniff import Form, sniff
from peru_media.media.trailer import sound_end
from peru_media.rendering.characters import legal

if TYPE_CHECKING:  # what decodes is slow to import
    from peru_media.media.voices import Bleeps

__all__ = ["make_card", "make_copy", "make_picture"]

_BLOCK = 1 << 20
_FRAME_HEAD = 4
_STREAMS = {"adts", "flac", "mp4", "oggflac", "opus", "vorbis", "wav"}
_ITEMISED = {"audio/x-m4a", "video/mp4", "video/x-m4v"}
_CHANGED = "It changed while it was being published: run the command again."
_NO_EDIT = "Nothing can be taken out of the sound of this kind of file."
_NO_CUT = "Nothing can be cut out of a film: put a bleep or silence over it."


def make_copy(request: Facts) -> Facts:
    """Write the published copy of a master.

    Args:
        request: ``recipe``, as JSON of ``CopyRecipe`` with absolute paths;
            ``media_type`` of the copy; ``out``, the file to write; and where its
            sound is encoded, ``sound``, fields of ``SoundFacts`` of the master.

    Raises:
        MediaError: the master is not the file that was probed, or no copies are
            made of its kind. OSError: it cannot be read, or the copy not written.
    """
    recipe, out = request["recipe"], Path(request["out"])
    with FileIO(recipe["master"]) as raw:
        _verify(raw, recipe["master_sha256"])
        recipe["tags"] = _legal(recipe["tags"])
        illustrate(recipe["tags"].get("chapters", []))
        form = sniff(raw)
        with BufferedReader(raw) as file:
            _write(file, form, request, out)
    return _finished(out)


def make_picture(request: Facts) -> Facts:
    """Write the published form of a picture: ``path``, ``sha256``, ``out``, ``width``.

    Raises:
        MediaError: it is damaged. OSError: it cannot be read.
    """
    from peru_media.media.pictures import clean_picture  # noqa: PLC0415 - slow

    out = Path(request["out"])
    with FileIO(request["path"]) as raw:
        _verify(raw, request["sha256"])
        with BufferedReader(raw) as file:
            out.write_bytes(clean_picture(file, width=request.get("width")))
    return _finished(out)


def make_card(request: Facts) -> Facts:
    """Write a card: ``recipe`` is a ``CardRecipe``, ``out`` the file.

    Raises:
        MediaError: its cover is damaged, or changed. OSError: it cannot be read.
    """
    from peru_media.media.cards import draw_card  # noqa: PLC0415 - slow

    recipe, out = request["recipe"], Path(request["out"])
    values = recipe["title"], tuple(recipe["below"])
    if recipe.get("cover") is None:
        out.write_bytes(draw_card(*values, badge=recipe["badge"], cover=None))
        return _finished(out)
    with FileIO(recipe["cover"]) as raw:
        _verify(raw, recipe["cover_sha256"])
        with BufferedReader(raw) as file:
            out.write_bytes(draw_card(*values, badge=recipe["badge"], cover=file))
    return _finished(out)


def _verify(raw: FileIO, sha256: str) -> None:
    if hashlib.file_digest(raw, "sha256").hexdigest() != sha256:
        raise MediaError(_CHANGED)
    raw.seek(0)


def _legal(told: Any) -> Any:  # noqa: ANN401 - any part of what JSON holds
    """The same without characters that steer terminals, or end a text early."""
    if isinstance(told, str):
        return legal(told)
    if isinstance(told, list):
        return [_legal(one) for one in told]
    if isinstance(told, dict):
        return {name: _legal(one) for name, one in told.items()}
    return told


def _finished(out: Path) -> Facts:
    """See the copy safely on the disk before it gets its name."""
    with out.open("rb") as file:
        os.fsync(file.fileno())
        return {"size": os.fstat(file.fileno()).st_size}


def _write(file: BinaryIO, form: Form, request: Facts, out: Path) -> None:
    recipe = request["recipe"]
    if recipe["settings"]:
        _write_encoded(file, form, request, out)
    elif recipe["edits"] and form.name not in _STREAMS:
        raise MediaError(_NO_EDIT)
    elif form.name == "mp3":
        _write_mp3(file, form, recipe, out)
    elif form.name == "pdf":
        from peru_media.media.pdf import clean_pdf  # noqa: PLC0415 - slow

        tags = recipe["tags"]
        clean_pdf(
            Path(recipe["master"]),
            out,
            title=tags["title"],
            language=tags.get("language"),
        )
    elif form.name in _STREAMS:
        _write_stream(file, form, request, out)
    else:
        msg = "No copy can be made of this kind of file: use MP3, M4A, MP4 or PDF."
        raise MediaError(msg)


def _write_mp3(file: BinaryIO, form: Form, recipe: Facts, out: Path) -> None:
    """A new tag, then the frames of the master and nothing else of it."""
    from peru_media.media.tags import id3_tag  # noqa: PLC0415 - slow

    end, _ = sound_end(file, os.fstat(file.fileno()).st_size)
    sound = walk(file, form.start, end)
    if not sound.frames:
        raise MediaError(NO_SOUND)
    tags = recipe["tags"]
    close_chapters(tags.get("chapters", []), sound.seconds)
    with out.open("wb") as copy:
        copy.write(id3_tag(tags, cover=_cover(recipe)))
        file.seek(sound.spans[0][0])
        copy.write(_first_frame(file))
        done = file.tell()
        for start, stop in sound.spans:
            begin = max(start, done)
            file.seek(begin)
            for at in range(begin, stop, _BLOCK):
                copy.write(file.read(min(_BLOCK, stop - at)))


def _first_frame(file: BinaryIO) -> bytes:
    """What it tells of the sound, where it does, without what else is in it."""
    start = file.tell()
    frame = frame_at(file.read(_FRAME_HEAD), 0)
    file.seek(start)
    return bare_header(file.read(frame.size if frame else 0))


def _write_encoded(file: BinaryIO, form: Form, request: Facts, out: Path) -> None:
    """A new tag, then the master's sound as MP3, as loud as the show wants it."""
    from peru_media.media.encoding import Master, encode_levelled  # noqa: PLC0415 - slow
    from peru_media.media.tags import id3_tag  # noqa: PLC0415 - slow

    recipe, heard = request["recipe"], request["sound"]
    tags = recipe["tags"]
    close_chapters(tags.get("chapters", []), heard["duration"])
    master = Master(
        file=file,
        form=form.name,
        settings=recipe["settings"],
        heard=heard,
        edits=recipe["edits"],
    )
    # Nameless, so that nothing stays behind where this process is ended.
    with tempfile.TemporaryFile(dir=out.parent) as sound, out.open("wb") as copy:
        encode_levelled(master, sound)
        copy.write(id3_tag(tags, cover=_cover(recipe)))
        sound.seek(0)
        shutil.copyfileobj(sound, copy, _BLOCK)


def _cover(recipe: Facts) -> tuple[str, bytes] | None:
    from peru_media.media.pictures import cover_for_tags  # noqa: PLC0415 - slow

    if "cover" not in recipe:
        return None
    data = Path(recipe["cover"]).read_bytes()
    if hashlib.sha256(data).hexdigest() != recipe.get("cover_sha256"):
        raise MediaError(_CHANGED)
    return cover_for_tags(data)


def _write_stream(file: BinaryIO, form: Form, request: Facts, out: Path) -> None:
    from peru_media.media.demux import hear, remux  # noqa: PLC0415 - slow

    recipe, media_type = request["recipe"], request["media_type"]
    tags: dict[str, Any] = recipe["tags"]
    chapters = tags.get("chapters", [])
    open_end = bool(chapters) and "end" not in chapters[-1]
    heard = hear(file, form=form.name, measure=True) if open_end else None
    close_chapters(chapters, heard.seconds if heard else None)
    itemised = media_type in _ITEMISED
    remux(
        file,
        out,
        form=form.name,
        media_type=media_type,
        texts={} if itemised else _texts(tags),
        chapters=whole_chapters(chapters, tags["title"]),
        language=three_letters(tags.get("language") or ""),
        bleeps=_bleeps(request),
    )
    if itemised:
        from peru_media.media.atoms import write_atoms  # noqa: PLC0415 - slow

        write_atoms(out, tags, cover=_cover(recipe))


def _bleeps(request: Facts) -> "Bleeps | None":
    from peru_media.media.voices import Bleeps  # noqa: PLC0415 - slow

    edits = request["recipe"]["edits"]
    if not edits:
        return None
    if any(one["how"] == "cut" for one in edits):
        raise MediaError(_NO_CUT)
    return Bleeps(edits, request["sound"]["loudness"])


def _texts(tags: Facts) -> dict[str, str]:
    """What other containers say, by FFmpeg's names."""
    texts = {
        "title": tags["title"],
        "album": tags["album"],
        "artist": ", ".join(tags.get("artists", ())),
        "date": tags.get("date"),
        "track": tags.get("number"),
        "genre": tags.get("genre"),
        "copyright": tags.get("licence"),
        "comment": tags.get("link"),
    }
    return {name: str(text) for name, text in texts.items() if text}
