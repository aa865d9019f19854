"""Whether what the tags of the podcast namespace say goes together."""

import re
from collections.abc import Callable, Iterator

from peru_media.checks.feed.survey import FeedSurvey
from peru_media.checks.feed.walks import shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.licence import LICENCES
from peru_media.model.outline import Element
from peru_media.model.problem import Severity
from peru_media.model.taxonomy import GROUPS

__all__ = ["RULES"]

_SHORTEST, _LONGEST = 15.0, 120.0
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_FIFTH = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
)
_ROLES = frozenset(role for roles in GROUPS.values() for role in roles)
_PURPOSES = frozenset(
    {"artwork", "social", "canvas", "banner", "publisher", "circular", "poster"}
)
_LOOKED_AT = 500
_LICENCES = frozenset(name.lower() for name in LICENCES) | {"pod-v4v-1.0"}


def _each(
    name: str, judge: Callable[[Element, Element], tuple[str, str] | None]
) -> Callable[[FeedSurvey], Iterator[Finding]]:
    """Run a judgement over the tags of a name; it tells what is wrong, and a fix."""

    def run(survey: FeedSurvey) -> Iterator[Finding]:
        for tag in survey.tags:
            found = judge(tag.element, tag.parent) if tag.element.name == name else None
            if found:
                what, fix = found
                yield Finding(place=survey.place(tag.element), what=what, fix=fix)

    return run


def _soundbite(bite: Element, _parent: Element) -> tuple[str, str] | None:
    text = bite.attributes.get("duration", "").strip()
    if not _SECONDS.fullmatch(text) or _SHORTEST <= float(text) <= _LONGEST:
        return None
    return f"The soundbite lasts {float(text):g} seconds.", ""


def _person(person: Element, _parent: Element) -> tuple[str, str] | None:
    role = person.attributes.get("role", "").strip()
    group = person.attributes.get("group", "").strip()
    if role and role.lower() not in _ROLES:
        return f"The role {shown(role)} is not in the list of roles.", ""
    if group and group.lower() not in GROUPS:
        return f"The group {shown(group)} is not in the list of groups.", ""
    return None


def _guid(guid: Element, _parent: Element) -> tuple[str, str] | None:
    text = guid.text.strip()
    if not text or _FIFTH.fullmatch(text):
        return None
    if _FIFTH.fullmatch(text.lower()):
        return f"The guid {shown(text)} has capitals.", f"Write {text.lower()}."
    found = _UUID.fullmatch(text.lower())
    kind = f"a UUID of version {found[1]}, not 5" if found else "no UUID"
    return f"The guid {shown(text)} is {kind}.", ""


def _licence(licence: Element, _parent: Element) -> tuple[str, str] | None:
    name = licence.text.strip()
    if not name or licence.attributes.get("url") or name.lower() in _LICENCES:
        return None
    return f"The licence {shown(name)} has no url.", "Add url= with its text."


def _social(social: Element, _parent: Element) -> tuple[str, str] | None:
    protocol = social.attributes.get("protocol", "").strip()
    uri = social.attributes.get("uri", "").strip()
    if protocol and protocol != "disabled" and not uri:
        return "A place for comments has no uri.", "Add uri= with the first post."
    if protocol == "disabled" and uri:
        return "Comments are disabled, and have a uri.", "Leave the uri out."
    return None


def _frequency(frequency: Element, _parent: Element) -> tuple[str, str] | None:
    rule = frequency.attributes.get("rrule", "")
    if "COUNT=" not in rule or frequency.attributes.get("dtstart", "").strip():
        return None
    return (
        "A rule with COUNT does not say from when it counts.",
        "Add dtstart= with that day.",
    )


def _txt(txt: Element, _parent: Element) -> tuple[str, str] | None:
    purpose, text = txt.attributes.get("purpose", "").strip(), txt.text.strip()
    if purpose == "ai-content" and text not in {"true", "false"}:
        return (
            f"The txt of purpose ai-content is {shown(text)}.",
            "Write true or false.",
        )
    return None


def _split(split: Element, _parent: Element) -> tuple[str, str] | None:
    remote = split.first("podcast:remoteItem") is not None
    paid = split.first("podcast:valueRecipient") is not None
    if remote != paid:
        return None
    what = "both a remote item and recipients" if remote else "nobody to pay"
    return (
        f"The stretch of time has {what}.",
        "Keep one <podcast:remoteItem>, or else recipients.",
    )


def _publisher(item: Element, parent: Element) -> tuple[str, str] | None:
    if parent.name != "podcast:publisher":
        return None
    medium = item.attributes.get("medium", "").strip()
    if medium == "publisher":
        return None
    return (
        f"The medium of the publisher's feed is {shown(medium)}.",
        'Write medium="publisher".',
    )


def _purpose(image: Element, _parent: Element) -> tuple[str, str] | None:
    words = image.attributes.get("purpose", "")[:_LOOKED_AT].split()
    strange = next((w for w in words if "/" not in w and w not in _PURPOSES), None)
    if strange is None:
        return None
    return f"The purpose {shown(strange)} is not in the list of purposes.", ""


def _without_account(social: Element, _parent: Element) -> tuple[str, str] | None:
    disabled = social.attributes.get("protocol", "").strip() == "disabled"
    if disabled or social.attributes.get("accountId", "").strip():
        return None
    return "A place for comments does not say whose it is.", "Add accountId=."


def _without_feed(item: Element, parent: Element) -> tuple[str, str] | None:
    named = item.attributes.get("feedUrl", "").strip()
    if named or parent.name != "podcast:publisher":
        return None
    return "The publisher's feed is named without its address.", "Add feedUrl=."


def _unsaid(survey: FeedSurvey) -> Iterator[Finding]:
    yield from _each("podcast:socialInteract", _without_account)(survey)
    yield from _each("podcast:remoteItem", _without_feed)(survey)


def _blocked_twice(survey: FeedSurvey) -> Iterator[Finding]:
    lines: dict[str, int] = {}
    for tag in survey.tags:
        if tag.element.name != "podcast:block":
            continue
        service = tag.element.attributes.get("id", "").strip()
        if service in lines:
            whom = f"{shown(service)} is" if service else "All services are"
            what = f"{whom} spoken of in line {lines[service]} too."
            yield Finding(place=survey.place(tag.element), what=what)
        lines.setdefault(service, tag.element.line)


def _publisher_feed(survey: FeedSurvey) -> Iterator[Finding]:
    channel = survey.channel
    if channel is None or channel.text("podcast:medium") != "publisher":
        return
    for name in ("podcast:guid", "podcast:remoteItem"):
        if channel.first(name) is None:
            what = f"The feed is of a publisher, and has no <{name}>."
            yield Finding(
                place=survey.place(channel.first("podcast:medium")), what=what
            )


_TOGETHER = (
    _each("podcast:license", _licence),
    _each("podcast:socialInteract", _social),
    _each("podcast:updateFrequency", _frequency),
    _each("podcast:txt", _txt),
    _each("podcast:valueTimeSplit", _split),
    _each("podcast:remoteItem", _publisher),
)


def _apart(survey: FeedSurvey) -> Iterator[Finding]:
    for run in _TOGETHER:
        yield from run(survey)


RULES = (
    Rule(
        code="I4013",
        severity=Severity.INFO,
        title="A soundbite is shorter or longer than advised.",
        source="Podcast namespace: soundbite (15 to 120 seconds)",
        why="Apps that make a clip of it may leave it out.",
        fix="Choose a stretch of 15 to 120 seconds.",
        run=_each("podcast:soundbite", _soundbite),
    ),
    Rule(
        code="I4014",
        severity=Severity.INFO,
        title="A person has a role or a group that is not in the list.",
        source="Podcast namespace: person, and its list of roles and groups",
        why="Apps show the word, but cannot find the person's work by it.",
        fix="Choose a role of the list, if one of them fits.",
        run=_each("podcast:person", _person),
    ),
    Rule(
        code="W4015",
        severity=Severity.WARN,
        title="The guid of the show is not written as directories write theirs.",
        source="Podcast namespace: guid (a UUID of version 5, made from the address)",
        why="Services that compare it letter by letter take the show for another.",
        fix="Keep the guid that podcastindex.org has of the show, in small letters.",
        run=_each("podcast:guid", _guid),
    ),
    Rule(
        code="W4016",
        severity=Severity.WARN,
        title="The feed says twice whether a service may list it.",
        source="Podcast namespace: block",
        why="Whether the service lists it is left to chance.",
        fix="Keep one <podcast:block> for each service.",
        run=_blocked_twice,
    ),
    Rule(
        code="E4017",
        severity=Severity.ERROR,
        title="The parts of a tag of the podcast namespace do not fit together.",
        source="Podcast namespace: license, socialInteract, updateFrequency, txt, "
        "valueTimeSplit, publisher",
        why="Apps leave the whole tag out.",
        fix="Add what is missing.",
        run=_apart,
    ),
    Rule(
        code="W4018",
        severity=Severity.WARN,
        title="A publisher's feed does not say who it is, or what it publishes.",
        source="Podcast namespace: publisher, medium",
        why="Apps show a publisher only if its feed and the shows' name each other.",
        fix="Write <podcast:guid>, and a <podcast:remoteItem> for each show.",
        run=_publisher_feed,
    ),
    Rule(
        code="I4019",
        severity=Severity.INFO,
        title="A picture has a purpose that is not in the list.",
        source="Podcast namespace: image, and its list of purposes",
        why="Apps look for the purposes that they know.",
        fix="Choose artwork, social, canvas, banner, publisher, circular or poster; or "
        "one of a vendor, like vendor/purpose.",
        run=_each("podcast:image", _purpose),
    ),
    Rule(
        code="I4020",
        severity=Severity.INFO,
        title="A tag of the podcast namespace lacks what is recommended beside it.",
        source="Podcast namespace: socialInteract, publisher",
        why="Apps can check whose it is, and need not look it up elsewhere.",
        fix="Add the account, or the address of the feed.",
        run=_unsaid,
    ),
)
