"""What a feed says, tag by tag, in one form for every reader, so that two compare.

    said["item/podcast:person"] == [((0,), {"text": "Ann", "role": "host"}), …]

A path names the elements from the channel inwards; a place says which of each it
lies in. Values are texts: numbers without ornament, moments in UTC, and true or
false for every way to say so.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

__all__ = ["Place", "Said", "add", "flat", "normal"]

Place = tuple[int, ...]
Said = dict[str, list[tuple[Place, dict[str, str]]]]

_MOMENTS = {
    "pubDate text", "lastBuildDate text", "podcast:trailer pubdate",
    "podcast:liveItem start", "podcast:liveItem end",
    "podcast:updateFrequency dtstart",
}  # fmt: skip
_TRUTHS = {
    "podcast:locked text", "podcast:block text", "itunes:explicit text",
    "itunes:block text", "itunes:complete text",
}  # fmt: skip
_ANY_CASE = {"podcast:person role", "podcast:person group", "podcast:license text"}
_NUMBERS = re.compile(
    "podcast:(?:soundbite|valueTimeSplit) .*"
    "|.* (?:length|bitrate|height|width|suggested|season|priority|split|recentCount)"
    "|(?:podcast|itunes):(?:episode|season) text|itunes:duration text"
)
_TRUE = {"yes", "true"}


def add(said: Said, path: str, place: Place, values: Mapping[str, Any]) -> None:
    """Note an element; one that says nothing is not there."""
    tag = path.rpartition("/")[2]
    found = {name: normal(tag, name, value) for name, value in values.items()}
    given = {name: text for name, text in found.items() if text}
    if given:
        said.setdefault(path, []).append((place, given))


def flat(said: Said) -> list[tuple[str, Place, str, str]]:
    """Every single value, with where it stands."""
    return [
        (path, place, name, text)
        for path, found in said.items()
        for place, values in found
        for name, text in values.items()
    ]


def normal(tag: str, name: str, value: Any) -> str:
    """A value as a text that does not depend on who read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, int | float):
        return _number(value)
    return _text(f"{tag} {name}", str("" if value is None else value).strip())


def _text(key: str, text: str) -> str:
    if not text:
        return ""
    ways = {
        key in _TRUTHS: _truth,
        key in _MOMENTS: _moment,
        key in _ANY_CASE: str.lower,
        key == "psc:chapter start": _clock,
        _is_number(key, text): _number,
    }
    return ways.get(True, str)(text)


def _truth(text: str) -> str:
    return "true" if text.lower() in _TRUE else "false"


def _clock(text: str) -> str:
    """Seconds of ``00:01:30.000``, or of a number of them."""
    *larger, seconds = (float(part) for part in text.split(":"))
    whole = sum(one * 60**power for power, one in enumerate(larger[::-1], start=1))
    return _number(whole + seconds)


def _is_number(key: str, text: str) -> bool:
    return bool(_NUMBERS.fullmatch(key) and re.fullmatch(r"\d+(\.\d+)?", text))


def _number(value: float | str) -> str:
    return f"{float(value):.12f}".rstrip("0").rstrip(".")


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = parsedate_to_datetime(text)
    return moment.astimezone(UTC).isoformat(timespec="seconds")
