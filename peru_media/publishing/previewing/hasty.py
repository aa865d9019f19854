"""A maker of media for those who cannot wait: it makes nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from peru_media.model.card import CardRecipe
from peru_media.model.facts import CopyRecipe, FileFacts
from peru_media.ports import MediaMaker, Progress

__all__ = ["HastyMaker"]


class HastyMaker:
    """Measure files as ever, but show masters in place of published copies.

    Levelling, encoding and cleaning take their time, and so does hearing a
    recording from end to end: of those a preview tells what is known already. As
    masters may tell more than they should, they are for this computer alone; but
    where something is taken out of one, the copy is made, to be listened to.
    """

    def __init__(self, maker: MediaMaker) -> None:
        self._maker = maker

    def facts(self, paths: Iterable[Path]) -> dict[Path, FileFacts]:
        """What each file measurably is, as ``ports.MediaMaker`` says."""
        return self._maker.facts(paths)

    def heard(self, facts: Mapping[Path, FileFacts]) -> dict[Path, FileFacts]:
        """The same facts, with how those recordings sound that were heard before."""
        return self._maker.heard(facts)

    def hear(
        self,
        facts: Mapping[Path, FileFacts],
        *,
        progress: Progress | None = None,  # noqa: ARG002  # there is nothing to wait for
    ) -> dict[Path, FileFacts]:
        """The same as ``heard``: nothing is decoded."""
        return self.heard(facts)

    def pictures(self, wanted: Sequence[tuple[Path, int | None]]) -> list[Path]:
        """The pictures as they are, in any size."""
        return [path for path, _ in wanted]

    def cards(self, recipes: Sequence[CardRecipe]) -> list[Path]:  # noqa: ARG002  # as above
        """None: on this computer nobody sees a card."""
        return []

    def copy(self, recipe: CopyRecipe) -> Path:
        """The master as it is, unless something is taken out of it."""
        return self._maker.copy(recipe) if recipe.edits else Path(recipe.master)

    def copies(
        self,
        recipes: Sequence[CopyRecipe],
        *,
        advance: Callable[[int], None] | None = None,  # noqa: ARG002  # as above
    ) -> list[Path]:
        """The masters as they are, but for those that are edited."""
        return [self.copy(recipe) for recipe in recipes]
