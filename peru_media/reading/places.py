"""Where everything stands in one file: thousands of places, made when asked for."""

from collections.abc import Iterator, Mapping

from peru_media.model.problem import Place
from peru_media.model.site import Steps

__all__ = ["Places"]

_WIDEST = 1 << 21


class Places(Mapping[Steps, Place]):
    """Steps to a field, to its place; a place is kept as one number until asked for.

    A project has a hundred times more fields than problems, so this halves the
    time of reading it.
    """

    __slots__ = ("_path", "_spots")

    def __init__(self, path: str) -> None:
        self._path = path
        self._spots: dict[Steps, int] = {}

    def put(self, steps: Steps, line: int, column: int) -> None:
        """Note where something stands; line and column from 1."""
        self._spots[steps] = line * _WIDEST + column

    def line(self, steps: Steps) -> int:
        """The line of something that was noted."""
        return self._spots[steps] // _WIDEST

    def nearest(self, steps: Steps) -> Place:
        """Where something stands, or its nearest parent; else the first line."""
        while steps and steps not in self._spots:
            steps = steps[:-1]
        return self.get(steps) or Place(self._path, 1, 1)

    def __getitem__(self, steps: Steps) -> Place:
        line, column = divmod(self._spots[steps], _WIDEST)
        return Place(self._path, line, column)

    def __iter__(self) -> Iterator[Steps]:
        return iter(self._spots)

    def __len__(self) -> int:
        return len(self._spots)
