"""PDFs: there, readable, and usable with a screen reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from peru_media.checks.named_files import advice, base
from peru_media.checks.rules import Finding, Rule
from peru_media.checks.survey import Survey
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.problem import Place, Severity
from peru_media.model.site import Written

__all__ = ["RULES"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A document that a show or an episode names; facts where it lies there."""

    written: Written[EpisodeFile] | Written[ShowFile]
    index: int
    name: str
    facts: FileFacts | None
    draft: bool

    @property
    def place(self) -> Place:
        return self.written.value_place("documents", self.index, "file")


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


def _inaccessible(survey: Survey) -> Iterator[Finding]:
    for path, facts, draft in _pdfs(survey):
        lacks = _lacks(facts)
        if lacks:
            what = f"{base(path)} has no {lacks}: screen readers stumble over it."
            yield Finding(place=Place(path), what=what, draft=draft)


def _documents(survey: Survey) -> Iterator[_Named]:
    owners: list[tuple[Written[EpisodeFile] | Written[ShowFile], bool]] = [
        (show, False) for show in survey.shows.values()
    ]
    owners += [(view.written, view.draft) for view in survey.episodes]
    for written, draft in owners:
        for index, document in enumerate(written.value.documents):
            yield _Named(
                written=written,
                index=index,
                name=document.file,
                facts=survey.inputs.facts.get(written.file(document.file)),
                draft=draft,
            )


def _pdfs(survey: Survey) -> Iterator[tuple[str, FileFacts, bool]]:
    """Every readable PDF that goes out, be it a document or an episode's medium."""
    for document in _documents(survey):
        if _is_pdf(document.facts):
            path = document.written.file(document.name)
            yield path, document.facts, document.draft
    for view in survey.episodes:
        if view.medium and _is_pdf(view.facts):
            yield view.medium, view.facts, view.draft


def _is_pdf(facts: FileFacts | None) -> TypeGuard[FileFacts]:
    return facts is not None and facts.kind is FileKind.PDF and not facts.fault


def _lacks(facts: FileFacts) -> str:
    """What a screen reader would miss, in words; empty where nothing."""
    lacks = {
        "title": not facts.title,
        "tags": facts.tagged is False,
        "language": not facts.language,
    }
    return " and no ".join(name for name, missing in lacks.items() if missing)


RULES = (
    Rule(
        code="W310",
        severity=Severity.WARN,
        title="A PDF lacks what screen readers need.",
        source="WCAG 2.2: 1.3.1, 2.4.2, 3.1.1; UK accessibility regulations 2018",
        why="People who cannot see it cannot use it, and the law asks that they can.",
        fix='Give it a title and a language, and export it again as "tagged PDF".',
        run=_inaccessible,
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
)
