"""Write docs/cli.md from the help of the commands themselves: make golden."""

from pathlib import Path
from typing import Any

from peru_media.cli.verbs import VERBS, verbs

PLACE = Path(__file__).parent.parent / "docs" / "cli.md"

HEAD = """\
# The commands

Written by `make golden` from the commands' own help, and held to it by a test.

Every verb prints its result on stdout and how it goes on stderr. Nothing ever waits
for a key where nobody sits at a terminal. `NO_COLOR` and `CI` are obeyed.
"""

_QUIETLY: dict[str, Any] = {"resilient_parsing": True, "terminal_width": 80}


def reference() -> str:
    """The help of every verb, as Markdown."""
    context = verbs.make_context("peru-media", [], **_QUIETLY)
    parts = [HEAD, _section("peru-media", verbs.get_help(context))]
    for name in VERBS:
        verb = verbs.get_command(context, name)
        assert verb is not None  # noqa: S101  # each name of the table has a module
        inner = verb.make_context(name, [], parent=context, **_QUIETLY)
        parts.append(_section(f"peru-media {name}", verb.get_help(inner)))
    return "\n".join(parts)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PLACE.write_text(reference(), encoding="utf-8")
