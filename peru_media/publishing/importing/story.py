"""The story of an import: each file once, each folder whole, and a report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from peru_media.errors import FetchError, RefusedError
from peru_media.model.facts import FileFacts
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.site import Written
from peru_media.parsing.json_chapters import read_chapters
from peru_media.ports import Body, Workroom
from peru_media.publishing.importing.desk import ImportDesk, Wish
from peru_media.publishing.importing.downloads import Downloads, Missing
from peru_media.publishing.importing.drafts import EpisodeDraft, Note, ShowDraft, Wanted
from peru_media.publishing.importing.episodes import chapter_pictures, chapters_of
from peru_media.publishing.importing.finishing import (
    Come,
    file_name,
    finished_episode,
    finished_show,
    is_as_left,
    lacking,
    unfit,
)
from peru_media.publishing.importing.fitting import counted, shown
from peru_media.publishing.importing.journal import Journal
from peru_media.publishing.importing.outcome import Imported, Plan
from peru_media.publishing.importing.planning import room_name
from peru_media.publishing.importing.report import report

__all__ = ["REPORT", "import_shows"]

REPORT = "import-report.md"
_FILES = "files"
_LIMITS = {
    "medium": 4 * 2**30,
    "cover": 40 * 2**20,
    "person": 40 * 2**20,
    "chapter": 40 * 2**20,
    "image": 40 * 2**20,
    "transcript": 20 * 2**20,
    "chapters": 5 * 2**20,
}


def import_shows(
    plans: Sequence[Plan], desk: ImportDesk, wish: Wish
) -> tuple[Imported, ...]:
    """Write the shows and episodes of a plan, with their files, and a report.

    What is in the project already is left as it is. Cut off at any point, the
    next run goes on: no file is fetched twice, and no folder is there in part.

    Raises:
        FetchError: some files could not be had now; all else was done, and the
            next run goes on from there.
        RefusedError: something lies where a show belongs.
        SettingsError: the disk has no room.
    """
    total = sum(one.length or 0 for plan in plans for one in plan.wanted)
    desk.progress.start(_FILES, total, "B")
    try:
        done = tuple(_Import(plan, desk, wish).run() for plan in plans)
    finally:
        desk.progress.finish(_FILES)
    rooms = [desk.room(room_name(one.plan.source)) for one in done]
    rooms[0].write(REPORT, report(done).encode())
    unfinished = [missing for one in done for missing in one.unfinished]
    if unfinished:
        first = unfinished[0]
        msg = (
            f"{counted(len(unfinished), 'file')} could not be fetched now, the first "
            "of them "
            f"{shown(first.url)} ({first.why}). Run the same again to go on"
        )
        raise FetchError(msg)
    for room in rooms:
        room.close()
    return done


@dataclass(slots=True)
class _Import:
    """One feed's way into the project."""

    plan: Plan
    desk: ImportDesk
    wish: Wish
    fetched: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: dict[str, Missing] = field(default_factory=dict)
    held: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    dated: set[str] = field(default_factory=set)

    @property
    def room(self) -> Workroom:
        return self.desk.room(room_name(self.plan.source))

    def run(self) -> Imported:
        journal = Journal(self.room.notes())
        downloads = Downloads(
            self.desk.web,
            self.room,
            lambda amount: self.desk.progress.advance(_FILES, amount),
        )
        self._take_over(journal)
        here = self.room.taken()
        show = self.plan.draft.show
        there = self.plan.here or (show.slug in journal.shows and show.slug in here)
        if there or self._show(show, downloads):
            for episode in self.plan.draft.episodes:
                if episode.slug in journal.episodes and episode.slug in here:
                    continue
                if episode.slug in self.plan.present:
                    self._complete(episode, downloads)
                else:
                    self._episode(episode, downloads)
        return Imported(
            plan=replace(self.plan, present=tuple(journal.before(self.plan))),
            fetched=self.fetched,
            missing=tuple(self.missing.values()),
            kept=tuple(self._kept()),
            held=tuple(dict.fromkeys(self.held)),
            notes=tuple(dict.fromkeys([*self._planned(), *self.notes])),
        )

    def _planned(self) -> Iterator[Note]:
        """What the plan had to say, but for the dates that came after all."""
        for one in self.plan.notes:
            if not (one.tag == "publish" and one.title in self.dated):
                yield one

    def _kept(self) -> Iterator[str]:
        """The episodes that are in the project by now."""
        here, present = self.room.taken(), self.plan.present
        slugs = (one.slug for one in self.plan.draft.episodes)
        return (one for one in slugs if one in present or one in here)

    def _take_over(self, journal: Journal) -> None:
        """Count what an earlier run of this import did."""
        self.fetched |= journal.fetched
        self.missing |= journal.missing
        self.held += journal.held
        self.notes += journal.notes

    def _show(self, draft: ShowDraft, downloads: Downloads) -> bool:
        """Bring the show in, unless one of its pictures may come later."""
        come = self._come(draft.wanted, "", 0, downloads)
        if not all(self._lasts(one.url) for one in draft.wanted):
            return False
        value, files = finished_show(draft, come)
        placed = self._place(
            f"feeds/{draft.slug}", "show.md", value, draft.body, files, held=False
        )
        if not placed:
            msg = (
                f"feeds/{draft.slug} is there already, and is no show that can be "
                "read. Mend it, or say --show and another name"
            )
            raise RefusedError(msg)
        return True

    def _episode(self, draft: EpisodeDraft, downloads: Downloads) -> None:
        title = draft.value.title
        first = [one for one in draft.wanted if one.role != "chapter"]
        come = self._come(first, title, draft.line, downloads)
        draft, pictures = self._chaptered(draft, come)
        come |= self._come(pictures, title, draft.line, downloads)
        if not all(self._lasts(one.url) for one in (*first, *pictures)):
            return  # the next run brings it whole
        value, files = finished_episode(draft, come)
        held = value.publish == "draft"
        if held and draft.value.publish != "draft":
            what = "kept as a draft without its file; its date stands below"
            self._tell(draft, "pubDate", what, draft.value.publish)
        placed = self._place(
            f"episodes/{draft.slug}", "episode.md", value, draft.body, files, held=held
        )
        if held and placed:
            self.held.append(draft.slug)

    def _complete(self, draft: EpisodeDraft, downloads: Downloads) -> None:
        """Bring what the folder of an episode that is here already lacks."""
        every = self.desk.site.episodes
        written = next(one for one in every if one.slug == draft.slug)
        wanted, title = lacking(written, draft.wanted), draft.value.title
        found = self._come(wanted, title, draft.line, downloads)
        if any(one.role == "medium" for one in found) and is_as_left(written, draft):
            self._date(written, draft)
        elif written.value.publish == "draft":
            self.held.append(draft.slug)
        for one, come in found.items():
            name = file_name(one, come.facts)
            if name and self.room.add(written.file(name), come.path):
                self._tell(draft, one.role, "came into the folder that is here")

    def _date(self, written: Written[EpisodeFile], draft: EpisodeDraft) -> None:
        """Put the date in that waited for its file; first, so that a cut loses none."""
        when = draft.value.publish
        self.room.edit(written.path, written.value_place("publish"), when)
        self.dated.add(draft.value.title)
        what = "its file came, so it is a draft no more; its date stands below"
        self._tell(draft, "publish", what, when)

    def _tell(self, draft: EpisodeDraft, tag: str, what: str, value: str = "") -> None:
        title = draft.value.title
        note = Note(line=draft.line, title=title, tag=tag, what=what, value=value)
        self.notes.append(note)

    def _lasts(self, url: str) -> bool:
        return url not in self.missing or self.missing[url].lasting

    def _come(
        self, wanted: Iterable[Wanted], title: str, line: int, downloads: Downloads
    ) -> dict[Wanted, Come]:
        """Fetch files, and look at what they measurably are."""
        found: dict[Wanted, Come] = {}
        for one in wanted if self.wish.media else ():
            outcome = downloads.fetch(one.url, limit=_LIMITS[one.role])
            if isinstance(outcome, Missing):
                self.missing[one.url] = outcome
                self._note(one, title, line, f"not fetched: {outcome.why}")
                continue
            facts = self.desk.maker.facts([outcome.path])[outcome.path]
            come = Come(path=outcome.path, facts=facts)
            self._remember(one.url, facts, downloads)
            buried = facts.sha256 in self._graves()
            fault = "it was withdrawn" if buried else unfit(one, come)
            if fault is None:
                found[one] = come
            else:
                self._note(one, title, line, f"left out: {fault}")
            if one.length not in {None, facts.size}:
                what = f"the feed says {one.length:,} bytes; it has {facts.size:,}"
                self._note(one, title, line, what)
        return found

    def _graves(self) -> set[str]:
        """Hashes of files that must not come back."""
        found = self.desk.site.withdrawn
        return {sha256 for one in found for sha256 in (*one.masters, *one.copies)}

    def _remember(self, url: str, facts: FileFacts, downloads: Downloads) -> None:
        """Write into the journal what came, once."""
        self.fetched[url] = {"size": facts.size, "sha256": facts.sha256}
        if "sha256" not in downloads.known(url):
            downloads.note(url, **self.fetched[url])

    def _note(self, wanted: Wanted, title: str, line: int, what: str) -> None:
        note = Note(
            line=line, title=title, tag=wanted.role, what=what, value=wanted.url
        )
        self.notes.append(note)

    def _chaptered(
        self, draft: EpisodeDraft, come: dict[Wanted, Come]
    ) -> tuple[EpisodeDraft, tuple[Wanted, ...]]:
        """Take the chapters of a file, where it has any, and want their pictures."""
        for wanted in [one for one in come if one.role == "chapters"]:
            data = come.pop(wanted).path.read_bytes()
            found = read_chapters(data, url=wanted.url)
            fields = chapters_of(found)
            if fields:
                value = draft.value.model_copy(update={"chapters": fields})
                return replace(draft, value=value), tuple(chapter_pictures(found))
            self._note(wanted, draft.value.title, draft.line, "no chapters in it")
        own = (one for one in draft.wanted if one.role == "chapter")
        return draft, tuple(own)

    def _place(
        self,
        folder: str,
        name: str,
        value: ShowFile | EpisodeFile,
        body: str,
        files: Mapping[str, Body],
        *,
        held: bool,
    ) -> bool:
        """Bring a whole folder in, after the journal knows of it."""
        self.room.note(
            {
                "placing": folder,
                "guid": value.guid,
                "held": held,
                "notes": [asdict(one) for one in self.notes],
            }
        )
        text = self.desk.compose(value, body)
        return self.room.place(folder, {name: text, **files})
