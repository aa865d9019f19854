"""How other sites show an episode: the frame for its player, and oEmbed about it."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from peru_media.rendering.addresses import OEMBED

__all__ = ["FRAMES", "frame_code", "oembed", "oembed_url"]

FRAMES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"audio": (640, 280), "pdf": (640, 200), "video": (640, 480)}
)
"""Width and height of the player's frame, in pixels, by what one does with it."""

_KEPT = 86_400


def oembed_url(base_url: str, page: str) -> str:
    """Where programs ask how to embed a page of ours, given by its public path."""
    return f"{base_url}{OEMBED}?format=json&url={quote(base_url + page, safe='')}"


def frame_code(address: str, title: str, *, width: int, height: int) -> Markup:
    """Write the frame that shows a player in another page."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>'
    ).format(address, title, width, height)


def oembed(
    stored: bytes, *, page: str, base_url: str, widest: int | None, highest: int | None
) -> bytes:
    """Answer how to embed an episode (oEmbed 1.0, type ``rich``).

    Args:
        stored: its citation as CSL-JSON.
        page: public path of its page, in the language that was asked for.
        base_url: the site's own address.
        widest: pixels that there is room for across; None for as many as we like.
        highest: the same from top to bottom.
    """
    (item,) = json.loads(stored)
    width, height = FRAMES[item["custom"]["kind"]]
    width, height = min(width, widest or width), min(height, highest or height)
    code = frame_code(
        f"{base_url}{page}/embed", item["title"], width=width, height=height
    )
    answer: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": item["title"],
        "author_name": item["container-title"],
        "author_url": base_url + page.rpartition("/")[0],
        "provider_name": item["publisher"],
        "provider_url": f"{base_url}/",
        "cache_age": _KEPT,
        "html": str(code),
        "width": width,
        "height": height,
        **_thumbnail(item, base_url, widest=widest, highest=highest),
    }
    return json.dumps(answer, ensure_ascii=False).encode()


def _thumbnail(
    item: Mapping[str, Any], base_url: str, *, widest: int | None, highest: int | None
) -> dict[str, Any]:
    """Its picture, where there is room for it (oEmbed allows none that is larger)."""
    picture = item["custom"].get("picture")
    if picture is None:
        return {}
    width, height = picture["width"], picture["height"]
    if width > (widest or width) or height > (highest or height):
        return {}
    address: str = picture["address"]
    own = address.startswith("/")
    return {
        "thumbnail_url": base_url + address if own else address,
        "thumbnail_width": width,
        "thumbnail_height": height,
    }
