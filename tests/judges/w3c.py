"""A judge of feeds that shares nothing with the code that writes them.

It knows the rules that the W3C's feed validator applies, under the validator's own
names, and those of the formats that the validator does not know. Only the standard
library is used, and every list is typed anew: a mistake of ours is not its mistake.

    for finding in judge(data, now=now, url="https://example.org/feed.xml"):
        print(finding)
"""

from dataclasses import dataclass
from datetime import datetime

from tests.judges.atom import judge_atom
from tests.judges.document import Element, read_document
from tests.judges.finding import Finding, Findings, error, warning
from tests.judges.json_feed import judge_json
from tests.judges.opml import judge_opml
from tests.judges.rss import judge_rss

__all__ = ["Answer", "judge"]

_SERVED = {
    "rss": {"application/rss+xml", "application/xml"},
    "atom:feed": {"application/atom+xml", "application/xml"},
    "opml": {"text/x-opml", "application/xml", "text/xml"},
    "json": {"application/feed+json", "application/json"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a document was served.

    Attributes:
        content_type, encoding: as the headers say. redirects: the status of each
        answer that led elsewhere before.
    """

    content_type: str
    encoding: str | None = None
    redirects: tuple[int, ...] = ()


def judge(
    data: bytes,
    *,
    now: datetime,
    url: str | None = None,
    answer: Answer | None = None,
) -> list[Finding]:
    """Find all breaches, by line.

    Args:
        data: RSS 2.0, Atom 1.0, OPML or JSON Feed 1.1.
        now: the present moment; later dates are implausible.
        url: where it was fetched from; None where that is not to be judged.
        answer: how it was served; None where that is not to be judged.
    """
    if data[:1] == b"{":
        kind, found = "json", list(judge_json(data, now=now, url=url))
    else:
        document = read_document(data)
        root, found = document.root, document.findings
        kind = root.name if root is not None else ""
        found += _judge_root(root, now=now, url=url) if root is not None else ()
    found += _served(kind, answer) if answer is not None else ()
    return sorted(found, key=lambda one: (one.line, one.code))


def _judge_root(root: Element, *, now: datetime, url: str | None) -> Findings:
    if root.name == "rss":
        yield from judge_rss(root, now=now, url=url)
    elif root.name == "atom:feed":
        yield from judge_atom(root, now=now, url=url)
    elif root.name == "opml":
        yield from judge_opml(root, now=now)
    else:
        yield error("UndefinedElement", root.line, f"{root.name} is no feed")


def _served(kind: str, answer: Answer) -> Findings:
    named, _, rest = answer.content_type.partition(";")
    if named == "text/xml" and "charset" not in rest:
        yield warning("TextXml", 1, "text/xml without a charset is ASCII")
    elif named not in _SERVED.get(kind, set()):
        yield warning("UnexpectedContentType", 1, answer.content_type)
    charset = rest.lower().partition("charset=")[2].strip(" \"'")
    if charset and charset != "utf-8":
        yield warning("EncodingMismatch", 1, answer.content_type)
    if answer.encoding is None:
        yield warning("Uncompressed", 1, "sent as it is to who takes gzip")
    for status in answer.redirects:
        if status in {302, 303, 307}:
            yield warning("TempRedirect", 1, str(status))
