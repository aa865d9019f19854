"""Tell what of a PDF helps, or stops, people who hear it or go through it by keys."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from peru_media.media.common import Facts

__all__ = ["access_of"]

_Seen = set[tuple[int, int]]

_MOST = 200_000
_DEEPEST = 50
_WORDS = (Name.Alt, Name.ActualText)


def access_of(pdf: Pdf) -> Facts:
    """Measure what a screen reader needs; gives the fields of ``PdfFacts``.

    Nothing is unpacked: a page has text where it has a font (ISO 32000-2, 9.5), as a
    scan without text has none.
    """
    shown = _inside(pdf.Root, Name.ViewerPreferences).get(Name.DisplayDocTitle, False)
    seen = _Seen()
    outline = _inside(pdf.Root, Name.Outlines)
    return {
        "title_shown": shown is True,
        "text": any(_has_font(page.obj, seen) for page in pdf.pages),
        "bookmarks": Name.First in outline,
        "mute_figures": sum(1 for _ in _mute_figures(pdf)),
    }


def _inside(item: Object, name: Name) -> Object:
    """The dictionary under a name; an empty one where there is none."""
    found = item.get(name)
    return found if isinstance(found, (Dictionary, Stream)) else Dictionary()


def _has_font(page: Object, seen: _Seen) -> bool:
    """Whether a page has a font, or a form that it shows and that is not seen yet."""
    todo = [_resources(page)]
    while todo and len(seen) < _MOST:
        resources = todo.pop()
        if len(_inside(resources, Name.Font)):
            return True
        forms = _inside(resources, Name.XObject)
        if _is_new(resources, seen) and _is_new(forms, seen):
            shown = (forms[key] for key in forms.keys())  # noqa: SIM118 - no mapping
            todo.extend(
                _inside(form, Name.Resources)
                for form in shown
                if isinstance(form, Stream) and _is_new(form, seen)
            )
    return False


def _resources(page: Object) -> Object:
    """A page's own, or those that it has from the pages above it."""
    for _ in range(_DEEPEST):
        if Name.Resources in page or not isinstance(page.get(Name.Parent), Dictionary):
            break
        page = page[Name.Parent]
    return _inside(page, Name.Resources)


def _mute_figures(pdf: Pdf) -> Iterator[Object]:
    """Figures of which nobody says in words what they show (ISO 32000-2, 14.9.3)."""
    root = _inside(pdf.Root, Name.StructTreeRoot)
    roles = _inside(root, Name.RoleMap)
    for element in _elements(root):
        kind = element.get(Name.S)
        if isinstance(kind, Name):
            kind = roles.get(kind, kind)
        if kind == Name.Figure and not any(name in element for name in _WORDS):
            yield element


def _elements(root: Object) -> Iterator[Object]:
    """Everything in the tree of tags, however it is knotted."""
    todo, seen = [root.get(Name.K)], _Seen()
    for _ in range(_MOST):
        if not todo:
            return
        item = todo.pop()
        if not (isinstance(item, (Array, Dictionary)) and _is_new(item, seen)):
            continue
        if isinstance(item, Array):
            todo.extend(item)
        else:
            yield item
            todo.append(item.get(Name.K))


def _is_new(item: Object, seen: _Seen) -> bool:
    """Whether an object was not met before; those within others lie in one alone."""
    if item.is_indirect:
        if item.objgen in seen:
            return False
        seen.add(item.objgen)
    return True
