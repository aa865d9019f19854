"""Where a feed leads: every address in it that apps and directories ask for."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from itertools import islice
from math import inf
from urllib.parse import urljoin

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import shown
from peru_media.model.outline import Element
from peru_media.model.probed import Lead, Role

__all__ = ["leads"]

_MOST = 40


def leads(survey: FeedSurvey, *, newest: int | None = None) -> tuple[Lead, ...]:
    """List what a feed names, each address once for each thing it is there for.

    First what belongs to the show, then the episodes, newest first; of those only
    the ``newest`` so many, where a number is given, and then 40 of each at most: a
    feed may not send us to one server thousands of times. Only addresses of the web
    come, made absolute; others are faults that other rules find.
    """
    found: dict[tuple[Role, str], Lead] = {}
    for lead in _all(survey, newest):
        url = _absolute(lead.url, survey.url)
        if url:
            found.setdefault((lead.role, url), lead.model_copy(update={"url": url}))
    return tuple(found.values())


def _all(survey: FeedSurvey, newest: int | None) -> Iterator[Lead]:
    most = None if newest is None else _MOST
    if survey.channel is not None:
        yield from islice(_of_part(survey.channel, of="the show"), most)
    episodes = sorted(survey.items, key=_moment, reverse=True)
    for item in episodes[:newest]:
        yield from islice(_of_part(item, of=_called(item)), most)


def _of_part(part: Part, *, of: str) -> Iterator[Lead]:
    """What a channel or an item names, media first."""
    for enclosure in part.all("enclosure"):
        yield _lead(Role.MEDIA, enclosure, of, address="url")
    for trailer in part.all("podcast:trailer"):
        yield _lead(Role.MEDIA, trailer, of, address="url")
    yield from _alternates(part, of)
    for image in part.all("itunes:image"):
        yield _lead(Role.ARTWORK, image, of, address="href")
    for transcript in part.all("podcast:transcript"):
        yield _lead(Role.TRANSCRIPT, transcript, of, address="url")
    for chapters in part.all("podcast:chapters"):
        yield _lead(Role.CHAPTERS, chapters, of, address="url")
    for page in part.all("link")[:1]:
        yield Lead(role=Role.PAGE, url=page.text.strip(), line=page.line, of=of)


def _alternates(part: Part, of: str) -> Iterator[Lead]:
    """The sources of other forms of a medium; their type may stand above them."""
    for alternate in part.all("podcast:alternateEnclosure"):
        promised = alternate.attributes
        for source in alternate.all("podcast:source"):
            kind = source.attributes.get("contentType") or promised.get("type", "")
            lead = _lead(Role.MEDIA, source, of, address="uri")
            length = promised.get("length", "")
            yield lead.model_copy(update={"type": kind.strip(), "length": length})


def _lead(role: Role, element: Element, of: str, *, address: str) -> Lead:
    written = {name: text.strip() for name, text in element.attributes.items()}
    return Lead(
        role=role,
        url=written.get(address, ""),
        line=element.line,
        of=of,
        type=written.get("type", ""),
        length=written.get("length", ""),
    )


def _called(item: Part) -> str:
    title = item.text("title") or item.text("itunes:title")
    return shown(title) if title else "an episode without a title"


def _moment(item: Part) -> float:
    """When an episode came out; what has no date counts as oldest."""
    try:
        return parsedate_to_datetime(item.text("pubDate")).timestamp()
    except (IndexError, OverflowError, TypeError, ValueError):
        return -inf


def _absolute(url: str, base: str | None) -> str:
    try:
        whole = urljoin(base or "", url) if url else ""
    except ValueError:
        whole = url  # whoever asks for it will say what is wrong with it
    return whole if whole.lower().startswith(("http://", "https://")) else ""
