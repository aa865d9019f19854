"""What podcast directories ask of a show: category, language, owner, numbers."""

from collections import defaultdict
from collections.abc import Iterator

from peru_media.checks.rules import Finding, Rule, each_show
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.categories import parse_category
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.languages import parse_language
from peru_media.model.problem import Severity
from peru_media.model.site import Written

__all__ = ["RULES"]


def _no_category(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    if not show.value.categories:
        yield Finding(
            place=show.value_place("categories"), what="There is no category."
        )


def _unknown_category(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    for index, text in enumerate(show.value.categories):
        try:
            parse_category(text)
        except ValueError as error:
            what, _, fix = str(error).partition("; ")
            yield Finding(
                place=show.value_place("categories", index),
                what=f"{what}.",
                fix=_ask(fix),
            )


def _unknown_language(survey: Survey) -> Iterator[Finding]:
    for show in survey.shows.values():
        yield from _wrong_language(show, draft=False)
    for view in survey.episodes:
        yield from _wrong_language(view.written, draft=view.draft)


def _wrong_language(
    written: Written[EpisodeFile] | Written[ShowFile], *, draft: bool
) -> Iterator[Finding]:
    if written.value.language is None:
        return
    try:
        parse_language(written.value.language)
    except ValueError as error:
        what, _, fix = str(error).partition("; ")
        place = written.value_place("language")
        yield Finding(place=place, what=f"{what}.", fix=_ask(fix), draft=draft)


def _explicit_unsaid(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    if "explicit" not in show.value.model_fields_set:
        what = "Nobody has said whether the show has explicit language."
        yield Finding(place=show.value_place("explicit"), what=what)


def _unnumbered(survey: Survey) -> Iterator[Finding]:
    serials = {s for s, show in survey.shows.items() if show.value.type == "serial"}
    for view in survey.episodes:
        episode = view.written.value
        if (
            episode.number is None
            and episode.type == "full"
            and serials.intersection(episode.show)
        ):
            yield Finding(
                place=view.written.value_place("number"),
                what="The show is a serial, and this episode has no number.",
                draft=view.draft,
            )


def _same_number(survey: Survey) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[EpisodeView]] = defaultdict(list)
    for view in survey.episodes:
        e = view.written.value
        if e.number is not None and e.type == "full":
            groups[e.show[0], e.season, e.collection, e.number].append(view)
    for first, *others in groups.values():
        for view in others:
            what = f"{first.written.path} has this number too."
            place = view.written.value_place("number")
            yield Finding(place=place, what=what, draft=view.draft)


def _no_owner(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    if show.value.owner is None:
        what = "There is no owner with an e-mail address."
        yield Finding(place=show.value_place("owner"), what=what)


def _no_author(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    if show.value.author is None:
        yield Finding(place=show.value_place("author"), what="The show has no author.")


def _unlocked(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    if not show.value.locked:
        what = "Another host may take the show over, as it is not locked."
        yield Finding(place=show.value_place("locked"), what=what)


def _ask(guess: str) -> str:
    return guess[:1].upper() + guess[1:]


RULES = (
    Rule(
        code="E801",
        severity=Severity.ERROR,
        title="A show has no category.",
        source="Apple, RSS requirements: itunes:category",
        why="Directories refuse a show without one.",
        fix='Write one of Apple\'s, such as "categories: Science > Social Sciences".',
        run=each_show(_no_category),
    ),
    Rule(
        code="E802",
        severity=Severity.ERROR,
        title="A category is not one of Apple's.",
        source="Apple, Podcasts categories",
        why="Directories refuse a category that they do not know.",
        fix='Choose from Apple\'s list, such as "Science > Social Sciences".',
        run=each_show(_unknown_category),
    ),
    Rule(
        code="E803",
        severity=Severity.ERROR,
        title="A language is not written as its code.",
        source="RSS 2.0: language; ISO 639-1; BCP 47",
        why="Apps use it to find listeners, and screen readers to pronounce words.",
        fix="Write two letters, and a country if it matters: en, en-GB, cy.",
        run=_unknown_language,
    ),
    Rule(
        code="W804",
        severity=Severity.WARN,
        title="A show does not say whether it is explicit.",
        source="Apple, RSS requirements: itunes:explicit",
        why="It is told as clean, and Apple removes shows that say so wrongly.",
        fix='Write "explicit: false", or "explicit: true".',
        run=each_show(_explicit_unsaid),
    ),
    Rule(
        code="E805",
        severity=Severity.ERROR,
        title="An episode of a serial has no number.",
        source="Apple, RSS requirements: itunes:episode",
        why="A serial is played in the order of its numbers.",
        fix='Write "number:" with its place in the serial.',
        run=_unnumbered,
    ),
    Rule(
        code="I806",
        severity=Severity.INFO,
        title="A show has no owner.",
        source="W3C Feed Validator: itunes:owner",
        why="Some directories write to the owner to make sure that the show is yours.",
        fix='Write "owner:" with the name and e-mail address of a role, not a person.',
        run=each_show(_no_owner),
    ),
    Rule(
        code="W807",
        severity=Severity.WARN,
        title="A show has no author.",
        source="PSP-1: itunes:author",
        why="Apps show it under the title.",
        fix='Write "author:" with the name of your unit.',
        run=each_show(_no_author),
    ),
    Rule(
        code="I808",
        severity=Severity.INFO,
        title="A show is not locked.",
        source="Podcast namespace: locked",
        why="Other hosts may import it as if it were theirs to move.",
        fix='Take "locked: false" out, unless you are moving the show just now.',
        run=each_show(_unlocked),
    ),
    Rule(
        code="W809",
        severity=Severity.WARN,
        title="Two episodes have the same number.",
        source="Apple, RSS requirements: itunes:episode",
        why="Apps put them in an order of their own.",
        fix="Give one of them another number.",
        run=_same_number,
    ),
)
