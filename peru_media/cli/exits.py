"""The one place where errors become words and exit codes."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
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
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_ADVICE = dict.fromkeys(
    (errno.EACCES, errno.EPERM, errno.EROFS),
    ". Let it be read and written by you, or work on a copy of the project.",
) | dict.fromkeys(_FULL, ". Make room on that disk, and try again.")
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
        return _settled(error, context.obj if context else None, arguments)


def _complete(instruction: str) -> int:
    """Answer a shell that wants to complete what is being typed."""
    from click.shell_completion import shell_complete  # noqa: PLC0415  # rare

    return shell_complete(verbs, {}, "peru-media", _COMPLETE, instruction)


def _settled(
    error: BaseException, manners: "Manners | None", arguments: Sequence[str]
) -> int:
    code = _of_click(error, arguments)
    if code is not None:
        return code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return _interrupted(str(error), manners)
    if isinstance(error, BrokenPipeError):
        return _unheard()
    return _failed(error, manners)


def _of_click(error: BaseException, arguments: Sequence[str]) -> int | None:
    """Settle what click itself raises: the end of a help page, a wrong option."""
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        if "--json" in arguments:
            _misused(error)
        return error.exit_code
    return None


def _misused(error: click.ClickException) -> None:
    """Say wrong use as JSON too, for a program that waits for its object."""
    from peru_media.cli.manners import Manners  # noqa: PLC0415  # not for --help

    context = getattr(error, "ctx", None)
    verb = context.info_name if context is not None else "peru-media"
    manners = Manners(verb=verb, project=Path(), json=True)
    manners.answer(error=error.format_message(), problems=[], exit_code=error.exit_code)


def _interrupted(so_far: str, manners: "Manners | None") -> int:
    """Say what Ctrl-C or Ctrl-D left behind; only a publish can have changed much."""
    line = so_far or "Stopped. Nothing was changed."
    if not so_far and manners is not None and manners.verb == "publish":
        line = "nothing was published; run make publish to go on"
    click.echo(f"\n{line}", err=True)
    return INTERRUPTED


def _unheard() -> int:
    """Whoever read our output has enough; let the interpreter end in silence."""
    _forget_output()
    return 0


def _forget_output() -> None:
    """Let what could not be written go nowhere, also when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(error: BaseException, manners: "Manners | None") -> int:
    from peru_media.errors import PeruMediaError  # noqa: PLC0415  # not for --help

    if isinstance(error, PeruMediaError):
        _explain(error, manners)
        return _code(error)
    if isinstance(error, OSError) and error.filename is not None:
        click.echo(_of_file(error), err=True)
        return SETTINGS
    if isinstance(error, OSError) and error.errno in _FULL:
        _forget_output()
        click.echo(f"The output cannot be written: {error.strerror}.", err=True)
        return SETTINGS
    return _bug(error, manners)


def _of_file(error: OSError) -> str:
    path = Path(os.fsdecode(error.filename)).absolute()
    advice = _ADVICE.get(error.errno or 0, "")
    return f"{path}: {error.strerror}{advice}"


def _code(error: "PeruMediaError") -> int:
    from peru_media import errors  # noqa: PLC0415  # not for --help

    codes = (
        (errors.ContentError, PROBLEMS),
        (errors.MediaError, PROBLEMS),
        (errors.FeedRefusedError, PROBLEMS),
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
    line = summary(problems, _episodes(manners)) if _is_list(error) else str(error)
    click.echo(line, err=True)


def _episodes(manners: "Manners | None") -> tuple[str, ...]:
    from peru_media.cli.looks import look  # noqa: PLC0415  # not for --help

    return look(manners.project).episodes if manners is not None else ()


def _sentence(error: "PeruMediaError") -> str:
    return "The content has problems." if _is_list(error) else str(error)


def _is_list(error: "PeruMediaError") -> bool:
    from peru_media.errors import ContentError  # noqa: PLC0415  # not for --help

    return isinstance(error, ContentError)


def _bug(error: BaseException, manners: "Manners | None") -> int:
    """Save the traceback for whoever mends it, and say where it lies."""
    from traceback import format_exception  # noqa: PLC0415  # rare

    text = _masked("".join(format_exception(error)))
    if manners is not None and manners.debug:
        click.echo(text, err=True)
    path = _saved(text, manners.project if manners is not None else Path())
    told = (
        f"What it was doing is in {path}: send that file to"
        if path
        else "What it was doing could not be saved: say --debug, and show that to"
    )
    click.echo(
        f"That is a bug, and not your fault. {told} whoever looks after peru-media.",
        err=True,
    )
    return BUG


def _masked(text: str) -> str:
    """Take out of a traceback what whoever mends it has no business to know."""
    from peru_media.model.disclosure import without_secrets  # noqa: PLC0415  # rare
    from peru_media.wiring import secrets_around  # noqa: PLC0415  # not for --help

    return without_secrets(text, secrets_around())


def _saved(text: str, project: Path) -> Path | None:
    """Save a traceback in the project, else among the temporary files."""
    from tempfile import gettempdir  # noqa: PLC0415  # rare

    for folder in (project / ".peru-media", Path(gettempdir()) / "peru-media"):
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            path = folder / "traceback.txt"
            path.write_text(text, encoding="utf-8")
            return path.absolute()
    return None
