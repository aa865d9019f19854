"""Transcripts in the forms that are not stored, made when somebody asks."""

from dataclasses import replace

from peru_media.model.transcripts import content_type, kind_at, kind_of
from peru_media.rendering.packing import packed
from peru_media.rendering.transcript_forms import transcript_form
from peru_media.server.memory import unpacked
from peru_media.server.place import Place

__all__ = ["drawn_up", "is_form"]


def is_form(place: Place) -> bool:
    """Whether an address asks for another form of what is stored."""
    kind = kind_at(place.path)
    return kind is not None and kind != kind_of(place.version.type)


def drawn_up(place: Place, stored: bytes) -> tuple[Place, bytes]:
    """Make the form that an address asks for: what holds there, and its gzip."""
    version, kind = place.version, kind_at(place.path) or ""
    given = unpacked(stored, version.size)
    media_type = version.type.partition(";")[0]
    made = packed(transcript_form(given, media_type=media_type, kind=kind))
    form = replace(version, type=content_type(kind), size=made.size, sha256=made.sha256)
    return replace(place, version=form), made.body
