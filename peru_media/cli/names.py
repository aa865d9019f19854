"""Names that a shell can complete: episodes, shows, contributors."""

from pathlib import Path

import click

from peru_media.cli.manners import project_at

__all__ = ["contributors", "episodes", "shows"]


def episodes(
    context: click.Context,
    param: click.Parameter,  # noqa: ARG001  # click's signature
    incomplete: str,
) -> list[str]:
    """Slugs of the episodes that begin so."""
    return _parents(_project(context) / "episodes", "episode.md", incomplete)


def shows(
    context: click.Context,
    param: click.Parameter,  # noqa: ARG001  # click's signature
    incomplete: str,
) -> list[str]:
    """Slugs of the shows that begin so."""
    return _parents(_project(context) / "feeds", "show.md", incomplete)


def contributors(
    context: click.Context,
    param: click.Parameter,  # noqa: ARG001  # click's signature
    incomplete: str,
) -> list[str]:
    """Ids of the consent records that begin so."""
    folder = _project(context) / "feeds" / "contributors"
    return sorted(path.stem for path in folder.glob(f"{incomplete}*.yaml"))


def _project(context: click.Context) -> Path:
    named = context.params.get("project")
    return project_at(Path(named) if named else None)


def _parents(folder: Path, name: str, start: str) -> list[str]:
    found = (path.parent.name for path in folder.rglob(name))
    return sorted(slug for slug in found if slug.startswith(start))
