"""Feeds that check judges: a file, an address, or what comes through a pipe."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peru_media.cli.findings import counted, listed, summed, tally, written
from peru_media.cli.forms import Result
from peru_media.cli.manners import Manners
from peru_media.errors import PeruMediaError
from peru_media.model.disclosure import shown_address
from peru_media.model.letters import visible
from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.target import Target
from peru_media.wiring import SystemClock, open_prober

if TYPE_CHECKING:
    from peru_media.checks.reports import Meaning
    from peru_media.publishing.judging import FeedSource, Inspected
    from peru_media.publishing.probing import Prober

__all__ = ["feed_result", "is_address", "is_feed"]

_PIPE = "-"
_SCHEME = "://"
_ROLES = ("media", "artwork", "transcript", "chapters", "page")
_COUNTED = {"transcript", "page"}
_NOTHING = "It leads to no address that could be asked for."
_FORMS = {"atom": "an Atom feed", "json": "a JSON Feed"}
_RSS = "Only RSS is judged: check the show's RSS feed."
_ALL = "To see every one of them: --json"
_ENDINGS = {".atom", ".rdf", ".rss", ".xml"}


def is_feed(word: str, *, root: Path | None) -> bool:
    """Whether a word of the command line means a feed, and not an episode.

    An address of the web does, and a dash; so does a file or a named pipe, unless it
    lies below the episodes of the project, and whatever is called like a feed.
    """
    if word == _PIPE or is_address(word) or _SCHEME in word:
        return True
    path = Path(word)
    if root is not None and path.absolute().is_relative_to(root / "episodes"):
        return False
    return _is_there(path) or path.suffix.lower() in _ENDINGS


def is_address(word: str) -> bool:
    """Whether a word is an address of the web."""
    return word.lower().startswith(("http://", "https://"))


def feed_result(
    manners: Manners, word: str, *, online: bool, newest: int, target: str
) -> Result:
    """Judge one feed, and with ``online`` ask its servers for the newest episodes.

    Raises:
        UsageError: there is no such file.
        FetchError: its address gives no answer.
    """
    from peru_media.publishing.judging import inspect_feed, visit_feed  # noqa: PLC0415  # not where episodes are checked

    clock = SystemClock()
    began = clock.monotonic()
    with ExitStack() as stack:
        prober = None
        if online or is_address(word):
            prober = _prober(stack, manners, word, target)
        if prober is not None and is_address(word):
            source = visit_feed(word, prober, thorough=online)
        else:
            source = _read(word)
        found = inspect_feed(
            source,
            at=clock.now(),
            prober=prober if online else None,
            newest=newest,
        )
    seconds = clock.monotonic() - began
    return Result(
        problems=found.problems,
        lines=tuple(_lines(source, found, online=online, seconds=seconds)),
        fields=_fields(source, found),
        meanings=lambda: _meanings(asked=source.asked is not None or online),
        seconds=seconds,
    )


def _prober(stack: ExitStack, manners: Manners, word: str, target: str) -> "Prober":
    """Somebody who asks servers; our own ones too, where the feed is ours."""
    from peru_media.cli.bars import Bars  # noqa: PLC0415  # lazy: rich

    bars = stack.enter_context(Bars(colour=manners.colour)) if manners.bars else None
    ours = _ours(manners, target)
    return stack.enter_context(open_prober(word, ours=ours, progress=bars))


def _ours(manners: Manners, name: str) -> Target | None:
    """The target that a feed may belong to; none outside of a project."""
    from peru_media.cli.aims import NOTHING_SAID, aimed  # noqa: PLC0415  # lazy
    from peru_media.cli.projects import read_settings  # noqa: PLC0415  # lazy

    if not (manners.project / "feeds/site.yaml").is_file():
        return None
    try:
        settings = read_settings(manners.root)
        return aimed(manners, name, settings, NOTHING_SAID)
    except PeruMediaError:
        return None  # a feed can be judged where the project is in disorder


def _read(word: str) -> "FeedSource":
    """Read a file or the pipe, and no more of it than can be judged.

    Raises:
        UsageError: there is no such file.
    """
    from peru_media.parsing.feed import LIMIT  # noqa: PLC0415  # not for --help
    from peru_media.publishing.judging import FeedSource  # noqa: PLC0415  # not for --help

    if word == _PIPE and sys.stdin is not None:
        return FeedSource(name=_PIPE, data=sys.stdin.buffer.read(LIMIT + 1))
    path = Path(word)
    if not _is_there(path):
        other = " An address begins with https:// or http://."
        told = shown_address(word) if _SCHEME in word else word
        msg = f'There is no file "{told}".{other if _SCHEME in word else ""}'
        raise click.UsageError(msg)
    with path.open("rb") as file:
        return FeedSource(name=word, data=file.read(LIMIT + 1))


def _is_there(path: Path) -> bool:
    return path.exists() and not path.is_dir()


def _lines(
    source: "FeedSource", found: "Inspected", *, online: bool, seconds: float
) -> Iterator[str]:
    problems = found.problems if source.asked is None else _by_line(found)
    kept, more = summed(problems)
    yield from (*listed(kept), *more)
    if more:
        yield _ALL
    if online:
        yield _asked(found)
    grave = [one for one in found.problems if one.severity >= Severity.WARN]
    name, took = visible(source.name), f"({seconds:.1f} s)"
    episodes = counted(found.episodes, "episode")
    form = _FORMS.get(found.format)
    if form:
        episodes = f"{form} of {episodes}, of which nothing was judged"
    if grave:
        code = max(grave, key=lambda one: one.severity).code
        yield (
            f"{tally(found.problems)} in {name}, {episodes} {took}. "
            f"Next: peru-media explain {code}"
        )
    elif form:
        yield f"check  OK  {name}: {episodes} {took}. {_RSS}"
    else:
        yield f"check  OK  {name}: {episodes}, nothing to put right {took}."
    if not online:
        yield "To ask its servers, too: --online"


def _by_line(found: "Inspected") -> tuple[Problem, ...]:
    """The problems of a feed whose long address need not stand before each."""
    places = [
        Place(f"line {one.place.line}" if one.place.line else "feed")
        for one in found.problems
    ]
    pairs = zip(found.problems, places, strict=True)
    return tuple(replace(problem, place=place) for problem, place in pairs)


def _asked(found: "Inspected") -> str:
    """What was asked for, and how much of it gave what lies there."""
    probed = found.probed
    roles = Counter(part.lead.role.value for part in probed.parts)
    kinds = ", ".join(_kind(role, roles[role]) for role in _ROLES if roles[role])
    number = len(probed.parts)
    noun = "address" if number == 1 else "addresses"
    rest = f"; {probed.left:,} more were left out" if probed.left else ""
    given = f"{probed.given:,} gave what lies there{rest}."
    return f"Asked for {number:,} {noun} ({kinds}): {given}" if kinds else _NOTHING


def _kind(role: str, number: int) -> str:
    return counted(number, role) if role in _COUNTED else f"{number:,} {role}"


def _fields(source: "FeedSource", found: "Inspected") -> Mapping[str, Any]:
    kinds = [problem.severity for problem in found.problems]
    return {
        "feed": source.name,
        "errors": kinds.count(Severity.ERROR),
        "warnings": kinds.count(Severity.WARN),
        "episodes": found.episodes,
        "format": found.format,
        "asked": len(found.probed.parts),
        "given": found.probed.given,
        "left": found.probed.left,
        "problems": written(found.problems),
    }


def _meanings(*, asked: bool) -> "Mapping[str, Meaning]":
    """What the codes mean that were looked for."""
    from peru_media.checks.feed import FEED_RULES, online  # noqa: PLC0415  # lazy
    from peru_media.checks.reports import meanings  # noqa: PLC0415  # lazy

    return meanings(rule for rule in FEED_RULES if asked or rule not in online.RULES)
