"""OPML 2.0: a list of feeds."""

from datetime import datetime

from tests.judges import values
from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning

__all__ = ["judge_opml"]

_HEAD = {
    "title", "dateCreated", "dateModified", "ownerName", "ownerEmail", "ownerId",
    "docs", "expansionState", "vertScrollState", "windowTop", "windowLeft",
    "windowBottom", "windowRight",
}  # fmt: skip
_OUTLINE = {
    "category", "created", "description", "htmlUrl", "isBreakpoint", "isComment",
    "language", "text", "title", "type", "url", "version", "xmlUrl",
}  # fmt: skip
_VERSIONS = {"1.0", "1.1", "2.0"}


def judge_opml(root: Element, *, now: datetime) -> Findings:
    """Judge a list of feeds."""
    version = root.attributes.get("version")
    if version is None:
        yield error("MissingAttribute", root.line, "no version of OPML")
    elif version not in _VERSIONS:
        yield error("InvalidOPMLVersion", root.line, version)
    for name in ("head", "body"):
        if root.first(name) is None:
            yield error("MissingElement", root.line, f"no {name}")
    for head in root.all("head"):
        yield from _head(head, now=now)
    for body in root.all("body"):
        yield from _body(body)


def _body(body: Element) -> Findings:
    if not body.all("outline"):
        yield error("MissingElement", body.line, "no outline")
    for outline in body.walk():
        if outline is not body:
            yield from _outline(outline)


def _head(head: Element, *, now: datetime) -> Findings:
    for child in head.children:
        if child.name not in _HEAD:
            yield error("UndefinedElement", child.line, f"{child.name} in head")
        if child.name.startswith("date"):
            yield from values.rfc822_date(child, child.text, now=now)
        if child.name == "ownerEmail":
            yield from values.mail_address(child, child.text)


def _outline(outline: Element) -> Findings:
    given = outline.attributes
    if outline.name != "outline":
        yield error("UndefinedElement", outline.line, outline.name)
    if outline.text.strip():
        yield error("UnexpectedText", outline.line, outline.text)
    for name in given.keys() - _OUTLINE:
        yield error("UnexpectedAttribute", outline.line, name)
    if not given.get("text", "").strip():
        yield error("MissingAttribute", outline.line, "no text")
    yield from _feed(outline, given)
    if "language" in given:
        yield from values.language(outline, given["language"])


def _feed(outline: Element, given: dict[str, str]) -> Findings:
    if "type" not in given and "xmlUrl" in given:
        yield warning("MissingOutlineType", outline.line, given["xmlUrl"])
    if given.get("type", "").lower() == "rss":
        for name, code in (("xmlUrl", "MissingXmlURL"), ("title", "MissingTitleAttr")):
            if name not in given:
                yield warning(code, outline.line, f"no {name}")
    for name in given.keys() & {"xmlUrl", "htmlUrl", "url"}:
        yield from values.full_link(outline, given[name])
