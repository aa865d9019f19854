"""A judge of feeds that shares nothing with the code that writes them.

It knows the rules that the W3C's feed validator applies, under the validator's own
names, and those of the formats that the validator does not know. Only the standard
library is used, and every list is typed anew: a mistake of ours is not its mistake.

    for finding in judge(data, now=now, url="https://example.org/feed.xml"):
        print(finding)
"""

from datetime import datetime

from tests.judges.atom import judge_atom
from tests.judges.document import Element, read_document
from tests.judges.finding import Finding, Findings, error, warning
from tests.judges.json_feed import judge_json
from tests.judges.opml import judge_opml
from tests.judges.rss import judge_rss

__all__ = ["judge"]

_SERVED = {
    "rss": {"application/rss+xml", "application/xml"},
    "atom:feed": {"application/atom+xml", "application/xml"},
    "opml": {"text/x-opml", "application/xml", "text/xml"},
    "json": {"application/feed+json", "application/json"},
}


def judge(
    data: bytes,
    *,
    now: datetime,
    url: str | None = None,
    content_type: str | None = None,
) -> list[Finding]:
    """Find all breaches, by line.

    Args:
        data: RSS 2.0, Atom 1.0, OPML or JSON Feed 1.1.
        now: the present moment; later dates are implausible.
        url: where it was fetched from; None where that is not to be judged.
        content_type: as what it was served; None where that is not to be judged.
    """
    if data[:1] == b"{":
        found = [
            *judge_json(data, now=now, url=url),
            *_served("json", content_type),
        ]
    else:
        found = _judge_xml(data, now=now, url=url, content_type=content_type)
    return sorted(found, key=lambda one: (one.line, one.code))


def _judge_xml(
    data: bytes, *, now: datetime, url: str | None, content_type: str | None
) -> list[Finding]:
    document = read_document(data)
    found = list(document.findings)
    if document.root is not None:
        found += _judge_root(document.root, now=now, url=url)
        found += _served(document.root.name, content_type)
    return found


def _judge_root(root: Element, *, now: datetime, url: str | None) -> Findings:
    if root.name == "rss":
        yield from judge_rss(root, now=now, url=url)
    elif root.name == "atom:feed":
        yield from judge_atom(root, now=now, url=url)
    elif root.name == "opml":
        yield from judge_opml(root, now=now)
    else:
        yield error("UndefinedElement", root.line, f"{root.name} is no feed")


def _served(kind: str, content_type: str | None) -> Findings:
    if content_type is None:
        return
    named, _, rest = content_type.partition(";")
    if named == "text/xml" and "charset" not in rest:
        yield warning("TextXml", 1, "text/xml without a charset is ASCII")
    elif named not in _SERVED.get(kind, set()):
        yield warning("UnexpectedContentType", 1, content_type)
    charset = rest.lower().partition("charset=")[2].strip(" \"'")
    if charset and charset != "utf-8":
        yield warning("EncodingMismatch", 1, content_type)
