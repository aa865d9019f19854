"""What a preview says of itself: above each page, and on a page of its own."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

from peru_media.model.letters import visible
from peru_media.model.problem import Problem, Severity
from peru_media.model.proof import Notice, Proof, State

__all__ = [
    "EPISODES",
    "EVENTS",
    "OVERVIEW",
    "SCRIPT",
    "STYLE",
    "dressed",
    "overview_page",
    "script",
    "stylesheet",
    "waiting_page",
]

OVERVIEW = "/__preview/"
EPISODES = f"{OVERVIEW}episodes/"
EVENTS, SCRIPT, STYLE = (f"{OVERVIEW}{n}" for n in ("events", "script.js", "style.css"))

_NOUNS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note"}
_MARKS = {State.DRAFT: "Draft", State.SCHEDULED: "Scheduled"}
_NOTHING = "This is a preview for you alone: nothing of it is published."
_OPENING = re.compile(rb"<body[^>]*>(?:\s*<a class=\"skip\"[^>]*>[^<]*</a>\n)?")
_STALE = "The page below is as it was before."


def dressed(page: bytes, proof: Proof, path: str) -> bytes:
    """Put the banner of a proof above a page, and what it needs into the head.

    The link that skips to the content stays first. A page without head or body
    stays as it is.
    """
    head = page.find(b"</head>")
    body = _OPENING.search(page, max(head, 0))
    if head < 0 or body is None:
        return page
    banner = _banner(proof, _notice(proof, path)).encode()
    links = _links(proof.number).encode()
    return b"%b%b%b%b%b" % (
        page[:head],
        links,
        page[head : body.end()],
        banner,
        page[body.end() :],
    )


def overview_page(proof: Proof) -> bytes:
    """Everything that is wrong, and everything that is not out yet."""
    body = (
        "<h1>What this preview found</h1>\n"
        f"{_fault(proof)}"
        f"<p>{escape(_tally(proof.problems))}.</p>\n"
        f"{_listed(proof.problems)}"
        f"{_not_out(proof.notices.values())}"
        '<p><a href="/">See the pages</a></p>\n'
    )
    return _page("What this preview found", body, str(proof.number))


def waiting_page() -> bytes:
    """What is shown until the first pages are made."""
    body = (
        "<h1>Making the preview</h1>\n"
        "<p>The project is read, and its recordings are measured. The page "
        "appears here by itself.</p>\n"
    )
    return _page("Making the preview", body, "", refresh=True)


def stylesheet(proof: Proof | None) -> bytes:
    """How banners look, with a mark behind each link to what is not out yet."""
    notices = proof.notices.values() if proof else ()
    return (_file("preview.css") + "".join(_marks(notices))).encode()


def script() -> bytes:
    """The script that shows a page again once it has changed."""
    return _file("preview.js").encode()


@cache
def _file(name: str) -> str:
    return (files("peru_media.server") / name).read_text(encoding="utf-8")


def _marks(notices: Iterable[Notice]) -> Iterator[str]:
    """Rules of style: paths are made of letters that style sheets take as they are."""
    paths: dict[State, list[str]] = {state: [] for state in _MARKS}
    for notice in notices:
        if notice.state in paths:
            paths[notice.state].append(notice.path)
    for state, found in paths.items():
        if found:
            links = ",".join(f'a[href$="{path}"]::after' for path in found)
            look = "font-weight:700;white-space:nowrap"
            yield f'{links}{{content:" ({_MARKS[state]})";{look}}}\n'


def _notice(proof: Proof, path: str) -> Notice | None:
    """The notice of a page, also where its address begins with a language."""
    bare = "/" + path.strip("/")
    below = "/" + bare[1:].partition("/")[2]
    parent = bare.rpartition("/")[0] or "/"  # an embed has that of its page
    known = (proof.notices.get(one) for one in (bare, below, parent))
    return next((one for one in known if one is not None), None)


def _links(number: int) -> str:
    return (
        f'<link rel="stylesheet" href="{STYLE}?{number}">\n'
        f'<script src="{SCRIPT}" defer></script>\n'
    )


def _banner(proof: Proof, notice: Notice | None) -> str:
    sentence = notice.sentence if notice else ""
    said = f"<p><strong>{_text(sentence)}</strong></p>\n" if sentence else ""
    return (
        f'<aside class="preview-banner" id="preview-banner" lang="en-GB" dir="ltr" '
        f'aria-label="Preview" data-seen="{proof.number}">\n'
        f"{said}{_fault(proof)}{_here(notice)}"
        f'<p>{_NOTHING} <a href="{OVERVIEW}">In all files: '
        f"{escape(_tally(proof.problems))}</a></p>\n"
        "</aside>\n"
    )


def _fault(proof: Proof) -> str:
    if not proof.fault:
        return ""
    stale = f" {_STALE}" if proof.shown else ""
    return (
        f'<p class="preview-fault"><strong>{_text(proof.fault)}</strong>{stale}</p>\n'
    )


def _here(notice: Notice | None) -> str:
    """The problems of a page's own files; errors are open from the start."""
    problems = notice.problems if notice else ()
    if not problems:
        return ""
    serious = any(one.severity is not Severity.INFO for one in problems)
    return (
        f"<details{' open' if serious else ''}>"
        f"<summary>Here: {escape(_tally(problems))}</summary>\n"
        f"{_listed(problems)}</details>\n"
    )


def _listed(problems: Iterable[Problem]) -> str:
    lines = "".join(map(_line, problems))
    return f'<ul class="preview-list">\n{lines}</ul>\n' if lines else ""


def _line(problem: Problem) -> str:
    advice = f" {_text(problem.fix)}" if problem.fix else ""
    return (
        f'<li class="preview-{problem.severity}"><code>{_text(str(problem.place))}'
        f"</code> <strong>{problem.severity} {_text(problem.code)}</strong> "
        f"{_text(problem.what)}{advice}</li>\n"
    )


def _not_out(notices: Iterable[Notice]) -> str:
    lines = "".join(
        f'<li><a href="{escape(one.path)}">{_text(one.title)}</a> '
        f"{_text(one.sentence)}</li>\n"
        for one in notices
        if one.state is not State.OUT
    )
    if not lines:
        return ""
    return f'<h2>Not out yet</h2>\n<ul class="preview-list">\n{lines}</ul>\n'


def _tally(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words."""
    kinds = [problem.severity for problem in problems]
    counts = {noun: kinds.count(kind) for kind, noun in _NOUNS.items()}
    words = [f"{n:,} {noun}{'' if n == 1 else 's'}" for noun, n in counts.items() if n]
    return ", ".join(words) or "nothing to put right"


def _text(text: str) -> str:
    """A text that anybody may have written, harmless in a page."""
    return escape(visible(text))


def _page(title: str, body: str, seen: str, *, refresh: bool = False) -> bytes:
    again = '<noscript><meta http-equiv="refresh" content="2"></noscript>\n'
    return (
        "<!doctype html>\n"
        '<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{again if refresh else ''}"
        f"{_links(0)}</head>\n"
        '<body class="preview-body">\n'
        f'<main id="preview-banner" data-seen="{seen}">\n{body}</main>\n'
        "</body>\n</html>\n"
    ).encode()
