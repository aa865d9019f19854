import pytest

from peru_media.model.categories import CATEGORIES, category_names, parse_category
from peru_media.model.source import Category


def test_apple_has_nineteen_categories_and_their_subcategories() -> None:
    assert len(CATEGORIES) == 19
    assert len(category_names()) == 19 + sum(map(len, CATEGORIES.values()))


@pytest.mark.parametrize("name", category_names())
def test_every_category_is_read_as_it_is_written(name: str) -> None:
    category = parse_category(name)

    assert " > ".join(filter(None, (category.name, category.sub))) == name


@pytest.mark.parametrize(
    "text",
    [
        "Society & Culture > Documentary",
        "society and culture>documentary",
        "  Society  &  Culture  >  Documentary ",
    ],
)
def test_case_spaces_and_the_word_and_do_not_matter(text: str) -> None:
    wanted = Category(name="Society & Culture", sub="Documentary")

    assert parse_category(text) == wanted


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Documentary", "; did you mean Society & Culture > Documentary?"),
        ("Arts > Documentary", "; did you mean Society & Culture > Documentary?"),
        ("Scienc", "; did you mean Science?"),
        ("Qwertz", "'s categories"),
    ],
)
def test_an_unknown_category_is_told_with_the_nearest(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match="is not one of Apple's") as error:
        parse_category(text)

    assert str(error.value).endswith(meant)
