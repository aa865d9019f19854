"""How apps know an item again: its guid, unique and for ever."""

from collections.abc import Iterator

from peru_media.checks.feed.addresses import is_whole
from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import each_item, plain, shown, titled
from peru_media.checks.rules import Finding, Rule
from peru_media.model.outline import Element
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_SHORTEST = 6
_PERMALINK = "isPermaLink"


def _none(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    if not item.text("guid"):
        what = f"{titled(item)} has no <guid>."
        place = survey.place(item.first("guid") or item.element)
        yield Finding(place=place, what=what)


def _repeated(survey: FeedSurvey) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for item in survey.items:
        guid = item.text("guid")
        if guid in lines:
            what = f"The guid {shown(guid)} stands in line {lines[guid]} too."
            yield Finding(place=survey.place(item.first("guid")), what=what)
        elif guid:
            element = item.first("guid")
            lines[guid] = element.line if element else 0


def _permalink(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    for guid in item.all("guid"):
        said = guid.attributes.get(_PERMALINK)
        if said not in {None, "true", "false"}:
            what = f"{_PERMALINK} is {shown(said or '')}."
            yield Finding(place=survey.place(guid), what=what, fix=_right(guid))
        elif said != "false" and guid.text.strip() and not is_whole(guid.text.strip()):
            what = f"The guid {shown(guid)} is not an address, and is taken for one."
            yield Finding(place=survey.place(guid), what=what, fix=_spelling(guid))


def _right(guid: Element) -> str:
    right = "true" if is_whole(guid.text.strip()) else "false"
    return f'Write {_PERMALINK}="{right}".'


def _spelling(guid: Element) -> str:
    """The attribute may be there, with other capitals."""
    wrong = [name for name in guid.attributes if name.lower() == _PERMALINK.lower()]
    if wrong and wrong[0] != _PERMALINK:
        return f'Write {_PERMALINK}="false"; {plain(wrong[0])} is another attribute.'
    return ""


def _short(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    guid = item.text("guid")
    if guid and len(guid) < _SHORTEST:
        what = f"The guid {shown(guid)} is very short."
        yield Finding(place=survey.place(item.first("guid")), what=what)


RULES = (
    Rule(
        code="E3034",
        severity=Severity.ERROR,
        title="An item has no guid.",
        source="Apple, RSS requirements: guid; PSP-1: required elements",
        why="Apps go by its address or title, and play it again when those change.",
        fix="Write <guid> with a text that no other item has, and never change it.",
        run=each_item(_none),
    ),
    Rule(
        code="E3035",
        severity=Severity.ERROR,
        title="Two items have the same guid.",
        source="RSS 2.0: guid; W3C Feed Validator: DuplicateValue",
        why="Apps show only one of the two episodes.",
        fix="Give the newer one a guid of its own, also a trailer of the other.",
        run=_repeated,
    ),
    Rule(
        code="E3036",
        severity=Severity.ERROR,
        title="A guid that is no address is taken for one.",
        source="RSS 2.0: guid; W3C Feed Validator: InvalidHttpGUID, InvalidPermalink",
        why="Readers lead to it as to a page, which is not there.",
        fix='Write <guid isPermaLink="false">.',
        run=each_item(_permalink),
    ),
    Rule(
        code="W3037",
        severity=Severity.WARN,
        title="A guid is too short to be unique.",
        source="PSP-1: guid; podcast namespace: advice on episode guids",
        why="Services that hold many shows mistake it for another's.",
        fix="For new episodes use a UUID or an address; never change an old one.",
        run=each_item(_short),
    ),
)
