"""Any form of a small file, made of the one that is stored."""

from peru_media.model.forms import CITATION, Form
from peru_media.rendering.citation_forms import citation_form
from peru_media.rendering.transcript_forms import transcript_form

__all__ = ["small_form"]


def small_form(stored: bytes, *, form: Form, media_type: str) -> bytes:
    """Make a form of words or of a citation. Pure: same bytes, same bytes.

    Args:
        stored: what is stored, UTF-8.
        form: what is asked for.
        media_type: of what is stored.
    """
    if form.file == CITATION:
        return citation_form(stored, kind=form.kind)
    return transcript_form(stored, media_type=media_type, kind=form.kind)
