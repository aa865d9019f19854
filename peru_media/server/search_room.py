"""What a release can be searched in: its files, and what the page says of the site."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from peru_media.errors import DamagedObjectError
from peru_media.model.release import Part, SearchPart
from peru_media.server.search_file import SearchFile

__all__ = ["SearchRoom"]

_LOG = logging.getLogger(__name__)
_PATH = "/search"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRoom:
    """Search files, and the languages in which their page is made.

    Attributes:
        part: the imprint as the root names it. imprint: its JSON.
        files: by the SHA-256 of their content.
        whole: whether every file could be opened.
        paths: of the search page, in the order of the site's languages.
    """

    part: Part
    imprint: bytes
    files: Mapping[str, SearchFile]
    whole: bool
    paths: tuple[str, ...]

    @classmethod
    def opened(
        cls,
        part: Part,
        files: Sequence[SearchPart],
        *,
        known: Self | None,
        fetch: Callable[[Part], bytes],
    ) -> Self:
        """Open what is not open yet.

        A file for which there is no room is left out, and said in the log: a
        release must go live all the same, for it may be a withdrawal.

        Raises:
            StoreError: what the root names cannot be had, or not as it was.
        """
        same = known is not None and known.part == part
        imprint = known.imprint if known and same else fetch(part)
        before = known.files if known else {}
        here = {one.sha256: before.get(one.sha256) for one in files}
        for one in files:
            if here[one.sha256] is None:
                here[one.sha256] = _open(one, fetch(one))
        opened = {name: file for name, file in here.items() if file is not None}
        return cls(
            part=part,
            imprint=imprint,
            files=opened,
            whole=len(opened) == len(here),
            paths=_paths(part, imprint),
        )

    def shows(self) -> list[tuple[str, str, str]]:
        """Path, title and language of every show that can be found, by title."""
        found = (show for file in self.files.values() for show in file.shows)
        return sorted(found, key=lambda show: show[1].casefold())


def _open(part: SearchPart, content: bytes) -> SearchFile | None:
    try:
        return SearchFile(content)
    except (OSError, DamagedObjectError) as error:
        _LOG.warning("%s cannot be searched: %s", part.key, error)
        return None


def _paths(part: Part, imprint: bytes) -> tuple[str, ...]:
    """``/search``, and below the address of each language but the first."""
    try:
        others = [str(one) for one in json.loads(imprint)["languages"][1:]]
    except (ValueError, KeyError, TypeError) as error:
        msg = f"{part.key}: not what pages say of the site"
        raise DamagedObjectError(msg) from error
    return (_PATH, *(f"/{one.partition('-')[0]}{_PATH}" for one in others))
