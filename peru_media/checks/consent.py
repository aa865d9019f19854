"""Consent: nobody's voice goes out without it, nor a day longer than they agreed.

Of a record nothing but the public name, the id and the dates of its end may stand
in a problem.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Survey, Use
from peru_media.model.contents import captions_of, transcript_of
from peru_media.model.facts import FileKind
from peru_media.model.files import ConsentRecord, OnExpiry, Scope
from peru_media.model.problem import Severity
from peru_media.model.schedule import consent_ends
from peru_media.model.site import Written

__all__ = ["RULES"]

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_SHOWN = 5
_SOON = timedelta(days=30)
_LAW = "UK GDPR, articles 6, 7 and 17; the consent form"
_NEEDED_FOR = {
    Scope.PODCAST: "being in a podcast",
    Scope.WEBSITE: "being named on the website",
    Scope.TRANSCRIPT: "a transcript of their words",
    Scope.VIDEO: "being on film",
}


def _unknown(survey: Survey) -> Iterator[Finding]:
    known = [record.value.id for record in survey.inputs.site.contributors]
    for use in survey.uses:
        if use.record is None:
            yield Finding(
                place=use.place,
                what=_no_record(use.id),
                fix=_record_for(use.id, known),
                draft=use.draft,
            )


def _out_of_scope(survey: Survey) -> Iterator[Finding]:
    for use, record in _recorded(survey):
        for scope in sorted(_needed(use) - set(record.value.scope)):
            yield Finding(
                place=use.place,
                what=f"{_whose(record)} does not cover {_NEEDED_FOR[scope]}.",
                fix=f'Ask them; with their consent add "{scope}" to {record.path}.',
                draft=use.draft,
            )


def _expired(survey: Survey) -> Iterator[Finding]:
    for use, record in _recorded(survey):
        ends = consent_ends(record.value, _zone(survey, use))
        if ends is not None and ends <= _when(survey, use) and _counts(use, record):
            verb = (
                "ended" if ends <= survey.inputs.at else "ends before this comes out,"
            )
            yield Finding(
                place=use.place,
                what=f"{_whose(record)} {verb} on {record.value.expires}.",
                draft=use.draft,
            )


def _withdrawn(survey: Survey) -> Iterator[Finding]:
    for use, record in _recorded(survey):
        if record.value.withdrawn is not None:
            yield Finding(
                place=use.place,
                what=f"{_whose(record)} is withdrawn.",
                fix=f"Take out what is published: make withdraw CONTRIBUTOR={use.id}. "
                "Then delete the folder; a version without them needs a new guid.",
                draft=use.draft,
            )


def _ends_soon(survey: Survey) -> Iterator[Finding]:
    for record, uses in _in_use(survey):
        ends = consent_ends(record.value, _zone(survey, uses[0]))
        left = (ends - survey.inputs.at) if ends else timedelta.max
        if timedelta() < left <= _SOON:
            yield Finding(
                place=record.value_place("expires"),
                what=f"{_whose(record)} {_days(left)} ({record.value.expires}); "
                f"{_files(uses)} it.",
            )


def _review_due(survey: Survey) -> Iterator[Finding]:
    for record, uses in _in_use(survey):
        review = record.value.review
        if review and review <= _today(survey, uses[0]):
            what = f"{_whose(record)} is due for review; {_files(uses)} it."
            yield Finding(place=record.value_place("review"), what=what)


def _from_the_future(survey: Survey) -> Iterator[Finding]:
    for use, record in _recorded(survey):
        if record.value.obtained > _today(survey, use):
            what = f"{_whose(record)} is dated in the future."
            yield Finding(place=use.place, what=what, draft=use.draft)


def _outlived(survey: Survey) -> Iterator[Finding]:
    """A show has no end of its own, so nobody may stand in it whose consent has."""
    for use, record in _recorded(survey):
        ends = consent_ends(record.value, _zone(survey, use))
        ending = ends is not None and ends > survey.inputs.at
        if use.view is None and ending and record.value.on_expiry is OnExpiry.WITHDRAW:
            what = f"{_whose(record)} ends on {record.value.expires}; a show does not."
            yield Finding(place=use.place, what=what)


def _no_record(name: str) -> str:
    """Say so without the name, which may be a real one, unless it is an id."""
    if _ID.fullmatch(name):
        return f'There is no consent record "{name}".'
    return "This is not the id of a consent record."


def _record_for(name: str, known: list[str]) -> str:
    """Which records there are, nearest first; a new one never has a person's name."""
    near = get_close_matches(name.lower(), known, n=_SHOWN, cutoff=0.0)
    there = f" Known ids: {', '.join(near)}." if near else ""
    if _ID.fullmatch(name) and any(map(str.isdigit, name)):
        return f"Add feeds/contributors/{name}.yaml, or correct the id.{there}"
    return (
        "Write the id of their record in feeds/contributors/, such as c-017, which "
        f"does not tell their name.{there}"
    )


def _recorded(survey: Survey) -> Iterator[tuple[Use, Written[ConsentRecord]]]:
    return ((use, use.record) for use in survey.uses if use.record is not None)


def _in_use(survey: Survey) -> Iterator[tuple[Written[ConsentRecord], list[Use]]]:
    """Every record that somebody relies on, unless it is withdrawn."""
    groups: dict[str, list[Use]] = defaultdict(list)
    for use, record in _recorded(survey):
        if record.value.withdrawn is None:
            groups[use.id].append(use)
    return ((uses[0].record, uses) for uses in groups.values() if uses[0].record)


def _needed(use: Use) -> set[Scope]:
    """What they must have agreed to: all pages, and what they are heard or seen in."""
    if use.view is None:
        return {Scope.WEBSITE, Scope.PODCAST}
    needed = {Scope.WEBSITE}
    written = use.view.written
    if transcript_of(written) or captions_of(written):
        needed.add(Scope.TRANSCRIPT)
    if use.view.kind is FileKind.VIDEO:
        needed.add(Scope.VIDEO)
    elif use.view.kind is not FileKind.PDF:
        needed.add(Scope.PODCAST)
    return needed


def _counts(use: Use, record: Written[ConsentRecord]) -> bool:
    """Whether the end of a consent stands in the way, as the person chose."""
    choice = record.value.on_expiry
    if choice is OnExpiry.STOP_NEW:
        return use.view is not None and not use.view.live
    return choice is OnExpiry.WITHDRAW


def _when(survey: Survey, use: Use) -> datetime:
    """The moment at which a consent must still hold: now, or when it comes out."""
    published = use.view.published if use.view else None
    return max(survey.inputs.at, published) if published else survey.inputs.at


def _zone(survey: Survey, use: Use) -> ZoneInfo:
    if use.view is not None:
        return use.view.zone
    return survey.inputs.site.zone(survey.shows[use.written.slug])


def _today(survey: Survey, use: Use) -> date:
    return survey.inputs.at.astimezone(_zone(survey, use)).date()


def _whose(record: Written[ConsentRecord]) -> str:
    return f'The consent of "{record.value.public_name}" ({record.value.id})'


def _days(left: timedelta) -> str:
    days = left.days
    return f"ends in {days} days" if days > 1 else "ends within two days"


def _files(uses: list[Use]) -> str:
    count = len({use.written.path for use in uses})
    return "1 file relies on" if count == 1 else f"{count} files rely on"


RULES = (
    Rule(
        code="E401",
        severity=Severity.ERROR,
        title="A contributor has no consent record.",
        source=_LAW,
        why="Without a record nobody can show that the person agreed.",
        fix="Add their record to feeds/contributors/, or correct the name.",
        run=_unknown,
        safety=True,
    ),
    Rule(
        code="E402",
        severity=Severity.ERROR,
        title="A contributor did not agree to this kind of publication.",
        source=_LAW,
        why="Consent to one thing is not consent to another.",
        fix="Ask them, and record what they agree to; otherwise leave them out.",
        run=_out_of_scope,
        safety=True,
    ),
    Rule(
        code="E403",
        severity=Severity.ERROR,
        title="The consent of a contributor has ended.",
        source=_LAW,
        why="They agreed to a time, and it is over.",
        fix='Ask them to renew it, or set the episode back to "publish: draft".',
        run=_expired,
        safety=True,
    ),
    Rule(
        code="E404",
        severity=Severity.ERROR,
        title="A contributor has withdrawn their consent.",
        source=_LAW,
        why="It is their right at any time, and nothing of theirs may be published.",
        fix="Take out what is published: make withdraw CONTRIBUTOR=id. Then delete the "
        "folder; a version without them needs a new guid.",
        run=_withdrawn,
        safety=True,
    ),
    Rule(
        code="W405",
        severity=Severity.WARN,
        title="The consent of a contributor ends within 30 days.",
        source=_LAW,
        why="What relies on it leaves the feed and its page at that midnight.",
        fix="Ask them now whether they want to renew it.",
        run=_ends_soon,
    ),
    Rule(
        code="W406",
        severity=Severity.WARN,
        title="The review of a consent is due.",
        source=_LAW,
        why="Somebody promised to ask the person again by that date.",
        fix='Ask them, then write the next date under "review:".',
        run=_review_due,
    ),
    Rule(
        code="E407",
        severity=Severity.ERROR,
        title="A consent is dated in the future.",
        source=_LAW,
        why="What nobody has agreed to yet must not be published.",
        fix='Correct the date under "obtained:" of the record.',
        run=_from_the_future,
        safety=True,
    ),
    Rule(
        code="E408",
        severity=Severity.ERROR,
        title="A show names a contributor whose consent will end.",
        source=_LAW,
        why="An episode goes by itself when a consent ends; a show's page stays.",
        fix="Name them in the episodes that they are in, and not in the show.",
        run=_outlived,
        safety=True,
    ),
)
