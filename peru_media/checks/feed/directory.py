"""What directories file a show under: language, categories, rating, kind."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import (
    Judge,
    each_item,
    each_part,
    in_channel,
    shown,
    titled,
)
from peru_media.checks.rules import Finding, Rule
from peru_media.model.categories import CATEGORIES
from peru_media.model.languages import LANGUAGES, parse_language
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_LONGEST = 60
_TRUTH = {"yes": "true", "explicit": "true", "true": "true"}
_TRUTH |= {"no": "false", "clean": "false", "false": "false"}
_TYPES = {"episodic", "serial"}
_RETIRED = {
    "Games & Hobbies": "Leisure",
    "Sports & Recreation": "Sports",
    "Science & Medicine": "Science",
    "News & Politics": "News",
    "Government & Organizations": "Government",
    "Health": "Health & Fitness",
    "Literature": "Arts > Books",
    "Higher Education": "Education",
    "Training": "Education > Courses",
    "Social Sciences": "Science > Social Sciences",
    "Philosophy": "Society & Culture > Philosophy",
    "Tech News": "News > Tech News",
    "Software How-To": "Technology",
    "Podcasting": "Technology",
    "Gadgets": "Technology",
}
_PLACES = {
    sub.casefold(): f"{name} > {sub}"
    for name, subs in CATEGORIES.items()
    for sub in subs
} | {name.casefold(): name for name in CATEGORIES}


def _language(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    text = channel.text("language")
    if text and not _is_language(text[:_LONGEST]):
        yield Finding(
            place=survey.place(channel.first("language")),
            what=f"{shown(text)} is not a language code.",
            fix=f"Write {_code_of(text[:_LONGEST])}.",
        )


def _is_language(text: str) -> bool:
    try:
        parse_language(text)
    except ValueError:
        return False
    return "_" not in text


def _code_of(text: str) -> str:
    """Guess the code that was meant, by its first letters or by its name."""
    codes = {name.casefold(): code for code, name in LANGUAGES.items()}
    first, _, rest = text.strip().lower().replace("_", "-").partition("-")
    near = get_close_matches(first.split(" ")[0], codes, n=1, cutoff=0.8)
    if near:
        return codes[near[0]]
    if first not in LANGUAGES:
        return "a code of ISO 639 like en-GB or cy"
    right = {"uk": "gb", "en": "gb"}.get(rest, rest)
    whole = f"{first}-{right}"
    return parse_language(whole) if _is_language(whole) else first


def _no_category(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    if not channel.all("itunes:category"):
        what = "The channel has no <itunes:category>."
        yield Finding(place=survey.place(channel.element), what=what)


def _unknown_category(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for category in channel.all("itunes:category"):
        name = _name(category)
        if name not in CATEGORIES:
            yield _of_category(survey, category, name)
            continue
        for inner in category.all("itunes:category"):
            if _name(inner) not in CATEGORIES[name]:
                yield _of_category(survey, inner, f"{name} > {_name(inner)}")


def _repeated_category(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for category in channel.all("itunes:category"):
        inner = list(category.all("itunes:category"))
        for one in inner or [category]:
            pair = _name(category), _name(one) if inner else ""
            if pair in seen:
                what = (
                    f"The category {shown(' > '.join(filter(None, pair)))} comes twice."
                )
                yield Finding(place=survey.place(one), what=what)
            seen.add(pair)


def _of_category(survey: FeedSurvey, element: Element, name: str) -> Finding:
    return Finding(
        place=survey.place(element),
        what=f"{shown(name)} is not one of Apple's categories."
        if name.strip(" >")
        else "A category has no text.",
        fix=f"Write {_category_xml(_nearest_category(name[:_LONGEST]))}.",
    )


def _name(category: Element) -> str:
    return category.attributes.get("text", "")


@lru_cache(maxsize=256)
def _nearest_category(name: str) -> str:
    last = " ".join(name.rpartition(">")[2].replace(" and ", " & ").split())
    near = get_close_matches(last.casefold(), _PLACES, n=1)
    retired = _RETIRED.get(last)
    return retired or (_PLACES[near[0]] if near else "Society & Culture")


def _category_xml(name: str) -> str:
    outer, _, inner = name.partition(" > ")
    if not inner:
        return f"<itunes:category text={quoteattr(outer)}/>"
    nested = f"<itunes:category text={quoteattr(inner)}/>"
    return f"<itunes:category text={quoteattr(outer)}>{nested}</itunes:category>"


def _not_rated(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    if channel.first("itunes:explicit") is None:
        what = "The channel has no <itunes:explicit>."
        yield Finding(place=survey.place(channel.element), what=what)


def _rating(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in part.all("itunes:explicit"):
        if element.text.strip() not in {"true", "false"}:
            right = _TRUTH.get(element.text.strip().lower())
            yield Finding(
                place=survey.place(element),
                what=f"<itunes:explicit> is {shown(element)}.",
                fix=f"Write {right}." if right else "",
            )


def _type(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("itunes:type"):
        text = element.text.strip()
        if text not in _TYPES:
            near = get_close_matches(text[:_LONGEST].lower(), _TYPES, n=1, cutoff=0.5)
            yield Finding(
                place=survey.place(element),
                what=f"<itunes:type> is {shown(text)}.",
                fix=f"Write {near[0]}." if near else "",
            )


def _only_yes(*names: str) -> Judge:
    def judge(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
        for name in names:
            for element in part.all(name):
                text = element.text.strip()
                if text != "Yes":
                    meant = text.lower() in {"yes", "true"}
                    fix = "Write Yes." if meant else f"Leave <{name}> out."
                    what = f"<{name}> is {shown(text)} in {_in(part)}."
                    yield Finding(place=survey.place(element), what=what, fix=fix)

    return judge


def _in(part: Part) -> str:
    told = titled(part)
    return f"{told[:1].lower()}{told[1:]}"


RULES = (
    Rule(
        code="E2014",
        severity=Severity.ERROR,
        title="The language is not a code that directories know.",
        source="Apple, RSS requirements: language; PSP-1; ISO 639-1; BCP 47",
        why="Directories refuse the feed, or list it under another language.",
        fix="Write two letters, and perhaps a country: en-GB, cy.",
        run=in_channel(_language),
    ),
    Rule(
        code="E2015",
        severity=Severity.ERROR,
        title="The channel has no category of Apple's.",
        source="Apple, RSS requirements: itunes:category; PSP-1",
        why="Directories refuse a show that they cannot file.",
        fix='Write <itunes:category text="Science"/>, or another one of Apple\'s.',
        run=in_channel(_no_category),
    ),
    Rule(
        code="E2016",
        severity=Severity.ERROR,
        title="A category is not one of Apple's, or not where it belongs.",
        source="Apple Podcasts categories; W3C Feed Validator: InvalidItunesCategory, "
        "ObsoleteItunesCategory",
        why="The show is filed nowhere, or the feed is refused.",
        fix="Choose one of Apple's list, a subcategory inside its category.",
        run=in_channel(_unknown_category),
    ),
    Rule(
        code="E2017",
        severity=Severity.ERROR,
        title="The channel does not say whether it is explicit.",
        source="Apple, RSS requirements: itunes:explicit; PSP-1",
        why="Directories refuse a show without a rating.",
        fix="Write <itunes:explicit>false</itunes:explicit>, or true.",
        run=in_channel(_not_rated),
    ),
    Rule(
        code="E2018",
        severity=Severity.ERROR,
        title="The rating of the channel is neither true nor false.",
        source="Apple, RSS requirements: itunes:explicit; PSP-1; W3C Feed Validator",
        why="Yes, no and clean are of the past, and now refused.",
        fix="Write true or false.",
        run=in_channel(_rating),
    ),
    Rule(
        code="E2019",
        severity=Severity.ERROR,
        title="The type of the show is neither episodic nor serial.",
        source="Apple, RSS requirements: itunes:type",
        why="Apps list the episodes in the wrong order.",
        fix="Write episodic or serial, in small letters.",
        run=in_channel(_type),
    ),
    Rule(
        code="W2020",
        severity=Severity.WARN,
        title="A switch that knows only Yes says something else.",
        source="Apple, RSS requirements: itunes:block, itunes:complete; PSP-1",
        why="Apple passes over every other word; some apps take any word for yes.",
        fix="Write Yes, or leave it out.",
        run=each_part(_only_yes("itunes:block", "itunes:complete")),
    ),
    Rule(
        code="W2044",
        severity=Severity.WARN,
        title="A category comes twice.",
        source="W3C Feed Validator: DuplicateItunesCategory; Apple Podcasts categories",
        why="The second one says nothing, and stands where another could.",
        fix="Keep one of them.",
        run=in_channel(_repeated_category),
    ),
    Rule(
        code="E3018",
        severity=Severity.ERROR,
        title="The rating of an item is neither true nor false.",
        source="Apple, RSS requirements: itunes:explicit; PSP-1; W3C Feed Validator",
        why="Yes, no and clean are of the past, and now refused.",
        fix="Write true or false.",
        run=each_item(_rating),
    ),
)
