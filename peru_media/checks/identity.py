"""Guids: there, unique, and never changed, or every listener gets doubles."""

from collections import defaultdict
from collections.abc import Iterator

from peru_media.checks.rules import Finding, Rule, each_episode, each_show
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.address import feed_path, podcast_guid
from peru_media.model.files import ShowFile
from peru_media.model.problem import Severity
from peru_media.model.release import LedgerEntry
from peru_media.model.site import Written
from peru_media.model.value import digest

__all__ = ["RULES"]

_SHORTEST = 8


def _missing(survey: Survey) -> Iterator[Finding]:
    for show in survey.shows.values():
        if show.value.guid is None:
            known = survey.ledger.shows.get(show.slug)
            fix = _put_back(known) or _by_the_rule(survey, show)
            what = "The show has no guid."
            yield Finding(place=show.value_place("guid"), what=what, fix=fix)
    former = _former(survey)
    for view in survey.episodes:
        if view.written.value.guid is None:
            entry = former.get(_key(view))
            yield Finding(
                place=view.written.value_place("guid"),
                what="The episode has no guid.",
                fix=_put_back(entry.guid if entry else None),
                draft=view.draft,
            )


def _duplicate(survey: Survey) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[EpisodeView]] = defaultdict(list)
    for view in survey.episodes:
        for show in view.written.value.show:
            if view.written.value.guid:
                groups[show, view.written.value.guid].append(view)
    for views in groups.values():
        first, *others = sorted(views, key=_seniority)
        for view in others:
            yield Finding(
                place=view.written.value_place("guid"),
                what=f"This guid belongs to {first.written.path}.",
                draft=view.draft,
            )


def _changed(survey: Survey) -> Iterator[Finding]:
    former = _former(survey)
    for view in survey.episodes:
        guid = view.written.value.guid
        known = former.get(_key(view)) if guid and not view.entry else None
        if known:
            yield Finding(
                place=view.written.value_place("guid"),
                what=f'The guid has changed: it was published as "{known.guid}".',
                fix=_put_back(known.guid),
                draft=view.draft,
            )


def _withdrawn(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    guid = view.written.value.guid
    if guid and survey.tombstones and digest(guid.encode()) in survey.tombstones:
        what = "The episode with this guid was withdrawn, and must not come back."
        yield Finding(place=view.written.value_place("guid"), what=what)


def _withdrawn_recording(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.facts is not None and view.facts.sha256 in survey.buried:
        what = "This very recording was withdrawn, and must not come back."
        yield Finding(place=view.written.value_place("media", "file"), what=what)


def _show_changed(survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    known = survey.ledger.shows.get(show.slug)
    if known and show.value.guid and show.value.guid != known:
        yield Finding(
            place=show.value_place("guid"),
            what=f'The guid of the show has changed: it was "{known}".',
            fix=_put_back(known),
        )


def _two_shows(survey: Survey) -> Iterator[Finding]:
    owners: dict[str, Written[ShowFile]] = {}
    known = survey.ledger.shows
    first = sorted(survey.shows.values(), key=lambda s: known.get(s.slug) is None)
    for show in first:
        owner = owners.setdefault(show.value.guid or show.path, show)
        if owner is not show:
            what = f"The show has the same guid as {owner.path}."
            yield Finding(place=show.value_place("guid"), what=what)


def _short(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    guid = view.written.value.guid
    came = view.show is not None and view.show.value.previous_url is not None
    if came or view.entry or not guid:
        return  # apps know it by this guid already
    if len(guid) < _SHORTEST or guid.isdecimal():
        what = f'The guid "{guid}" is too simple to be the only one in the world.'
        yield Finding(place=view.written.value_place("guid"), what=what)


def _spaced(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    guid = view.written.value.guid
    if guid and not view.entry and any(letter.isspace() for letter in guid):
        what = f'The guid "{guid}" has a space in it.'
        yield Finding(place=view.written.value_place("guid"), what=what)


def _web_address(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    guid = view.written.value.guid
    if guid and not view.entry and guid.startswith(("http://", "https://")):
        what = "The guid looks like a web address, though it does not lead anywhere."
        yield Finding(place=view.written.value_place("guid"), what=what)


def _former(survey: Survey) -> dict[tuple[str, str], LedgerEntry]:
    """Find the guids that are missing: published, but on no episode any more.

    By show guid and name of the episode. Those retired or withdrawn do not count:
    a withdrawn story returns under a new guid.
    """
    names = {}
    for entry in survey.ledger.episodes.values():
        if _orphaned(survey, entry):
            names[entry.show, entry.name] = entry
            names[entry.show, entry.slug] = entry
    return names


def _key(view: EpisodeView) -> tuple[str, str]:
    guid = view.show.value.guid if view.show else None
    return guid or "", view.written.slug


def _orphaned(survey: Survey, entry: LedgerEntry) -> bool:
    return (
        entry.retired is None
        and (entry.show, entry.guid) not in survey.guids
        and digest(entry.guid.encode()) not in survey.tombstones
    )


def _seniority(view: EpisodeView) -> tuple[bool, bool, str]:
    """Put the episode that was published under the guid first, drafts last."""
    names = (view.entry.name, view.entry.slug) if view.entry else ()
    return view.written.slug not in names, view.draft, view.written.path


def _by_the_rule(survey: Survey, show: Written[ShowFile]) -> str:
    """The guid that directories work out themselves, where the feed has an address."""
    targets = survey.inputs.site.site.value.targets.values()
    public = [one.base_url for one in targets if one.base_url.startswith("https://")]
    if not public:
        return ""
    address = public[0] + feed_path(show.slug)
    return f'Write "guid: {podcast_guid(address)}": directories know {address} by it.'


def _put_back(guid: str | None) -> str:
    return f'Put back "guid: {guid}".' if guid else ""


RULES = (
    Rule(
        code="E120",
        severity=Severity.ERROR,
        title="A show or an episode has no guid.",
        source="Apple, RSS requirements: guid; PSP-1; podcast namespace: guid",
        why="Podcast apps know an episode by its guid alone, whatever its title.",
        fix='Write "guid:" with a new UUID, made once and then never changed.',
        run=_missing,
        safety=True,
    ),
    Rule(
        code="E121",
        severity=Severity.ERROR,
        title="Two episodes of a show have the same guid.",
        source="RSS 2.0: guid; Apple, RSS requirements: guid",
        why="Podcast apps would show only one of the two.",
        fix="Give this one a new UUID as its guid: a copied folder needs its own.",
        run=_duplicate,
        safety=True,
    ),
    Rule(
        code="E122",
        severity=Severity.ERROR,
        title="The guid of a published episode has changed.",
        source="Apple, RSS requirements: a guid never changes; IAB 2.3, 5.3",
        why="Every listener would get the episode a second time.",
        fix="Put back the guid that it was published with.",
        run=_changed,
        safety=True,
    ),
    Rule(
        code="E123",
        severity=Severity.ERROR,
        title="A withdrawn episode comes back.",
        source="UK GDPR, article 17; feeds/withdrawn.yaml",
        why="Somebody was promised that it is gone.",
        fix="Delete the folder; an edited story returns only under a new guid.",
        run=each_episode(_withdrawn),
        safety=True,
    ),
    Rule(
        code="E124",
        severity=Severity.ERROR,
        title="The guid of a published show has changed.",
        source="Podcast namespace: guid is assigned once",
        why="Directories would take it for another show, and subscribers lose it.",
        fix="Put back the guid that it was published with.",
        run=each_show(_show_changed),
        safety=True,
    ),
    Rule(
        code="E125",
        severity=Severity.ERROR,
        title="Two shows have the same guid.",
        source="Podcast namespace: guid is unique to a show",
        why="Directories would take the two for one.",
        fix="Give this show a new UUID as its guid.",
        run=_two_shows,
        safety=True,
    ),
    Rule(
        code="W126",
        severity=Severity.WARN,
        title="A guid is too simple to be unique.",
        source="W3C Feed Validator: not sufficiently unique",
        why="Another episode somewhere may have the same, and apps mix them up.",
        fix="Use a UUID, before the episode is published for the first time.",
        run=each_episode(_short),
    ),
    Rule(
        code="E127",
        severity=Severity.ERROR,
        title="A withdrawn recording comes back under another guid.",
        source="UK GDPR, article 17; feeds/withdrawn.yaml",
        why="Somebody was promised that it is gone.",
        fix="Delete the recording; publish only a version that they agreed to.",
        run=each_episode(_withdrawn_recording),
        safety=True,
    ),
    Rule(
        code="W128",
        severity=Severity.WARN,
        title="A guid has a space in it.",
        source="RSS Advisory Board profile: guid",
        why="Some apps trim spaces, others do not, and each sees another episode.",
        fix="Use a UUID, before the episode is published for the first time.",
        run=each_episode(_spaced),
    ),
    Rule(
        code="I129",
        severity=Severity.INFO,
        title="A guid looks like a web address.",
        source="RSS 2.0: guid isPermaLink",
        why="It must stay as it is even when the page moves, which surprises people.",
        fix="Keep it if it comes from an older feed; otherwise use a UUID.",
        run=each_episode(_web_address),
    ),
)
