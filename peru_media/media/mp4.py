"""Measure an MP4, M4A, M4B, M4V or QuickTime file."""

from collections.abc import Iterator
from typing import Any

from peru_media.media.boxes import read_movie
from peru_media.media.common import Facts, Found, Source, chapter, common_names
from peru_media.media.nero import Mp4
from peru_media.media.opinion import ask
from peru_media.media.sniff import Form

__all__ = ["read"]

_SOUND_ONLY = {"video/3gpp": "audio/3gpp", "video/quicktime": "video/quicktime"}
_NAMES = {
    "\xa9ART": "artist",
    "\xa9alb": "album",
    "\xa9cmt": "comment",
    "\xa9day": "date",
    "\xa9gen": "genre",
    "\xa9grp": "grouping",
    "\xa9lyr": "lyrics",
    "\xa9nam": "title",
    "\xa9too": "encoder",
    "\xa9wrt": "composer",
    "aART": "albumartist",
    "cprt": "copyright",
    "desc": "description",
    "disk": "disc",
    "trkn": "track",
}


def read(source: Source) -> tuple[Facts, Found]:
    """Measure a film or recording by its index, edit lists included.

    Raises:
        MediaError: it has no index. MutagenError: it is damaged.
    """
    movie = read_movie(source.file)
    source.file.seek(0)
    told = Mp4(source.file)
    sound, film = movie.longest("soun"), movie.longest("vide")
    facts = _type(source.form, has_film=bool(film)) | {
        "sample_rate": getattr(told.info, "sample_rate", 0) or None,
        "channels": getattr(told.info, "channels", 0) or None,
        "bit_rate": getattr(told.info, "bitrate", 0) or None,
    }
    shown = sound
    if facts["kind"] == "video":
        shown = movie.longest("soun", "vide")
        facts["bit_rate"] = None
    if shown:
        facts["duration"] = shown.seconds
    if sound:
        facts["codec"] = _codec(told, sound.codec)
        facts["channels"] = sound.channels or facts["channels"]
    found = _found(told)
    measure = movie.fragmented or movie.cut or not facts.get("duration")
    if measure or movie.chaptered or not found.texts:
        ask(source, facts, found, measure=measure, exact=movie.cut)
    return facts, found


def _type(form: Form, *, has_film: bool) -> Facts:
    """Whether it is a film: a recording with chapter pictures says so by its brand."""
    if form.kind == "audio" or has_film:
        return {"kind": form.kind, "media_type": form.media_type}
    return {
        "kind": "audio",
        "media_type": _SOUND_ONLY.get(form.media_type, "audio/x-m4a"),
    }


def _codec(told: Any, fourcc: str) -> str:  # noqa: ANN401 - mutagen ships no types
    """The name people know: ``mp4a.40.2`` is AAC, ``mp4a.6B`` is MP3."""
    if fourcc != "mp4a":
        return fourcc
    detail = getattr(told.info, "codec", "").lower()
    return "mp3" if detail in {"mp4a.6b", "mp4a.69"} else "aac"


def _found(told: Any) -> Found:  # noqa: ANN401 - mutagen ships no types
    marks = told.chapters or ()
    tags = told.tags or {}
    covers = tags.get("covr", ())
    return Found(
        texts=common_names(_texts(tags)),
        chapters=[chapter(mark.start, mark.title) for mark in marks],
        cover=bytes(covers[0]) if covers else None,
    )


def _texts(tags: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for key, values in tags.items():
        if key == "covr" or key.startswith("\0"):  # a picture, a name kept elsewhere
            continue
        name = _NAMES.get(key, key.replace("\xa9", ""))
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, tuple):
                yield name, "/".join(str(part) for part in value if part)
            elif isinstance(value, bytes):
                yield name, value.decode("utf-8", "replace")
            else:
                yield name, value
