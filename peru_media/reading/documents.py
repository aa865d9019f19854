"""One file that staff wrote, from its bytes to its value."""

from pathlib import Path
from typing import TypeVar

from peru_media.model.problem import Problem
from peru_media.model.site import Written
from peru_media.model.value import Value
from peru_media.reading.fields import fit
from peru_media.reading.folders import Found
from peru_media.reading.text import decode, load, sheet
from peru_media.reading.tree import plant

__all__ = ["read"]

T = TypeVar("T", bound=Value)


def read(
    root: Path, found: Found, *, model: type[T], slug: str, secret: bool = False
) -> Written[T] | tuple[Problem, ...]:
    """Read one file, or say everything that is wrong with it.

    Args:
        root: the project's folder.
        found: the file, and what lies beside it.
        model: what it holds.
        slug: the name by which it is known.
        secret: whether no problem may repeat a value of it (consent records).
    """
    data = load(root / found.path, found.path)
    text = decode(data, found.path) if isinstance(data, bytes) else (data,)
    taken = sheet(text, found.path) if isinstance(text, str) else text
    if isinstance(taken, tuple):
        return taken
    tree = plant(taken.fields, found.path)
    value = fit(model, tree, secret=secret) if tree.whole else ()
    if isinstance(value, tuple):
        return (*tree.problems, *value)
    if tree.problems:
        return tuple(tree.problems)
    return Written(
        path=found.path,
        slug=slug,
        value=value,
        body=taken.body,
        places=tree.keys,
        values=tree.values,
        body_line=taken.body_line,
        files=found.files,
    )
