"""Clear one target of somebody: unpublish, wait, erase, and look from outside."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from peru_media.errors import ConflictError, PreconditionError, StoreUnavailableError
from peru_media.model.address import is_text
from peru_media.model.graves import Graves
from peru_media.model.receipt import Gone
from peru_media.model.release import CURRENT_KEY, Version, version_at
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import recalled
from peru_media.publishing.erasing import erase, finish_erasing, put_current
from peru_media.publishing.leftovers import leftovers
from peru_media.publishing.live import moment_of, read_live
from peru_media.publishing.omission import omitted
from peru_media.publishing.publishing import publish
from peru_media.publishing.remains import PLACES, mark
from peru_media.publishing.restating import restated
from peru_media.publishing.withdrawing.desk import Aim
from peru_media.publishing.withdrawing.order import Case, Docket
from peru_media.publishing.withdrawing.proof import Question, prove

__all__ = ["Clearing"]

ATTEMPTS = 5
_MOST_PAGES = 500
_TICK = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """The clearing of one target, step by step; each may be done again.

    Attributes:
        docket: what was ordered. desk: of the target. aim: how it is reached.
        sleep: waits for so many seconds. turned: seconds until every server has
            seen a new release.
    """

    docket: Docket
    desk: Desk
    aim: Aim
    sleep: Callable[[float], None]
    turned: float

    def unpublish(self, case: Case) -> Case:
        """Make a release without them live; nobody's unfinished edit goes out.

        Raises:
            ConflictError: colleagues published again and again meanwhile.
        """
        for _ in range(1, ATTEMPTS):
            with suppress(ConflictError):
                return case.model_copy(update={"release": self._swap(case)})
        return case.model_copy(update={"release": self._swap(case)})

    def _swap(self, case: Case) -> int:
        desk = self.desk
        live = finish_erasing(desk, read_live(desk.store, desk.cache))
        desk.cache.pop(mark(desk), None)  # whatever was left goes in a moment
        source = live.source()
        if source is None:
            return 0
        at = moment_of(live, desk.clock)
        left = omitted(source, ids=self.docket.ids, people=case.people)
        ledger = recalled(left, live.ledger(), live.ledger(), at=at)
        graves = Graves(self.docket.stones)
        prepared = restated(left, ledger, desk, live, at=at, graves=graves, forget=True)
        return publish(prepared, desk, look=False).release

    def doomed(self) -> tuple[str, ...]:
        """The names of all stored objects that have to go."""
        live = read_live(self.desk.store, self.desk.cache)
        if live.root is None:
            return tuple(self._theirs())
        return tuple(sorted({*leftovers(self.desk.store, live), *self._theirs()}))

    def erase(self, keys: Sequence[str]) -> None:
        """Delete these with every version, and the names that a list of them held.

        Everything of older releases goes with them, so there is nothing left to go
        back to.
        """
        desk = self.desk
        live = read_live(desk.store, desk.cache)
        if live.current is None:
            desk.store.delete(keys)
            return
        live = erase(desk, live, keys)
        if live.date is not None:
            desk.store.sweep(until=live.date - timedelta(minutes=1))
        self._forget_lists()

    def _forget_lists(self) -> None:
        """Delete former versions of ``current.json``: their lists hold readable names.

        It is written once more, so that what holds is younger than all that goes.

        Raises:
            StoreUnavailableError: somebody else wrote it each time.
        """
        desk = self.desk
        for _ in range(ATTEMPTS):
            live = finish_erasing(desk, read_live(desk.store, desk.cache))
            if live.current is None or live.date is None:
                return
            self.sleep(2 * _TICK.total_seconds())
            with suppress(PreconditionError, StoreUnavailableError):
                put_current(desk, live.current, live.etag)
                self._drop_older(live.date + _TICK)
                return
        msg = "current.json changes again and again: what it named before is left"
        raise StoreUnavailableError(msg)

    def _drop_older(self, until: datetime) -> None:
        held = [o.modified for o in self.desk.store.list(CURRENT_KEY)]
        if held and held[0] is not None and held[0] > until:
            self.desk.store.delete([CURRENT_KEY], until=until)

    def _theirs(self) -> Iterator[str]:
        """Everything that lies under the ids of those who were withdrawn."""
        for name in sorted(self.docket.ids):
            for place in PLACES:
                found = self.desk.store.list(f"{place}/{name}/", former=True)
                yield from (one.key for one in found)

    def look(self, case: Case) -> Gone:
        """Purge caches, and ask for everything from outside until it is gone."""
        question = self._question(case)
        unpurged = self._purge(
            [*question.addresses, *(case.base_url + path for path in question.lists)]
        )
        proof = prove(
            question,
            fetcher=self.desk.fetcher,
            clock=self.desk.clock,
            purge=self._purge,
            sleep=self.sleep,
        )
        return Gone(
            target=case.target,
            base_url=case.base_url,
            release=case.release,
            objects=case.objects,
            left=len([*self._theirs()]),
            reached=proof.reached,
            asked=proof.asked,
            lists=proof.lists,
            failures=proof.failures,
            unpurged=tuple(unpurged),
        )

    def _purge(self, urls: Sequence[str]) -> Sequence[str]:
        return self.aim.purge(urls) if self.aim.purge else ()

    def _question(self, case: Case) -> Question:
        return Question(
            base_url=case.base_url,
            addresses=case.addresses,
            lists=tuple(self._lists()),
            traces=(*case.pages, *case.sounds),
            guids=self.docket.guids,
            titles=tuple(sorted({one.title for one in self.docket.episodes})),
        )

    def _lists(self) -> Iterator[str]:
        """What may still lead there: feeds, maps, lists, and some hundred pages."""
        live = read_live(self.desk.store, self.desk.cache)
        at = moment_of(live, self.desk.clock)
        rows = [row for table in live.tables().values() for row in table.items()]
        held = {path: version_at(versions, at) for path, versions in rows}
        texts = {path: one for path, one in held.items() if one and _is_text(one)}
        shared = [p for p, one in texts.items() if "state/shared/" in (one.key or "")]
        others = [path for path in sorted(texts) if path not in set(shared)]
        return iter((*sorted(shared), *others[:_MOST_PAGES]))


def _is_text(version: Version) -> bool:
    return version.key is not None and is_text(version.type)
