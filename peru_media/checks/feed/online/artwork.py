"""What the servers of the artwork answer, and what the pictures really are."""

from collections.abc import Callable, Iterator
from posixpath import splitext
from urllib.parse import urlsplit

from peru_media.checks.feed.online.visits import (
    each_of,
    given,
    named,
    no_head,
    no_range,
    not_given,
    said,
)
from peru_media.checks.rules import Rule
from peru_media.model.facts import PictureFacts
from peru_media.model.probed import Asked, Role
from peru_media.model.problem import Severity

__all__ = ["RULES"]

_ENDINGS = {"image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
_TYPES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg"}
_COLOURS = {
    "1": "is black and white",
    "CMYK": "has colours made for print (CMYK)",
    "L": "has shades of grey",
    "LA": "has shades of grey",
    "P": "has a palette of few colours",
}
_SMALLEST, _LARGEST = 1400, 3000

Judge = Callable[[Asked, PictureFacts], Iterator[str]]


def _of_picture(judge: Judge) -> Callable[[Asked], Iterator[str]]:
    """Judge every picture that could be measured."""

    def run(asked: Asked) -> Iterator[str]:
        picture = _picture(asked)
        if picture is not None:
            yield from judge(asked, picture)

    return run


def _picture(asked: Asked) -> PictureFacts | None:
    facts = asked.facts
    picture = facts.picture if facts and not facts.fault else None
    return picture if picture and picture.media_type in _ENDINGS else None


def _no_picture(asked: Asked) -> Iterator[str]:
    if given(asked) is None or asked.facts is None or _picture(asked):
        return
    why = asked.facts.fault or f"It is {asked.facts.media_type}."
    yield f"{named(asked)} is neither a JPEG nor a PNG that can be read: {why}"


def _not_square(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    if picture.width != picture.height:
        yield f"{named(asked)} is {_pixels(picture)}, and not square."


def _wrong_size(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    if min(picture.width, picture.height) < _SMALLEST:
        yield f"{named(asked)} is {_pixels(picture)}, too small."
    elif max(picture.width, picture.height) > _LARGEST:
        yield f"{named(asked)} is {_pixels(picture)}, too large."


def _wrong_colours(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    if picture.mode not in {"RGB", "RGBA"}:
        colours = _COLOURS.get(picture.mode, f"has {picture.mode} colours")
        yield f"{named(asked)} {colours}, instead of RGB."


def _transparent(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    if picture.alpha or picture.mode == "RGBA":
        yield f"{named(asked)} has transparent parts."


def _misnamed(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    ending = splitext(urlsplit(asked.lead.url).path)[1].lower()
    endings = _ENDINGS[picture.media_type]
    if ending not in endings:
        written = f"ends in {said(ending)}" if ending else "has no ending"
        yield f"{named(asked)} is really a {endings[0]} file, but its name {written}."


def _other_type(asked: Asked, picture: PictureFacts) -> Iterator[str]:
    visit = given(asked)
    told = visit.content_type if visit else picture.media_type
    if _TYPES.get(told, told) != picture.media_type:
        yield f"{named(asked)} is {picture.media_type}, but comes as {said(told)}."


def _pixels(picture: PictureFacts) -> str:
    return f"{picture.width} x {picture.height} pixels"


_APPLE = "Apple, RSS requirements: artwork"
RULES = (
    Rule(
        code="E5201",
        severity=Severity.ERROR,
        title="Artwork cannot be fetched.",
        source=f"{_APPLE}; RFC 9110, 15",
        why="Directories refuse a show without a picture, and apps show a grey square.",
        fix="Open the address in a private window; everybody must see the picture.",
        run=each_of(Role.ARTWORK, not_given),
    ),
    Rule(
        code="E5202",
        severity=Severity.ERROR,
        title="Artwork does not answer HEAD.",
        source="Apple, RSS requirements: HTTP HEAD requests",
        why="Apple looks with HEAD whether the picture changed, and refuses it.",
        fix="Let the server answer HEAD as it answers GET, without the body.",
        run=each_of(Role.ARTWORK, no_head),
    ),
    Rule(
        code="E5203",
        severity=Severity.ERROR,
        title="The server of artwork gives no part of it.",
        source="Apple's message, as hosts quote it: byte-range requests; RFC 9110, 14",
        why="A directory that asks for a part first refuses the picture.",
        fix="Let the server answer Range with 206, as it does for a file on disk.",
        run=each_of(Role.ARTWORK, no_range),
    ),
    Rule(
        code="E5204",
        severity=Severity.ERROR,
        title="Artwork is neither a JPEG nor a PNG.",
        source=_APPLE,
        why="Directories refuse it, and apps show a grey square.",
        fix="Save it as JPEG or PNG, and put it at a new address.",
        run=each_of(Role.ARTWORK, _no_picture),
    ),
    Rule(
        code="E5205",
        severity=Severity.ERROR,
        title="Artwork is not square.",
        source=_APPLE,
        why="Directories refuse it, and apps cut it off.",
        fix="Make it as wide as high, best 3000 x 3000 pixels, at a new address.",
        run=each_of(Role.ARTWORK, _of_picture(_not_square)),
    ),
    Rule(
        code="E5206",
        severity=Severity.ERROR,
        title="Artwork is too small or too large.",
        source=_APPLE,
        why="Apple takes 1400 to 3000 pixels a side, and refuses others.",
        fix="Make it 3000 x 3000 pixels, and put it at a new address.",
        run=each_of(Role.ARTWORK, _of_picture(_wrong_size)),
    ),
    Rule(
        code="E5207",
        severity=Severity.ERROR,
        title="Artwork has other colours than RGB.",
        source=_APPLE,
        why="Apple refuses it, and some apps show it in wrong colours.",
        fix="Save it in RGB, and put it at a new address.",
        run=each_of(Role.ARTWORK, _of_picture(_wrong_colours)),
    ),
    Rule(
        code="W5208",
        severity=Severity.WARN,
        title="Artwork has transparent parts.",
        source=_APPLE,
        why="They are black in one app and white in the next.",
        fix="Put a colour behind it, and save it without transparency.",
        run=each_of(Role.ARTWORK, _of_picture(_transparent)),
    ),
    Rule(
        code="E5209",
        severity=Severity.ERROR,
        title="The ending of artwork's address is not its real type.",
        source=_APPLE,
        why="Apple goes by the ending, and refuses the picture.",
        fix="Let the address end in .jpg or .png, as the picture is.",
        run=each_of(Role.ARTWORK, _of_picture(_misnamed)),
    ),
    Rule(
        code="W5210",
        severity=Severity.WARN,
        title="Artwork comes as another type than it is.",
        source="RFC 9110, 8.3; WHATWG MIME Sniffing",
        why="Browsers that may not guess show no picture.",
        fix="Let the server say Content-Type: image/jpeg or image/png, as it is.",
        run=each_of(Role.ARTWORK, _of_picture(_other_type)),
    ),
)
