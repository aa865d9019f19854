"""What apps ask of one address of a feed, and what came of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from peru_media.errors import FetchError
from peru_media.model.probed import PLAYER, Asked, Lead, Question, Role, Visit
from peru_media.parsing.chapters import chapters_fault
from peru_media.ports import Answer, Fetcher
from peru_media.publishing.first_bytes import sniffed

__all__ = ["ORIGIN", "Round", "as_visit"]

ORIGIN = {"origin": PLAYER}
_PLAIN = {"accept-encoding": "identity"}
_LARGEST_FILE = 10 * 2**20
_GLANCE = 4 * 2**10
_SPAN = 1024
_TAIL = 128
_OK = 200
_PARTIAL = 206
_LONGEST_HEADER = 500
_LONGEST_FAULT = 150
_KEPT = frozenset(
    {
        "accept-ranges", "access-control-allow-origin", "access-control-expose-headers",
        "cf-mitigated", "content-encoding", "content-length", "content-range",
        "content-type", "etag", "last-modified",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All the questions to one address.

    Attributes:
        file: where its content is kept to be measured, if that is needed.
        is_over: whether no time is left to ask more.
    """

    fetcher: Fetcher
    lead: Lead
    file: Path
    is_over: Callable[[], bool] = lambda: False

    def go(self, visits: Iterator[Visit] | None = None) -> Asked | None:
        """Ask everything, or what ``visits`` ask; None where the time was over before.

        Where it is over meanwhile, what was asked until then counts.
        """
        made: list[Visit] = []
        with suppress(_TimeIsUpError):
            made.extend(visits or _WAYS[self.lead.role](self))
        fault = ""
        if self.lead.role is Role.CHAPTERS and self.file.exists():
            fault = chapters_fault(self.file.read_bytes())
        return Asked(lead=self.lead, visits=tuple(made), fault=fault) if made else None

    def about_feed(self, whole: Visit) -> Iterator[Visit]:
        """Ask for a feed that was fetched whole: what polls and directories ask."""
        yield self._ask(Question.HEAD)[0]
        yield self._part(Question.FIRST, "bytes=0-1")
        for question, name, sent in (
            (Question.SAME_TAG, "etag", "if-none-match"),
            (Question.SAME_TIME, "last-modified", "if-modified-since"),
        ):
            if whole.header(name):
                yield self._ask(question, {sent: whole.header(name)}, enough=0)[0]

    def about_media(self) -> Iterator[Visit]:
        """Ask for a recording as players do, and never for all of it."""
        yield self._ask(Question.HEAD)[0]
        whole, _ = self._ask(Question.WHOLE, {**ORIGIN, **_PLAIN}, enough=_GLANCE)
        yield whole
        if whole.status != _OK:
            return
        first = self._part(Question.FIRST, "bytes=0-1")
        yield first
        size = _size(whole)
        if first.status == _PARTIAL and size > 1:
            middle = size // 2
            last = min(middle + _SPAN, size) - 1
            yield self._part(Question.MIDDLE, f"bytes={middle}-{last}")
            yield self._part(Question.SUFFIX, f"bytes=-{min(_TAIL, size)}")
            yield self._part(Question.BEYOND, f"bytes={size}-")

    def about_artwork(self) -> Iterator[Visit]:
        """Ask for a picture as directories do, and keep it."""
        yield self._ask(Question.HEAD)[0]
        whole = self._kept()
        yield whole
        if whole.status == _OK:
            yield self._part(Question.FIRST, "bytes=0-1")

    def about_words(self) -> Iterator[Visit]:
        """Ask for a transcript or chapters as a player on a web page does."""
        yield self._kept()

    def about_page(self) -> Iterator[Visit]:
        """Ask for the beginning of a page."""
        yield self._ask(Question.WHOLE, enough=_GLANCE)[0]

    def _kept(self) -> Visit:
        visit, body = self._ask(Question.WHOLE, ORIGIN)
        if visit.status == _OK:
            self.file.write_bytes(body)
        return visit

    def _part(self, question: Question, span: str) -> Visit:
        return self._ask(question, {"range": span}, enough=_GLANCE)[0]

    def _ask(
        self,
        question: Question,
        headers: Mapping[str, str] | None = None,
        *,
        enough: int | None = None,
    ) -> tuple[Visit, bytes]:
        """Ask once; no answer is an answer too.

        Raises:
            _TimeIsUpError: no time is left.
        """
        method = "HEAD" if question is Question.HEAD else "GET"
        sent = dict(headers or {})
        span = sent.get("range", "")
        url = self.lead.url
        if self.is_over():
            raise _TimeIsUpError
        try:
            answer = self.fetcher.request(
                method, url, headers=sent, limit=_LARGEST_FILE, enough=enough
            )
        except FetchError as error:
            fault = str(error)[-_LONGEST_FAULT:]
            return Visit(question=question, url=url, fault=fault, span=span), b""
        return as_visit(question, answer, span=span), answer.body


class _TimeIsUpError(Exception):
    """Nothing more is asked."""


def as_visit(question: Question, answer: Answer, *, span: str = "") -> Visit:
    """Write down an answer, with what first bytes tell and without the others."""
    kept = {n: v[:_LONGEST_HEADER] for n, v in answer.headers.items() if n in _KEPT}
    return Visit(
        question=question,
        hops=answer.hops,
        url=answer.url,
        status=answer.status,
        headers=kept,
        span=span,
        size=len(answer.body),
        cut=answer.cut,
        media_type=sniffed(answer.body) if question is Question.WHOLE else "",
    )


def _size(whole: Visit) -> int:
    """Bytes of all of it, as far as its server says; 0 where it does not."""
    return whole.length or 0


_WAYS: dict[Role, Callable[[Round], Iterator[Visit]]] = {
    Role.MEDIA: Round.about_media,
    Role.ARTWORK: Round.about_artwork,
    Role.CHAPTERS: Round.about_words,
    Role.TRANSCRIPT: Round.about_words,
    Role.PAGE: Round.about_page,
}
