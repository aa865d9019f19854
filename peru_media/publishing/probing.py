"""Ask the servers of a feed what apps ask them, and write down what they answer."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from peru_media.model.probed import Asked, Lead, Question, Role
from peru_media.ports import Clock, Fetcher, MediaMaker, Progress
from peru_media.publishing.questions import ORIGIN, Round, as_visit

__all__ = ["LARGEST_FEED", "Prober"]

LARGEST_FEED = 15 * 2**20
_OK = 200
_PHASE = "ask"
_MEASURED = {Role.ARTWORK, Role.TRANSCRIPT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prober:
    """Somebody who asks servers, politely: few at a time, little of each, not for ever.

    Attributes:
        fetcher: speaks to servers, behind its guard.
        maker: measures pictures and transcripts, out of harm's way.
        folder: where those lie meanwhile.
        clock: measures the patience.
        progress: hears how far it is.
        seconds: after which nothing more is asked.
        room: bytes of pictures and words, past which nothing more is asked either.
        workers: how many questions are open at a time, to one server or to many.
    """

    fetcher: Fetcher
    maker: MediaMaker
    folder: Path
    clock: Clock
    progress: Progress
    seconds: float = 120.0
    room: int = 500 * 2**20
    workers: int = 4

    def feed(self, url: str, *, thorough: bool) -> tuple[Asked, bytes]:
        """Fetch a feed; ``thorough`` asks its server for everything else, too.

        Raises:
            FetchError: no answer came at all, or too much.
        """
        answer = self.fetcher.request("GET", url, headers=ORIGIN, limit=LARGEST_FEED)
        whole = as_visit(Question.WHOLE, answer)
        lead = Lead(role=Role.FEED, url=url)
        asked = Asked(lead=lead, visits=(whole,))
        if thorough and whole.status == _OK:
            one = self._round(lead, 0, is_over=self._timer())
            more = one.go(one.about_feed(whole))
            asked = Asked(lead=lead, visits=(whole, *(more.visits if more else ())))
        return asked, answer.body

    def parts(self, leads: Sequence[Lead]) -> tuple[Asked, ...]:
        """Ask for all that a feed names, side by side, as long as there is time."""
        timer = self._timer()
        kept: list[int] = []
        rounds = [
            self._round(lead, number, is_over=lambda: timer() or sum(kept) > self.room)
            for number, lead in enumerate(leads)
        ]
        self.progress.start(_PHASE, len(rounds), "addresses")
        asked = [one for one in self._side_by_side(rounds, kept) if one is not None]
        self.progress.finish(_PHASE)
        return tuple(self._measured(asked, rounds))

    def _round(self, lead: Lead, number: int, *, is_over: Callable[[], bool]) -> Round:
        file = self.folder / f"{number}.part"
        return Round(fetcher=self.fetcher, lead=lead, file=file, is_over=is_over)

    def _side_by_side(
        self, rounds: Sequence[Round], kept: list[int]
    ) -> list[Asked | None]:
        with ThreadPoolExecutor(self.workers, thread_name_prefix="probe") as workers:
            try:
                return list(workers.map(lambda one: self._gone(one, kept), rounds))
            except BaseException:
                workers.shutdown(wait=False, cancel_futures=True)
                raise

    def _gone(self, one: Round, kept: list[int]) -> Asked | None:
        asked = one.go()
        if one.file.exists():
            kept.append(one.file.stat().st_size)
        self.progress.advance(_PHASE, 1)
        return asked

    def _timer(self) -> Callable[[], bool]:
        until = self.clock.monotonic() + self.seconds
        return lambda: self.clock.monotonic() >= until

    def _measured(
        self, asked: Sequence[Asked], rounds: Sequence[Round]
    ) -> Iterator[Asked]:
        """Look into what came, in processes with limits."""
        wanted = [one for one in rounds if one.lead.role in _MEASURED]
        files = {one.lead: one.file for one in wanted if one.file.exists()}
        facts = self.maker.facts(files.values())
        for one in asked:
            file = files.get(one.lead)
            yield one.model_copy(update={"facts": facts[file]}) if file else one
