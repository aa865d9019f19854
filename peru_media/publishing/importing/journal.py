"""What earlier runs of the same import did."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peru_media.publishing.importing.downloads import Missing
from peru_media.publishing.importing.drafts import Note
from peru_media.publishing.importing.outcome import Plan

__all__ = ["Journal"]


class Journal:
    """The lines of a room's journal, by what they tell.

    Attributes:
        shows, episodes: slugs of folders that were brought in, or were about to be.
        held: slugs of drafts. notes: for the report. fetched, missing: by address.
    """

    def __init__(self, lines: Sequence[Mapping[str, Any]]) -> None:
        self.shows: set[str] = set()
        self.episodes: set[str] = set()
        self.held: list[str] = []
        self.notes: list[Note] = []
        self.fetched: dict[str, dict[str, Any]] = {}
        self.missing: dict[str, Missing] = {}
        for line in lines:
            self._read(line)

    def before(self, plan: Plan) -> Iterator[str]:
        """The episodes that were here before this import was begun."""
        return (one for one in plan.present if one not in self.episodes)

    def _read(self, line: Mapping[str, Any]) -> None:
        if "sha256" in line:
            facts = {"size": line["size"], "sha256": line["sha256"]}
            self.fetched[line["url"]] = facts
        elif "why" in line:
            self.missing[line["url"]] = Missing(url=line["url"], why=line["why"])
        elif "placing" in line:
            self._placed(line)

    def _placed(self, line: Mapping[str, Any]) -> None:
        top, _, slug = line["placing"].partition("/")
        (self.shows if top == "feeds" else self.episodes).add(slug)
        self.held += [slug] if line["held"] else []
        self.notes += [Note(**one) for one in line["notes"]]
