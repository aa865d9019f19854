"""A PDF as offices, reviewers and programs leave it."""

from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.leaks.canaries import Hidden
from tests.leaks.tagged import photo

__all__ = ["pdf"]

_BOX = [0, 0, 9, 9]


def pdf(path: Path) -> Hidden:
    """A PDF with a word wherever a program may leave one."""
    hide = Hidden("PDF", "PD", path)
    out = BytesIO()
    with pikepdf.new() as made:
        for _ in range(2):
            made.add_blank_page()
        made.Root.Lang = String("en-GB")
        _inform(made, hide)
        _act(made, hide)
        _annotate(made, hide)
        _fill(made, hide)
        _embed(made, hide)
        earlier = Dictionary(V=String(hide.word("earlier revision")))
        made.Root.XxxOld = made.make_indirect(earlier)
        made.trailer[Name.Canary] = String(hide.word("key of the trailer"))
        made.trailer[Name.ID] = Array([String(hide.word("ID")), String("x")])
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    path.write_bytes(_revised(out.getvalue(), hide) + hide.bytes("behind the end"))
    return hide


def _revised(data: bytes, hide: Hidden) -> bytes:
    """Write an object anew behind the end, as programs do that save quickly."""
    with pikepdf.open(BytesIO(data)) as made:
        number, _ = made.Root.XxxOld.objgen
        root, _ = made.Root.objgen
        size = int(made.trailer.Size)
    before = data.split(b"startxref\n")[-1].split()[0].decode()
    data += b"% " + hide.bytes("remark between objects") + b"\n"
    at = len(data)
    data += f"{number} 0 obj\n<< /V (new) >>\nendobj\n".encode()
    table = len(data)
    head = f"xref\n0 1\n0000000000 65535 f \n{number} 1\n{at:010} 00000 n \n"
    trailer = f"trailer << /Size {size} /Root {root} 0 R /Prev {before} >>"
    return data + f"{head}{trailer}\nstartxref\n{table}\n%%EOF\n".encode()


def _inform(made: Pdf, hide: Hidden) -> None:
    with made.open_metadata(set_pikepdf_as_editor=False) as notes:
        notes["dc:title"] = "A rapid review"
        notes["dc:creator"] = [hide.word("XMP creator")]
        notes["dc:description"] = hide.word("XMP description")
        notes["xmp:CreatorTool"] = hide.word("XMP tool")
        notes["pdf:Keywords"] = hide.word("XMP keywords")
    for name in ("Author", "Subject", "Keywords", "Creator", "Producer", "Company"):
        made.docinfo[Name(f"/{name}")] = String(hide.word(f"Info {name}"))
    made.Root.SpiderInfo = Dictionary(V=String(hide.word("SpiderInfo")))
    made.Root.Legal = Dictionary(Attestation=String(hide.word("Legal")))
    made.Root.PieceInfo = Dictionary(
        App=Dictionary(Private=String(hide.word("PieceInfo")))
    )
    made.Root[Name.XxxPrivate] = String(hide.word("own key of the catalogue"))
    thread = Dictionary(
        Type=Name.Thread, I=Dictionary(Author=String(hide.word("thread's author")))
    )
    made.Root.Threads = Array([made.make_indirect(thread)])
    intent = Dictionary(S=Name.GTS_PDFX, Info=String(hide.word("OutputIntent")))
    made.Root.OutputIntents = Array([intent])
    layer = Dictionary(
        Type=Name.OCG,
        Name=String("Layer"),
        Usage=Dictionary(
            CreatorInfo=Dictionary(Creator=String(hide.word("creator of a layer")))
        ),
    )
    layer = made.make_indirect(layer)
    made.Root.OCProperties = Dictionary(
        OCGs=Array([layer]),
        D=Dictionary(
            Order=Array([layer]), Creator=String(hide.word("creator of the layers"))
        ),
    )


def _act(made: Pdf, hide: Hidden) -> None:
    made.attachments[hide.word("attachment's name")] = hide.bytes("attachment")
    script = made.make_stream(hide.bytes("script in a stream"))
    named = Array(
        [
            String(hide.word("name of a script")),
            Dictionary(S=Name.JavaScript, JS=script),
        ]
    )
    made.Root.Names.JavaScript = Dictionary(Names=named)
    made.Root.OpenAction = Dictionary(
        S=Name.JavaScript, JS=String(hide.word("OpenAction"))
    )
    page = made.pages[0].obj
    page.AA = Dictionary(
        O=Dictionary(S=Name.JavaScript, JS=String(hide.word("action of a page")))
    )
    page.PieceInfo = Dictionary(
        App=Dictionary(Private=String(hide.word("PieceInfo of a page")))
    )
    page.Metadata = made.make_stream(hide.bytes("Metadata of a page"))
    page.Thumb = _image(made, hide, "Thumb")
    page[Name.XxxPrivate] = String(hide.word("own key of a page"))
    launch = Dictionary(S=Name.Launch, F=String(hide.word("program to launch")))
    away = Dictionary(
        S=Name.GoToR,
        F=String(hide.word("path of another file")),
        D=Array([0, Name.Fit]),
    )
    local = Dictionary(
        S=Name.URI, URI=String(f"file:///C:/{hide.word('link to a local file')}")
    )
    page.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=_BOX, A=one)
            for one in (launch, away, local)
        ]
    )


def _annotate(made: Pdf, hide: Hidden) -> None:
    page = made.pages[0].obj
    comment = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=_BOX,
        T=String(hide.word("author of a comment")),
        NM=String(hide.word("name of a comment")),
        Subj=String(hide.word("subject of a comment")),
        Contents=String(hide.word("words of a comment")),
        RC=String(f"<p>{hide.word('rich words of a comment')}</p>"),
    )
    attached = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FileAttachment,
        Rect=_BOX,
        Contents=String(hide.word("words of a pinned file")),
        FS=Dictionary(
            Type=Name.Filespec,
            F=String(hide.word("name of a pinned file")),
            EF=Dictionary(F=made.make_stream(hide.bytes("pinned file"))),
        ),
    )
    sound = made.make_stream(hide.bytes("spoken comment"))
    sound.R = 8000
    spoken = Dictionary(Type=Name.Annot, Subtype=Name.Sound, Rect=_BOX, Sound=sound)
    popup = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Popup,
        Rect=_BOX,
        Contents=String(hide.word("popup")),
    )
    for note in (comment, attached, spoken, popup):
        page.Annots.append(made.make_indirect(note))


def _fill(made: Pdf, hide: Hidden) -> None:
    """A form that was filled in, and signed."""
    signature = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        Name=String(hide.word("name of the signer")),
        Reason=String(hide.word("reason of the signature")),
        Location=String(hide.word("place of the signature")),
        ContactInfo=String(hide.word("address of the signer")),
        Contents=String(hide.word("certificate")),
    )
    written = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=_BOX,
        FT=Name.Tx,
        T=String("field"),
        V=String(hide.word("value of a field", public=True)),
        DV=String(hide.word("first value of a field")),
    )
    signed = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=_BOX,
        FT=Name.Sig,
        T=String("s"),
        V=made.make_indirect(signature),
    )
    fields = Array([made.make_indirect(one) for one in (written, signed)])
    made.Root.AcroForm = Dictionary(
        Fields=fields, XFA=made.make_stream(hide.bytes("XFA"))
    )
    for one in fields:
        made.pages[0].obj.Annots.append(one)


def _embed(made: Pdf, hide: Hidden) -> None:
    picture = _image(made, hide, "picture")
    picture.Metadata = made.make_stream(hide.bytes("Metadata of a picture"))
    picture.PieceInfo = Dictionary(
        App=Dictionary(Private=String(hide.word("PieceInfo of a picture")))
    )
    made.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
    made.pages[0].obj.Contents = made.make_stream(
        b"% " + hide.bytes("remark in a page") + b"\nq 9 0 0 9 0 0 cm /Im0 Do Q"
    )


def _image(made: Pdf, hide: Hidden, place: str) -> pikepdf.Object:
    stream = made.make_stream(b"")
    stream.write(photo(hide, place), filter=Name.DCTDecode)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = 40, 30
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    return stream
