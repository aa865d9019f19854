"""What an import did, in plain words: ``import-report.md``."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from peru_media.publishing.importing.drafts import Note
from peru_media.publishing.importing.fitting import counted
from peru_media.publishing.importing.outcome import Imported, Plan

__all__ = ["report", "summary"]

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")
_KILOBYTE, _MEGABYTE = 1000, 1_000_000


def report(done: Sequence[Imported]) -> str:
    """Tell everything that was done, was mended and could not be kept.

    Returns:
        Markdown; what comes from feeds stands in it as plain text.
    """
    lines = ["# What was imported", ""]
    for one in done:
        lines += _told(one)
    return "\n".join(lines).rstrip("\n") + "\n"


def summary(one: Imported) -> str:
    """Tell the figures of one feed on a line."""
    plan, draft = one.plan, one.plan.draft
    kept = counted(len(one.kept), "GUID")
    parts = [counted(plan.items, "item"), f"{kept} kept", _media(one)]
    if plan.present:
        parts.append(f"{len(plan.present)} here already")
    if draft.cleaned:
        parts.append(f"{counted(len(draft.cleaned), 'show note')} cleaned")
    return ", ".join(parts)


def _media(one: Imported) -> str:
    gone = [missing for missing in one.missing if missing.url in _wanted(one.plan)]
    text = f"{counted(one.media, 'media file')} fetched"
    return f"{text} ({len(gone)} could not be had)" if gone else text


def _wanted(plan: Plan) -> set[str]:
    files = (w for episode in plan.draft.episodes for w in episode.wanted)
    return {one.url for one in files if one.role == "medium"}


def _told(one: Imported) -> Iterator[str]:
    plan, draft = one.plan, one.plan.draft
    yield from (f"## {_safe(draft.show.value.title)}", "")
    yield f"From {_code(plan.source)} into `feeds/{draft.show.slug}`."
    yield from ("", f"{summary(one)}.", "")
    size = sum(facts["size"] for facts in one.fetched.values())
    if one.fetched:
        yield from (f"{counted(len(one.fetched), 'file')}, {_bytes(size)}.", "")
    yield from _drafts(one)
    yield from _lost(one.notes)
    yield from _repairs(plan)
    yield from _transcripts(plan)
    yield from _always(plan)
    yield from _moving(plan)


def _drafts(one: Imported) -> Iterator[str]:
    """What stays at home until somebody looks at it."""
    if not one.held:
        return
    yield from ("### Drafts", "")
    yield "These episodes are not published as they are. Once its file can be had, the"
    yield "same import puts file and date in, unless the draft was edited. Else put a"
    yield "file into the folder, and write its date, named below, into `publish`."
    yield ""
    for slug in one.held:
        yield f"- `episodes/{slug}/episode.md`"
    yield ""


def _lost(notes: Iterable[Note]) -> Iterator[str]:
    """What could not be kept as it was, by tag."""
    every = sorted(notes, key=lambda one: (one.tag, one.what))
    if every:
        yield from ("### What is not as it was", "")
    for (tag, what), group in groupby(every, key=lambda one: (one.tag, one.what)):
        found = sorted(group, key=lambda one: (one.line, one.title))
        yield from (f"**{_safe(tag)}**: {_safe(what)}.", "")
        yield from (f"- {_place(one)}" for one in found)
        yield ""


def _place(one: Note) -> str:
    line = f"line {one.line}, " if one.line else ""
    who = f"“{_safe(one.title)}”" if one.title else "the show"
    value = f": {_safe(one.value)}" if one.value else ""
    return f"{line}{who}{value}"


def _repairs(plan: Plan) -> Iterator[str]:
    if not plan.repairs:
        return
    yield from ("### What was put right while reading", "")
    for repair in plan.repairs:
        line = f"line {repair.line}: " if repair.line else ""
        yield f"- {line}{_safe(repair.what)}"
    yield ""


def _transcripts(plan: Plan) -> Iterator[str]:
    """What `make check` asks for next, and the answer for a whole show."""
    having = ({w.role for w in one.wanted} for one in plan.draft.episodes)
    lack = sum("transcript" not in roles for roles in having)
    if not lack:
        return
    yield from ("### Transcripts", "")
    have = "has" if lack == 1 else "have"
    show = f"feeds/{plan.draft.show.slug}/show.md"
    yield f"{counted(lack, 'episode')} {have} none, which `make check` calls E201."
    yield f"Until there are some, `defaults: {{transcript: optional}}` in `{show}`"
    yield "lets the whole show be published without."
    yield ""


def _always(plan: Plan) -> Iterator[str]:
    """What every import says otherwise than the old feed did."""
    yield from ("### What is said another way", "")
    yield "- What is published is a copy that we make, so that addresses, sizes and"
    yield "  `lastBuildDate` are other ones."
    if plan.draft.ours:
        yield ""
        return
    yield "- Every episode has a page of its own here, and `link` leads to it."
    yield "- Guids are kept, and say `isPermaLink=false`."
    yield "- `itunes:duration` and `length` are measured, not copied."
    yield "- A cover that is the show's own is not kept once more for each episode."
    yield ""


def _moving(plan: Plan) -> Iterator[str]:
    """What to set up where the show comes from."""
    old = plan.draft.url
    if plan.draft.ours or not old:
        return
    yield from ("### What to set up at the old host", "")
    yield "Do this once the show is published here, and not before:"
    yield ""
    if plan.locked:
        yield "- The feed says that it is locked. Set `podcast:locked` to `no` there."
    tag = f"<itunes:new-feed-url>{plan.new_address}</itunes:new-feed-url>"
    yield f"- Let {_code(old)} answer with a permanent redirect (301) to"
    yield f"  {_code(plan.new_address)}"
    yield f"- Add {_code(tag)} to the old feed."
    yield "- Keep the old feed, and its files, until subscribers have moved: two weeks"
    yield "  at least, better for as long as you can."
    yield "- Tell Apple Podcasts, Spotify and the Podcast Index of the new address, in"
    yield "  their own pages for publishers."
    yield ""


def _safe(text: str) -> str:
    """A text of strangers as one line of plain words."""
    line = "".join(s if s.isprintable() else "\ufffd" for s in " ".join(text.split()))
    return _SIGNS.sub(r"\\\1", line)


def _code(text: str) -> str:
    """An address to copy."""
    shown = "".join(one for one in text if one.isprintable() and one not in "` ")
    return f"`{shown}`"


def _bytes(size: int) -> str:
    if size < _MEGABYTE:
        return f"{max(1, round(size / _KILOBYTE))} kB"
    return f"{size / _MEGABYTE:,.1f} MB"
