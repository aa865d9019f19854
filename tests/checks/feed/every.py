"""All samples of feeds, of every theme."""

from tests.checks.feed import channels, documents, items, tags

__all__ = ["BAD", "GOOD"]

_THEMES = (documents, channels, items, tags)
BAD = [sample for theme in _THEMES for sample in theme.BAD]
GOOD = [sample for theme in _THEMES for sample in theme.GOOD]
