"""What an episode points to: related episodes, captions and pictures.

That its show and its collection exist, reading has made sure of.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from peru_media.checks.named_files import advice
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Survey
from peru_media.model.contents import images_of
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.problem import Severity
from peru_media.model.site import Steps, Written

__all__ = ["RULES"]


def _unknown_related(survey: Survey) -> Iterator[Finding]:
    slugs = {view.written.slug for view in survey.episodes}
    for view in survey.episodes:
        for index, slug in enumerate(view.written.value.related):
            if slug not in slugs:
                near = get_close_matches(slug, slugs, n=1)
                yield Finding(
                    place=view.written.value_place("related", index),
                    what=f'There is no episode "{slug}".',
                    fix=f'Did you mean "{near[0]}"?' if near else "",
                    draft=view.draft,
                )


def _missing_file(survey: Survey) -> Iterator[Finding]:
    for show in survey.shows.values():
        named = {**dict(_people(show)), **dict(images_of(show))}
        yield from _missing(survey, show, named, draft=False)
    for view in survey.episodes:
        named = dict(_named(view.written))
        yield from _missing(survey, view.written, named, draft=view.draft)


def _missing(
    survey: Survey,
    written: Written[EpisodeFile] | Written[ShowFile],
    named: dict[Steps, str],
    *,
    draft: bool,
) -> Iterator[Finding]:
    for steps, name in named.items():
        if written.file(name) not in survey.inputs.facts:
            yield Finding(
                place=written.value_place(*steps),
                what=f"{name} is not there.",
                fix=advice(written, name),
                draft=draft,
            )


def _named(episode: Written[EpisodeFile]) -> Iterator[tuple[Steps, str]]:
    yield from _people(episode)
    yield from images_of(episode)
    if episode.value.captions:
        yield ("captions",), episode.value.captions
    for index, chapter in enumerate(episode.value.chapters):
        if chapter.image:
            yield ("chapters", index, "image"), chapter.image


def _people(
    written: Written[EpisodeFile] | Written[ShowFile],
) -> Iterator[tuple[Steps, str]]:
    for index, person in enumerate(written.value.people):
        if person.image:
            yield ("people", index, "image"), person.image


RULES = (
    Rule(
        code="W145",
        severity=Severity.WARN,
        title="A related episode does not exist.",
        source="docs: related",
        why="Its link would be left out.",
        fix="Name the folder of another episode.",
        run=_unknown_related,
    ),
    Rule(
        code="E146",
        severity=Severity.ERROR,
        title="A file that is named is not there.",
        source="docs: files beside show.md and episode.md",
        why="Listeners would find a gap where a picture or captions belong.",
        fix="Put the file into the folder, or take the line out.",
        run=_missing_file,
    ),
)
