"""The answers that were given, kept for the next who asks."""

from collections import OrderedDict
from collections.abc import Collection

from peru_media.server.reply import Reply

__all__ = ["Shelf"]


class Shelf:
    """Answers by public path, within a bound of bytes.

    ``find`` is a dictionary's own ``get``: the one look-up of the hot path. An
    answer marks itself ``used``; where room is needed, the oldest that was not
    used since it was last looked at goes. What weighs nothing (a feed, which the
    release holds anyway) stays.
    """

    def __init__(self, limit: int) -> None:
        self._answers: OrderedDict[str, Reply] = OrderedDict()
        self._limit = limit
        self._weight = 0
        self.find = self._answers.get

    def __len__(self) -> int:
        return len(self._answers)

    @property
    def weight(self) -> int:
        """Bytes held."""
        return self._weight

    def add(self, path: str, answer: Reply) -> None:
        """Keep an answer; one too large for the shelf is not kept."""
        self.drop(path)
        if answer.weight > self._limit:
            return
        self._answers[path] = answer
        self._weight += answer.weight
        while self._weight > self._limit:
            self._make_room()

    def drop(self, path: str) -> None:
        """Forget an answer."""
        if (answer := self._answers.pop(path, None)) is not None:
            self._weight -= answer.weight

    def erase(self, keys: Collection[str]) -> None:
        """Let go of every answer that sends one of these objects."""
        for path, answer in list(self._answers.items()):
            if answer.key in keys:
                self.drop(path)

    def paths(self) -> list[str]:
        """What is answered from memory, the next to go first."""
        return list(self._answers)

    def _make_room(self) -> None:
        path, answer = self._answers.popitem(last=False)
        if answer.used or not answer.weight:
            answer.used = False
            self._answers[path] = answer
        else:
            self._weight -= answer.weight
