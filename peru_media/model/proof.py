"""A proof: the site as it would come out, shown to those who write it alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peru_media.model.problem import Problem

__all__ = ["Notice", "Proof", "State", "gravest_first"]


class State(StrEnum):
    """What becomes of something: it is out, due, a draft, or cannot be shown."""

    OUT = "out"
    SCHEDULED = "scheduled"
    DRAFT = "draft"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a proof says above one page.

    Attributes:
        path: public path of the page, such as ``/stories/finding-my-feet``.
        title: of the episode or the show, as staff wrote it.
        state: what becomes of it.
        sentence: the same in words; empty for what is out.
        problems: those of its files, the gravest first.
    """

    path: str
    title: str
    state: State = State.OUT
    sentence: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One state of a project, as it is shown before it is published.

    Attributes:
        number: grows with every proof that differs from the one before.
        notices: by public path, of every show and episode.
        problems: of all files, the gravest first.
        fault: why the pages are those of an earlier state; empty where they are
            not.
        shown: whether there are any pages.
    """

    number: int
    notices: Mapping[str, Notice] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    fault: str = ""
    shown: bool = True

    def page_of(self, slug: str) -> str | None:
        """The path of an episode's page, by the name of its folder."""
        return next((path for path in self.notices if path.endswith(f"/{slug}")), None)


def gravest_first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Errors before warnings before what is only worth knowing, each by its place."""
    return tuple(sorted(problems, key=lambda p: (-p.severity, p.place, p.code, p.what)))
