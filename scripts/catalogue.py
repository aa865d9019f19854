"""Write the catalogues of the pages' words anew: make golden.

Each holds every message of the templates and of Python, with the translation that it
had; what is new stands there without one, and what nothing says any more is left out.
Nothing depends on the day or on where a message stands, so that the same words give
the same file.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import get_args

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from peru_media.model.taxonomy import Role
from peru_media.rendering.citation import GENRES
from peru_media.rendering.words import DOCUMENTS

PACKAGE = Path(__file__).parent.parent / "peru_media"
PLACE = PACKAGE / "rendering" / "locale"

HEAD = """\
# The pages' own words in another language: make golden puts new messages in.
# Translated for this project; a speaker of the language has still to read it.
"""

_PYTHON: dict[str, tuple[int, ...] | None] = {"text": None, "counted": (1, 2)}
_TEMPLATES: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
_OPTIONS = {"newstyle_gettext": "yes", "trim_blocks": "yes", "lstrip_blocks": "yes"}


def messages() -> Catalog:
    """Every message that the pages say, by itself or as one and many."""
    found = Catalog()
    for message in (*_messages(), *_words()):
        found.add(message)
    return found


def updated(language: str, written: bytes) -> bytes:
    """Bring a catalogue up to date: all messages, and no other, in their order."""
    kept = read_po(BytesIO(written), locale=language)
    kept.update(messages(), no_fuzzy_matching=True)
    body = BytesIO()
    write_po(
        body,
        kept,
        width=88,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    head = (
        f'{HEAD}msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {kept.plural_forms}\\n"\n\n'
    )
    return head.encode() + body.getvalue().rstrip() + b"\n"


def _messages() -> Iterator[str | tuple[str, ...]]:
    for file in sorted((PACKAGE / "rendering" / "templates").iterdir()):
        yield from _of(file, "jinja2.ext:babel_extract", _TEMPLATES)
    for folder in ("rendering", "server"):
        for file in sorted((PACKAGE / folder).glob("*.py")):
            yield from _of(file, "python", _PYTHON)


def _words() -> Iterator[str]:
    """What values say of themselves in a word or two, where there is a list of it."""
    yield from get_args(get_args(Role)[0])
    yield from GENRES.values()
    yield from sorted(DOCUMENTS)


def _of(
    file: Path, method: str, keywords: dict[str, tuple[int, ...] | None]
) -> Iterator[str | tuple[str, ...]]:
    with file.open("rb") as lines:
        found = extract(method, lines, keywords=keywords, options=_OPTIONS)
        for _, message, _, _ in found:
            yield message


if __name__ == "__main__":
    for place in sorted(PLACE.glob("*/messages.po")):
        place.write_bytes(updated(place.parent.name, place.read_bytes()))
