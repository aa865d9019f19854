from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from peru_media.media.pdf_privacy import take_out
from tests.leaks import printed
from tests.leaks.canaries import found_in
from tests.media import samples

BOX = [0, 0, 9, 9]


def _note(**more: Any) -> Dictionary:
    return Dictionary(Type=Name.Annot, Rect=BOX, **more)


def _cleaned(change: Callable[[Pdf], None]) -> Pdf:
    """A PDF of one page as it comes out, changed before."""
    with pikepdf.new() as made:
        made.add_blank_page()
        change(made)
        take_out(made)
        out = BytesIO()
        made.save(out)
    return pikepdf.open(out)


def _linked(made: Pdf) -> None:
    kinds = (
        Dictionary(S=Name.URI, URI=String("https://example.org/")),
        Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit])),
        Dictionary(S=Name.URI, URI=String("file:///C:/Users/jane")),
        Dictionary(S=Name.GoToR, F=String("jane.pdf")),
    )
    notes = [_note(Subtype=Name.Link, Contents=String("read"), A=a) for a in kinds]
    made.pages[0].obj.Annots = Array(notes)


def test_links_to_the_web_and_to_pages_stay_and_others_lead_nowhere() -> None:
    with _cleaned(_linked) as made:
        notes = list(made.pages[0].obj.Annots)

        assert [sorted(one.A.keys()) for one in notes] == [
            ["/S", "/URI"],
            ["/D", "/S"],
            [],
            [],
        ]
        assert {str(one.Contents) for one in notes} == {"read"}


def _commented(made: Pdf) -> None:
    words = {"T": String("Jane"), "NM": String("n1"), "Contents": String("Hm")}
    kinds = (Name.Text, Name.Highlight, Name.FreeText, Name.Popup)
    made.pages[0].obj.Annots = Array([_note(Subtype=one, **words) for one in kinds])


def test_what_is_seen_of_comments_stays_and_what_was_said_goes() -> None:
    with _cleaned(_commented) as made:
        left = {
            str(one.Subtype): sorted(set(one.keys()) - {"/Rect", "/Subtype", "/Type"})
            for one in made.pages[0].obj.Annots
        }

    assert left == {
        "/Highlight": [],
        "/FreeText": ["/Contents"],
    }


def _structured(made: Pdf) -> None:
    """A comment that the structure of the document leads to."""
    note = made.make_indirect(_note(Subtype=Name.Text, Contents=String("Jane said")))
    made.pages[0].obj.Annots = Array([note])
    element = Dictionary(Type=Name.StructElem, S=Name.Sound, P=Dictionary())
    element.K = Dictionary(Type=Name.OBJR, Obj=note)
    element.Alt = String("A figure")
    made.Root.StructTreeRoot = made.make_indirect(Dictionary(K=element))


def test_structures_stay_but_lead_to_no_comment() -> None:
    with _cleaned(_structured) as made:
        element = made.Root.StructTreeRoot.K

        assert str(element.Alt) == "A figure"
        assert Name.Contents not in element.K.Obj


@pytest.mark.parametrize("many", [False, True])
def test_remarks_in_what_is_drawn_go(many: bool) -> None:  # noqa: FBT001 - a case
    def drawn(made: Pdf) -> None:
        stream = made.make_stream(b"q % Jane drew this\n(100 % sure) pop Q")
        made.pages[0].obj.Contents = Array([stream]) if many else stream

    with _cleaned(drawn) as made:
        told = made.pages[0].obj.Contents.read_bytes()

    assert b"Jane" not in told
    assert b"(100 % sure)" in told


def _layered(made: Pdf) -> None:
    usage = Dictionary(CreatorInfo=Dictionary(Creator=String("Jane")))
    layer = made.make_indirect(
        Dictionary(Type=Name.OCG, Name=String("Map"), Usage=usage)
    )
    shown = Dictionary(Order=Array([layer]), Creator=String("Jane"))
    made.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=shown, Configs=Array([Dictionary(Name=String("Jane"))])
    )


def test_layers_stay_without_their_makers(tmp_path: Path) -> None:
    with _cleaned(_layered) as made:
        assert str(made.Root.OCProperties.OCGs[0].Name) == "Map"
        made.save(tmp_path / "a.pdf")

    assert "Jane" not in samples.pdf_text(tmp_path / "a.pdf")


def _signed(made: Pdf) -> None:
    signature = Dictionary(Type=Name.Sig, Name=String("Jane"))
    field = _note(Subtype=Name.Widget, FT=Name.Sig, T=String("s"))
    field.V = made.make_indirect(signature)
    text = _note(Subtype=Name.Widget, FT=Name.Tx, T=String("t"), V=String("seen"))
    fields = Array([made.make_indirect(one) for one in (field, text)])
    made.Root.AcroForm = Dictionary(Fields=fields, SigFlags=3)


def test_a_form_stays_as_it_was_filled_in_and_its_signature_goes() -> None:
    with _cleaned(_signed) as made:
        signed, filled = made.Root.AcroForm.Fields

        assert Name.V not in signed
        assert str(filled.V) == "seen"


def test_photographs_keep_their_pixels() -> None:
    photo = samples.picture(exif=samples.exif("Jane"))

    def drawn(made: Pdf) -> None:
        stream = made.make_stream(b"")
        stream.write(photo, filter=Name.DCTDecode)
        bare = made.make_stream(b"")
        bare.write(samples.picture(), filter=Name.DCTDecode)
        made.pages[0].obj.Resources = Dictionary(
            XObject=Dictionary(Im0=stream, Im1=bare)
        )

    with _cleaned(drawn) as made:
        told = made.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
        same = made.pages[0].obj.Resources.XObject.Im1.read_raw_bytes()

    assert b"Jane" not in told
    assert told == same == samples.picture()


def test_of_a_pdf_that_tells_too_much_only_what_is_seen_is_left(tmp_path: Path) -> None:
    hidden = printed.pdf(tmp_path / "a.pdf")
    with pikepdf.open(hidden.path) as made:
        take_out(made)
        made.save(tmp_path / "out.pdf")

    left = found_in((tmp_path / "out.pdf").read_bytes())
    named = {place for place, word in hidden.places.items() if word in left}
    # what the document says of itself is written anew by who calls this
    assert {name for name in named if not name.startswith("XMP")} == hidden.public
