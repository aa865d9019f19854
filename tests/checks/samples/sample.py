"""What a sample of a broken or a good site is, and the inputs it is made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from peru_media.checks import Inputs
from peru_media.model.facts import FileFacts
from peru_media.model.release import Ledger, Root
from peru_media.model.site import Site
from tests.factories import NOON, facts_of, make_site

__all__ = ["EPISODE", "SHOW", "Sample", "make_inputs"]

SHOW = "feeds/personalisation/"
EPISODE = "episodes/finding-my-feet/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A site, and what a rule must say of it.

    Attributes:
        name: what is special about it. code: of the rule.
        place: where the problem lies, as it is printed. says: words of the sentence.
        fix: words of the advice. also: other codes that come with it by nature.
        For a good sample only ``name``, ``code`` and ``inputs`` count.
    """

    name: str
    code: str
    inputs: Inputs
    place: str = ""
    says: str = ""
    fix: str = ""
    also: Collection[str] = ()

    def __str__(self) -> str:
        return f"{self.code} {self.name}".replace(" ", "-")


def make_inputs(
    site: Site | None = None,
    *,
    facts: Mapping[str, FileFacts | None] | None = None,
    at: datetime = NOON,
    ledger: Ledger | None = None,
    live: Root | None = None,
    here: bool = True,
) -> Inputs:
    """A site with good facts of all its files, but for ``facts``; None for no file."""
    site = site or make_site()
    known = facts_of(site) | dict(facts or {})
    return Inputs(
        site=site,
        facts={path: fact for path, fact in known.items() if fact is not None},
        at=at,
        ledger=ledger,
        live=live,
        here=here,
    )
