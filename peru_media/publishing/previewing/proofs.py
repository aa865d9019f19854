"""Proofs: the project is read, checked and rendered anew whenever it changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from peru_media.checks import Inputs, check
from peru_media.errors import PeruMediaError
from peru_media.model.facts import FileFacts
from peru_media.model.problem import Problem, Severity
from peru_media.model.proof import Notice, Proof, gravest_first
from peru_media.model.redaction import Redacted
from peru_media.model.release import CURRENT_KEY, Current, root_key
from peru_media.model.site import Site
from peru_media.model.value import digest
from peru_media.ports import Lender, Meta
from peru_media.publishing.building import Build, build, survey
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import Live
from peru_media.publishing.previewing.lasting import lasting
from peru_media.publishing.previewing.notices import doubtful, notices
from peru_media.publishing.previewing.selection import Selection, select
from peru_media.publishing.previewing.standing import StandingClock
from peru_media.publishing.redaction import redacted
from peru_media.publishing.sending import parcels

__all__ = ["Proofer", "Wish"]

_JSON = Meta(media_type="application/json")
_NO_SITE = "feeds/site.yaml cannot be read."
_AS_IT_IS = "Not shown: what is wrong with it has to be put right first."

Read = Callable[[], tuple[Site | None, tuple[Problem, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to see.

    Attributes:
        at: the moment to show the site at, UTC; None for the present one.
        drafts: whether drafts are shown, and what is scheduled for later.
    """

    at: datetime | None = None
    drafts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A proof without its number, and the pages that go with it, if any are new."""

    proof: Proof
    build: Build | None = None

    @property
    def content(self) -> object:
        """What differs where two of them do."""
        parts = self.build.parts if self.build else {}
        return self.proof, {name: part.content for name, part in parts.items()}


class Proofer:
    """Make proofs of a project, one after the other, and put each into a store.

    Args:
        desk: what publishing is done with: its maker should be a hasty one, and
            its store is not used.
        store: holds the pages of the newest proof, and lends its media.
        present: the clock of that store.
        read: reads the project.
        wish: what is to be seen.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        store: Lender,
        present: StandingClock,
        read: Read,
        wish: Wish,
    ) -> None:
        self._desk, self._store, self._present = desk, store, present
        self._read, self._wish = read, wish
        self._number = int(desk.clock.now().timestamp())
        self._before: Site | None = None
        self._content: object = None
        self._shown = False
        self._notices: Mapping[str, Notice] = {}

    def proofs(self, changes: Iterable[None]) -> Iterator[Proof]:
        """Make the first proof at once, and one for every change that shows.

        Args:
            changes: each time that a file was changed.
        """
        for _ in chain([None], changes):
            proof = self.proof()
            if proof is not None:
                yield proof

    def proof(self) -> Proof | None:
        """Make the next proof; None where it would be the same as the one before.

        It never raises for what the project holds: a proof says what is wrong, and
        the pages of the one before stay where none can be made.
        """
        made = self._made()
        if made.content == self._content:
            return None
        self._content = made.content
        self._number += 1
        if made.build is not None:
            self._put(made.build)
            self._shown = True
        return replace(made.proof, number=self._number, shown=self._shown)

    def _made(self) -> _Made:
        try:
            site, problems = self._read()
            if site is not None:
                return self._of(site, problems)
            return _Made(proof=self._failed(_NO_SITE, problems))
        except Exception as error:  # noqa: BLE001  # told on the page; the next save may mend it
            return _Made(proof=self._failed(_sentence(error)))

    def _failed(self, fault: str, problems: tuple[Problem, ...] = ()) -> Proof:
        """A proof that leaves all as it was, and says why."""
        found = gravest_first(problems)
        return Proof(number=0, notices=self._notices, problems=found, fault=fault)

    def _of(self, site: Site, read: Sequence[Problem]) -> _Made:
        """The proof of a site, with what was readable before put back."""
        now = self._wish.at or self._desk.clock.now()
        whole, stale = lasting(site, self._before, read)
        self._before = whole
        facts = survey(whole, self._desk)
        edited = redacted(whole, facts, self._desk.root)
        problems = _judged(whole, facts, edited, read=read, stale=stale, at=now)
        selection = select(
            whole,
            facts={path: one for path, one in facts.items() if not one.fault},
            problems=problems,
            now=now,
            drafts=self._wish.drafts,
        )
        built, selection, fault = self._built(whole, selection, facts, problems)
        self._notices = notices(whole, selection.states, problems, stale=stale)
        proof = Proof(
            number=0,
            notices=self._notices,
            problems=gravest_first(problems),
            fault=fault,
        )
        return _Made(proof=proof, build=built)

    def _built(
        self,
        whole: Site,
        selection: Selection,
        facts: Mapping[str, FileFacts],
        problems: Sequence[Problem],
    ) -> tuple[Build | None, Selection, str]:
        """Render; where that fails, without what has errors, and then warnings."""
        fault = ""
        for least in (None, Severity.ERROR, Severity.WARN):
            wrong = doubtful(whole, problems, least=least) if least else frozenset()
            tried = selection.without(wrong, _AS_IT_IS)
            try:
                return self._build(tried, facts), tried, ""
            except Exception as error:  # noqa: BLE001  # as above
                fault = fault or _sentence(error)
        return None, selection, fault

    def _build(self, selection: Selection, facts: Mapping[str, FileFacts]) -> Build:
        hour = (self._wish.at or self._desk.clock.now()).replace(
            minute=0, second=0, microsecond=0
        )
        return build(
            selection.site,
            self._desk,
            Live(store=self._desk.store, cache={}),
            facts={path: one for path, one in facts.items() if not one.fault},
            at=selection.at,
            now=hour,
        )

    def _put(self, made: Build) -> None:
        """Put the pages into the store, and let whoever serves it turn to them."""
        self._store.lend({file.key: file.path for file in made.files})
        held = {one.key for one in self._store.list("")}
        keys = {CURRENT_KEY}
        for parcel in parcels(made, Live(store=self._store, cache={})):
            keys.add(parcel.key)
            if isinstance(parcel.body, bytes) and parcel.key not in held:
                self._store.put(parcel.key, parcel.body, meta=parcel.meta)
        root = made.root(Live(store=self._store, cache={}), by="preview")
        data = root.model_copy(update={"number": self._number}).to_bytes()
        key = root_key(self._number, data)
        self._store.put(key, data, meta=_JSON)
        self._present.stand(made.at)
        current = Current(release=self._number, key=key, sha256=digest(data))
        self._store.put(CURRENT_KEY, current.to_bytes(), meta=_JSON)
        self._store.keep({*keys, key})


def _judged(
    site: Site,
    facts: Mapping[str, FileFacts],
    edited: Redacted,
    *,
    read: Sequence[Problem],
    stale: frozenset[str],
    at: datetime,
) -> tuple[Problem, ...]:
    """What is wrong; of files that cannot be read just now, only why not."""
    found = check(Inputs(site=site, facts=facts, at=at, redacted=edited))
    told = [problem for problem in found if problem.place.path not in stale]
    return tuple({*read, *told})


def _sentence(error: Exception) -> str:
    if isinstance(error, PeruMediaError):
        return str(error)
    return f"{type(error).__name__}: {error}"
