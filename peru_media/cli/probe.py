"""``peru-media probe``: what media files measurably are."""

from collections.abc import Iterator
from pathlib import Path

import click

from peru_media.cli.exits import PROBLEMS
from peru_media.cli.figures import length, megabytes
from peru_media.cli.manners import Manners, mannered
from peru_media.cli.watching import watched
from peru_media.model.encoding import encoding_of
from peru_media.model.facts import FileFacts, PdfFacts
from peru_media.model.files import DefaultsField, MediaField
from peru_media.model.sound import SoundFacts
from peru_media.wiring import open_maker

__all__ = ["described", "heard", "loudness", "readable", "verb"]


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

    Recordings are heard from end to end: loudness, range, true peak and silence.

    With --json one object a line, in the order of the files.
    """
    paths = [path.absolute() for path in files]
    with (
        open_maker(manners.project.absolute()) as maker,
        watched(manners) as progress,
    ):
        facts = maker.hear(maker.facts(paths), progress=progress)
    for given, path in zip(files, paths, strict=True):
        _show(manners, given, facts[path])
    return PROBLEMS if any(facts[path].fault for path in paths) else None


def _show(manners: Manners, path: Path, facts: FileFacts) -> None:
    manners.answer(file=str(path), **facts.model_dump(mode="json"))
    if facts.fault:
        manners.say(f"{path}: {facts.fault}")
        return
    manners.say(f"{path}\n  {', '.join(described(facts))}")
    for line in _lines(facts):
        manners.say(f"  {line}")


def _lines(facts: FileFacts) -> Iterator[str]:
    """What else is known of a file, each on its line."""
    if facts.sound:
        yield ", ".join(heard(facts.sound))
    if facts.pdf:
        yield ", ".join(readable(facts, facts.pdf))
    if facts.title:
        yield f"title: {facts.title}"
    for name, values in sorted(facts.tags.items()):
        yield f"{name}: {'; '.join(values)}"
    for mark in facts.chapters:
        yield f"chapter at {length(mark.start)}: {mark.title}"
    for question in facts.questions:
        yield f"note: {question}"


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


def heard(sound: SoundFacts) -> Iterator[str]:
    """How a recording sounds, in a few words each."""
    if sound.loudness is not None:
        yield f"loudness {sound.loudness:.1f} LUFS"
    if sound.range is not None:
        yield f"range {sound.range:.1f} LU"
    if sound.true_peak is not None:
        yield f"true peak {sound.true_peak:.1f} dBTP"
    if sound.clipped:
        yield f"peaks beyond full scale in {sound.clipped:.1f} s"
    if sound.silences:
        yield f"silence {length(sound.silent)}, first at {length(sound.silences[0][0])}"
    if sound.broken:
        yield f"broken packets {sound.broken}"


def readable(facts: FileFacts, pdf: PdfFacts) -> Iterator[str]:
    """What a PDF has for people who hear it, in a few words each."""
    yield "tagged for screen readers" if facts.tagged else "no tags for screen readers"
    yield f"language {facts.language}" if facts.language else "no language"
    if not pdf.text:
        yield "no text"
    if pdf.mute_figures:
        yield f"figures without words {pdf.mute_figures}"
    if pdf.bookmarks:
        yield "bookmarks"
    if pdf.universal:
        yield "PDF/UA"


def loudness(facts: FileFacts, defaults: DefaultsField) -> Iterator[str]:
    """How loud it is beside its show, and what will be done about that."""
    if facts.sound is None or facts.sound.loudness is None:
        return
    target = f"target {defaults.loudness:g}"
    if encoding_of(facts, defaults, MediaField()):
        target += "; I will level the published copy"
    yield f"loudness {facts.sound.loudness:.1f} LUFS ({target})"
