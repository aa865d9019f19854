"""Reading what staff wrote, with the place of every field and of every mistake."""

from peru_media.reading.codes import MEANINGS
from peru_media.reading.editing import replace_scalar
from peru_media.reading.filling import fill_group
from peru_media.reading.project import read_site
from peru_media.reading.reasons import REASONS, Reason

__all__ = ["MEANINGS", "REASONS", "Reason", "fill_group", "read_site", "replace_scalar"]
