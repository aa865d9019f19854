"""The picture that other sites show beside a link to one of our pages."""

from peru_media.model.value import Value, canonical, digest

__all__ = ["CARD_SIZE", "CardRecipe", "card_made_from"]

CARD_SIZE = (1200, 630)
"""Pixels across and down (Open Graph)."""

_CARD_FORMAT = 1


class CardRecipe(Value):
    """Everything that a card is made from.

    Attributes:
        title: what it is called. below: of whom, in a line or two.
        badge: a word that stands out, such as that it is a stand-in; or nothing.
        cover: path of a picture, or None. cover_sha256: its hash as probed.
    """

    title: str
    below: tuple[str, ...] = ()
    badge: str = ""
    cover: str | None = None
    cover_sha256: str | None = None


def card_made_from(recipe: CardRecipe) -> str:
    """Name a card by all that it is made of, wherever its cover lies."""
    fields = recipe.model_dump(mode="json", exclude={"cover"})
    return digest(canonical({"format": _CARD_FORMAT, "card": fields}))
