"""Setting the fields of one group in a file that staff wrote, and nothing beside."""

from collections.abc import Mapping

from peru_media.model.problem import Place
from peru_media.model.site import Steps
from peru_media.reading.composing import scalar
from peru_media.reading.editing import (
    changed,
    joined,
    parted,
    replace_raw,
    replace_scalar,
)
from peru_media.reading.tree import Tree, plant

__all__ = ["add_field", "fill_group"]


def fill_group(
    text: bytes, path: str, group: str, values: Mapping[str, str | None]
) -> bytes:
    """Give fields of a group other values; every other byte stays as it is.

    Fields that are not there are added, and so is the group; a single value in its
    place, such as a file's name, gives way to the group.

    Args:
        text: the whole file.
        path: its path in the project.
        group: the group's name, such as ``transcript``.
        values: of its fields; None empties a field where it stands.

    Raises:
        ContentError: the fields cannot be read, or a value is not on one line.
    """
    tree = _grown(text, path)
    found = tree.fields.get(group)
    if isinstance(found, dict):
        for name, value in values.items():
            text = _with(text, path, (group, name), value)
        return text
    flow = _flow(values)
    if (group,) in tree.keys:
        return replace_raw(text, tree.keys.nearest((group,)), flow)
    return _appended(text, path, f"{group}: {flow}")


def add_field(text: bytes, path: str, name: str, value: str) -> bytes:
    """Add a field below all others; every other byte stays as it is.

    Raises:
        ContentError: the fields cannot be read, or have no room for another.
    """
    edited = _appended(text, path, f"{name}: {scalar(value)}")
    if _grown(edited, path).fields != _grown(text, path).fields | {name: value}:
        raise changed(Place(path))
    return edited


def _with(text: bytes, path: str, steps: Steps, value: str | None) -> bytes:
    """One field of the group, which may be there or not."""
    tree = _grown(text, path)
    if steps in tree.keys:
        place = tree.keys.nearest(steps)
        if value is None:
            return replace_raw(text, place, "")
        return replace_scalar(text, place, value)
    if value is None:
        return text
    return _inserted(
        text, tree, steps[:-1], f"{steps[-1]}: {scalar(value, inside=True)}"
    )


def _inserted(text: bytes, tree: Tree, group: Steps, field: str) -> bytes:
    """A field before all others of its group, indented as they are."""
    begin = tree.values[group]
    lines = text.decode().splitlines(keepends=True)
    row, at = (begin.line or 1) - 1, (begin.column or 1) - 1
    line = lines[row]
    if line.startswith("{", at):
        comma = "" if line[at + 1 :].lstrip().startswith("}") else ", "
        lines[row] = f"{line[: at + 1]}{field}{comma}{line[at + 1 :]}"
    else:
        lines.insert(row, f"{line[:at]}{field}{_ending(line)}")
    return "".join(lines).encode()


def _appended(text: bytes, path: str, line: str) -> bytes:
    """A line below all fields."""
    whole, taken = parted(text, Place(path))
    end = taken.start + len(taken.fields)
    above = whole[:end]
    if above and not above.endswith("\n"):
        above += _ending(whole)
    return joined(text, f"{above}{line}{_ending(above)}{whole[end:]}")


def _ending(line: str) -> str:
    return "\r\n" if line.endswith("\r\n") else "\n"


def _flow(values: Mapping[str, str | None]) -> str:
    said = (
        f"{name}: {scalar(value, inside=True)}"
        for name, value in values.items()
        if value
    )
    return f"{{{', '.join(said)}}}"


def _grown(text: bytes, path: str) -> Tree:
    """The fields, with the place of each.

    Raises:
        ContentError: they are not those that were read.
    """
    _, taken = parted(text, Place(path))
    tree = plant(taken.fields, path)
    if tree.problems:
        raise changed(Place(path))
    return tree
