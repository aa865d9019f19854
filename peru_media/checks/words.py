"""Titles, descriptions and names: their limits, and what does not belong in them."""

import re
from collections.abc import Iterable, Iterator, Mapping

from peru_media.checks.rules import Finding, Rule, each_episode, each_show
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.checks.titles import numbered, repeats
from peru_media.model.files import ConsentRecord, EpisodeFile, ShowFile
from peru_media.model.problem import Place, Severity
from peru_media.model.site import Steps, Written
from peru_media.model.value import Value

__all__ = ["RULES"]

_LINES = {"author", "copyright", "subtitle", "title"}
_LINE, _NAME, _TEXT = 255, 128, 4000
_UNPRINTABLE = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0, 2.2
)
_SUSPICIOUS = re.compile(r"\\u00|\\b|\\f|[\ufffe\uffff]")  # the same within JSON
_Any = Written[ShowFile] | Written[EpisodeFile] | Written[ConsentRecord]


def _long_line(survey: Survey) -> Iterator[Finding]:
    for written, draft in _written(survey):
        for name in _LINES & written.value.model_fields_set:
            text = getattr(written.value, name) or ""
            if len(text) > _LINE:
                yield Finding(
                    place=written.value_place(name),
                    what=f"The {name} has {len(text)} letters.",
                    draft=draft,
                )


def _numbered(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    title = view.written.value.title
    number = numbered(title)
    if number:
        what = f'The title begins with "{number}".'
        yield Finding(place=view.written.value_place("title"), what=what)


def _repeated(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    title = view.written.value.title
    show = view.show.value.title if view.show else ""
    full = view.written.value.type == "full"
    if full and repeats(title, show):
        what = f'The title repeats the name of the show, "{show}".'
        yield Finding(place=view.written.value_place("title"), what=what)


def _long_description(_survey: Survey, show: Written[ShowFile]) -> Iterator[Finding]:
    yield from _long(show)


def _long_notes(_survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    yield from _long(view.written)


def _no_description(survey: Survey) -> Iterator[Finding]:
    for written, draft in _written(survey):
        if not written.body.strip():
            what = "There is no description below the fields."
            place = Place(written.path, written.body_line, 1)
            yield Finding(place=place, what=what, draft=draft)


def _unprintable(survey: Survey) -> Iterator[Finding]:
    for written, draft in _written(survey):
        for place, letter in _letters(written):
            what = f"There is an invisible sign here (U+{ord(letter):04X})."
            yield Finding(place=place, what=what, draft=draft)
    for record in survey.inputs.site.contributors:
        for place, letter in _letters(record):
            what = f"There is an invisible sign here (U+{ord(letter):04X})."
            yield Finding(place=place, what=what)


def _long_name(survey: Survey) -> Iterator[Finding]:
    for written, draft in _written(survey):
        for steps, name in _names(written):
            if len(name) > _NAME:
                what = f"The name has {len(name)} letters."
                yield Finding(place=written.value_place(*steps), what=what, draft=draft)
    for record in survey.inputs.site.contributors:
        if len(record.value.public_name) > _NAME:
            what = f"The name has {len(record.value.public_name)} letters."
            yield Finding(place=record.value_place("public_name"), what=what)


def _written(
    survey: Survey,
) -> Iterator[tuple[Written[ShowFile] | Written[EpisodeFile], bool]]:
    for show in survey.shows.values():
        yield show, False
    for view in survey.episodes:
        yield view.written, view.draft


def _long(
    written: Written[ShowFile] | Written[EpisodeFile],
) -> Iterator[Finding]:
    """Apple counts bytes, and so do we; the Markdown stands for what becomes of it."""
    size = len(written.body.strip().encode("utf-8", "replace"))
    if size > _TEXT:
        yield Finding(
            place=Place(written.path, written.body_line, 1),
            what=f"The description has {size} bytes, {size - _TEXT} too many.",
        )


def _names(
    written: Written[ShowFile] | Written[EpisodeFile],
) -> Iterator[tuple[Steps, str]]:
    for index, person in enumerate(written.value.people):
        if person.name:
            yield ("people", index, "name"), person.name
    for index, collection in enumerate(getattr(written.value, "collections", ())):
        yield ("collections", index, "title"), collection.title


def _letters(written: _Any) -> Iterator[tuple[Place, str]]:
    """The first letter of each text that XML cannot hold, and where it stands."""
    for steps, text in _texts((), written.value) if _suspicious(written.value) else ():
        match = _UNPRINTABLE.search(text)
        if match:
            yield written.value_place(*steps), match[0]
    match = _UNPRINTABLE.search(written.body)
    if match:
        line = written.body_line + written.body.count("\n", 0, match.start())
        column = match.start() - written.body.rfind("\n", 0, match.start())
        yield Place(written.path, line, column), match[0]


def _suspicious(value: Value) -> bool:
    """Whether a closer look is worth its time; most files need none."""
    return _SUSPICIOUS.search(value.model_dump_json(exclude_unset=True)) is not None


def _texts(steps: Steps, value: object) -> Iterator[tuple[Steps, str]]:
    """Every text that was written in a field, however deep."""
    if isinstance(value, str):
        yield steps, value
    for name, inner in _inner(value):
        yield from _texts((*steps, name), inner)


def _inner(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Value):
        return ((name, getattr(value, name)) for name in value.model_fields_set)
    if isinstance(value, Mapping):
        return value.items()
    return enumerate(value) if isinstance(value, list | tuple) else ()


RULES = (
    Rule(
        code="E601",
        severity=Severity.ERROR,
        title="A title or another line is longer than 255 letters.",
        source="Apple, RSS requirements; PSP-1: strings",
        why="Apps cut it off, and some directories refuse the feed.",
        fix="Shorten it to at most 255 letters; the rest belongs into the description.",
        run=_long_line,
    ),
    Rule(
        code="W602",
        severity=Severity.WARN,
        title="A title begins with the number of the episode.",
        source="Apple, RSS requirements: title",
        why="Apps show the number themselves, so listeners would read it twice.",
        fix='Take it out of the title, and write "number:" and "season:" instead.',
        run=each_episode(_numbered),
    ),
    Rule(
        code="W603",
        severity=Severity.WARN,
        title="A title repeats the name of the show.",
        source="Apple, RSS requirements: title",
        why="Apps show the name beside it, and cut the rest of the title off.",
        fix="Leave the name of the show out of the title.",
        run=each_episode(_repeated),
    ),
    Rule(
        code="E604",
        severity=Severity.ERROR,
        title="The description of a show is longer than 4000 bytes.",
        source="Apple, RSS requirements: description",
        why="Apple refuses it, or cuts it in the middle of a word.",
        fix="Shorten it; a letter with an accent counts as two bytes.",
        run=each_show(_long_description),
    ),
    Rule(
        code="W605",
        severity=Severity.WARN,
        title="The description of an episode is longer than 4000 bytes.",
        source="Apple, RSS requirements: description",
        why="Apps cut it off; the whole stands on the episode's page alone.",
        fix="Put what matters first, or shorten it.",
        run=each_episode(_long_notes),
    ),
    Rule(
        code="W606",
        severity=Severity.WARN,
        title="There is no description.",
        source="RSS 2.0: description; PSP-1",
        why="Listeners decide by it, and search finds by it.",
        fix="Write two or three sentences below the second line of dashes.",
        run=_no_description,
    ),
    Rule(
        code="E607",
        severity=Severity.ERROR,
        title="A text has a sign that a feed cannot hold.",
        source="XML 1.0, 2.2: characters",
        why="One such sign makes the whole feed unreadable for every listener.",
        fix="Delete the line and type it again; such signs come with copied text.",
        run=_unprintable,
    ),
    Rule(
        code="E608",
        severity=Severity.ERROR,
        title="A name is longer than 128 letters.",
        source="Podcast namespace: person, season",
        why="Apps cut it off, or leave it out.",
        fix="Shorten it to at most 128 letters.",
        run=_long_name,
    ),
)
