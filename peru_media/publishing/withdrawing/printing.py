"""The receipt of a withdrawal as a page to print: for the person, and for the file."""

from collections.abc import Iterator
from html import escape

from peru_media.model.moment import utc_text
from peru_media.model.receipt import Gone, Receipt

__all__ = ["printed"]

_REASONS = {
    "consent": "consent was taken back",
    "error": "it should not have been published",
    "legal": "for legal reasons",
}
_STYLE = (
    "body{font:16px/1.5 serif;max-width:44em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%;font-size:13px}"
    "td,th{border:1px solid #767676;padding:2px 6px;text-align:left;"
    "overflow-wrap:anywhere}"
    "@media print{body{margin:0}}"
)


def printed(receipt: Receipt) -> str:
    """Write the page; it holds no more than the receipt does."""
    return "\n".join(_lines(receipt)) + "\n"


def _lines(receipt: Receipt) -> Iterator[str]:
    what = receipt.public_name or receipt.name
    yield "<!doctype html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="robots" content="noindex">'
    yield f"<title>Receipt of a withdrawal: {escape(receipt.name)}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<h1>{escape(what)} has been withdrawn</h1>"
    yield from _facts(receipt)
    for gone in receipt.targets:
        yield from _target(gone)
    yield "<h2>What cannot be called back</h2>"
    yield "<ul>"
    yield from (f"<li>{escape(sentence)}</li>" for sentence in receipt.beyond)
    yield "</ul>"
    yield from _signature(receipt)
    yield "</body>"
    yield "</html>"


def _facts(receipt: Receipt) -> Iterator[str]:
    named = f"{receipt.kind} {receipt.name}"
    facts = {
        "Withdrawn": named,
        "Why": _REASONS.get(receipt.reason, receipt.reason),
        "By order of": receipt.by,
        "Ordered": utc_text(receipt.ordered),
        "Finished": utc_text(receipt.finished),
        "Episodes": str(len(receipt.episodes)),
        "Tombstones that keep it from coming back": str(receipt.tombstones),
    }
    yield "<table>"
    for name, value in facts.items():
        yield f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
    yield "</table>"


def _target(gone: Gone) -> Iterator[str]:
    yield f"<h2>{escape(gone.base_url)}</h2>"
    yield f"<p>{escape(_sentence(gone))}</p>"
    for failure in gone.failures:
        yield f"<p><strong>Not gone yet:</strong> {escape(failure)}</p>"
    for failure in gone.unpurged:
        yield f"<p>A cache could not be told: {escape(failure)}</p>"
    if gone.asked:
        yield "<table>"
        yield '<tr><th scope="col">Address</th><th scope="col">Answers</th></tr>'
        for one in gone.asked:
            yield f"<tr><td>{escape(one.address)}</td><td>{one.status}</td></tr>"
        yield "</table>"


def _sentence(gone: Gone) -> str:
    erased = (
        f"{gone.objects} stored objects were erased, with every version of each; "
        f"{gone.left} of its are left."
    )
    if not gone.reached:
        return f"{erased} Nobody answered at this address, so it was not looked at."
    refused = sum(one.status in {404, 410} for one in gone.asked)
    return (
        f"{erased} From outside, {refused} of {len(gone.asked)} addresses answer that "
        f"there is nothing (410 or 404), and {gone.lists} feeds, lists and pages were "
        "read to see that none leads there."
    )


def _signature(receipt: Receipt) -> Iterator[str]:
    if receipt.signature is not None:
        signature = receipt.signature
        yield (
            f"<p>Signed with {escape(signature.algorithm)}, key "
            f"{escape(signature.key)}: <code>{escape(signature.value)}</code></p>"
        )
        yield "<p>To check it: peru-media withdraw --verify, with the .json file.</p>"
