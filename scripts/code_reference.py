"""Write docs/codes/ from the codes that checks really have: make golden."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peru_media.checks import ALL_RULES
from peru_media.reading import MEANINGS, REASONS
from tests.checks.feed.every import BAD
from tests.checks.feed.samples import Sample, problems

PLACE = Path(__file__).parent.parent / "docs" / "codes"

HEAD = """\
# What each code means

Written by `make golden` from the code that finds the faults, and held to it by a test.
`peru-media explain E201` says the same in a terminal.

A code keeps its meaning for ever. Its letter tells how grave it is: **E** is an error,
which stops a publish or makes a directory refuse a feed; **W** is a warning; **I** is
something to know. Codes of three digits are of a project's own files; those of four are
of a feed, anybody's.
"""
_KINDS = {"E": "error", "W": "warning", "I": "information"}
_GROUPS = (
    (100, "Files that staff write"),
    (200, "A site before it is published"),
    (1000, "Feeds: the document"),
    (2000, "Feeds: the channel"),
    (3000, "Feeds: the items"),
    (4000, "Feeds: the podcast namespace"),
    (5000, "Feeds: what only the servers can tell"),
)
_LONGEST = 400
_MARKUP = re.compile(r"<!\[CDATA\[.*?\]\]>|</?[^<>\n]+>|&\w+;")


@dataclass(frozen=True, slots=True)
class _Code:
    """Everything that is said of one code."""

    code: str
    title: str
    why: str
    fix: str
    source: str
    safety: bool = False

    @property
    def number(self) -> int:
        return int(self.code[1:])


def pages() -> Mapping[str, str]:
    """The name and the text of every page, the list of all among them."""
    codes = _codes()
    return {
        "README.md": _index(codes),
        **{f"{one.code}.md": _page(one) for one in codes},
    }


def _codes() -> list[_Code]:
    of_form = [_Code(code, title, *REASONS[code]) for code, title in MEANINGS.items()]
    of_rules = [
        _Code(rule.code, rule.title, rule.why, rule.fix, rule.source, rule.safety)
        for rule in ALL_RULES
    ]
    return sorted(of_form + of_rules, key=lambda one: (one.number, one.code))


def _page(one: _Code) -> str:
    return f"""\
# {one.code}

**{markdown(one.title)}**

| | |
|---|---|
| How grave | {_grave(one)} |
| Where | {_group(one)} |
| By what | {markdown(one.source)} |

## Why it matters

{markdown(one.why)}

## How to mend it

{markdown(one.fix)}
{_example(one.code)}
[All codes](README.md)
"""


def _example(code: str) -> str:
    """What check says of a sample that breaks the rule, with the line that does."""
    sample = next((one for one in BAD if one.code == code and one.at), None)
    if sample is None:
        return ""
    said = next(one for one in problems(sample) if one.code == code)
    line = _line_of(sample)
    shown = f"```xml\n{line}\n```\n\n" if line else ""
    return f"""
## Such as

{shown}{markdown(said.what)}

*Then*: {markdown(said.fix)}
"""


def _line_of(sample: Sample) -> str:
    """The line that a problem is on, unless it only opens what lacks something."""
    text = (
        sample.text if isinstance(sample.text, str) else sample.text.decode("latin-1")
    )
    line = text.split("\n")[sample.line() - 1].strip()
    opens = line in {"<channel>", "<item>"}
    return "" if opens or len(line) > _LONGEST or not line.isprintable() else line


def _grave(one: _Code) -> str:
    safety = ", which refuses a publish for somebody's safety" if one.safety else ""
    return f"{_KINDS[one.code[0]]}{safety}"


def _index(codes: list[_Code]) -> str:
    parts = [HEAD]
    for _, name in _GROUPS:
        rows = [one for one in codes if _group(one) == name]
        if rows:
            parts.append(f"## {name}\n\n| code | what it means |\n|---|---|")
            parts.extend(_row(one) for one in rows)
            parts.append("")
    return "\n".join(parts)


def _row(one: _Code) -> str:
    return f"| [{one.code}]({one.code}.md) | {markdown(one.title)} |"


def _group(one: _Code) -> str:
    return next(name for start, name in reversed(_GROUPS) if one.number >= start)


def markdown(text: str) -> str:
    """Keep markup as it is written, where Markdown would take it for HTML."""
    parts = []
    seen = 0
    for match in _MARKUP.finditer(text):
        parts += [_escaped(text[seen : match.start()]), f"`{match[0]}`"]
        seen = match.end()
    return "".join([*parts, _escaped(text[seen:])])


def _escaped(text: str) -> str:
    return re.sub(r"([<*_|])", r"\\\1", text)


def write() -> None:
    """Put every page where it belongs, and take away those of no code."""
    PLACE.mkdir(exist_ok=True)
    texts = pages()
    for path in PLACE.glob("*.md"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (PLACE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
