"""``peru-media build``: write the site as plain files into a folder."""

import gzip
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import click

from peru_media.cli.aims import Said
from peru_media.cli.figures import megabytes
from peru_media.cli.findings import counted, listed, serious
from peru_media.cli.manners import (
    Manners,
    base_url_option,
    mannered,
    target_option,
)
from peru_media.cli.projects import Opened, known_live, opened
from peru_media.errors import ContentError
from peru_media.model.address import is_text
from peru_media.model.forms import form_at, forms_of
from peru_media.model.problem import Severity
from peru_media.model.release import Version, version_at
from peru_media.model.source import Source
from peru_media.ports import Fetched
from peru_media.publishing.building import build
from peru_media.publishing.publishing import inspect
from peru_media.publishing.redaction import redacted
from peru_media.publishing.texts import texts_of
from peru_media.rendering.delivery import Deliverable
from peru_media.rendering.release import Rendering, render
from peru_media.rendering.small_forms import small_form

__all__ = ["verb"]

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)


@click.command("build")
@target_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="The folder to write.",
)
@click.option("--clean", is_flag=True, help="Replace the folder if it is there.")
@base_url_option
@mannered
def verb(
    manners: Manners, *, target: str, out: Path, clean: bool, base_url: str | None
) -> None:
    """Write pages, feeds, transcripts, pictures and media as plain files.

    What is out today, and nothing scheduled. The same files give the same bytes.
    The folder appears whole or not at all.
    """
    _expect_replaceable(out, clean=clean)
    with opened(manners, target, said=Said(base_url, lasting=False)) as project:
        pressed = _render(manners, project)
        with _whole(out) as folder:
            sizes = list(_write(project, pressed, folder))
    manners.answer(out=str(out), files=len(sizes), size=sum(sizes))
    size = megabytes(sum(sizes))
    manners.say(f"Built {out}: {counted(len(sizes), 'file')}, {size}.")
    manners.say("Next: make plan")


def _expect_replaceable(out: Path, *, clean: bool) -> None:
    """Refuse to write over anything but an earlier build that may go.

    Raises:
        UsageError: something is there.
    """
    if not out.exists() or not any(out.iterdir()):
        return
    if not clean:
        msg = f"{out} is there already: say --clean to replace it."
        raise click.UsageError(msg)
    if not (out / "index.html").is_file():
        msg = (
            f"{out} holds something else than a build: it is left alone. "
            "Say another folder: --out site (make build OUT=site)"
        )
        raise click.UsageError(msg)


def _render(manners: Manners, project: Opened) -> "_Pressed":
    """Check, make copies, and render what is out just now.

    Raises:
        ContentError: the checks found an error.
    """
    site, read = project.site()
    desk, live = project.desk, known_live(project)
    now = desk.clock.now().replace(microsecond=0)
    facts, problems = inspect(site, desk, live, read=read, at=now)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    for line in listed(serious(problems)):
        manners.tell(line)
    built = build(site, desk, live, facts=facts, at=now, now=now)
    edited = redacted(site, facts, desk.root)
    rendering = render(
        built.source,
        at=now,
        until=now,
        texts=texts_of(desk, live, edited.facts, made=edited.texts),
        changed=_turns(built.source, now),
        cache=desk.cache,
    )
    return _Pressed(at=now, rendering=rendering, files=built.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressed:
    """Everything that there is to write, and the moment at which it is out."""

    at: datetime
    rendering: Rendering
    files: Sequence[Deliverable]


def _turns(source: Source, now: datetime) -> dict[str, datetime]:
    """When each table last changed by its episodes alone, whatever was published."""
    turns = {show.slug: _FIRST for show in source.shows}
    for episode in source.episodes:
        due = [m for m in (episode.published, episode.until) if m and m <= now]
        for show in episode.shows:
            turns[show] = max([turns[show], *due])
    return turns | {"site": max(turns.values(), default=_FIRST)}


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    """Make a folder that takes its place once it is complete."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        draft.chmod(0o755)
        yield draft
        if out.exists():
            shutil.rmtree(out)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(project: Opened, pressed: _Pressed, folder: Path) -> Iterator[int]:
    """Write every address that answers just now; gives the sizes."""
    here = {file.key: file.path for file in pressed.files}
    for table in pressed.rendering.tables.values():
        for path, versions in table.items():
            version = version_at(versions, pressed.at)
            if version is None or version.key is None:
                continue
            place = folder / _name(path, version.type)
            place.parent.mkdir(parents=True, exist_ok=True)
            if version.key in here:
                shutil.copyfile(here[version.key], place)
            else:
                place.write_bytes(_content(project, pressed.rendering, version))
            yield place.stat().st_size
            for form, made in _further(path, version, place):
                form.write_bytes(made)
                yield len(made)


def _further(path: str, version: Version, place: Path) -> Iterator[tuple[Path, bytes]]:
    """The forms of a transcript or citation that a server makes when somebody asks."""
    media_type = version.type.partition(";")[0]
    for other in forms_of(path):
        if other != path and (form := form_at(other)) is not None:
            stored = place.read_bytes()
            made = small_form(stored, form=form, media_type=media_type)
            yield place.with_name(f"{form.file}.{form.kind}"), made


def _name(path: str, media_type: str) -> str:
    if media_type.startswith("text/html") and form_at(path) is None:
        return f"{path}/index.html".lstrip("/")
    return path.lstrip("/")


def _content(project: Opened, rendering: Rendering, version: Version) -> bytes:
    """A text as it was rendered, or a medium whose master is not here any more."""
    key = version.key or ""
    if key in rendering.objects:
        stored = rendering.objects[key]
        return gzip.decompress(stored) if is_text(version.type) else stored
    fetched = project.desk.store.get(key)
    assert isinstance(fetched, Fetched)  # noqa: S101  # no etag was given
    return fetched.body
