"""Draw the covers: squares that are all the same become shapes of their own.

The picture is the project's idea: a standard service is a square for everyone,
a personal one has the shape of a person's life.
"""

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

__all__ = ["draw_fellowship", "draw_show"]

_LATO = Path("/usr/share/fonts/truetype/lato")
_INK = (20, 33, 61)
_CREAM = (250, 244, 232)
_STONE = (206, 203, 196)
_SLATE = (58, 74, 107)
_COLOURS = (
    (226, 88, 62),
    (243, 176, 62),
    (27, 138, 133),
    (94, 84, 168),
    (214, 98, 136),
    (62, 124, 204),
)
_SIDE = 3000
_MARGIN = 240


def draw_show(path: Path) -> None:
    """The project's cover: a field of squares that loosen into many shapes."""
    image = Image.new("RGB", (_SIDE * 2, _SIDE * 2), _CREAM)
    draw = ImageDraw.Draw(image)
    _field(draw, columns=7, rows=5, plain=_STONE)
    _words(draw, "Personalisation", y=2160, size=400, colour=_INK, font="Black")
    _words(
        draw,
        "Public services that answer to people",
        y=2610,
        size=146,
        colour=_SLATE,
        font="Medium",
    )
    image.resize((_SIDE, _SIDE), Image.Resampling.BOX).save(path, optimize=True)


def draw_fellowship(path: Path) -> None:
    """The podcast's cover: the same shapes by night, as waves of sound."""
    image = Image.new("RGB", (_SIDE * 2, _SIDE * 2), _INK)
    draw = ImageDraw.Draw(image)
    _waves(draw)
    _words(draw, "Fellowship", y=2030, size=500, colour=_CREAM, font="Black")
    _words(
        draw,
        "The Personalisation podcast",
        y=2610,
        size=150,
        colour=_STONE,
        font="Medium",
    )
    small = image.resize((1400, 1400), Image.Resampling.LANCZOS)
    small.save(path, quality=84, optimize=True, subsampling=0)


def _field(
    draw: ImageDraw.ImageDraw, *, columns: int, rows: int, plain: tuple[int, int, int]
) -> None:
    """A grid: squares all alike on the left, and ever more shapes to the right."""
    dice = random.Random(20)  # noqa: S311  # a drawing, the same every time
    step = (_SIDE - 2 * _MARGIN) / (columns - 0.16)
    start = _MARGIN - step * 0.08
    for row in range(rows):
        for column in range(columns):
            x, y = start + column * step, start + row * step
            chance = (column - 0.6) / (columns - 2.6) + (row % 2) * 0.12
            if dice.random() < chance:
                colour = _COLOURS[(column * 2 + row * 3) % len(_COLOURS)]
                _shape(draw, dice.randrange(6), (x, y, step), colour=colour)
            else:
                _square(draw, (x, y, step), colour=plain)


def _box(cell: tuple[float, float, float], inset: float) -> list[float]:
    x, y, step = cell
    gap = step * inset
    return [2 * v for v in (x + gap, y + gap, x + step - gap, y + step - gap)]


def _square(
    draw: ImageDraw.ImageDraw,
    cell: tuple[float, float, float],
    *,
    colour: tuple[int, int, int],
) -> None:
    draw.rectangle(_box(cell, 0.08), fill=colour)


def _shape(
    draw: ImageDraw.ImageDraw,
    kind: int,
    cell: tuple[float, float, float],
    *,
    colour: tuple[int, int, int],
) -> None:
    """One of six shapes: circle, leaf, arch, quarter, ring, diamond."""
    left, top, right, bottom = _box(cell, 0.08)
    width = right - left
    if kind == 0:
        draw.ellipse([left, top, right, bottom], fill=colour)
    elif kind == 1:
        draw.rounded_rectangle(
            [left, top, right, bottom],
            radius=width * 0.5,
            fill=colour,
            corners=(True, False, True, False),
        )
    elif kind == 2:  # noqa: PLR2004  # the third shape
        draw.rounded_rectangle(
            [left, top, right, bottom],
            radius=width * 0.5,
            fill=colour,
            corners=(True, True, False, False),
        )
    else:
        _angular(draw, kind, (left, top, right, bottom), colour=colour)


def _angular(
    draw: ImageDraw.ImageDraw,
    kind: int,
    box: tuple[float, float, float, float],
    *,
    colour: tuple[int, int, int],
) -> None:
    left, top, right, bottom = box
    width = right - left
    if kind == 3:  # noqa: PLR2004  # the fourth shape
        around = [left, top, right + width, bottom + width]
        draw.pieslice(around, 180, 270, fill=colour)
    elif kind == 4:  # noqa: PLR2004  # the fifth shape
        draw.ellipse([left, top, right, bottom], outline=colour, width=int(width / 4))
    else:
        middle = (left + right) / 2
        half = (top + bottom) / 2
        draw.polygon(
            [(middle, top), (right, half), (middle, bottom), (left, half)], fill=colour
        )


def _waves(draw: ImageDraw.ImageDraw) -> None:
    """Six voices, each a nest of arcs that opens towards its neighbours."""
    step = 2 * (_SIDE - 2 * _MARGIN) / 3
    corners = ((1, 1), (0, 1), (1, 1), (0, 0), (1, 0), (0, 0))
    angles = {(0, 0): 0, (1, 0): 90, (1, 1): 180, (0, 1): 270}
    for index, corner in enumerate(corners):
        x = 2 * _MARGIN + (index % 3 + corner[0]) * step
        y = 2 * _MARGIN + (index // 3 + corner[1]) * step
        start = angles[corner]
        for ring in range(4):
            radius = step * (4 - ring) / 4
            colour = _COLOURS[(index * 2 + ring) % len(_COLOURS)]
            around = [x - radius, y - radius, x + radius, y + radius]
            draw.pieslice(around, start, start + 90, fill=colour)


def _words(
    draw: ImageDraw.ImageDraw,
    text: str,
    *,
    y: float,
    size: int,
    colour: tuple[int, int, int],
    font: str,
) -> None:
    """Set one line at the left margin, made smaller until it fits."""
    room = 2 * (_SIDE - 2 * _MARGIN)
    face = _face(font, size)
    while face.getlength(text) > room:
        size -= 4
        face = _face(font, size)
    left = 2 * _MARGIN - face.getbbox(text)[0]
    draw.text((left, 2 * y), text, font=face, fill=colour)


def _face(font: str, size: int) -> ImageFont.FreeTypeFont:
    """Lato without ligatures, so that every letter stands for itself."""
    path = _LATO / f"Lato-{font}.ttf"
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size * 2, layout_engine=basic)
