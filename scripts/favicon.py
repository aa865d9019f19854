"""Draw the small picture that browsers and feed readers ask every site for.

    python scripts/favicon.py

Writes ``peru_media/rendering/favicon.ico`` as ``icon.svg`` beside it looks.
"""

import re
from pathlib import Path

from PIL import Image, ImageDraw

_HERE = Path("peru_media/rendering")
_SIZE, _FINER = 32, 8


def main() -> None:
    """Draw the icon large, and save it small."""
    svg = (_HERE / "icon.svg").read_text(encoding="utf-8")
    fill, stroke = re.findall(r'(?:fill|stroke)="(#\w+)"', svg)
    picture = Image.new("RGBA", (_SIZE * _FINER,) * 2)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle(((0, 0), picture.size), 7 * _FINER, fill=fill)
    for bar in re.findall(r"M(\d+) (\d+)v(\d+)", svg):
        x, y, height = (int(one) * _FINER for one in bar)
        half = 3 * _FINER // 2
        ends = (x - half, y - half, x + half, y + height + half)
        draw.rounded_rectangle(ends, half, fill=stroke)
    icons = [
        picture.resize((side, side), Image.Resampling.LANCZOS) for side in (32, 16)
    ]
    flat = [one.quantize(16, method=Image.Quantize.FASTOCTREE) for one in icons]
    whole, *rest = (one.convert("RGBA") for one in flat)
    sizes = [one.size for one in icons]
    whole.save(_HERE / "favicon.ico", sizes=sizes, append_images=rest)


if __name__ == "__main__":
    main()
