"""A feed from values alone: no folders, no store, no addresses of ours."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Literal

from peru_media.errors import FieldError
from peru_media.model.advice import quoted
from peru_media.model.further import prefixes_of
from peru_media.model.library import Episode, Show
from peru_media.model.problem import Place, Problem, Severity
from peru_media.model.value import canonical
from peru_media.rendering.addresses import followed
from peru_media.rendering.atom import ATOM_FEED
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.ext.item import Channel
from peru_media.rendering.feed import RSS, Form
from peru_media.rendering.json_feed import JSON_FEED
from peru_media.rendering.translation import item_of, show_of

__all__ = ["FormName", "render_feed", "stream_feed"]

FormName = Literal["rss", "atom", "json"]

_FORMS: Mapping[str, Form] = MappingProxyType(
    {"rss": RSS, "atom": ATOM_FEED, "json": JSON_FEED}
)


def render_feed(
    show: Show,
    episodes: Iterable[Episode],
    *,
    form: FormName = "rss",
    url: str | None = None,
    built: datetime | None = None,
    cache: Cache | None = None,
) -> bytes:
    """Write the feed of a show, newest episode first.

    The same values give the same bytes, in any thread and on any day: no clock is
    read. Episodes of one moment stand in the order of their guids.

    Args:
        show: the channel.
        episodes: in any order.
        form: ``rss`` (RSS 2.0), ``atom`` (RFC 4287) or ``json`` (JSON Feed 1.1).
        url: where this form is found; left out, it is the show's ``feed_url``.
        built: when the feed last changed, aware (``<lastBuildDate>``); left out, it
            is when the newest episode was published.
        cache: any mutable mapping of texts to bytes. Items that did not change come
            from there the next time.

    Returns:
        XML or JSON in UTF-8.

    Raises:
        FieldError: two episodes have one guid, an episode uses a prefix that the
            show does not declare, nobody can tell when the feed last changed, or
            ``form`` or ``url`` is none.
    """
    pieces = stream_feed(show, episodes, form=form, url=url, built=built, cache=cache)
    return b"".join(pieces)


def stream_feed(
    show: Show,
    episodes: Iterable[Episode],
    *,
    form: FormName = "rss",
    url: str | None = None,
    built: datetime | None = None,
    cache: Cache | None = None,
) -> Iterator[bytes]:
    """Write the same feed piece by piece: its head, each item, its end.

    For ``file.writelines`` or a streamed answer, so that the feed is never in
    memory as a whole. Arguments and errors are those of ``render_feed``; what is
    wrong is said before the first piece.
    """
    given = list(episodes)
    strangers = [*_strangers(show, episodes, given, built)]
    if strangers:
        raise FieldError(strangers)
    ordered = sorted(given, key=lambda one: (-one.published.timestamp(), one.guid))
    problems = [
        *_unwritten(form, url),
        *_repeated(ordered),
        *_undeclared(show, ordered),
        *_undated(ordered, built),
    ]
    if problems:
        raise FieldError(problems)
    channel = Channel(
        show=show_of(show, ordered),
        base_url="",
        built=built or ordered[0].published,
        path=url or show.feed_url,
        page=show.link,
        hubs=(*show.hubs,),
    )
    return _pieces(show, ordered, channel, _FORMS[form], cache)


def _pieces(
    show: Show,
    episodes: Sequence[Episode],
    channel: Channel,
    form: Form,
    cache: Cache | None,
) -> Iterator[bytes]:
    yield form.head(channel)
    inherited = canonical(
        [
            show.identity,
            show.link,
            show.language,
            show.explicit,
            *show.namespaces.items(),
        ]
    )
    joint = b""
    for one in episodes:
        key = input_key(f"{form.name} alone", one.fingerprint.encode(), inherited)
        make = partial(_item, form, show, one)
        yield joint + remembered(cache, key, make)
        joint = form.joint
    yield form.tail


def _item(form: Form, show: Show, episode: Episode) -> bytes:
    return form.item(item_of(show, episode))


def _strangers(
    show: object, episodes: object, given: Sequence[object], built: object
) -> Iterator[Problem]:
    """What is not of the type that it has to be, as nobody looked at it before."""
    if not isinstance(show, Show):
        yield _of_type("show", show, "a Show")
    if isinstance(episodes, Episode):
        yield _of_type("episodes", episodes, "a list of them")
        return
    for number, one in enumerate(given):
        if not isinstance(one, Episode):
            yield _of_type(f"episodes[{number}]", one, "an Episode")
            break
    if built is not None and not isinstance(built, datetime):
        yield _of_type("built", built, "a datetime")


def _of_type(field: str, value: object, wanted: str) -> Problem:
    what = f"It is of the type {type(value).__name__}."
    return _problem("E112", field, what, f"Give it {wanted}.")


def _unwritten(form: str, url: str | None) -> Iterator[Problem]:
    if form not in _FORMS:
        fix = f"Use one of: {', '.join(_FORMS)}."
        yield _problem("E110", "form", f"{quoted(form)} is not known.", fix)
    if url is not None and followed(url) is None:
        fix = "Write it with https:// in front, without spaces."
        yield _problem("E115", "url", f"{quoted(url)} is not a web address.", fix)


def _repeated(episodes: Sequence[Episode]) -> Iterator[Problem]:
    """A guid is one episode's alone; apps would show one of two."""
    counted = Counter(one.guid for one in episodes)
    for guid, times in counted.items():
        if times > 1:
            titles = [quoted(one.title) for one in episodes if one.guid == guid]
            what = f"{quoted(guid)} is the guid of {times}: {' and '.join(titles[:2])}."
            yield _problem("E117", "Episode.guid", what, "Give each its own.")


def _undeclared(show: Show, episodes: Sequence[Episode]) -> Iterator[Problem]:
    for one in episodes:
        if one.extra:
            for prefix in sorted(prefixes_of(one.extra) - show.namespaces.keys()):
                what = f'{quoted(one.title)} uses the prefix "{prefix}".'
                fix = f'Give the show namespaces={{"{prefix}": its address}}.'
                yield _problem("E145", "Episode.extra", what, fix)


def _undated(episodes: Sequence[Episode], built: datetime | None) -> Iterator[Problem]:
    if built is None and not episodes:
        what = "A feed without episodes has no date."
        fix = "Give built, the moment when it last changed."
        yield _problem("E111", "built", what, fix)
    elif built is not None and built.utcoffset() is None:
        fix = "Give it one, such as datetime(2026, 12, 1, 9, tzinfo=UTC)."
        yield _problem("E114", "built", f"{built} has no time zone.", fix)


def _problem(code: str, field: str, what: str, fix: str) -> Problem:
    place = Place(field)
    return Problem(code=code, severity=Severity.ERROR, place=place, what=what, fix=fix)
