"""Stand-ins: sounds that hold the place of a recording, and must never leave home."""

from collections.abc import Iterator

from peru_media.checks.rules import Finding, Rule, each_episode
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.facts import FileKind
from peru_media.model.problem import Severity

__all__ = ["RULES"]


def _away(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.written.value.media.stand_in and not survey.inputs.here:
        yield _stand_in(view)


def _at_home(survey: Survey, view: EpisodeView) -> Iterator[Finding]:
    if view.written.value.media.stand_in and survey.inputs.here:
        yield _stand_in(view)


def _stand_in(view: EpisodeView) -> Finding:
    real = "document" if view.kind is FileKind.PDF else "recording"
    return Finding(
        place=view.written.value_place("media", "stand_in"),
        what=f"This is a stand-in, and not the {real}.",
        fix=f'Put the {real} into the folder, and take "stand_in: true" out.',
    )


RULES = (
    Rule(
        code="E501",
        severity=Severity.ERROR,
        title="A stand-in would be published to the world.",
        source="docs: stand-ins",
        why="Listeners would take a synthetic voice for a person who told their story.",
        fix='Put the recording into the folder, and take "stand_in: true" out.',
        run=each_episode(_away),
        safety=True,
    ),
    Rule(
        code="I502",
        severity=Severity.INFO,
        title="A stand-in holds the place of a recording.",
        source="docs: stand-ins",
        why="It may be shown on this machine alone.",
        fix="Put the recording into the folder before publishing elsewhere.",
        run=each_episode(_at_home),
    ),
)
