"""What a PDF offers to people who hear it, and what its published copy adds."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from peru_media.media.maker import Maker
from peru_media.media.making import copy_job
from peru_media.media.pdf import clean_pdf
from peru_media.media.pdf_access import access_of
from peru_media.media.probe import facts_of
from peru_media.model.facts import CopyRecipe, CopyTags, FileFacts, PdfFacts
from tests.media import samples

STAND_IN = Path(__file__).parents[2] / "episodes/rapid-evidence-assessment/review.pdf"
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.fixture
def pdf() -> Pdf:
    made = pikepdf.new()
    made.add_blank_page()
    return made


def fonts() -> Dictionary:
    return Dictionary(Font=Dictionary(F1=FONT))


def form(pdf: Pdf, resources: Dictionary) -> pikepdf.Stream:
    made = pdf.make_stream(b"")
    made.Type, made.Subtype, made.Resources = Name.XObject, Name.Form, resources
    return made


def tagged(pdf: Pdf, *elements: Any, **root: Any) -> Pdf:
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Array(elements), **root)
    )
    return pdf


def figure(**more: Any) -> Dictionary:
    return Dictionary(S=Name.Figure, **more)


def copied(source: Path, out: Path, *, language: str | None = "en-GB") -> FileFacts:
    clean_pdf(source, out, title="Our title", language=language)
    return FileFacts.model_validate(facts_of(out))


def test_a_printed_page_is_read_as_its_browser_made_it() -> None:
    facts = FileFacts.model_validate(facts_of(STAND_IN))

    assert (facts.tagged, facts.language) == (True, "en-GB")
    assert facts.pdf == PdfFacts(title_shown=True, text=True, bookmarks=True)


def test_a_bare_pdf_has_nothing(pdf: Pdf) -> None:
    assert access_of(pdf) == {
        "title_shown": False,
        "text": False,
        "bookmarks": False,
        "mute_figures": 0,
    }


def test_text_is_found_on_a_page_above_it_and_in_what_it_shows(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources = fonts()
    assert access_of(pdf)["text"]

    del page[Name.Resources]
    page.Parent.Resources = fonts()
    assert access_of(pdf)["text"]

    del page.Parent[Name.Resources]
    inner = form(pdf, fonts())
    page.Resources = Dictionary(
        XObject=Dictionary(A=form(pdf, Dictionary(XObject=Dictionary(B=inner))))
    )
    assert access_of(pdf)["text"]


def test_a_scan_has_no_text_even_where_its_pictures_show_themselves(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    picture = form(pdf, Dictionary())
    picture.Resources = Dictionary(XObject=Dictionary(Self=picture))
    page.Resources = Dictionary(XObject=Dictionary(A=picture), Font=Dictionary())

    assert not access_of(pdf)["text"]


def test_a_page_that_is_its_own_parent_ends(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Parent = page
    if Name.Resources in page:
        del page[Name.Resources]

    assert not access_of(pdf)["text"]


@pytest.mark.parametrize(
    ("elements", "mute"),
    [
        ([figure()], 1),
        ([figure(Alt="A dot"), figure(ActualText="1"), 7], 0),
        ([Dictionary(S=Name.Sect, K=Array([figure(), Dictionary(K=figure())]))], 2),
        ([Dictionary(S=Name.Drawing), Dictionary(S=Name.P)], 1),
        ([Dictionary(S="Figure"), Dictionary()], 0),
    ],
)
def test_figures_without_words_are_counted(
    pdf: Pdf, elements: list[Any], mute: int
) -> None:
    tagged(pdf, *elements, RoleMap=Dictionary(Drawing=Name.Figure))

    assert access_of(pdf)["mute_figures"] == mute


def test_a_knotted_tree_of_tags_ends(pdf: Pdf) -> None:
    knot = pdf.make_indirect(figure())
    knot.K = Array([knot, figure()])

    assert access_of(tagged(pdf, knot, knot))["mute_figures"] == 2


def test_a_tree_too_large_to_be_honest_is_left(
    pdf: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peru_media.media.pdf_access._MOST", 10)

    assert access_of(tagged(pdf, *[figure()] * 50))["mute_figures"] < 10


@pytest.mark.parametrize("odd", [Name.Odd, 5, Array(), Dictionary(First=3)])
def test_nonsense_is_no_help(pdf: Pdf, odd: Any) -> None:
    for name in ("Outlines", "StructTreeRoot", "ViewerPreferences"):
        pdf.Root[Name(f"/{name}")] = odd
    pdf.pages[0].obj.Resources = odd

    found = access_of(pdf)

    assert (found["title_shown"], found["text"], found["mute_figures"]) == (
        False,
        False,
        0,
    )


def test_a_copy_shows_our_title_and_speaks_a_language(pdf: Pdf, tmp_path: Path) -> None:
    master = tmp_path / "a.pdf"
    pdf.docinfo[Name.Title] = "Microsoft Word - final FINAL 3.docx"
    pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L, HideMenubar=True)
    pdf.save(master)

    facts = copied(master, tmp_path / "b.pdf")

    assert (facts.title, facts.language, facts.tagged) == ("Our title", "en-GB", False)
    assert facts.pdf is not None
    assert facts.pdf.title_shown
    with pikepdf.open(tmp_path / "b.pdf") as copy:
        assert copy.Root.ViewerPreferences == Dictionary(
            DisplayDocTitle=True, Direction=Name.R2L
        )


@pytest.mark.parametrize(
    ("own", "given", "said"),
    [
        ("cy", "en-GB", "cy"),
        ("Jane Doe's", "en-GB", "en-GB"),
        ("Jane Doe's", None, None),
        (None, None, None),
    ],
)
def test_a_language_is_one_or_is_ours(
    pdf: Pdf, tmp_path: Path, own: str | None, given: str | None, said: str | None
) -> None:
    if own:
        pdf.Root.Lang = pikepdf.String(own)
    pdf.save(tmp_path / "a.pdf")

    assert (
        copied(tmp_path / "a.pdf", tmp_path / "b.pdf", language=given).language == said
    )


def test_what_a_browser_tagged_stays_in_the_published_copy(
    maker: Maker, tmp_path: Path
) -> None:
    before = maker.facts([STAND_IN])[STAND_IN]
    recipe = CopyRecipe(
        master=str(STAND_IN),
        master_sha256=before.sha256,
        media_type=before.media_type,
        tags=CopyTags(title="A review", album="Show", language="en-GB"),
    )

    assert copy_job(recipe, tmp_path, None).request["allowance"] == 60
    copy = maker.copy(recipe)
    facts = maker.facts([copy])[copy]

    assert facts.title == "A review"
    assert (facts.tagged, facts.pages, facts.pdf) == (True, before.pages, before.pdf)
    assert samples.pdf_text(copy).count("/StructElem") == samples.pdf_text(
        STAND_IN
    ).count("/StructElem")
