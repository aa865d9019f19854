"""Transcripts and citations in the forms that are not stored, made when asked for."""

from dataclasses import replace

from peru_media.model.forms import form_at
from peru_media.rendering.packing import packed
from peru_media.rendering.small_forms import small_form
from peru_media.server.memory import unpacked
from peru_media.server.place import Place

__all__ = ["drawn_up", "is_form"]


def is_form(place: Place) -> bool:
    """Whether an address asks for another form of what is stored."""
    form = form_at(place.path)
    return form is not None and form.stored_type != _type_of(place)


def drawn_up(place: Place, stored: bytes) -> tuple[Place, bytes]:
    """Make the form that an address asks for: what holds there, and its gzip."""
    version, form = place.version, form_at(place.path)
    assert form is not None  # noqa: S101  # is_form said so
    given = unpacked(stored, version.size)
    made = packed(small_form(given, form=form, media_type=_type_of(place)))
    drawn = replace(version, type=form.content_type, size=made.size, sha256=made.sha256)
    return replace(place, version=drawn), made.body


def _type_of(place: Place) -> str:
    return place.version.type.partition(";")[0].strip()
