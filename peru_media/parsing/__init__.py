"""Reading: the bytes of any feed to values, with what was put right."""

from peru_media.parsing.feed import LIMIT, parse_feed

__all__ = ["LIMIT", "parse_feed"]
