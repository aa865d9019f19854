"""What staff call the listeners of private shows, on this computer alone.

Who listens is nobody's business but the unit's: neither the store nor git knows it.
The file can be read by its owner only, and a name goes when its address ends.
"""

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from peru_media.wiring import WORK

__all__ = ["forget_others", "keep_label", "labels"]

_NAME = "listeners.json"
_OWNER_ONLY = 0o600


def labels(root: Path, target: str) -> dict[str, str]:
    """The names of a target's listeners, by the short names of their addresses."""
    known = _read(root).get(target, {})
    return {name: label for name, label in known.items() if isinstance(label, str)}


def keep_label(root: Path, target: str, name: str, label: str) -> None:
    """Note what a listener is called here."""
    _write(root, {**_read(root), target: {**labels(root, target), name: label}})


def forget_others(root: Path, target: str, but: Collection[str]) -> None:
    """Forget the names of all whose address has ended, or is not known any more."""
    known = labels(root, target)
    kept = {name: label for name, label in known.items() if name in but}
    if kept != known:
        _write(root, {**_read(root), target: kept})


def _read(root: Path) -> dict[str, dict[str, object]]:
    try:
        found = json.loads((root / WORK / _NAME).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {target: known for target, known in found.items() if isinstance(known, dict)}


def _write(root: Path, known: Mapping[str, Mapping[str, object]]) -> None:
    """In one step, and never readable by others, not for a moment either."""
    path = root / WORK / _NAME
    path.parent.mkdir(exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(draft, flags, _OWNER_ONLY), "w", encoding="utf-8") as file:
        json.dump(known, file, ensure_ascii=False)
    draft.replace(path)
