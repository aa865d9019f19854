"""What every verb has in common: its options, what it prints, whether it may ask."""

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TextIO, cast

import click

__all__ = ["Manners", "base_url_option", "mannered", "project_at", "target_option"]

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How one call of a verb behaves.

    Attributes:
        verb: its name. project: the folder that holds ``feeds/`` and ``episodes/``.
        json: whether stdout is one JSON object. debug: whether a bug's traceback
        is printed. asks: whether a person sits there who can be asked.
        bars: whether progress is drawn. colour: whether colours are allowed.
        starting: whether what is published is served right afterwards.
    """

    verb: str
    project: Path
    json: bool = False
    debug: bool = False
    asks: bool = False
    bars: bool = False
    colour: bool | None = None
    starting: bool = False

    @property
    def root(self) -> Path:
        """The project's folder, from the root of the file system.

        Raises:
            SettingsError: nothing of a project is there.
        """
        if not (self.project / "feeds").is_dir():
            from peru_media.errors import SettingsError  # noqa: PLC0415  # rare

            msg = (
                f"{self.project.absolute()} is no peru_media project, it has no "
                "feeds/: cd to the project, or say --project PATH; docs/fields.md "
                "shows how one begins"
            )
            raise SettingsError(msg)
        return self.project.absolute()

    def say(self, text: str = "") -> None:
        """Print a line of the result; silent where the result is JSON."""
        if not self.json:
            click.echo(text, color=self.colour)

    def tell(self, text: str) -> None:
        """Print a line about how it goes, on stderr."""
        click.echo(text, err=True, color=self.colour)

    def answer(self, **fields: Any) -> None:  # noqa: ANN401  # anything that JSON can hold
        """Print the result as one JSON object, where that was asked for."""
        if self.json:
            click.echo(self.as_json(**fields))

    def as_json(self, **fields: Any) -> str:  # noqa: ANN401  # anything that JSON can hold
        """One JSON object that names its schema."""
        named = {"schema": f"peru-media/{self.verb}/1"} | fields
        text = json.dumps(named, ensure_ascii=False)
        return text.encode(errors="backslashreplace").decode()  # of a file's odd name


_OPTIONS = (
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    click.option("--no-input", is_flag=True, help="Never ask anything."),
    click.option("--debug", is_flag=True, help="Print the traceback of a bug."),
    click.option(
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The folder with feeds/ and episodes/; else this one, or one above.",
    ),
)


target_option = click.option(
    "--target",
    default="local",
    show_default=True,
    help="Where to, by its name in feeds/site.yaml.",
)


def _address(
    context: click.Context,  # noqa: ARG001  # click's signature
    param: click.Parameter,  # noqa: ARG001  # click's signature
    value: str | None,
) -> str | None:
    """Refuse what is no address, as wrong use of the option."""
    if value is None:
        return None
    from peru_media.errors import SettingsError  # noqa: PLC0415  # not for --help
    from peru_media.model.target import expect_address  # noqa: PLC0415  # not for --help

    try:
        expect_address(value)
    except SettingsError as error:
        raise click.BadParameter(str(error)) from None
    return value


base_url_option = click.option(
    "--base-url",
    callback=_address,
    help="Another public address than the target's own.",
)


def project_at(given: Path | None) -> Path:
    """The project that was named, or else that of this folder or of one above."""
    if given is not None:
        return given
    here = Path.cwd()
    above = (here, *here.parents)
    found = (folder for folder in above if (folder / "feeds/site.yaml").is_file())
    return next(found, Path())


def mannered(
    verb: Callable[Concatenate[Manners, P], int | None],
) -> Callable[..., int | None]:
    """Give a verb the common options, and its manners as first argument."""

    @functools.wraps(verb)
    def run(
        *,
        as_json: bool,
        no_input: bool,
        debug: bool,
        project: Path | None,
        **others: Any,  # noqa: ANN401  # click's own
    ) -> int | None:
        context = click.get_current_context()
        manners = _manners(
            context.info_name or "",
            project_at(project),
            as_json=as_json,
            quiet=no_input,
        )
        manners = _debugging(manners) if debug else manners
        context.find_root().obj = manners
        return cast("Callable[..., int | None]", verb)(manners, **others)

    for option in reversed(_OPTIONS):
        option(run)
    return run


def _manners(verb: str, project: Path, *, as_json: bool, quiet: bool) -> Manners:
    from peru_media.wiring import surroundings  # noqa: PLC0415  # not for --help

    here = surroundings()
    return Manners(
        verb=verb,
        project=project,
        json=as_json,
        asks=_is_terminal(sys.stdin) and not quiet and not here.ci,
        bars=_is_terminal(sys.stderr) and not quiet and not here.ci,
        colour=False if here.no_color else None,
        starting=here.starting,
    )


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits there; None is a stream that was closed from the start."""
    return stream is not None and stream.isatty()


def _debugging(manners: Manners) -> Manners:
    from dataclasses import replace  # noqa: PLC0415  # rare

    return replace(manners, debug=True)
