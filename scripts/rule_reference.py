"""Write docs/rules.md: every rule of feeds, and the codes that keep it: make golden."""

from collections.abc import Iterable
from pathlib import Path

from peru_media.checks.feed import FEED_RULES
from scripts.code_reference import markdown
from scripts.rule_table import ROWS, Row

PLACE = Path(__file__).parent.parent / "docs" / "rules.md"

HEAD = """\
# The rules of feeds

Written by `make golden`, and held to it by a test. What Apple, PSP-1, RSS 2.0, the
W3C's Feed Validator, Spotify and the podcast namespace ask of a feed, of its files and
of their servers; and the codes that say where it is not so, or why nobody can tell.
Each code has a sample that breaks it and one that does not, in the tests.

*In a feed*: anybody's, from its bytes. *Of its servers*: what asking them tells
(`peru-media check --online`). *In a project*: before it is
published. *What is left*: what cannot be told, and why.

Where authorities differ, Apple's word holds for what a feed says, with three
exceptions: `explicit` is `true` or `false` everywhere, a copyright has no sign and no
year, and the owner's e-mail address may be left out.

| rule | what it asks | in a feed | of its servers | in a project | what is left |
|---|---|---|---|---|---|
"""
_SERVERS = {rule.code for rule in FEED_RULES if rule.code[1] == "5"}
_FEED = {rule.code for rule in FEED_RULES} - _SERVERS


def reference() -> str:
    """The table of all rules, as Markdown."""
    return HEAD + "".join(map(_line, ROWS))


def _line(row: Row) -> str:
    feed = _links(code for code in row.codes if code in _FEED)
    servers = _links(code for code in row.codes if code in _SERVERS)
    project = _links(code for code in row.codes if code not in _FEED | _SERVERS)
    asks, note = markdown(row.asks), markdown(row.note)
    return f"| {row.id} | {asks} | {feed} | {servers} | {project} | {note} |\n"


def _links(codes: Iterable[str]) -> str:
    return " ".join(f"[{code}](codes/{code}.md)" for code in codes)


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
