"""Small files that come in several forms, and the addresses at which they are found.

Of a transcript, of captions and of a citation one form is stored. The others are
made of it whenever somebody asks, so a release holds each word once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from peru_media.model import transcripts
from peru_media.model.address import CONTENT_TYPES

__all__ = [
    "CAPTIONS",
    "CITATION",
    "CITATION_KINDS",
    "TRANSCRIPT",
    "Form",
    "form_at",
    "forms_of",
    "origins",
]

CAPTIONS, CITATION, TRANSCRIPT = "captions", "cite", "transcript"
CITATION_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "json": "application/vnd.citationstyles.csl+json",
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a small file: what it is (``cite``), and its ending (``bib``)."""

    file: str
    kind: str

    @property
    def stored_type(self) -> str:
        """The media type that it has where this very form is stored."""
        return _FAMILIES[self.file].kinds[self.kind]

    @property
    def content_type(self) -> str:
        """The media type with which it is sent, with its charset where it has one."""
        if self.file == CITATION and self.kind == "json":
            return CONTENT_TYPES["citation"]
        if self.file in {CAPTIONS, TRANSCRIPT}:
            return transcripts.content_type(self.kind)
        return CONTENT_TYPES[self.kind]


def form_at(path: str) -> Form | None:
    """The form that an address asks for; None for other addresses."""
    file, _, kind = path.rpartition("/")[2].partition(".")
    family = _FAMILIES.get(file)
    if family is None or kind not in family.kinds or "/" not in path:
        return None
    return Form(file, kind)


def origins(path: str) -> tuple[str, ...]:
    """The addresses at which the stored form could lie that this one is made of."""
    form = form_at(path)
    if form is None:
        return ()
    family, start = _FAMILIES[form.file], path.removesuffix(form.kind)
    return tuple(
        f"{start}{given}"
        for given in family.kinds
        if form.kind in family.made_of(given) - {given}
    )


def forms_of(path: str) -> tuple[str, ...]:
    """Every address that a stored form answers at, its own among them."""
    form = form_at(path)
    if form is None:
        return ()
    family, start = _FAMILIES[form.file], path.removesuffix(form.kind)
    made = family.made_of(form.kind)
    return tuple(f"{start}{kind}" for kind in family.kinds if kind in made)


@dataclass(frozen=True, slots=True)
class _Family:
    """The forms of one file by their endings, and which are made of a given one."""

    kinds: Mapping[str, str]
    made_of: Callable[[str], frozenset[str]]


def _captions_from(_given: str) -> frozenset[str]:
    return frozenset(transcripts.SUBTITLES)


def _citations_from(given: str) -> frozenset[str]:
    return frozenset(CITATION_KINDS) if given == "json" else frozenset({given})


_FAMILIES: Mapping[str, _Family] = MappingProxyType(
    {
        CAPTIONS: _Family(transcripts.SUBTITLES, _captions_from),
        CITATION: _Family(CITATION_KINDS, _citations_from),
        TRANSCRIPT: _Family(transcripts.KINDS, transcripts.kinds_from),
    }
)
