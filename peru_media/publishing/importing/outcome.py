"""What an import did, or would do."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from peru_media.model.parsed import Repair
from peru_media.publishing.importing.downloads import Missing
from peru_media.publishing.importing.drafts import Draft, Note, Wanted

__all__ = ["Imported", "Plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be written for one feed, and fetched.

    Attributes:
        source: the address or file that was asked for. items: in the feed.
        here: whether the show is in the project already.
        wanted: the files to fetch. present: slugs of the episodes that are here.
        new_address: of the feed here.
        locked: whether the feed forbids other hosts to take the show over.
    """

    source: str
    draft: Draft
    items: int
    wanted: tuple[Wanted, ...]
    here: bool
    present: tuple[str, ...]
    notes: tuple[Note, ...]
    repairs: tuple[Repair, ...]
    new_address: str
    locked: bool

    @property
    def new(self) -> tuple[str, ...]:
        """Slugs of the episodes that are not in the project yet."""
        return tuple(
            one.slug for one in self.draft.episodes if one.slug not in self.present
        )

    def fields(self) -> dict[str, Any]:
        """The plan as JSON."""
        draft = self.draft
        return {
            "source": self.source,
            "show": draft.show.slug,
            "guid": draft.show.value.guid,
            "items": self.items,
            "present": [*self.present],
            "new": [*self.new],
            "drafts": [one.slug for one in draft.episodes if not one.is_publishable],
            "files": [one.url for one in self.wanted],
            "notes": [asdict(one) for one in self.notes],
            "cleaned": len(draft.cleaned),
            "repairs": len(self.repairs),
            "feed": self.new_address,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one feed.

    Attributes:
        fetched: address to bytes and SHA-256 of every file that came.
        missing: what could not be had; of them ``unfinished`` may come later.
        kept: slugs of the episodes that are in the project now.
        held: of those that are drafts.
    """

    plan: Plan
    fetched: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    missing: Sequence[Missing] = ()
    kept: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def unfinished(self) -> tuple[Missing, ...]:
        """What may come when the import is run again."""
        return tuple(one for one in self.missing if not one.lasting)

    @property
    def media(self) -> int:
        """How many recordings, films and PDFs came."""
        wanted = {
            one.url
            for episode in self.plan.draft.episodes
            for one in episode.wanted
            if one.role == "medium"
        }
        return len(wanted & self.fetched.keys())

    def fields(self) -> dict[str, Any]:
        """What was done, as JSON."""
        return self.plan.fields() | {
            "fetched": {url: dict(facts) for url, facts in self.fetched.items()},
            "missing": [{"url": one.url, "why": one.why} for one in self.missing],
            "drafts": [*self.held],
            "notes": [asdict(one) for one in self.notes],
        }
