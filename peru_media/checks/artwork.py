"""Covers, as Apple and the other directories take them."""

from collections.abc import Iterator

from peru_media.checks.named_files import advice, base
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Cover, Survey
from peru_media.model.facts import PictureFacts
from peru_media.model.problem import Place, Severity

__all__ = ["RULES"]

_ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_COLOURS = {
    "1": "black and white",
    "CMYK": "colours made for print (CMYK)",
    "L": "shades of grey",
    "LA": "shades of grey",
    "P": "a palette of few colours",
}
_SMALLEST, _LARGEST = 1400, 3000
_SOURCE = "Apple, RSS requirements: artwork"


def _missing(survey: Survey) -> Iterator[Finding]:
    for cover in survey.covers:
        if cover.facts is None:
            yield Finding(
                place=cover.place,
                what=f"The cover {base(cover.path)} is not there.",
                fix=_instead(cover),
                draft=cover.draft,
            )


def _wrong_type(survey: Survey) -> Iterator[Finding]:
    for cover in survey.covers:
        if cover.facts is not None and _picture(cover) is None:
            what = f"{base(cover.path)} is neither a JPEG nor a PNG that can be read."
            yield Finding(place=Place(cover.path), what=what, draft=cover.draft)


def _not_square(survey: Survey) -> Iterator[Finding]:
    for cover, picture in _pictures(survey):
        if picture.width != picture.height:
            what = f"{_measured(cover, picture)}, and not square."
            yield Finding(place=Place(cover.path), what=what, draft=cover.draft)


def _wrong_size(survey: Survey) -> Iterator[Finding]:
    for cover, picture in _pictures(survey):
        small = min(picture.width, picture.height) < _SMALLEST
        if small or max(picture.width, picture.height) > _LARGEST:
            what = f"{_measured(cover, picture)}, too {'small' if small else 'large'}."
            yield Finding(place=Place(cover.path), what=what, draft=cover.draft)


def _wrong_colours(survey: Survey) -> Iterator[Finding]:
    for cover, picture in _pictures(survey):
        if picture.mode not in {"RGB", "RGBA"}:
            colours = _COLOURS.get(picture.mode, f"{picture.mode} colours")
            what = f"{base(cover.path)} has {colours} instead of RGB."
            yield Finding(place=Place(cover.path), what=what, draft=cover.draft)


def _transparent(survey: Survey) -> Iterator[Finding]:
    for cover, picture in _pictures(survey):
        if picture.alpha or picture.mode == "RGBA":
            what = f"{base(cover.path)} has transparent parts."
            yield Finding(place=Place(cover.path), what=what, draft=cover.draft)


def _misnamed(survey: Survey) -> Iterator[Finding]:
    for cover, picture in _pictures(survey):
        endings = _ENDINGS[picture.media_type]
        if not cover.path.lower().endswith(endings):
            yield Finding(
                place=Place(cover.path),
                what=f"{base(cover.path)} is really a {endings[0]} file.",
                fix=f"Rename it so that it ends in {endings[0]}.",
                draft=cover.draft,
            )


def _pictures(survey: Survey) -> Iterator[tuple[Cover, PictureFacts]]:
    """Every cover that lies there and can be read."""
    for cover in survey.covers:
        picture = _picture(cover)
        if picture is not None:
            yield cover, picture


def _picture(cover: Cover) -> PictureFacts | None:
    facts = cover.facts
    picture = facts.picture if facts and not facts.fault else None
    return picture if picture and picture.media_type in _ENDINGS else None


def _measured(cover: Cover, picture: PictureFacts) -> str:
    return f"{base(cover.path)} is {picture.width} x {picture.height} pixels"


def _instead(cover: Cover) -> str:
    """Name the cover that lies there under another name, if one does."""
    start = len(cover.written.folder)
    for path in cover.written.files:
        if path[start:].lower() in {"cover.jpg", "cover.jpeg", "cover.png"}:
            return f'Write "cover: {path[start:]}".'
    return advice(cover.written, cover.path[start:])


RULES = (
    Rule(
        code="E701",
        severity=Severity.ERROR,
        title="A show has no cover.",
        source=_SOURCE,
        why="Apple and other directories refuse a show without one.",
        fix="Put a square picture of 3000 x 3000 pixels beside show.md.",
        run=_missing,
    ),
    Rule(
        code="E702",
        severity=Severity.ERROR,
        title="A cover is neither JPEG nor PNG.",
        source=_SOURCE,
        why="Directories refuse other types, and broken pictures.",
        fix="Export it again as JPEG or PNG.",
        run=_wrong_type,
    ),
    Rule(
        code="E703",
        severity=Severity.ERROR,
        title="A cover is not square.",
        source=_SOURCE,
        why="Directories refuse it.",
        fix="Cut it to a square, and export it at 3000 x 3000 pixels.",
        run=_not_square,
    ),
    Rule(
        code="E704",
        severity=Severity.ERROR,
        title="A cover is too small or too large.",
        source=_SOURCE,
        why="Directories refuse it.",
        fix="Export it again: 1400 to 3000 pixels wide and high.",
        run=_wrong_size,
    ),
    Rule(
        code="E705",
        severity=Severity.ERROR,
        title="A cover has other colours than RGB.",
        source=_SOURCE,
        why="Directories refuse it, and screens show colours made for print wrongly.",
        fix="Export it again with RGB colours.",
        run=_wrong_colours,
    ),
    Rule(
        code="W706",
        severity=Severity.WARN,
        title="A cover has transparent parts.",
        source=_SOURCE,
        why="They come out black in some apps, and white in others.",
        fix="Put a background behind it, and export it without transparency.",
        run=_transparent,
    ),
    Rule(
        code="E707",
        severity=Severity.ERROR,
        title="The ending of a cover's name is not its real type.",
        source=_SOURCE,
        why="Directories believe the ending, and fail to read the picture.",
        fix="Rename the file.",
        run=_misnamed,
    ),
)
