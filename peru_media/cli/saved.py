"""Plans that were saved in a file, to be published later as they are."""

import json
from pathlib import Path

import click
from pydantic import ValidationError

from peru_media.errors import SettingsError
from peru_media.planning import Plan

__all__ = ["expect_plan_or_nothing", "saved_plan"]

_MARKS = {"target", "against", "against_sha256"}


def saved_plan(path: Path) -> Plan:
    """Read a plan from its file.

    Raises:
        SettingsError: the file holds something else.
    """
    try:
        return Plan.model_validate_json(path.read_bytes())
    except ValidationError:
        msg = f"{path} is no plan: make one with make plan OUT=plan.json"
        raise SettingsError(msg) from None


def expect_plan_or_nothing(out: Path) -> None:
    """Refuse to save a plan over a file that is something else.

    Raises:
        UsageError: there is such a file.
    """
    if not out.exists() or (out.is_file() and _is_plan(out)):
        return
    msg = (
        f"{out} is there already, and is no plan: it is left alone. Say another --out."
    )
    raise click.UsageError(msg)


def _is_plan(path: Path) -> bool:
    """Whether a file is empty, or holds a plan, also one of another version."""
    try:
        fields = json.loads(path.read_bytes() or b"{}")
    except ValueError:
        return False
    return fields == {} or (isinstance(fields, dict) and fields.keys() >= _MARKS)
