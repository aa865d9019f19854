"""``peru-media consent``: who is where, what ends when, and what then happens."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from peru_media.cli.figures import day
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered, target_option
from peru_media.cli.projects import Opened, known_live, opened
from peru_media.errors import SettingsError
from peru_media.model.files import OnExpiry
from peru_media.model.letters import visible
from peru_media.model.problem import Problem
from peru_media.publishing.consents import Appearance, Consent, State, consents

__all__ = ["verb"]

_RECORDS = "feeds/contributors/"
_THEN = {
    OnExpiry.WITHDRAW: "its episodes end by themselves, and are erased",
    OnExpiry.STOP_NEW: "nothing new of theirs goes out; what is out stays",
    OnExpiry.KEEP: "everything stays",
}


@click.command("consent")
@click.argument("contributor", required=False)
@target_option
@mannered
def verb(manners: Manners, *, contributor: str | None, target: str) -> None:
    """List every consent: where the person is, when it ends, what then happens.

    Of a record only the id, the public name and the dates of its end and review
    are shown. CONTRIBUTOR is an id, such as c-017.
    """
    with opened(manners, target) as project:
        site, problems = project.site()
        now = project.desk.clock.now()
        found = consents(site, known_live(project).ledger(), at=now)
        chosen = [one for one in found if contributor in {None, one.id}]
        if contributor is not None and not chosen:
            raise SettingsError(_unknown(found))
    unread = _unread(problems)
    manners.answer(contributors=[_fields(one) for one in chosen], unread=unread)
    for line in _told(chosen, project, now):
        manners.say(line)
    for line in unread:
        manners.tell(line)


def _unknown(found: Sequence[Consent]) -> str:
    """Without the word that was given, which may be somebody's real name."""
    known = ", ".join(one.id for one in found)
    return f"There is no consent record of that id. Known: {known or 'none'}."


def _unread(problems: Sequence[Problem]) -> list[str]:
    paths = sorted({p.place.path for p in problems if _RECORDS in p.place.path})
    return [
        f"{path} has problems, and may be missing here: make check" for path in paths
    ]


def _fields(one: Consent) -> dict[str, Any]:
    return {
        "id": one.id,
        "public_name": one.name,
        "state": str(one.state),
        "expires": one.expires and one.expires.isoformat(),
        "ends": one.ends and one.ends.isoformat(),
        "on_expiry": str(one.then),
        "review": one.review and one.review.isoformat(),
        "review_due": one.review_due,
        "appearances": [
            {
                "show": place.show,
                "episode": place.episode,
                "state": _state(place),
            }
            for place in one.appearances
        ],
    }


def _state(place: Appearance) -> str:
    if place.live:
        return "published"
    return "draft" if place.draft else "to be published"


def _told(chosen: Sequence[Consent], project: Opened, now: datetime) -> Iterator[str]:
    zone = ZoneInfo(project.settings.timezone)
    for one in chosen:
        yield f"{one.id}  {visible(one.name)}: {_holds(one, zone, now)}"
        yield from (f"    {line}" for line in _more(one))
    soon = sum(one.state is State.ENDS_SOON for one in chosen)
    review = sum(one.review_due for one in chosen)
    yield (
        f"{counted(len(chosen), 'consent')}: {soon} ending within 30 days, "
        f"{review} due for review."
    )


def _holds(one: Consent, zone: ZoneInfo, now: datetime) -> str:
    if one.state is State.WITHDRAWN:
        return "withdrawn"
    if one.ends is None:
        return "holds, with no end"
    if one.state is State.ENDED:
        return f"ended after {one.expires}"
    left = f", in {counted((one.ends - now).days, 'day')}"
    soon = left if one.state is State.ENDS_SOON else ""
    return f"holds until the end of {day(_last(one, zone), zone)}{soon}"


def _last(one: Consent, zone: ZoneInfo) -> datetime:
    assert one.expires is not None  # noqa: S101  # what ends has a last day
    return datetime(*one.expires.timetuple()[:3], hour=12, tzinfo=zone)


def _more(one: Consent) -> Iterator[str]:
    for place in one.appearances:
        name = f"{place.show} / {place.episode}" if place.episode else place.show
        yield f"in {name} ({_state(place)})"
    if one.unused:
        yield "in nothing: unused"
    if one.state is State.WITHDRAWN and not one.unused:
        yield f"! Take out what they are in: make withdraw CONTRIBUTOR={one.id}"
    if one.ends is not None and one.state is not State.WITHDRAWN:
        yield f"then {_THEN[one.then]}"
    if one.state is State.ENDS_SOON:
        yield "! Ask them now whether they want to renew it."
    if one.review_due:
        yield f"! The review was due on {one.review}."
