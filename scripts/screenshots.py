"""Take pictures of the project's own pages, as phones and computers show them.

    python scripts/screenshots.py docs/screenshots

The project's own content is published into a folder that is thrown away, and served
on this computer alone. The pictures are kept small: 256 colours at most.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.pages.visiting import FLAGS, visiting
from tests.served import published

_PAGES = {
    "home": "/",
    "project": "/personalisation",
    "episode": "/personalisation/fellowship-podcast",
    "document": "/personalisation/rapid-evidence-assessment",
    "search": "/search?q=co-production",
    "embed": "/personalisation/fellowship-podcast/embed",
}
_SCREENS = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
_EMBED_HEIGHT = 240
_DARK = ("episode", "phone")
_COLOURS = 128


def main(arguments: list[str]) -> int:
    """Take all pictures, into the folder that is named."""
    if len(arguments) != 1:
        print("Say into which folder: python scripts/screenshots.py docs/screenshots")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    with TemporaryDirectory() as root, published(Path(root)) as site, _browser() as on:
        for name, picture in _pictures(on, site.url):
            (folder / f"{name}.png").write_bytes(picture)
            print(f"{name}.png  {len(picture) / 1000:.0f} kB")
            total += len(picture)
    print(f"{total / 1000:.0f} kB in all")
    return 0


@contextmanager
def _browser() -> Iterator[Browser]:
    """Debian's Chromium until the end of the block."""
    with sync_playwright() as engine:
        yield engine.chromium.launch(
            executable_path="/usr/bin/chromium", args=list(FLAGS)
        )


def _pictures(browser: Browser, url: str) -> Iterator[tuple[str, bytes]]:
    for screen, size in _SCREENS.items():
        for name, path in _PAGES.items():
            shown = size | ({"height": _EMBED_HEIGHT} if name == "embed" else {})
            yield f"{name}-{screen}", _picture(browser, url + path, shown)
    name, screen = _DARK
    dark = _picture(browser, url + _PAGES[name], _SCREENS[screen], colours="dark")
    yield f"{name}-{screen}-dark", dark


def _picture(
    browser: Browser, url: str, size: dict[str, int], *, colours: str = "light"
) -> bytes:
    with visiting(browser, url, viewport=size, color_scheme=colours) as page:
        page.wait_for_load_state("networkidle")
        return _small(page.screenshot())


def _small(picture: bytes) -> bytes:
    file = BytesIO()
    with Image.open(BytesIO(picture)) as shot:
        reduced = shot.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        reduced.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
