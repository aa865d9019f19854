"""PDFs: there, readable, and usable with a screen reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from peru_media.checks.named_files import advice, base
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import EpisodeView, Survey
from peru_media.model.facts import FileFacts, FileKind, PdfFacts
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.problem import Place, Severity
from peru_media.model.site import Written

__all__ = ["RULES"]

_LONG = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A document that a show or an episode names; facts where it lies there.

    ``language`` is the holder's; ``accessible`` what somebody found who tried it.
    """

    written: Written[EpisodeFile] | Written[ShowFile]
    index: int
    name: str
    facts: FileFacts | None
    draft: bool
    language: str
    accessible: bool | None

    @property
    def place(self) -> Place:
        return self.written.value_place("documents", self.index, "file")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pdf:
    """A readable PDF that goes out, be it a document or an episode's medium."""

    path: str
    facts: FileFacts
    access: PdfFacts
    draft: bool
    language: str
    tried: bool = False

    def finding(self, what: str) -> Finding:
        return Finding(
            place=Place(self.path), what=f"{base(self.path)} {what}", draft=self.draft
        )


def _missing(survey: Survey) -> Iterator[Finding]:
    for document in _documents(survey):
        if document.facts is None:
            yield Finding(
                place=document.place,
                what=f"{document.name} is not there.",
                fix=advice(document.written, document.name),
                draft=document.draft,
            )


def _not_pdf(survey: Survey) -> Iterator[Finding]:
    for document in _documents(survey):
        facts = document.facts
        if facts and (facts.fault or facts.kind is not FileKind.PDF):
            what = f"{document.name} is not a PDF that can be read."
            yield Finding(place=document.place, what=what, draft=document.draft)


def _untagged(survey: Survey) -> Iterator[Finding]:
    for pdf in _pdfs(survey):
        if pdf.facts.tagged is False:
            yield pdf.finding("has no tags: screen readers stumble over it.")


def _tongueless(survey: Survey) -> Iterator[Finding]:
    for pdf in _pdfs(survey):
        if not pdf.facts.language:
            ours = f": its copy says {pdf.language}." if pdf.language else "."
            yield pdf.finding(f"has no language{ours}")


def _wordless(survey: Survey) -> Iterator[Finding]:
    for pdf in _pdfs(survey):
        if not pdf.access.text:
            yield pdf.finding("has no text, only pictures of its pages.")


def _mute(survey: Survey) -> Iterator[Finding]:
    for pdf in _pdfs(survey):
        number = pdf.access.mute_figures
        if number and not pdf.tried:
            figures = "a figure" if number == 1 else f"{number} figures"
            yield pdf.finding(f"has {figures} without words for those who hear it.")


def _unmarked(survey: Survey) -> Iterator[Finding]:
    for pdf in _pdfs(survey):
        pages = pdf.facts.pages or 0
        if pages > _LONG and not pdf.access.bookmarks and not pdf.tried:
            yield pdf.finding(f"has {pages} pages and no bookmarks.")


def _documents(survey: Survey) -> Iterator[_Named]:
    for show in survey.shows.values():
        yield from _named(survey, show, show.value.language)
    for view in survey.episodes:
        yield from _named(survey, view.written, _language(view), draft=view.draft)


def _named(
    survey: Survey,
    written: Written[EpisodeFile] | Written[ShowFile],
    language: str,
    *,
    draft: bool = False,
) -> Iterator[_Named]:
    for index, document in enumerate(written.value.documents):
        yield _Named(
            written=written,
            index=index,
            name=document.file,
            facts=survey.inputs.facts.get(written.file(document.file)),
            draft=draft,
            language=language,
            accessible=document.accessible,
        )


def _language(view: EpisodeView) -> str:
    shows = view.show.value.language if view.show else ""
    return view.written.value.language or shows


def _pdfs(survey: Survey) -> Iterator[_Pdf]:
    """All but those of which the page itself says that they are not accessible."""
    for document in _documents(survey):
        if _is_pdf(document.facts) and document.accessible is not False:
            yield _Pdf(
                path=document.written.file(document.name),
                facts=document.facts,
                access=document.facts.pdf or PdfFacts(),
                draft=document.draft,
                language=document.language,
                tried=document.accessible is True,
            )
    for view in survey.episodes:
        if view.medium and _is_pdf(view.facts):
            yield _Pdf(
                path=view.medium,
                facts=view.facts,
                access=view.facts.pdf or PdfFacts(),
                draft=view.draft,
                language=_language(view),
            )


def _is_pdf(facts: FileFacts | None) -> TypeGuard[FileFacts]:
    return facts is not None and facts.kind is FileKind.PDF and not facts.fault


RULES = (
    Rule(
        code="W310",
        severity=Severity.WARN,
        title="A PDF has no tags for screen readers.",
        source="WCAG 2.2: 1.3.1; UK accessibility regulations 2018; PDF/UA-1, 7.1",
        why="Without them nobody can tell a heading from a line, or in which order to "
        "read; people who cannot see it cannot use it, and the law asks that they can.",
        fix='Export it again as "tagged PDF" (in Word: Options, document structure '
        "tags); or write accessible: false, so that the page says it, and offer "
        "another form.",
        run=_untagged,
    ),
    Rule(
        code="E311",
        severity=Severity.ERROR,
        title="A document that is named is not there.",
        source="docs: documents",
        why="Its link would lead nowhere.",
        fix="Put the PDF into the folder, or take the entry out.",
        run=_missing,
    ),
    Rule(
        code="E312",
        severity=Severity.ERROR,
        title="A document is not a PDF that can be read.",
        source="docs: documents",
        why="Readers could not open it.",
        fix="Export it again as PDF, without a password.",
        run=_not_pdf,
    ),
    Rule(
        code="I313",
        severity=Severity.INFO,
        title="A PDF does not say its language.",
        source="WCAG 2.2: 3.1.1; PDF/UA-1, 7.2",
        why="Screen readers read in the voice of a language; so the copy that is "
        "published says that of its episode or show.",
        fix="Where it is in another language, set it in the document, and export it "
        "again.",
        run=_tongueless,
    ),
    Rule(
        code="W314",
        severity=Severity.WARN,
        title="A PDF is a scan without text.",
        source="WCAG 2.2: 1.4.5; UK accessibility regulations 2018",
        why="Nobody can hear it, search it or copy from it.",
        fix="Have the text recognised (OCR), or better, export the original.",
        run=_wordless,
    ),
    Rule(
        code="W315",
        severity=Severity.WARN,
        title="Figures in a PDF have no words.",
        source="WCAG 2.2: 1.1.1; PDF/UA-1, 7.3",
        why="Whoever hears it learns only that there is a picture.",
        fix="Give each an alternative text, or mark it as decoration, and export it "
        "again; accessible: true says that somebody tried it with a screen reader.",
        run=_mute,
    ),
    Rule(
        code="I316",
        severity=Severity.INFO,
        title="A long PDF has no bookmarks.",
        source="WCAG 2.2: 2.4.5; Techniques PDF2",
        why="Over 20 pages, people who cannot skim need a way to jump.",
        fix="Export it with bookmarks of its headings.",
        run=_unmarked,
    ),
)
