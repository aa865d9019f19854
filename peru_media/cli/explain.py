"""``peru-media explain``: what a code of check means, and how to mend it."""

import textwrap
from collections.abc import Mapping

import click

from peru_media.checks import ALL_RULES, AnyRule, explain
from peru_media.cli.manners import Manners, mannered
from peru_media.reading import MEANINGS, REASONS, Reason

__all__ = ["verb"]

_WIDTH = 78


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
    codes = dict(MEANINGS) | {rule.code: rule.title for rule in ALL_RULES}
    manners.answer(codes=codes)
    for code, title in sorted(
        codes.items(), key=lambda item: (int(item[0][1:]), item[0])
    ):
        manners.say(f"{code}  {title}")


def _meaning(manners: Manners, code: str) -> None:
    """A fault in the form of a file; the line that check printed says the rest."""
    reason = REASONS[code]
    kind = "warn" if code.startswith("W") else "error"
    manners.answer(
        code=code, severity=kind, title=MEANINGS[code], **reason._asdict(), safety=False
    )
    manners.say(f"{code}  {kind}\n{MEANINGS[code]}")
    _say_parts(manners, _parts(reason))
    manners.say("The line that check printed says where, and what to write instead.")


def _rule(manners: Manners, rule: AnyRule) -> None:
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
    _say_parts(manners, _parts(rule))


def _parts(told: Reason | AnyRule) -> Mapping[str, str]:
    return {"why": told.why, "to mend it": told.fix, "source": told.source}


def _say_parts(manners: Manners, parts: Mapping[str, str]) -> None:
    for name, text in parts.items():
        indented = textwrap.fill(text, _WIDTH, subsequent_indent=" " * 12)
        manners.say(f"{name:<10}  {indented}")
