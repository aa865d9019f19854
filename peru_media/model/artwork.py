"""The sizes that pictures are published in."""

__all__ = ["PAGE_WIDTHS", "smaller_widths"]

PAGE_WIDTHS = (320, 640)
"""Pixels across that pages show a cover in, on plain screens and on fine ones.

Feeds name the picture as large as it was given: apps want 1400 to 3000 pixels.
"""


def smaller_widths(width: int) -> tuple[int, ...]:
    """Which of them a picture of so many pixels across is made in: none is enlarged."""
    return tuple(one for one in PAGE_WIDTHS if one < width)
