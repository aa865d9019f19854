import gzip
import re
from io import BytesIO
from itertools import product

import pytest
from PIL import Image, ImageChops, ImageStat

from peru_media.rendering.theme import assets, favicon, script, stylesheet, templates


def test_every_template_is_found_in_the_package() -> None:
    assert set(templates()) == {
        "accessibility.html",
        "base.html",
        "document.html",
        "embed.html",
        "episode.html",
        "home.html",
        "list.html",
        "notice.html",
        "parts.html",
        "player.html",
        "privacy.html",
        "search.html",
        "share.html",
        "show.html",
    }


def test_the_style_sheet_is_small_and_fetches_nothing() -> None:
    assert len(gzip.compress(stylesheet().encode())) <= 10_000
    assert not re.search(r"@import|url\(|https?:", stylesheet())


def test_the_script_is_small_and_stands_alone() -> None:
    assert len(gzip.compress(script().encode())) <= 4_000
    assert not re.search(r"import|fetch|XMLHttp|https?:|innerHTML|eval", script())


def test_the_icon_is_small_and_needs_nothing() -> None:
    kind, icon = assets()["icon"]

    assert kind == "image/svg+xml"
    assert len(icon) <= 500
    assert not re.search(r"style|script|href|<image|<text", icon)


def test_a_browsers_own_frame_has_the_colours_of_the_page() -> None:
    named = re.findall(r'theme-color"[^>]*content="(#\w+)"', templates()["base.html"])

    assert named == [_colours(scheme)["paper"] for scheme in (0, 1)]


def test_every_class_in_a_template_is_styled() -> None:
    used = set()
    for text in templates().values():
        for names in re.findall(r'class="([a-z -]+)"', text):
            used |= set(names.split())

    styled = set(re.findall(r"\.([a-z]+)", stylesheet()))
    assert used - styled <= {"crumbs", "more", "player", "side", "told"}


def _colours(scheme: int) -> dict[str, str]:
    """The variables of the light (0) and the dark (1) scheme."""
    block = re.findall(r":root \{(.*?)\}", stylesheet(), re.DOTALL)[scheme]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *product(("ink", "quiet", "link"), ("paper", "tint")),
    ("ink", "note"),
    ("link", "note"),
    ("on-accent", "accent"),
]


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_has_the_contrast_of_wcag_aa(scheme: int, front: str, back: str) -> None:
    colours = _colours(scheme)

    assert _contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("back", ["paper", "tint", "note"])
def test_focus_and_borders_of_buttons_can_be_seen(scheme: int, back: str) -> None:
    colours = _colours(scheme)

    assert _contrast(colours["accent"], colours[back]) >= 3


def test_what_browsers_ask_every_site_for_looks_like_the_icon() -> None:
    _, icon = assets()["icon"]
    ground, mark = re.findall(r'(?:fill|stroke)="(#\w+)"', icon)

    with Image.open(BytesIO(favicon())) as picture:
        seen = picture.convert("RGB")
        assert picture.info["sizes"] == {(16, 16), (32, 32)}
        for place, colour in {(16, 3): ground, (13, 16): mark}.items():
            wanted = Image.new("RGB", (1, 1), colour)
            here = seen.crop((*place, place[0] + 1, place[1] + 1))
            assert ImageStat.Stat(ImageChops.difference(wanted, here)).sum2[0] < 9
