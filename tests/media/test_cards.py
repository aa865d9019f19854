"""Cards: what other sites show beside links to our pages."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from peru_media.errors import MediaError
from peru_media.media.cards import draw_card, letters
from peru_media.media.maker import Maker
from peru_media.model.card import CARD_SIZE, CardRecipe, card_made_from
from peru_media.model.value import digest

_COVER = (70, 96, 490, 516)  # where the cover lies
_WORDS = (540, 40, 1200, 600)


def _cover(form: str = "PNG", *, size: tuple[int, int] = (900, 600)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#ff0000").save(out, form)
    return out.getvalue()


def _drawn(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", CARD_SIZE)
        return image.convert("RGB")


def _ink(image: Image.Image) -> int:
    """How many bright pixels there are where words stand."""
    grey = image.crop(_WORDS).convert("L")
    return sum(grey.histogram()[160:])


def test_a_card_has_the_cover_and_the_words() -> None:
    made = draw_card("A title", ("The show",), badge="", cover=BytesIO(_cover()))
    image = _drawn(made)

    red, green, blue = image.crop(_COVER).resize((1, 1)).tobytes()
    assert red > 240
    assert max(green, blue) < 20
    assert _ink(image) > 1000


def test_the_same_values_give_the_same_bytes() -> None:
    one, other = (
        draw_card("A title", ("The show",), badge="", cover=BytesIO(_cover("JPEG")))
        for _ in range(2)
    )

    assert one == other
    assert one != draw_card("A title", ("The show",), badge="Stand-in", cover=None)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("A talk", True),
        (
            "Sgŵrs, ŷd, café, łódź, ζωή, Жизнь \u2013 \u201cso\u201d it\u2019s\u2026",
            True,
        ),
        ("日本語", False),
        ("حديث", False),
        ("A \x00 talk", False),
        ("line\u2028end", True),
        ("", False),
        ("   ", False),
    ],
)
def test_the_font_is_known_by_its_letters(text: str, there: bool) -> None:  # noqa: FBT001  # a table's column
    assert letters(text) is there


def test_where_a_letter_is_lacking_nothing_is_written() -> None:
    cover = BytesIO(_cover())
    bare = _ink(_drawn(draw_card("日本語", ("حديث",), badge="標", cover=None)))
    below = _ink(_drawn(draw_card("日本語", ("The show",), badge="", cover=cover)))

    assert bare == 0
    assert below > 200


@pytest.mark.parametrize(
    "title", ["word " * 200, "Donaudampfschifffahrt" * 20, "<b>&amp;\n\ttitle"]
)
def test_long_titles_stay_inside(title: str) -> None:
    made = draw_card(title, ("x" * 500,), badge="", cover=BytesIO(_cover()))
    image = _drawn(made)

    for margin in ((1160, 0, 1200, 600), (0, 0, 1200, 40)):
        assert sum(image.crop(margin).convert("L").histogram()[60:]) == 0
    assert _ink(image) > 1000


def test_what_is_clear_in_a_cover_is_white_on_a_card() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")

    image = _drawn(draw_card("", (), badge="", cover=BytesIO(out.getvalue())))

    assert image.getpixel((280, 300)) == (255, 255, 255)


def test_cards_are_drawn_once_by_the_maker(tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(_cover())
    recipes = [
        CardRecipe(
            title="One",
            below=("The show",),
            cover=str(cover),
            cover_sha256=digest(cover.read_bytes()),
        ),
        CardRecipe(title="Two", badge="Stand-in"),
    ]
    with Maker(cache={}, copies=tmp_path / "copies", workers=1) as maker:
        made = maker.cards(recipes)
        stamps = [path.stat().st_mtime_ns for path in made]

        assert maker.cards(recipes) == made
        assert [path.stat().st_mtime_ns for path in made] == stamps
        facts = maker.facts(made)

    assert [facts[path].media_type for path in made] == ["image/jpeg"] * 2
    assert [path.stem for path in made] == [card_made_from(one) for one in recipes]


def test_a_cover_that_changed_is_not_drawn(tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(_cover())
    recipe = CardRecipe(title="One", cover=str(cover), cover_sha256="0" * 64)
    with (
        Maker(cache={}, copies=tmp_path / "copies", workers=1) as maker,
        pytest.raises(MediaError, match="changed"),
    ):
        maker.cards([recipe])


def test_a_card_is_named_by_what_it_shows_and_not_by_where_its_cover_lies() -> None:
    recipe = CardRecipe(title="One", cover="/here/cover.png", cover_sha256="1" * 64)
    moved = recipe.model_copy(update={"cover": "/there/cover.png"})

    assert card_made_from(recipe) == card_made_from(moved)
    for change in ({"title": "Two"}, {"badge": "x"}, {"cover_sha256": "2" * 64}):
        assert card_made_from(recipe.model_copy(update=change)) != card_made_from(
            recipe
        )
