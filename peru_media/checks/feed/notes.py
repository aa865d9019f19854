"""Markup in descriptions: what apps show, what they drop, and what could do harm."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import each_item, each_part, in_channel, plain, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_TEXTS = ("description", "content:encoded", "itunes:summary")
_SHOWN = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}
_TAG = re.compile(r"<\s{0,9}([a-zA-Z][a-zA-Z0-9:]{0,30})(?=[\s/>])")
_HARM = re.compile(
    r"<\s{0,9}(script|style|iframe|object|embed|form|input|meta|link|base|svg)\b"
    r"|<[a-zA-Z][^<>]{0,999}\s(on[a-z]{3,20}|style)\s{0,9}="
    r"|<[a-zA-Z][^<>]{0,999}\s(?:href|src)\s{0,9}=\s{0,9}[\"']?\s{0,9}"
    r"(javascript|vbscript|data):",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"<[a-zA-Z][^<>]{0,999}?\s(?:href|src)\s{0,9}=\s{0,9}"
    r"(?:\"([^\"<>]{0,999})\"|'([^'<>]{0,999})'|([^\s\"'<>]{1,999}))",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)


def _bare(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for name in _TEXTS:
        for element in part.all(name):
            for child in element.children[:1]:
                what = f"<{plain(child.name)}> stands in <{name}> as an element."
                yield Finding(place=survey.place(child), what=what)


def _unshown(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for element in item.all("description"):
        names = {name.lower() for name in _tags(element)} - _SHOWN
        if names:
            told = ", ".join(f"<{name}>" for name in sorted(names)[:5])
            what = f"The description holds {told}."
            yield Finding(place=survey.place(element), what=what)


def _tags(element: Element) -> list[str]:
    return _TAG.findall(element.text) if "<" in element.text else []


def _harmful(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _marked(part):
        found = _HARM.search(element.text)
        if found:
            word = next(group for group in found.groups() if group)
            what = f"<{element.name}> holds {shown(word)}."
            yield Finding(place=survey.place(element), what=what)


def _relative(survey: FeedSurvey, part: Part) -> Iterator[Finding]:
    for element in _marked(part):
        for found in _LINK.finditer(element.text):
            address = next((one for one in found.groups() if one), "").strip()
            if not _ABSOLUTE.match(address):
                what = f"<{element.name}> leads to {shown(address)}."
                yield Finding(place=survey.place(element), what=what)
                break


def _marked(part: Part) -> Iterator[Element]:
    for name in _TEXTS:
        for element in part.all(name):
            if "<" in element.text:
                yield element


def _order(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for child in item.element.children:
        if child.name == "description":
            return
        if child.name == "content:encoded" and item.first("description"):
            what = "<content:encoded> stands before <description>."
            yield Finding(place=survey.place(child), what=what)
            return


RULES = (
    Rule(
        code="E2013",
        severity=Severity.ERROR,
        title="Markup stands bare in the description of the channel.",
        source="Apple, RSS requirements: description; W3C Feed Validator",
        why="To a reader of XML the description is empty, or broken off.",
        fix="Put the text into CDATA, <![CDATA[ ... ]]>, or write &lt; for <.",
        run=in_channel(_bare),
    ),
    Rule(
        code="W3013",
        severity=Severity.WARN,
        title="Markup stands bare in the description of an item.",
        source="Apple, RSS requirements: description; PSP-1",
        why="To a reader of XML the description is empty, or broken off.",
        fix="Put the text into CDATA, <![CDATA[ ... ]]>, or write &lt; for <.",
        run=each_item(_bare),
    ),
    Rule(
        code="W3014",
        severity=Severity.WARN,
        title="A description has markup that apps do not show.",
        source="Apple, RSS requirements: description (p, ol, ul, li, a); "
        "PSP-1 (b, i, strong, em too)",
        why="Apps drop it, or show it as text.",
        fix="Use p, ol, ul, li, a, b, i, strong and em alone; richer text belongs "
        "into content:encoded.",
        run=each_item(_unshown),
    ),
    Rule(
        code="W3015",
        severity=Severity.WARN,
        title="A text holds a script, a style or something else that acts.",
        source="W3C Feed Validator: SecurityRisk, DangerousStyleAttr",
        why="It could take over the reader that shows it, so readers drop such texts.",
        fix="Take it out; text, links and lists are enough.",
        run=each_part(_harmful),
    ),
    Rule(
        code="W3016",
        severity=Severity.WARN,
        title="A link in a text is not a whole address.",
        source="W3C Feed Validator: ContainsRelRef; Apple, RSS requirements",
        why="In an app it leads nowhere.",
        fix="Write it with https:// and the name of the server.",
        run=each_part(_relative),
    ),
    Rule(
        code="W3017",
        severity=Severity.WARN,
        title="The full text comes before the description.",
        source="W3C Feed Validator: NeedDescriptionBeforeContent",
        why="Some apps take whichever comes last, and then show the shorter text.",
        fix="Write <description> before <content:encoded>.",
        run=each_item(_order),
    ),
)
