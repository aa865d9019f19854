"""Draw the picture that other sites show beside a link to one of our pages."""

from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont

from peru_media.media.pictures import square_cover
from peru_media.model.card import CARD_SIZE

__all__ = ["draw_card", "letters"]

_GROUND, _INK, _QUIET, _BADGE = "#14213d", "#ffffff", "#d5dbe8", "#f4b042"
_BAND = ("#1c8a83", "#3f7fce", "#6055a8", "#d66287", "#e2593e", "#f4b042")
_MARGIN, _BAND_HEIGHT, _COVER = 70, 18, 420
_SIZES = (72, 64, 56, 48, 42, 36)
_SMALL, _MOST_LINES, _LEADING = 32, 5, 1.2
_QUALITY = 85


def draw_card(
    title: str, below: tuple[str, ...], *, badge: str, cover: BinaryIO | None
) -> bytes:
    """Draw a card as JPEG; the same values give the same bytes.

    Where the font lacks a letter of a line, that line is left out: the cover alone
    says more than boxes do.

    Args:
        title: what it is called.
        below: smaller lines.
        badge: a word that stands out, or nothing.
        cover: a picture, open for reading.

    Raises:
        MediaError: the cover is damaged.
    """
    card = Image.new("RGB", CARD_SIZE, _GROUND)
    left = _MARGIN
    if cover is not None:
        card.paste(square_cover(cover, _COVER), (_MARGIN, _top(_COVER)))
        left += _COVER + _MARGIN * 3 // 4
    _write(card, title, (badge, *below), left=left)
    _paint_band(card)
    out = BytesIO()
    card.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def letters(text: str) -> bool:
    """Whether the font has every letter of a text, and knows how to join them."""
    seen = {letter for letter in text if not letter.isspace()}
    return bool(seen) and all(map(_has, seen))


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    """Whether it is drawn as itself, and not as the box that stands for any other."""
    font = _font(_SMALL)
    lacking = bytes(font.getmask("\U0010fffe"))
    return letter.isprintable() and bytes(font.getmask(letter)) != lacking


def _write(
    card: Image.Image, title: str, smaller: tuple[str, ...], *, left: int
) -> None:
    """Write what can be written, in the middle of its column."""
    width = CARD_SIZE[0] - left - _MARGIN
    font, lines = _fitted(title, width) if letters(title) else (_font(_SMALL), [])
    badge, *below = (one if letters(one) else "" for one in smaller)
    small = _font(_SMALL)
    gap = ("", _font(_SMALL // 2), _INK)
    written = [(badge, small, _BADGE)] if badge else []
    written += [(line, font, _INK) for line in lines]
    written += [gap] if lines else []
    written += [(_cut(line, small, width), small, _QUIET) for line in below if line]
    heights = [round(one.size * _LEADING) for _, one, _ in written]
    pen, top = ImageDraw.Draw(card), _top(sum(heights))
    for (line, one, colour), height in zip(written, heights, strict=True):
        pen.text((left, top), line, font=one, fill=colour)
        top += height


def _fitted(title: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size in which a title fits; the end of a very long one is cut."""
    for size in _SIZES:
        lines = _lines(title, _font(size), width)
        if len(lines) <= _MOST_LINES:
            return _font(size), [_cut(line, _font(size), width) for line in lines]
    font = _font(_SIZES[-1])
    kept = _lines(title, font, width)[:_MOST_LINES]
    return font, [_cut(line, font, width) for line in [*kept[:-1], f"{kept[-1]}…"]]


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _paint_band(card: Image.Image) -> None:
    pen, (width, height) = ImageDraw.Draw(card), CARD_SIZE
    step = width // len(_BAND)
    for place, colour in enumerate(_BAND):
        box = (place * step, height - _BAND_HEIGHT, (place + 1) * step, height)
        pen.rectangle(box, fill=colour)


def _top(height: int) -> int:
    return (CARD_SIZE[1] - _BAND_HEIGHT - height) // 2


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Manrope, which has the letters of Welsh, Polish, Greek and Russian."""
    spec = find_spec("font_manrope")
    assert spec is not None  # noqa: S101  # we depend on it
    assert spec.origin is not None  # noqa: S101  # and it is a package of files
    file = Path(spec.origin).parent / "files" / "Manrope-Bold.ttf"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
