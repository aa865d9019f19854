"""What a feed said, and what the feed that takes its place will not say."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from peru_media.model.parsed import ParsedEpisode, ParsedFeed
from peru_media.parsing.passages import told
from peru_media.publishing.importing.drafts import Note
from peru_media.publishing.importing.episodes import guid_of, title_of
from peru_media.publishing.importing.fitting import cut
from peru_media.rendering.notes import plain_text

__all__ = ["losses"]

_Fields = Mapping[str, Any]

# What every feed says of itself: ours says its own.
_OF_THE_FEED = frozenset(
    {
        "description", "docs", "episodes", "format", "generator", "guid", "image",
        "itunes.image", "itunes.new_feed_url", "link", "links", "logo", "published",
        "repairs", "updated", "url", "version",
    }
)  # fmt: skip
# What is made anew: of the file itself, or with an address of ours.
_OF_THE_ITEM = frozenset(
    {
        "content", "content_type", "description", "enclosures", "guid",
        "itunes.duration", "itunes.image", "line", "link", "links", "permalink",
        "podcast.chapters", "podcast.transcripts", "updated",
    }
)  # fmt: skip
_ANY_CASE = ("role", "group", "country", "guid", "name", "type", "episode_type")
_WHY = {
    "itunes:keywords": "no app or directory reads it any more",
    "category": "apps go by the categories of Apple's list alone",
    "ttl": "our answers say themselves how long they hold",
    "itunes:block": "our feeds have no single episode that directories pass over",
}


def losses(
    before: ParsedFeed,
    after: ParsedFeed,
    *,
    of_feed: frozenset[str] = _OF_THE_FEED,
    of_item: frozenset[str] = _OF_THE_ITEM,
) -> Iterator[Note]:
    """Each thing that the first feed says and the second does not.

    What a feed says only of itself (its address, its generator) does not count,
    nor do addresses of files that are fetched. Texts are compared by their words.

    Args:
        before: as it came.
        after: as it will be published, for the same episodes or fewer.
        of_feed: fields that do not count; those that an import makes anew.
        of_item: the same of each item.
    """
    yield from _lost(before, after, of_feed)
    found = {guid_of(one): one for one in after.episodes}
    for episode in before.episodes:
        now = found.get(guid_of(episode))
        if now is not None:
            author = before.itunes.author
            yield from _lost_of(episode, now, of_item, author=author)
    yield from _order(before, after)


def _lost_of(
    before: ParsedEpisode,
    after: ParsedEpisode,
    left_out: frozenset[str],
    *,
    author: str | None,
) -> Iterator[Note]:
    at: dict[str, Any] = {"line": before.line, "title": title_of(before)}
    usual = {author, title_of(before)}
    for note in _lost(before, after, left_out, **at):
        same = note.tag in {"itunes:author", "itunes:title", "author", "dc:creators"}
        if not (same and note.value in usual):
            yield note
    yield from _further_files(before, at)


def _further_files(before: ParsedEpisode, at: dict[str, Any]) -> Iterator[Note]:
    for one in before.enclosures[1:]:
        if one.url not in {before.enclosures[0].url, ""}:
            what = "not kept: an episode has one file"
            yield Note(**at, tag="enclosure", what=what, value=cut(one.url))
    for link in before.links:
        if link.rel not in {"alternate", "enclosure", "self"}:
            what = f"not kept (rel={cut(link.rel)})"
            yield Note(**at, tag="atom:link", what=what, value=cut(link.url))


def _order(before: ParsedFeed, after: ParsedFeed) -> Iterator[Note]:
    """Apps show the newest first, whatever the order of the feed; so does ours."""
    dated = {guid_of(one) for one in before.episodes if one.published or one.updated}
    now = [guid for one in after.episodes if (guid := guid_of(one)) in dated]
    kept = set(now)
    then = [guid for one in before.episodes if (guid := guid_of(one)) in kept]
    if list(dict.fromkeys(then)) != now:
        what = "the newest stands first, and of one moment the lower guid"
        yield Note(tag="order", what=what)


def _lost(
    before: ParsedFeed | ParsedEpisode,
    after: ParsedFeed | ParsedEpisode,
    left_out: frozenset[str],
    *,
    line: int = 0,
    title: str = "",
) -> Iterator[Note]:
    then = before.model_dump(exclude_defaults=True, exclude={"episodes", "repairs"})
    now = after.model_dump(exclude_defaults=True, exclude={"episodes", "repairs"})
    words = _all_words(then)
    for path, value in _differing(then, now, ""):
        if any(path == one or path.startswith(f"{one}.") for one in left_out):
            continue
        if path in {"itunes.summary", "media.description", "dc.description"} and (
            _words(str(value)) in words
        ):
            continue
        tag = _tag(path)
        what = f"not kept: {_WHY[tag]}" if tag in _WHY else "not kept"
        yield Note(line=line, title=title, tag=tag, what=what, value=_shown(value))


def _all_words(fields: _Fields) -> str:
    """The words of the notes that are kept: the longest text of an item."""
    texts = (fields.get(name) for name in ("content", "description"))
    return _words(next(filter(None, texts), ""))


def _words(text: str) -> str:
    return " ".join(plain_text(text).split())


def _differing(then: _Fields, now: _Fields, path: str) -> Iterator[tuple[str, Any]]:
    for name, value in then.items():
        inner, found = f"{path}{name}", now.get(name)
        if isinstance(value, dict):
            yield from _differing(value, found or {}, f"{inner}.")
        elif isinstance(value, list | tuple):
            yield from ((inner, one) for one in _missing(value, found or (), name))
        elif value is not False and _plain(value, name) != _plain(found, name):
            yield inner, value


def _missing(then: Iterable[Any], now: Iterable[Any], name: str) -> Iterator[Any]:
    """What stands in the first list more often than in the second."""
    left = [_plain(one, name) for one in now]
    for one in then:
        plain = _plain(one, name)
        if plain in left:
            left.remove(plain)
        else:
            yield one


def _plain(value: Any, name: str) -> Any:  # noqa: ANN401  # any field
    """A value as readers compare it: by words, and some of them in any case."""
    if isinstance(value, dict):
        return told(value["xml"]) if "xml" in value else _plain_fields(value)
    if isinstance(value, list | tuple):
        return [_plain(one, name) for one in value]
    if isinstance(value, str):
        text = " ".join(value.split())
        return text.casefold() if name in _ANY_CASE else text
    return value


def _plain_fields(value: _Fields) -> dict[str, Any]:
    left_out = {"line", "permalink"}
    rows = value.items()
    plain = {k: _plain(v, k) for k, v in rows if v is not None and k not in left_out}
    if "image" in plain:  # fetched, so it has an address of ours
        plain["image"] = True
    return plain


def _tag(path: str) -> str:
    """What stands in the feed, as near as its field tells."""
    prefix, _, name = path.rpartition(".")
    names = {"categories": "category", "authors": "author"}
    name = names.get(name, name)
    return f"{prefix.replace('.', ':')}:{name}" if prefix else name


def _shown(value: object) -> str:
    if isinstance(value, dict):
        texts = [one for one in value.values() if isinstance(one, str)]
        if "xml" in value:
            return cut(str(value["xml"]))
        if len(texts) == len(value) == 1:
            return cut(texts[0])
        return cut(json.dumps(value, ensure_ascii=False, default=str))
    return cut(str(value))
