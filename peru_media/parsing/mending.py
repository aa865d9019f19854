"""From what is almost XML to what a parser can read, noting each repair.

One pass over the text: what stands before the feed is dropped, HTML's entities
become characters, loose ``&`` and ``<`` become words, control characters go, and
tags that were left open are closed where the next one shows it.
"""

import re
from html.entities import html5

from peru_media.errors import FeedRefusedError
from peru_media.parsing.repairs import Notes, shown

__all__ = ["MOST_FAULTS", "mended"]

_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
MOST_FAULTS = 100_000
_HEAD = 65_536
_PIECE = re.compile(
    r"(?P<kept><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z))"
    r"|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*+)"
    r"""(?P<rest>(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
    r"|&(?:(?P<code>\#x[0-9A-Fa-f]{1,8}|\#[0-9]{1,8})|(?P<entity>[A-Za-z][A-Za-z0-9]{0,31}));"
    r"|(?P<loose>[<&])"
    rf"|(?P<control>[{_ILLEGAL}]+)",
    re.DOTALL,
)
_CONTROL = re.compile(f"[{_ILLEGAL}]+")
_INNER = re.compile(
    rf"&(?!(?:amp|lt|gt|quot|apos|\#[0-9]{{1,8}}|\#x[0-9A-Fa-f]{{1,8}});)"
    rf"(?:(?P<entity>[A-Za-z][A-Za-z0-9]{{0,31}});)?|(?P<control>[{_ILLEGAL}]+)"
)
_XML = {"amp", "lt", "gt", "quot", "apos"}
_ITEMS = {"item", "entry"}


def mended(text: str, notes: Notes) -> str:
    """Give the text as well formed as it can be made by looking at it.

    Lines dropped from the beginning are counted by ``notes``.

    Raises:
        FeedRefusedError: there are more faults than a feed can have by mistake.
    """
    text = _from_its_start(text, notes)
    mender = _Mender(text, notes)
    return _PIECE.sub(mender.piece, text) + mender.close_all()


def _from_its_start(text: str, notes: Notes) -> str:
    """Drop what a server wrote before the feed: blank lines, warnings."""
    start = text.find("<?xml", 0, _HEAD)
    if start < 0:
        start = max(text.find("<"), 0)
    dropped = text[:start]
    if dropped:
        what = f"{shown(dropped.strip())} stands before the feed; left out."
        notes.at(1, 1, "text-before-declaration", what)
        notes.lines_before += dropped.count("\n")
    return text[start:]


class _Mender:
    """Walks through a text once, with the open elements in hand."""

    def __init__(self, text: str, notes: Notes) -> None:
        self._text, self._notes = text, notes
        self._open: list[str] = []
        self._count: dict[str, int] = {}
        self._line, self._seen, self._before = 1, 0, -1
        self._faults = 0
        self._menders = {
            "kept": self._keep,
            "rest": self._tag,
            "code": self._code,
            "entity": self._known_or_word,
            "loose": self._loose,
            "control": self._control,
        }

    def piece(self, match: re.Match[str]) -> str:
        """Give back one piece of markup as it should have been."""
        return self._menders[match.lastgroup or ""](match)

    def _loose(self, match: re.Match[str]) -> str:
        what = "stands here as a word; read as such."
        self._note(match, "loose-markup", f"{shown(match[0])} {what}")
        return "&lt;" if match[0] == "<" else "&amp;"

    def close_all(self) -> str:
        """Close what the end of the feed left open."""
        missing = "".join(f"</{name}>" for name in reversed(self._open))
        if missing:
            what = f"the feed ends within <{self._open[-1]}>."
            line = self._text.count("\n") + 1 + self._notes.lines_before
            self._notes.at(line, 0, "cut-off", what)
        return missing

    def _keep(self, match: re.Match[str]) -> str:
        """A CDATA section, closed and clean; comments and instructions go."""
        kept = match["kept"]
        end = {"<![": "]]>", "<!-": "-->"}.get(kept[:3], "?>")
        if not kept.endswith(end):
            self._note(match, "cut-off", f"{shown(kept[:9])} is never closed.")
            kept += end
        if end != "]]>":
            return "\n" * kept.count("\n")
        clean = _CONTROL.sub("", kept)
        if clean != kept:
            self._control(match)
        return clean

    def _tag(self, match: re.Match[str]) -> str:
        name, rest = match["name"], match["rest"]
        if match["end"]:
            return self._end(match, name)
        before = ""
        if name in _ITEMS and self._count.get(name):
            before = self._close_to(match, name) + self._pop()
        if rest.endswith("/"):
            return before + self._start_tag(match, name, rest)
        self._push(name)
        return before + self._start_tag(match, name, rest)

    def _start_tag(self, match: re.Match[str], name: str, rest: str) -> str:
        def inner(found: re.Match[str]) -> str:
            if found["control"]:
                return self._control(match)
            return self._entity(match, found["entity"] or "")

        return f"<{name}{_INNER.sub(inner, rest)}>"

    def _end(self, match: re.Match[str], name: str) -> str:
        if not self._count.get(name):
            self._note(match, "unopened-tag", f"</{name}> closes nothing; left out.")
            return ""
        return self._close_to(match, name) + self._pop()

    def _close_to(self, match: re.Match[str], name: str) -> str:
        closed = ""
        while self._open[-1] != name:
            what = f"<{self._open[-1]}> is never closed; closed here."
            self._note(match, "unclosed-tag", what)
            closed += self._pop()
        return closed

    def _push(self, name: str) -> None:
        self._open.append(name)
        self._count[name] = self._count.get(name, 0) + 1

    def _pop(self) -> str:
        name = self._open.pop()
        self._count[name] -= 1
        return f"</{name}>"

    def _code(self, match: re.Match[str]) -> str:
        code = match["code"]
        number = int(f"0{code[1:]}", 0) if code[1] == "x" else int(code[1:])
        if number > 0x10FFFF or _CONTROL.fullmatch(chr(number)):  # noqa: PLR2004  # the last of Unicode
            return self._control(match)
        return match[0]

    def _known_or_word(self, match: re.Match[str]) -> str:
        return self._entity(match, match["entity"])

    def _entity(self, match: re.Match[str], name: str) -> str:
        if name in _XML:
            return match[0]
        found = html5.get(f"{name};") if name else None
        if found is None:
            self._note(match, "unknown-entity", f"&{name} means nothing here.")
            return f"&amp;{name};" if name else "&amp;"
        sign = found if found.isprintable() else f"U+{ord(found[0]):04X}"
        self._note(match, "html-entity", f"&{name}; is HTML, read as {sign}.")
        return found.replace("&", "&amp;").replace("<", "&lt;")

    def _control(self, match: re.Match[str]) -> str:
        what = "a character that no feed may hold is left out."
        self._note(match, "control-character", what)
        return ""

    def _note(self, match: re.Match[str], code: str, what: str) -> None:
        self._faults += 1
        if self._faults > MOST_FAULTS:
            msg = f"The feed is refused: it has more than {MOST_FAULTS:,} faults."
            raise FeedRefusedError(msg)
        at = match.start()
        self._line += self._text.count("\n", self._seen, at)
        newline = self._text.rfind("\n", self._seen, at)
        self._before = newline if newline >= 0 else self._before
        self._seen = at
        line = self._line + self._notes.lines_before
        self._notes.at(line, at - self._before, code, what)
