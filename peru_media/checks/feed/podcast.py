"""The tags of the podcast namespace, each in its place and of its form."""

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from peru_media.checks.feed.podcast_tags import MANY, TAGS, URI, WEB, TagForm
from peru_media.checks.feed.survey import FeedSurvey, Tag
from peru_media.checks.feed.walks import plain, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_PAGES = "Podcast namespace: the page of each tag"
_RETIRED = {"podcast:images": "podcast:image"}
_NEAR = 0.7
_LONGEST = 40


def _known(survey: FeedSurvey) -> Iterator[tuple[Tag, TagForm]]:
    """The tags that have a form."""
    for tag in survey.tags:
        form = TAGS.get(tag.element.name)
        if form is not None:
            yield tag, form


def _misplaced(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        if tag.parent.name not in form.parents:
            right = " or ".join(f"<{name}>" for name in sorted(form.parents))
            yield Finding(
                place=survey.place(tag.element),
                what=f"<{tag.element.name}> stands in <{plain(tag.parent.name)}>.",
                fix=f"Move it into {right}, or delete it.",
            )


def _too_many(survey: FeedSurvey) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for tag, form in _known(survey):
        key = id(tag.parent), tag.element.name
        if form.once and key in seen:
            what = f"<{tag.element.name}> stands here a second time."
            yield Finding(place=survey.place(tag.element), what=what)
        seen.add(key)


def _lacking(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        for name, value in form.required.items():
            if not tag.element.attributes.get(name, "").strip():
                what = f"<{tag.element.name}> has no {name}."
                fix = f"Add {name}=. {value.instead('')}".strip()
                yield Finding(place=survey.place(tag.element), what=what, fix=fix)


def _wrong_words(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        text = tag.element.text.strip()
        if text and not form.words.fits(text):
            yield Finding(
                place=survey.place(tag.element),
                what=f"<{tag.element.name}> is {shown(text)}; it {form.words.what}.",
                fix=form.words.instead(text),
            )
        elif form.worded and not text:
            yield Finding(
                place=survey.place(tag.element),
                what=f"<{tag.element.name}> is empty.",
                fix=form.words.instead(""),
            )


def _wrong_attributes(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        for name, raw in tag.element.attributes.items():
            value, text = form.form(name), raw.strip()
            if value and text and not value.fits(text):
                yield Finding(
                    place=survey.place(tag.element),
                    what=f"{name}={shown(text)} of <{tag.element.name}> {value.what}.",
                    fix=value.instead(text),
                )


def _too_long(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        length = len(tag.element.text.strip())
        if form.longest and length > form.longest:
            yield _long(survey, tag, f"<{tag.element.name}>", length, form.longest)
        for name, most in form.limits.items():
            length = len(tag.element.attributes.get(name, "").strip())
            if length > most:
                told = f"The {name} of <{tag.element.name}>"
                yield _long(survey, tag, told, length, most)


def _long(survey: FeedSurvey, tag: Tag, told: str, length: int, most: int) -> Finding:
    return Finding(
        place=survey.place(tag.element),
        what=f"{told} has {length:,} characters.",
        fix=f"Shorten it to {most}.",
    )


def _retired(survey: FeedSurvey) -> Iterator[Finding]:
    for tag in survey.tags:
        new = _RETIRED.get(tag.element.name)
        if new:
            what = f"<{tag.element.name}> is no longer in use."
            fix = f"Write a <{new}> for each picture."
            yield Finding(place=survey.place(tag.element), what=what, fix=fix)


def _unadvised(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        names = [
            name for name in form.recommended if not tag.element.attributes.get(name)
        ]
        if names:
            what = f"<{tag.element.name}> has no {', '.join(names)}."
            yield Finding(place=survey.place(tag.element), what=what)


def _children(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        if not form.children:
            continue
        there = Counter(child.name for child in tag.element.children)
        for name, (least, most) in form.children.items():
            if not least <= there[name] <= most:
                yield Finding(
                    place=survey.place(tag.element),
                    what=f"<{tag.element.name}> holds {there[name] or 'no'} <{name}>.",
                    fix=_as_many(name, least, most),
                )


def _as_many(name: str, least: int, most: int) -> str:
    if most == MANY:
        return f"Add a <{name}>."
    return f"Keep {'exactly' if least else 'at most'} one <{name}>."


def _insecure(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        for name, raw in tag.element.attributes.items():
            value = form.form(name)
            if (value is WEB or value is URI) and raw.strip().startswith("http://"):
                what = f"{name} of <{tag.element.name}> is {shown(raw)}."
                yield Finding(place=survey.place(tag.element), what=what)


def _unknown(survey: FeedSurvey) -> Iterator[Finding]:
    names = {name.partition(":")[2].casefold(): name for name in TAGS}
    for tag in survey.tags:
        name = tag.element.name
        if name not in TAGS:
            local = name.partition(":")[2][:_LONGEST].casefold()
            near = get_close_matches(local, names, 1, _NEAR)
            yield Finding(
                place=survey.place(tag.element),
                what=f"<{plain(name)}> is not a tag of the podcast namespace.",
                fix=f"Write <{names[near[0]]}>." if near else "",
            )


def _unread(survey: FeedSurvey) -> Iterator[Finding]:
    for tag, form in _known(survey):
        known = {name.casefold(): name for name in form.attributes()}
        for name in tag.element.attributes:
            if form.form(name) is None and not name.startswith("{"):
                near = get_close_matches(name[:_LONGEST].casefold(), known, 1, _NEAR)
                yield Finding(
                    place=survey.place(tag.element),
                    what=f"<{tag.element.name}> knows no {plain(name)}.",
                    fix=f"Write {known[near[0]]}." if near else "",
                )
        if form.worded is None and tag.element.text.strip():
            what = f"<{tag.element.name}> has words, {shown(tag.element)}."
            yield Finding(place=survey.place(tag.element), what=what)


RULES = (
    Rule(
        code="E4001",
        severity=Severity.ERROR,
        title="A tag of the podcast namespace stands in the wrong element.",
        source=_PAGES,
        why="Apps look for it in its own place alone, so what it says is lost.",
        fix="Move it into the element that its page names.",
        run=_misplaced,
    ),
    Rule(
        code="E4002",
        severity=Severity.ERROR,
        title="A tag of the podcast namespace stands twice where it can stand once.",
        source=_PAGES,
        why="One app takes the first, another the last.",
        fix="Keep one of them.",
        run=_too_many,
    ),
    Rule(
        code="E4003",
        severity=Severity.ERROR,
        title="A tag of the podcast namespace lacks an attribute that it needs.",
        source=_PAGES,
        why="Apps leave the whole tag out.",
        fix="Add the attribute.",
        run=_lacking,
    ),
    Rule(
        code="E4004",
        severity=Severity.ERROR,
        title="A tag of the podcast namespace is empty, or not of its form.",
        source=_PAGES,
        why="Apps leave the whole tag out.",
        fix="Write something into it, or delete it.",
        run=_wrong_words,
    ),
    Rule(
        code="E4005",
        severity=Severity.ERROR,
        title="An attribute of the podcast namespace is not of its form.",
        source=_PAGES,
        why="Apps leave the whole tag out, or misunderstand it.",
        fix="Correct the value.",
        run=_wrong_attributes,
    ),
    Rule(
        code="W4006",
        severity=Severity.WARN,
        title="Something in the podcast namespace is longer than it may be.",
        source=_PAGES,
        why="Apps cut it off.",
        fix="Shorten it.",
        run=_too_long,
    ),
    Rule(
        code="W4007",
        severity=Severity.WARN,
        title="A tag of the podcast namespace is no longer in use.",
        source="Podcast namespace: images (deprecated), image",
        why="New apps look for its successor alone.",
        fix="Write its successor.",
        run=_retired,
    ),
    Rule(
        code="I4008",
        severity=Severity.INFO,
        title="A tag of the podcast namespace lacks something that is recommended.",
        source=_PAGES,
        why="Apps can do more with it: a map, a size, a place for the picture.",
        fix="Add what you know of it.",
        run=_unadvised,
    ),
    Rule(
        code="E4009",
        severity=Severity.ERROR,
        title="A tag of the podcast namespace holds too few or too many of another.",
        source=_PAGES,
        why="Apps leave the whole tag out.",
        fix="Add what is missing, or take out what is too much.",
        run=_children,
    ),
    Rule(
        code="W4010",
        severity=Severity.WARN,
        title="An address in the podcast namespace is not https.",
        source="Podcast namespace: all addresses are https",
        why="Apps and browsers refuse to load it within a page that is.",
        fix="Write it with https://, and see that it answers there.",
        run=_insecure,
    ),
    Rule(
        code="W4011",
        severity=Severity.WARN,
        title="A tag is not one of the podcast namespace.",
        source="Podcast namespace: the formal list, state of 2026-05",
        why="Apps pass over it; capitals count.",
        fix="Correct its name, or take it out until it is in the formal list.",
        run=_unknown,
    ),
    Rule(
        code="I4012",
        severity=Severity.INFO,
        title="A tag of the podcast namespace says something that nobody reads.",
        source=_PAGES,
        why="Apps pass over it; capitals count.",
        fix="Correct its name, or take it out.",
        run=_unread,
    ),
)
