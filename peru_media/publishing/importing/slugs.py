"""Names for addresses: from the feed's own where it is ours, else from titles."""

from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from peru_media.model.address import is_slug, slug_from

__all__ = ["Slugs", "is_free", "slug_in"]

_CONTRIBUTORS = "contributors"


def is_free(name: str) -> bool:
    """Whether a folder may be called so: it means nothing else to us."""
    return is_slug(name) and name != _CONTRIBUTORS


def slug_in(address: str | None) -> str | None:
    """The last part of a page's address, where it is one of our names."""
    try:
        path = urlsplit(address or "").path
    except ValueError:
        return None
    name = path.rstrip("/").rpartition("/")[2]
    return name if is_free(name) else None


class Slugs:
    """Gives each thing a name of its own, none of them taken before."""

    def __init__(self, taken: AbstractSet[str]) -> None:
        self._taken = set(taken)

    def keep(self, name: str) -> str | None:
        """Give the very name, unless it is taken."""
        if name in self._taken:
            return None
        self._taken.add(name)
        return name

    def take(self, *wishes: str | None, otherwise: str) -> str:
        """Give the first wish that can be a name, with a number if it is taken.

        Args:
            wishes: titles or names, best first.
            otherwise: a name that can be one for certain.
        """
        names = (slug_from(wish or "") for wish in wishes)
        name = next((name for name in names if name), otherwise)
        if is_free(name) and name not in self._taken:
            self._taken.add(name)
            return name
        return self._numbered(name)

    def _numbered(self, name: str) -> str:
        number = 1 if not is_free(name) else 2
        while True:
            tail = f"-{number}"
            found = name[: 80 - len(tail)].rstrip("-") + tail
            if found not in self._taken:
                self._taken.add(found)
                return found
            number += 1
