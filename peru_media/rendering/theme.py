"""What our pages are made with: templates, style sheet, script and catalogues."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["assets", "catalogues", "favicon", "script", "stylesheet", "templates"]


@cache
def templates() -> dict[str, str]:
    """Every template by its name."""
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in (_package() / "templates").iterdir()
        if file.name.endswith((".html", ".jinja"))
    }


@cache
def stylesheet() -> str:
    """The one style sheet."""
    return (_package() / "style.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """The one script: what the player does beyond what browsers do by themselves."""
    return (_package() / "player.js").read_text(encoding="utf-8")


@cache
def assets() -> dict[str, tuple[str, str]]:
    """Whatever pages fetch of our own, by what it is to them: its type and its text."""
    icon = (_package() / "icon.svg").read_text(encoding="utf-8")
    return {
        "icon": ("image/svg+xml", icon),
        "script": ("text/javascript; charset=utf-8", script()),
        "style": ("text/css; charset=utf-8", stylesheet()),
    }


@cache
def favicon() -> bytes:
    """The picture that browsers ask every site for: ``scripts/favicon.py`` draws it."""
    return (_package() / "favicon.ico").read_bytes()


@cache
def catalogues() -> dict[str, bytes]:
    """The messages of each language but English, as gettext keeps them (PO)."""
    return {
        folder.name: (folder / "messages.po").read_bytes()
        for folder in (_package() / "locale").iterdir()
        if (folder / "messages.po").is_file()
    }


def _package() -> Traversable:
    return files("peru_media.rendering")
