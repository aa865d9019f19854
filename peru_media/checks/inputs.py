"""Everything that the checks look at; they open no file and ask no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peru_media.model.facts import FileFacts
from peru_media.model.redaction import Redacted
from peru_media.model.release import Ledger, Root
from peru_media.model.site import Site

__all__ = ["Inputs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What one check of a site goes by.

    Attributes:
        facts: of every file in the folders of shows and episodes, by its path in
            the project; a path without facts counts as a missing file.
        at: the present moment, aware, UTC.
        ledger: of the live release; an empty one before the first release, None
            where nobody has looked.
        live: root of the live release, for its tombstones, where it is known.
        here: whether the target is this machine, where stand-ins may be shown.
        redacted: the site as it goes out, once its edits are made, where that is
            known.
    """

    site: Site
    facts: Mapping[str, FileFacts]
    at: datetime
    ledger: Ledger | None = None
    live: Root | None = None
    here: bool = True
    redacted: Redacted | None = None
