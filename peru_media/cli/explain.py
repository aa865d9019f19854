"""``peru-media explain``: what a code of check means, and how to mend it."""

import textwrap
from collections.abc import Mapping

import click

from peru_media.checks import RULES, AnyRule, explain
from peru_media.checks.feed import FEED_RULES
from peru_media.cli.manners import Manners, mannered
from peru_media.reading import MEANINGS

__all__ = ["verb"]

_WIDTH = 78
_CLOCKS = "An episode must go out at one moment, the same for everybody."
_ADDRESS = "The name of a folder is part of addresses that live on in apps and links."
_LEADS = (
    "What is published must be in the project, or somebody else's file might go out."
)
_ADVICE = {
    "E130": (
        _CLOCKS,
        "Write publish: draft, publish: now, or a date such as 2026-12-01 09:00.",
    ),
    "E131": (
        f"{_CLOCKS} When the clocks change, one hour is skipped or comes twice.",
        "Choose another hour, or write the offset too: 2026-10-25 01:30 +01:00.",
    ),
    "E140": (
        "An episode appears in the feed and on the pages of its show.",
        "Write the name of a folder in feeds/ that holds a show.md.",
    ),
    "E141": (
        _ADDRESS,
        "Rename the newer one of the two; what is published must keep its name.",
    ),
    "E142": (
        _ADDRESS,
        "Rename the folder: small letters a-z, digits and single hyphens.",
    ),
    "E143": (
        "A consent is looked up by the name of its file, and must never be missed.",
        "Write the name of the file, without .yaml, as its id; or rename the file.",
    ),
    "E144": (
        "A collection is a page of its show, and its name is part of addresses.",
        "Write the name of one in show.md, or add it there under collections:.",
    ),
    "E145": (
        "A prefix means nothing to an app without the address of its namespace.",
        "Declare it once in show.md, under namespaces: {prefix: address}.",
    ),
    "E150": (
        _LEADS,
        "Put the file into the folder, and write its name alone, without slashes.",
    ),
    "E151": (
        _LEADS,
        "Put a copy of the file there in place of the link.",
    ),
    "E152": (
        "Not every computer can store or show that name, so a colleague could miss it.",
        "Rename it as the line of check says: plain letters, digits, hyphens.",
    ),
    "E153": (
        "Somebody changed the file meanwhile, and their change must not be lost.",
        "Look at the line, and write there by hand what was to stand there.",
    ),
    "W154": (
        "Only a folder with an episode.md is an episode; this recording stays here.",
        "Begin the episode with make new, or rename the file that it was meant to be.",
    ),
}


@click.command("explain")
@click.argument("code", required=False)
@mannered
def verb(manners: Manners, *, code: str | None) -> None:
    """Explain a code that check printed; without a code, list them all."""
    if code is None:
        _list(manners)
    elif code.upper() in MEANINGS:
        _meaning(manners, code.upper())
    else:
        _rule(manners, _found(code))


def _found(code: str) -> AnyRule:
    try:
        return explain(code)
    except KeyError:
        msg = f"There is no code {code}. List them all: make explain"
        raise click.UsageError(msg) from None


def _list(manners: Manners) -> None:
    rules: tuple[AnyRule, ...] = (*RULES, *FEED_RULES)
    codes = dict(MEANINGS) | {rule.code: rule.title for rule in rules}
    manners.answer(codes=codes)
    for code, title in sorted(
        codes.items(), key=lambda item: (int(item[0][1:]), item[0])
    ):
        manners.say(f"{code}  {title}")


def _meaning(manners: Manners, code: str) -> None:
    """A fault in the form of a file; the line that check printed says the rest."""
    why, fix = _ADVICE.get(code, ("", ""))
    kind = "warn" if code.startswith("W") else "error"
    manners.answer(code=code, severity=kind, title=MEANINGS[code], why=why, fix=fix)
    manners.say(f"{code}  {kind}\n{MEANINGS[code]}")
    _say_parts(manners, {"why": why, "to mend it": fix} if fix else {})
    manners.say("The line that check printed says where, and what to write instead.")


def _rule(manners: Manners, rule: AnyRule) -> None:
    parts = {"why": rule.why, "to mend it": rule.fix, "source": rule.source}
    manners.answer(
        code=rule.code,
        severity=str(rule.severity),
        title=rule.title,
        why=rule.why,
        fix=rule.fix,
        source=rule.source,
        safety=rule.safety,
    )
    refuses = ", refuses a publish for safety" if rule.safety else ""
    manners.say(f"{rule.code}  {rule.severity}{refuses}")
    manners.say(textwrap.fill(rule.title, _WIDTH))
    _say_parts(manners, parts)


def _say_parts(manners: Manners, parts: Mapping[str, str]) -> None:
    for name, text in parts.items():
        indented = textwrap.fill(text, _WIDTH, subsequent_indent=" " * 12)
        manners.say(f"{name:<10}  {indented}")
