"""Measure a PDF, and make the PDF that is published of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, String

from peru_media.errors import MediaError
from peru_media.media.common import Facts, Found, Source, plain
from peru_media.media.pdf_access import access_of
from peru_media.media.pdf_privacy import take_out
from peru_media.model.languages import parse_language

__all__ = ["clean_pdf", "read"]

_KEPT_NOTES = ("dc:title", "pdfuaid:part", "pdfaid:part", "pdfaid:conformance")


def read(source: Source) -> tuple[Facts, Found]:
    """Measure a PDF: pages, title, language, and whether it is tagged for readers.

    Raises:
        MediaError: it is damaged, or locked with a password.
    """
    with _opened(source.path) as pdf:
        marked = pdf.Root.get(Name.MarkInfo, Dictionary()).get(Name.Marked, False)
        facts: Facts = {
            "pages": len(pdf.pages),
            "title": _title(pdf),
            "language": _language(plain(pdf.Root.get(Name.Lang, ""))),
            "tagged": bool(marked) and Name.StructTreeRoot in pdf.Root,
            "pdf": access_of(pdf) | {"universal": "pdfuaid:part" in _notes(pdf)},
        }
        author = plain(pdf.docinfo.get(Name.Author, ""))
        return facts, Found(texts={"author": [author]} if author else {})


def clean_pdf(source: Path, out: Path, *, title: str, language: str | None) -> None:
    """Write a PDF without author, programs, attachments, scripts and old notes.

    Its language, tags for screen readers and the marks of PDF/A and PDF/UA are
    kept. The same source gives the same bytes.

    Args:
        source: the master.
        out: where to write.
        title: what readers show in place of the file's name (PDF/UA-1, 7.1).
        language: of one that does not tell its own.

    Raises:
        MediaError: it is damaged, or locked with a password.
    """
    with _opened(source) as pdf:
        notes = _notes(pdf) | {"dc:title": title}
        take_out(pdf)
        _retitle(pdf, notes)
        _introduce(pdf, language)
        pdf.save(out, deterministic_id=True, encryption=False)


@contextmanager
def _opened(path: Path) -> Iterator[Pdf]:
    try:
        with pikepdf.open(path) as pdf:
            yield pdf
    except pikepdf.PasswordError:
        msg = "The PDF is locked with a password: save it without one."
        raise MediaError(msg) from None
    except pikepdf.PdfError:
        msg = "The PDF is damaged: export it again."
        raise MediaError(msg) from None


def _title(pdf: Pdf) -> str | None:
    title = _notes(pdf).get("dc:title") or pdf.docinfo.get(Name.Title, "")
    return plain(title) or None


def _notes(pdf: Pdf) -> dict[str, str]:
    """What the XMP says of the few things that are kept."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        return {name: plain(xmp[name]) for name in _KEPT_NOTES if name in xmp}


def _retitle(pdf: Pdf, notes: dict[str, str]) -> None:
    """Begin the notes about the document anew, with the few that are kept."""
    _drop(pdf.Root, Name.Metadata)
    pdf.docinfo[Name.Title] = notes["dc:title"]
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        for name, value in notes.items():
            xmp[name] = value


def _drop(item: Object, name: Name) -> None:
    if name in item:
        del item[name]


def _introduce(pdf: Pdf, language: str | None) -> None:
    """Have readers show the title, and speak the language; keep where lines begin."""
    old = pdf.Root.get(Name.ViewerPreferences, Dictionary())
    shown = Dictionary(DisplayDocTitle=True)
    if old.get(Name.Direction) == Name.R2L:
        shown[Name.Direction] = Name.R2L
    pdf.Root[Name.ViewerPreferences] = shown
    spoken = _language(plain(pdf.Root.get(Name.Lang, ""))) or language
    _drop(pdf.Root, Name.Lang)
    if spoken:
        pdf.Root[Name.Lang] = String(spoken)


def _language(said: str) -> str | None:
    """A language code, where it is one and no other words."""
    try:
        return str(parse_language(said))
    except ValueError:
        return None
