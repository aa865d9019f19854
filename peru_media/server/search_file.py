"""One search file of a release, opened to be read and never to be written."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path
from tempfile import NamedTemporaryFile
from weakref import finalize

from peru_media.errors import DamagedObjectError
from peru_media.rendering.search_file import SEARCH_FORMAT

__all__ = ["LANES", "SearchFile"]

LANES = 2
"""How many may read a file at the same time; each has a connection of its own."""

_MAPPED = 1 << 28
_SETTINGS = f"""
    PRAGMA query_only = 1;
    PRAGMA mmap_size = {_MAPPED};
    PRAGMA cache_size = -256;
"""
_SHOWS = "SELECT path, title, language FROM page WHERE kind = 'show' ORDER BY path"


class SearchFile:
    """A file without a name, of which nothing is left once nobody holds it.

    It is written, opened, and taken out of its folder at once. So neither a crash
    nor a long life leaves anything behind.

    Attributes:
        lanes: connections, each for one thread at a time.
        shows: path, title and language of each show that can be found in it.
        close: lets go of it at once.
    """

    def __init__(self, content: bytes) -> None:
        """Open the bytes of a search file.

        Raises:
            DamagedObjectError: they are none, or of a form that is not known here.
            OSError: there is no room for them.
        """
        with NamedTemporaryFile(prefix="peru-media-", suffix=".search") as file:
            file.write(content)
            file.flush()
            self.lanes, self.shows = _opened(Path(file.name))
        self.close = finalize(self, _close, self.lanes)


_Lanes = tuple[sqlite3.Connection, ...]
_Shows = tuple[tuple[str, str, str], ...]


def _opened(path: Path) -> tuple[_Lanes, _Shows]:
    with ExitStack() as undo:
        try:
            lanes = tuple(_lane(path, undo) for _ in range(LANES))
            (found,) = lanes[0].execute("PRAGMA user_version").fetchone()
            if found != SEARCH_FORMAT:
                msg = f"a search file of format {found} needs another peru-media"
                raise DamagedObjectError(msg)
            shows = tuple(lanes[0].execute(_SHOWS).fetchall())
        except sqlite3.Error as error:
            msg = f"not a search file: {error}"
            raise DamagedObjectError(msg) from None
        undo.pop_all()
    return lanes, shows


def _lane(path: Path, undo: ExitStack) -> sqlite3.Connection:
    address = f"{path.as_uri()}?mode=ro&immutable=1"
    lane = sqlite3.connect(address, uri=True, check_same_thread=False)
    undo.callback(lane.close)
    lane.executescript(_SETTINGS)
    return lane


def _close(lanes: _Lanes) -> None:
    for lane in lanes:
        lane.close()
