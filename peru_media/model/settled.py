"""A mapping that nobody changes any more."""

from typing import Any, NoReturn

__all__ = ["Settled"]


class Settled(dict[str, str]):
    """Names and what they mean, as they were given: they can be hashed and not changed.

    It is a ``dict``, so that everything that reads or writes one takes it, too.
    """

    def _refused(self, *_values: Any, **_names: Any) -> NoReturn:  # noqa: ANN401  # whatever dict takes
        """Change nothing.

        Raises:
            TypeError: always.
        """
        msg = "This mapping cannot be changed, for values are frozen. Make another."
        raise TypeError(msg)

    __setitem__ = __delitem__ = __ior__ = _refused
    clear = pop = popitem = setdefault = update = _refused

    def __hash__(self) -> int:  # type: ignore[override]  # dict has none, for it changes
        """Equal ones have the same, whatever their order."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled as a whole, not by setting one name after another."""
        return type(self), (dict(self),)
