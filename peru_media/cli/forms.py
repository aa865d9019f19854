"""The forms in which check tells what it found: for people, and for programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from peru_media import __version__
from peru_media.cli.manners import Manners
from peru_media.model.problem import Problem

if TYPE_CHECKING:
    from peru_media.checks.reports import Meaning

__all__ = ["Form", "Result", "form_options", "tell"]

_T = TypeVar("_T", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a result is to be told.

    Attributes:
        name: ``text``, ``json``, ``junit``, ``sarif`` or ``github``.
        out: the file for it; stdout where there is none.
        strict: whether warnings count as errors.
    """

    name: str = "text"
    out: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a check found, ready to be told in any form.

    Attributes:
        lines: for people. fields: for programs, as one JSON object.
        meanings: gives those of every code that was looked for, when needed.
        seconds: how long it took.
    """

    problems: Sequence[Problem]
    lines: Sequence[str]
    fields: Mapping[str, Any]
    meanings: "Callable[[], Mapping[str, Meaning]]"
    seconds: float = 0.0


def form_options(verb: _T) -> _T:
    """Give a verb the options for the form of its result."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(("text", "json", "junit", "sarif", "github")),
        default="text",
        show_default=True,
        help="The form of the result; json is as --json, github for its annotations.",
    )
    out = click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write that form into this file, and the text to the screen.",
    )
    return form(out(verb))


def tell(manners: Manners, form: Form, result: Result) -> None:
    """Print the result in its form, or write it into the file that was named.

    Raises:
        UsageError: two forms are asked for at once.
    """
    if form.out is not None:
        form.out.write_text(_report(manners, form, result), encoding="utf-8")
    elif form.name != "text" and not (manners.json and form.name == "json"):
        if manners.json:
            msg = f"--json and --format {form.name} cannot both be printed: add --out."
            raise click.UsageError(msg)
        click.echo(_report(manners, form, result), nl=False)
        return
    manners.answer(**result.fields)
    for line in result.lines:
        manners.say(line)


def _report(manners: Manners, form: Form, result: Result) -> str:
    if form.name == "text":
        return "".join(f"{click.unstyle(line)}\n" for line in result.lines)
    if form.name == "json":
        return manners.as_json(**result.fields) + "\n"
    return _for_programs(form, result)


def _for_programs(form: Form, result: Result) -> str:
    from peru_media.checks import reports  # noqa: PLC0415  # not for the usual text

    if form.name == "github":
        return reports.github_report(result.problems)
    if form.name == "junit":
        return reports.junit_report(
            result.problems,
            meanings=result.meanings(),
            strict=form.strict,
            seconds=result.seconds,
        )
    return reports.sarif_report(
        result.problems,
        meanings=result.meanings(),
        version=__version__,
        strict=form.strict,
    )
