"""``peru-media schema``: the JSON Schemas of the files that staff write."""

import json

import click

from peru_media.cli.manners import Manners, mannered
from peru_media.model.site import schema

__all__ = ["verb"]

_NAMES = ("site.yaml", "show.md", "episode.md", "contributor.yaml", "withdrawn.yaml")


@click.command("schema")
@click.argument("name", required=False, type=click.Choice(_NAMES))
@mannered
def verb(manners: Manners, *, name: str | None) -> None:
    """Print the JSON Schema of one file, or of all by their names.

    Editors show them as help, and complete fields from them.
    """
    schemas = schema()
    chosen = schemas[name] if name else schemas
    manners.answer(files={name: chosen} if name else schemas)
    manners.say(json.dumps(chosen, indent=2, ensure_ascii=False))
