"""``peru-media probe``: what media files measurably are."""

from collections.abc import Iterator
from pathlib import Path

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.figures import length, megabytes
from peru_media.cli.manners import Manners, mannered
from peru_media.model.facts import FileFacts
from peru_media.wiring import open_maker

__all__ = ["described", "verb"]


@click.command("probe")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@mannered
def verb(manners: Manners, *, files: tuple[Path, ...]) -> int | None:
    """Tell what files measurably are, whatever their names or tags claim.

    With --json one object a line, in the order of the files.
    """
    paths = [path.absolute() for path in files]
    with open_maker(manners.project.absolute()) as maker:
        facts = maker.facts(paths)
    for given, path in zip(files, paths, strict=True):
        _show(manners, given, facts[path])
    return PROBLEMS if any(facts[path].fault for path in paths) else None


def _show(manners: Manners, path: Path, facts: FileFacts) -> None:
    manners.answer(file=str(path), **facts.model_dump(mode="json"))
    if facts.fault:
        manners.say(f"{path}: {facts.fault}")
        return
    manners.say(f"{path}\n  {', '.join(described(facts))}")
    for name, values in sorted(facts.tags.items()):
        manners.say(f"  {name}: {'; '.join(values)}")
    for mark in facts.chapters:
        manners.say(f"  chapter at {length(mark.start)}: {mark.title}")
    for question in facts.questions:
        manners.say(f"  note: {question}")


def described(facts: FileFacts) -> Iterator[str]:
    """The facts of a file in a few words each."""
    yield facts.media_type
    if facts.duration is not None:
        yield length(facts.duration)
    yield megabytes(facts.size)
    if facts.bit_rate is not None:
        yield f"{round(facts.bit_rate / 1000)} kbit/s"
    if facts.sample_rate is not None:
        yield f"{facts.sample_rate / 1000:g} kHz"
    if facts.channels is not None:
        yield {1: "mono", 2: "stereo"}.get(facts.channels, f"{facts.channels} channels")
    if facts.pages is not None:
        yield f"{facts.pages} pages"
    if facts.picture is not None:
        yield f"{facts.picture.width} x {facts.picture.height} {facts.picture.mode}"
