"""``peru-media schema``: the JSON Schemas of the files that staff write."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from peru_media.cli.manners import Manners, mannered
from peru_media.errors import SettingsError
from peru_media.model.site import schema

__all__ = ["verb"]

_NAMES = ("site.yaml", "show.md", "episode.md", "contributor.yaml", "withdrawn.yaml")


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(_NAMES))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write each into its own file of this folder, for editors.",
)
@mannered
def verb(manners: Manners, *, name: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one file, or of all by their names.

    Editors show them as help, and complete fields from them: docs/fields.md.
    """
    schemas = schema()
    chosen = {name: schemas[name]} if name else schemas
    manners.answer(files=chosen)
    if out is not None:
        _write(chosen, out)
        manners.say(f"Written {', '.join(str(out / _file(one)) for one in chosen)}")
    else:
        manners.say(_text(schemas[name] if name else schemas))


def _write(schemas: Mapping[str, Any], out: Path) -> None:
    """Write each schema into its own file, as editors take them."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, one in schemas.items():
            (out / _file(name)).write_text(_text(one) + "\n", encoding="utf-8")
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        msg = f"{out} cannot be written ({reason}): say another --out"
        raise SettingsError(msg) from fault


def _file(name: str) -> str:
    return f"{name}.json"


def _text(schemas: Mapping[str, Any]) -> str:
    return json.dumps(schemas, indent=2, ensure_ascii=False)
