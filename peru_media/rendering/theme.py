"""The templates and the style sheet of our pages, as they lie in the package."""

from functools import cache
from importlib.resources import files

__all__ = ["stylesheet", "templates"]


@cache
def templates() -> dict[str, str]:
    """Every template by its name."""
    folder = files("peru_media.rendering") / "templates"
    return {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith((".html", ".jinja"))
    }


@cache
def stylesheet() -> str:
    """The one style sheet."""
    return (files("peru_media.rendering") / "style.css").read_text(encoding="utf-8")
