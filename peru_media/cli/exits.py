"""The one place where errors become words and exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from peru_media.cli.verbs import verbs

if TYPE_CHECKING:
    from peru_media.cli.manners import Manners
    from peru_media.errors import PeruMediaError

__all__ = ["CHANGES", "PROBLEMS", "UNVERIFIED", "run"]

BUG = 1
PROBLEMS = 3
SETTINGS = 4
UNVERIFIED = 8
CHANGES = 10
INTERRUPTED = 130
_COMPLETE = "_PERU_MEDIA_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run one verb and give the exit code; no error gets past this."""
    asked = os.environ.get(_COMPLETE)  # noqa: TID251  # the shell's question, no setting
    if asked is not None:
        return _complete(asked)
    context = None
    try:
        with verbs.make_context("peru-media", list(arguments)) as context:
            return verbs.invoke(context) or 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the last line: a sentence, never a traceback
        return _settled(error, context.obj if context else None)


def _complete(instruction: str) -> int:
    """Answer a shell that wants to complete what is being typed."""
    from click.shell_completion import shell_complete  # noqa: PLC0415  # rare

    return shell_complete(verbs, {}, "peru-media", _COMPLETE, instruction)


def _settled(error: BaseException, manners: "Manners | None") -> int:
    code = _of_click(error)
    if code is not None:
        return code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return _interrupted(str(error))
    if isinstance(error, BrokenPipeError):
        return _unheard()
    return _failed(error, manners)


def _of_click(error: BaseException) -> int | None:
    """Settle what click itself raises: the end of a help page, a wrong option."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    return None


def _interrupted(so_far: str) -> int:
    line = so_far or "nothing was published; run make publish to go on"
    click.echo(f"\n{line}", err=True)
    return INTERRUPTED


def _unheard() -> int:
    """Whoever read our output has enough; let the interpreter end in silence."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _failed(error: BaseException, manners: "Manners | None") -> int:
    from peru_media.errors import PeruMediaError  # noqa: PLC0415  # not for --help

    if isinstance(error, PeruMediaError):
        _explain(error, manners)
        return _code(error)
    if isinstance(error, OSError) and error.filename is not None:
        click.echo(f"{error.filename}: {error.strerror}", err=True)
        return SETTINGS
    return _bug(error, manners)


def _code(error: "PeruMediaError") -> int:
    from peru_media import errors  # noqa: PLC0415  # not for --help

    codes = (
        (errors.ContentError, PROBLEMS),
        (errors.MediaError, PROBLEMS),
        (errors.SettingsError, SETTINGS),
        (errors.AccessDeniedError, SETTINGS),
        (errors.StoreError, 5),
        (errors.FetchError, 5),
        (errors.ConflictError, 6),
        (errors.RefusedError, 7),
        (errors.VerificationError, UNVERIFIED),
    )
    return next(code for kind, code in codes if isinstance(error, kind))


def _explain(error: "PeruMediaError", manners: "Manners | None") -> None:
    """Say what went wrong: its problems in full, then its sentence."""
    from peru_media.cli.findings import listed, summary, written  # noqa: PLC0415  # not for --help

    problems = getattr(error, "problems", ())
    if manners is not None:
        fields = {"error": _sentence(error), "problems": written(problems)}
        manners.answer(**fields, exit_code=_code(error))
    for line in listed(problems):
        click.echo(line, err=True)
    click.echo(summary(problems) if _is_list(error) else str(error), err=True)


def _sentence(error: "PeruMediaError") -> str:
    return "The content has problems." if _is_list(error) else str(error)


def _is_list(error: "PeruMediaError") -> bool:
    from peru_media.errors import ContentError  # noqa: PLC0415  # not for --help

    return isinstance(error, ContentError)


def _bug(error: BaseException, manners: "Manners | None") -> int:
    """Save the traceback for whoever mends it, and say where it lies."""
    from pathlib import Path  # noqa: PLC0415  # not for --help
    from traceback import format_exception  # noqa: PLC0415  # rare

    text = "".join(format_exception(error))
    if manners is not None and manners.debug:
        click.echo(text, err=True)
    project = manners.project if manners is not None else Path()
    path = project / ".peru-media" / "traceback.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    click.echo(
        f"That is a bug, and not your fault. What it was doing is in {path}: "
        "send that file to whoever looks after peru-media.",
        err=True,
    )
    return BUG
