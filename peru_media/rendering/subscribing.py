"""Ways to subscribe: the apps that open a feed by an address of their own."""

from functools import lru_cache
from urllib.parse import quote

import segno
from markupsafe import Markup

from peru_media.rendering.addresses import followed

__all__ = ["App", "apps", "qr_code"]

App = tuple[str, str]
"""What an app is called, and the address that opens the feed in it."""

_NAMES = {
    "antennapod": "AntennaPod",
    "apple": "Apple Podcasts",
    "overcast": "Overcast",
    "pocketcasts": "Pocket Casts",
    "spotify": "Spotify",
    "youtube": "YouTube",
}
# As the apps themselves register them; each takes any feed.
_SCHEMES = (
    ("Apple Podcasts", "podcast://{bare}"),
    ("Pocket Casts", "pktc://subscribe/{bare}"),
    ("AntennaPod", "antennapod-subscribe://{bare}"),
    ("Overcast", "overcast://x-callback-url/add?url={quoted}"),
    ("Podcast Addict", "podcastaddict://{bare}"),
    ("gPodder", "gpodder://{bare}"),
)


def apps(feed: str, links: dict[str, str]) -> list[App]:
    """List the show's own pages in apps and directories, then apps by their schemes.

    Args:
        feed: the whole address of the feed.
        links: of the show: a name such as ``apple``, and the address there.
    """
    own = [
        (_NAMES.get(name.lower(), name.capitalize()), url)
        for name, url in links.items()
        if followed(url)
    ]
    named = {name for name, _ in own}
    bare, quoted = feed.partition("://")[2], quote(feed, safe="")
    opened = [
        (name, form.format(bare=bare, quoted=quoted))
        for name, form in _SCHEMES
        if name not in named
    ]
    return own + opened


@lru_cache(maxsize=256)
def qr_code(address: str, label: str) -> Markup:
    """Draw an address for the camera of a phone, as SVG that stands in a page.

    Args:
        address: where the phone goes.
        label: what it is, for those who do not see it.
    """
    code = segno.make_qr(address, error="m")
    size = code.symbol_size(border=4)[0]
    path = Markup("").join(
        Markup("M{} {}h{}v1h-{}z").format(start, row, length, length)
        for row, start, length in _runs(code)
    )
    return Markup(
        '<svg class="code" role="img" aria-label="{}" viewBox="0 0 {} {}">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>'
    ).format(label, size, size, size, size, path)


def _runs(code: segno.QRCode) -> list[tuple[int, int, int]]:
    """Dark modules side by side: row, first column, how many."""
    found = []
    for row, line in enumerate(code.matrix_iter(border=4)):
        bits = "".join("1" if dark else "0" for dark in line)
        at = bits.find("1")
        while at >= 0:
            end = (bits + "0").find("0", at)
            found.append((row, at, end - at))
            at = bits.find("1", end)
    return found
