"""The feed as a document: its bytes, its form, what stands around it."""

import re
from collections.abc import Collection, Iterator

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.feed.walks import Run, plain, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.further import OWN_NAMESPACES
from peru_media.model.problem import Place, Severity

__all__ = ["RULES"]

_XML = "XML 1.0"
_LONGEST = 160
_ENCODING = {"wrong-encoding"}
_CONTROL = {"control-character"}
_UNDECLARED = {"undeclared-prefix"}
_PREFIX = re.compile(r"prefix (\S{1,40}) (?:on|for)")
_ELSEWHERE = {"text-before-declaration"}
_JUDGED = {
    "atom": "This is an Atom feed; only what concerns the document is judged.",
    "json": "This is a JSON Feed; nothing in it is judged.",
}
_MENDED = {
    "unclosed-tag": "Close the element where it ends.",
    "unopened-tag": "Delete the closing tag, or open the element before it.",
    "loose-markup": "Write &amp; for & and &lt; for <, or put the text into CDATA.",
    "html-entity": "Write the sign itself, in UTF-8.",
    "unknown-entity": "Write &amp; for the & before it.",
    "cut-off": "Publish the feed again, whole.",
}


def _no_feed(survey: FeedSurvey) -> Iterator[Finding]:
    root = survey.outline.root
    if survey.outline.format == "":
        name = f"It begins with <{plain(root.name)}>" if root else "It has no element"
        if root is not None and root.name.lower().endswith("html"):
            name = "It is a web page"
        what = f"This is not a feed. {name}, where <rss> is expected."
        yield Finding(place=survey.place(root), what=what)


def _another_form(survey: FeedSurvey) -> Iterator[Finding]:
    what = _JUDGED.get(survey.outline.format)
    if what:
        yield Finding(place=survey.place(survey.outline.root), what=what)


def _wrong_encoding(survey: FeedSurvey) -> Iterator[Finding]:
    named = survey.outline.encoding
    if named and named.lower() != "utf-8":
        what = f"The declaration names the encoding {shown(named)}."
        yield Finding(place=Place(survey.name, 1), what=what)
    yield from _repaired(_ENCODING)(survey)


def _no_declaration(survey: FeedSurvey) -> Iterator[Finding]:
    outline = survey.outline
    if outline.root is not None and not outline.declaration:
        what = "The feed does not begin with an XML declaration."
        yield Finding(place=Place(survey.name, 1), what=what)


def _something_before(survey: FeedSurvey) -> Iterator[Finding]:
    before = survey.outline.before
    if before and survey.outline.root is not None:
        what = f"{shown(before)} stands before the feed."
        if not before.strip():
            what = "Blank lines or spaces stand before the feed."
        yield Finding(place=Place(survey.name, 1), what=what)


def _mark(survey: FeedSurvey) -> Iterator[Finding]:
    if survey.outline.bom:
        what = "The feed begins with a byte order mark."
        yield Finding(place=Place(survey.name, 1), what=what)


def _malformed(survey: FeedSurvey) -> Iterator[Finding]:
    others = _ENCODING | _CONTROL | _ELSEWHERE | _UNDECLARED
    for repair in survey.outline.repairs:
        if repair.code not in others:
            yield Finding(
                place=Place(survey.name, repair.line, repair.column),
                what=_sentence(f"The XML is broken: {repair.what}"),
                fix=_MENDED.get(repair.code, ""),
            )


def _undeclared(survey: FeedSurvey) -> Iterator[Finding]:
    """Each prefix once, where it is first used: it is declared once, too."""
    seen: set[str] = set()
    for repair in survey.outline.repairs:
        found = _PREFIX.search(repair.what)
        if repair.code not in _UNDECLARED or found is None or found[1] in seen:
            continue
        seen.add(found[1])
        address = OWN_NAMESPACES.get(found[1])
        yield Finding(
            place=Place(survey.name, repair.line, repair.column),
            what=f"The prefix {plain(found[1])} is used, and not declared.",
            fix=f'Write xmlns:{found[1]}="{address}" into <rss>.' if address else "",
        )


def _something_after(survey: FeedSurvey) -> Iterator[Finding]:
    after = survey.outline.after
    if after:
        what = f"{shown(after)} follows after the end of the feed."
        yield Finding(place=survey.place(), what=what)


def _repaired(codes: Collection[str]) -> Run:
    """Find what had to be put right for one of these reasons."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        for repair in survey.outline.repairs:
            if repair.code in codes:
                place = Place(survey.name, repair.line, repair.column)
                yield Finding(place=place, what=_sentence(repair.what))

    return run


def _sentence(text: str) -> str:
    told = plain(text, _LONGEST).rstrip(".…")
    return f"{told[:1].upper()}{told[1:]}."


RULES = (
    Rule(
        code="E1001",
        severity=Severity.ERROR,
        title="This is not a feed.",
        source="RSS 2.0; W3C Feed Validator: UndefinedElement",
        why="No app finds an episode in it.",
        fix="Look at the address in a browser; a page to log in may answer there.",
        run=_no_feed,
    ),
    Rule(
        code="I1002",
        severity=Severity.INFO,
        title="The feed is Atom or JSON, of which little is judged.",
        source="Apple, PSP-1 and the podcast namespace: podcasts are RSS 2.0",
        why="Podcast directories take RSS alone, so the rules are rules of RSS.",
        fix="Judge the RSS feed of the show.",
        run=_another_form,
    ),
    Rule(
        code="E1003",
        severity=Severity.ERROR,
        title="The feed is not UTF-8.",
        source="Apple, RSS requirements; PSP-1; W3C Feed Validator: NotUTF8",
        why="Letters with accents come out wrong, and some apps read nothing at all.",
        fix='Write the feed in UTF-8, and <?xml version="1.0" encoding="UTF-8"?>.',
        run=_wrong_encoding,
    ),
    Rule(
        code="E1004",
        severity=Severity.ERROR,
        title="The XML declaration is missing.",
        source="Apple, RSS requirements; PSP-1",
        why="Apps have to guess in which encoding the feed is written.",
        fix='Begin the feed with <?xml version="1.0" encoding="UTF-8"?>.',
        run=_no_declaration,
    ),
    Rule(
        code="E1005",
        severity=Severity.ERROR,
        title="Something stands before the feed.",
        source=f"{_XML}, 2.8; W3C Feed Validator: WPBlankLine",
        why="A strict parser stops there, and the feed has no episodes for its app.",
        fix="Let the first byte be the < of <?xml; look for warnings of the server.",
        run=_something_before,
    ),
    Rule(
        code="W1006",
        severity=Severity.WARN,
        title="A byte order mark stands before the feed.",
        source=f"{_XML}, 2.8 and appendix F; Apple, RSS requirements",
        why="It is allowed, yet some apps take it for text before the declaration.",
        fix="Save the feed as UTF-8 without a byte order mark (BOM).",
        run=_mark,
    ),
    Rule(
        code="E1007",
        severity=Severity.ERROR,
        title="The feed is not well-formed XML.",
        source=f"{_XML}, 2.1; W3C Feed Validator: SAXError",
        why="Directories refuse the whole feed for a single such mistake.",
        fix="Let a program write the XML, instead of joining texts.",
        run=_malformed,
    ),
    Rule(
        code="E1018",
        severity=Severity.ERROR,
        title="A prefix is used that is not declared.",
        source="Namespaces in XML 1.0, 5; W3C Feed Validator: SAXError",
        why="To a reader of XML the feed is broken, and directories refuse it whole.",
        fix="Declare the prefix with the address of its namespace in <rss>.",
        run=_undeclared,
    ),
    Rule(
        code="E1008",
        severity=Severity.ERROR,
        title="The feed holds a control character.",
        source=f"{_XML}, 2.2; W3C Feed Validator: BadCharacters",
        why="XML cannot hold it, so directories refuse the whole feed.",
        fix="Delete the sign, and type the text again; it came with copied text.",
        run=_repaired(_CONTROL),
    ),
    Rule(
        code="W1009",
        severity=Severity.WARN,
        title="Something follows after the feed.",
        source=f"{_XML}, 2.1; what hosts say of comments left by caches",
        why="Some parsers stop at it, and directories then miss the feed.",
        fix="Delete everything after the closing tag, comments of a cache too.",
        run=_something_after,
    ),
)
