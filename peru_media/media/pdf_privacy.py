"""Take out of a PDF what it says besides its pages: names, notes, files, programs.

What readers see and hear stays: pages, bookmarks, links, alternate texts, forms as
they were filled in. Catalogue, pages and comments keep the keys of a list and
nothing else (ISO 32000-1, tables 28, 30, 164).
"""

from collections.abc import Iterator

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    Page,
    Pdf,
    Stream,
    Token,
    TokenFilter,
    TokenType,
)

from peru_media.media.bare import bare_jpeg
from peru_media.media.common import plain

__all__ = ["take_out"]

_TRAILER = {"/Prev", "/Root", "/Size"}
_CATALOGUE = {
    "/AcroForm", "/Dests", "/Extensions", "/Lang", "/MarkInfo", "/Metadata", "/Names",
    "/OCProperties", "/OpenAction", "/Outlines", "/OutputIntents", "/PageLabels",
    "/PageLayout", "/PageMode", "/Pages", "/StructTreeRoot", "/Type", "/Version",
    "/ViewerPreferences",
}  # fmt: skip
_PAGE = {
    "/Annots", "/ArtBox", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox",
    "/Parent", "/Resources", "/Rotate", "/StructParents", "/Tabs", "/TrimBox", "/Type",
    "/UserUnit",
}  # fmt: skip
_NOTE = {
    "/A", "/AP", "/AS", "/BE", "/BS", "/Border", "/C", "/CL", "/Contents", "/DA",
    "/Dest", "/F", "/FT", "/Ff", "/H", "/IC", "/InkList", "/Kids", "/L", "/LE", "/MK",
    "/MaxLen", "/OC", "/Opt", "/Parent", "/Q", "/QuadPoints", "/Rect", "/StructParent",
    "/Subtype", "/T", "/TU", "/Type", "/V", "/Vertices",
}  # fmt: skip
_SEEN = {
    "/Circle", "/FreeText", "/Highlight", "/Ink", "/Line", "/Link", "/PolyLine",
    "/Polygon", "/Square", "/Squiggly", "/Stamp", "/StrikeOut", "/Underline", "/Widget",
}  # fmt: skip
_TOLD = {"/FreeText", "/Link", "/Stamp", "/Widget"}
_ACTING = {
    "/GoTo3DView", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch",
    "/Movie", "/Rendition", "/RichMediaExecute", "/Sound", "/SubmitForm", "/Thread",
}  # fmt: skip
_LEADS = ("http://", "https://", "mailto:", "tel:")
_NOTED = (Name.AA, Name.AF, Name.LastModified, Name.Metadata, Name.PieceInfo)


def take_out(pdf: Pdf) -> None:
    """Leave in a PDF what its readers see, and nothing about who made it how."""
    _keep(pdf.Root, _CATALOGUE)
    _keep(pdf.trailer, _TRAILER)
    _names(pdf)
    for item in list(pdf.objects):
        for part in _parts(item):
            _disarm(part)
    for page in pdf.pages:
        _clean_page(page)


def _names(pdf: Pdf) -> None:
    """Named places stay, named files and programs go; so do the makers of layers."""
    if Name.Names in pdf.Root:
        _keep(pdf.Root.Names, {"/Dests"})
    layers = pdf.Root.get(Name.OCProperties, Dictionary())
    for shown in (layers.get(Name.D, Dictionary()), *layers.get(Name.Configs, [])):
        _drop(shown, Name.Creator, Name.Name)
    for layer in layers.get(Name.OCGs, []):
        _drop(layer.get(Name.Usage, Dictionary()), Name.CreatorInfo, Name.User)
    for intent in pdf.Root.get(Name.OutputIntents, []):
        _drop(intent, Name.Info)
    if Name.AcroForm in pdf.Root:
        _drop(pdf.Root.AcroForm, Name.XFA, Name.SigFlags)


def _parts(item: Object) -> Iterator[Object]:
    """An object and every dictionary that lies directly in it."""
    if isinstance(item, (Dictionary, Stream)):
        yield item
        inside = [item[key] for key in item.keys()]  # noqa: SIM118 - no mapping
    else:
        inside = list(item) if isinstance(item, Array) else []
    for part in inside:
        if isinstance(part, (Array, Dictionary)) and not part.is_indirect:
            yield from _parts(part)


def _disarm(item: Object) -> None:
    """Take out what acts by itself, what is attached, and programs' own notes."""
    kind = _word(item, Name.Type)
    acts = _word(item, Name.S) in _ACTING or _strays(item)
    if kind == "/Sig" or (acts and Name.P not in item):
        _keep(item, set())
    if kind == "/Filespec":
        _drop(item, Name.EF, Name.Desc)
    if kind or Name.FT in item or Name.Rect in item:
        _drop(item, *_NOTED)
    if Name.FT in item:
        _keep(item, _NOTE - ({"/V"} if _word(item, Name.FT) == "/Sig" else set()))
    if isinstance(item, Stream):
        _drop(item, *_NOTED)
        _bare(item)


def _strays(item: Object) -> bool:
    """Whether it is a link that leads into the maker's own computer."""
    if _word(item, Name.S) != "/URI":
        return False
    return not plain(item.get(Name.URI, "")).lower().startswith(_LEADS)


def _bare(stream: Stream) -> None:
    """Take out what a camera wrote into a photograph; its pixels stay as they are."""
    filters = stream.get(Name.Filter)
    if filters in (Name.DCTDecode, Array([Name.DCTDecode])):
        data = stream.read_raw_bytes()
        made = bare_jpeg(data)
        if made != data:
            stream.write(made, filter=Name.DCTDecode)


def _clean_page(page: Page) -> None:
    _keep(page.obj, _PAGE)
    if Name.Annots in page.obj:
        for note in page.obj.Annots:
            _keep(note, _kept_of(_word(note, Name.Subtype)))
        seen = [one for one in page.obj.Annots if _word(one, Name.Subtype) in _SEEN]
        page.obj.Annots = Array(seen)
    if any(b"%" in part.read_bytes() for part in _contents(page)):
        page.contents_coalesce()
        told = page.get_filtered_contents(_WithoutRemarks())
        page.obj.Contents.write(told)


def _kept_of(kind: str) -> set[str]:
    """What is kept of a comment; of one that goes, what structures still lead to."""
    if kind not in _SEEN:
        return {"/Rect", "/Subtype", "/Type"}
    said = {"/Contents"} if kind not in _TOLD else set()
    return _NOTE - said - ({"/T"} if kind != "/Widget" else set())


def _contents(page: Page) -> list[Stream]:
    found = page.obj.get(Name.Contents)
    parts = found if isinstance(found, Array) else [found]
    return [part for part in parts if isinstance(part, Stream)]


class _WithoutRemarks(TokenFilter):
    """Leaves out remarks, which a page's drawing may hold and nobody sees."""

    def handle_token(self, token: Token) -> Token | None:  # type: ignore[override]  # qpdf gives one each time
        return None if token.type_ == TokenType.comment else token


def _word(item: Object, key: Name) -> str:
    found = item.get(key)
    return str(found) if isinstance(found, Name) else ""


def _keep(item: Object, names: set[str]) -> None:
    for key in set(item.keys()) - names:
        del item[key]


def _drop(item: Object, *names: Name) -> None:
    for name in names:
        if name in item:
            del item[name]
