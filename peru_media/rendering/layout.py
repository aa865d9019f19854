"""How every page is laid out: its template, in one language, with the same filters."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import PurePosixPath

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from peru_media.model.address import show_path
from peru_media.model.moment import utc_text
from peru_media.rendering.addresses import (
    ACCESSIBILITY,
    PRIVACY,
    SEARCH,
    absolute,
    base_path,
    cite_path,
    document_path,
    feed_path,
    form_path,
)
from peru_media.rendering.characters import legal
from peru_media.rendering.notes import notes_html, plain_text, shortened
from peru_media.rendering.oembed import FRAMES, frame_code, oembed_url
from peru_media.rendering.subscribing import apps, qr_code
from peru_media.rendering.theme import templates
from peru_media.rendering.views import Imprint
from peru_media.rendering.voice import Voice, direction, voices_of
from peru_media.rendering.words import DOCUMENTS, clock, decimal, kind_of

__all__ = ["brief", "environment", "write_page"]

_BRIEF = 280
_PLACES = {
    "accessibility": ACCESSIBILITY,
    "privacy": PRIVACY,
    "removal": f"{PRIVACY}#removal",
    "search": SEARCH,
}


def write_page(
    name: str, imprint: Imprint, voice: Voice, *, path: str, **values: object
) -> bytes:
    """Write a page by its template, in one language.

    Args:
        name: of the template.
        imprint: who publishes.
        voice: the language of the page.
        path: where the page lies, without the language's own part.
        values: what else the template shows; text in them is escaped.
    """
    template = environment(imprint.base_url, voice).get_template(name)
    voices = voices_of(imprint.languages)
    values |= {"imprint": imprint, "voices": voices, "path": path}
    return legal(template.render(values)).encode()


def brief(markdown: str) -> str:
    """The first paragraph of a description, in plain words."""
    words = plain_text(notes_html(markdown, page=""))
    return shortened(words.partition("\n\n")[0], limit=_BRIEF)


@cache
def environment(base_url: str, voice: Voice) -> Environment:
    """What templates are read by, for one language: its words and its filters."""
    made = Environment(
        loader=DictLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # by the extension
    say, count = _sayings(voice)
    made.globals |= {"_": say, "gettext": say, "ngettext": count}
    made.globals |= {"frames": FRAMES, "places": _PLACES, "voice": voice}
    made.filters |= _words(voice) | _addresses(base_url, voice)
    return made


def _words(voice: Voice) -> dict[str, Callable[..., object]]:
    """How things are said, and written for machines."""
    return {
        "brief": brief,
        "clock": clock,
        "date": voice.date,
        "day": voice.day,
        "ending": _ending,
        "genre": partial(_genre, voice),
        "iso": utc_text,
        "kind": kind_of,
        "locale": lambda tag: tag.replace("-", "_"),
        "megabytes": voice.megabytes,
        "offset": decimal,
        "spoken": voice.spoken,
        "tongue": cache(partial(_tongue, voice)),
    }


def _addresses(base_url: str, voice: Voice) -> dict[str, Callable[..., object]]:
    """How things are linked: whole, or from the root of the host."""
    root = base_path(base_url)
    return {
        "absolute": partial(absolute, base_url),
        "apps": lambda links, show: apps(base_url + feed_path(show), links),
        "cite": cite_path,
        "feed": lambda show: absolute(base_url, feed_path(show)),
        "frame": _frame,
        "form": lambda show, form: absolute(base_url, form_path(show, form)),
        "linked": partial(absolute, root),
        "oembed": lambda path: oembed_url(base_url, voice.path(path)),
        "paper": lambda document, show: document_path(show, document.name),
        "qr": lambda path, label: qr_code(absolute(base_url, path) or "", label),
        "rooted": partial(absolute, root),
        "said": voice.text,
        "show": show_path,
        "turned": lambda path: absolute(root, voice.path(path)),
        "turned_absolute": lambda path: absolute(base_url, voice.path(path)),
    }


def _sayings(voice: Voice) -> tuple[Callable[..., Markup], Callable[..., Markup]]:
    """How templates say and count things; looking a message up once is enough."""

    @cache
    def known(message: str) -> Markup:
        return Markup(voice.words.ugettext(message))  # noqa: S704  # messages are ours

    @cache
    def plain(message: str) -> Markup:
        return known(message) % {}

    def say(message: str, **values: object) -> Markup:
        return known(message) % values if values else plain(message)

    def count(one: str, many: str, number: int, **values: object) -> Markup:
        said = Markup(voice.words.ungettext(one, many, number))  # noqa: S704  # messages are ours
        return said % (values | {"num": number})

    return say, count


def _tongue(voice: Voice, language: str) -> Markup:
    """The attributes of an element in a language of its own: which, and its way."""
    said = Markup(' lang="{}"').format(language)
    way = direction(language)
    return said if way == voice.direction else said + Markup(' dir="{}"').format(way)


def _genre(voice: Voice, kind: str) -> str:
    """How a language says a usual kind of document; empty for any other."""
    usual = " ".join(kind.lower().split())
    return voice.text(usual) if usual in DOCUMENTS else ""


def _frame(address: str, title: str, kind: str) -> str:
    """The code that shows a player elsewhere, as a text to be copied."""
    width, height = FRAMES[kind]
    return str(frame_code(address, title, width=width, height=height))


def _ending(address: str) -> str:
    """The kind of a file, as people call it: ``MP3``."""
    return PurePosixPath(address).suffix[1:].upper()
