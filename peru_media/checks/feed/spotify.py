"""Spotify's own tags, as far as they are public."""

import re
from collections.abc import Iterator

from peru_media.checks.feed.survey import FeedSurvey, Part
from peru_media.checks.feed.walks import in_channel, shown
from peru_media.checks.rules import Finding, Rule
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_COUNT = re.compile(r"[1-9][0-9]{0,6}")
_COUNTRIES = re.compile(r"[A-Za-z]{2}(?:\s+[A-Za-z]{2}){0,299}")


def _limit(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("spotify:limit"):
        count = element.attributes.get("recentCount", "")
        if not _COUNT.fullmatch(count):
            what = f"The recentCount of <spotify:limit> is {shown(count)}."
            yield Finding(place=survey.place(element), what=what)


def _countries(survey: FeedSurvey, channel: Part) -> Iterator[Finding]:
    for element in channel.all("spotify:countryOfOrigin"):
        text = element.text.strip()
        if not _COUNTRIES.fullmatch(text[:1000]):
            what = f"<spotify:countryOfOrigin> is {shown(text)}."
            yield Finding(place=survey.place(element), what=what)


RULES = (
    Rule(
        code="W2041",
        severity=Severity.WARN,
        title="Spotify's limit is not a number of episodes.",
        source="Spotify, namespace http://www.spotify.com/ns/rss: limit",
        why="Spotify lists all episodes.",
        fix='Write recentCount="20", with a whole number from 1.',
        run=in_channel(_limit),
    ),
    Rule(
        code="W2042",
        severity=Severity.WARN,
        title="Spotify's countries are not codes of countries.",
        source="Spotify, namespace http://www.spotify.com/ns/rss: countryOfOrigin",
        why="Spotify does not know whom the show is made for.",
        fix="Write codes of two letters with spaces between, such as: gb ie.",
        run=in_channel(_countries),
    ),
)
