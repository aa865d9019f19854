"""What PSP-1 recommends for an item beside its texts: its words and a picture."""

from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import Judge, each_item, is_document, titled
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_TIMED = "text/vtt"


def _without(name: str) -> Judge:
    def judge(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
        if item.first(name) is None:
            what = f"{titled(item)} has no <{name}>."
            yield Finding(place=survey.place(item.element), what=what)

    return judge


def _wordless(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    """A document has its words in itself."""
    if not is_document(item):
        yield from _without("podcast:transcript")(survey, item)


def _no_vtt(survey: FeedSurvey, item: Part) -> Iterator[Finding]:
    found = item.all("podcast:transcript")
    if found and not any(one.attributes.get("type") == _TIMED for one in found):
        what = f"{titled(item)} has a transcript, but none of the type {_TIMED}."
        yield Finding(place=survey.place(found[0]), what=what)


RULES = (
    Rule(
        code="W3007",
        severity=Severity.WARN,
        title="An item has no transcript.",
        source="PSP-1: recommended elements; podcast namespace: transcript",
        why="People who cannot hear it are shut out, and search does not find it.",
        fix="Write <podcast:transcript> with its url and type.",
        run=each_item(_wordless),
    ),
    Rule(
        code="I3008",
        severity=Severity.INFO,
        title="A transcript is not there as WebVTT.",
        source="Podcast namespace: transcript; Apple Podcasts: transcripts",
        why="WebVTT is what Apple takes, and what most apps show in time.",
        fix='Offer it with type="text/vtt", too.',
        run=each_item(_no_vtt),
    ),
    Rule(
        code="I3009",
        severity=Severity.INFO,
        title="An item has no picture of its own.",
        source="PSP-1: recommended elements; Apple, RSS requirements: itunes:image",
        why="Apps show the cover of the show for every episode.",
        fix="Write <itunes:image> with the address of a square picture as its href.",
        run=each_item(_without("itunes:image")),
    ),
)
