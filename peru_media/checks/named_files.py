"""Files that the fields name: whether they lie there, and what else does."""

from difflib import get_close_matches

from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.site import Written

__all__ = ["advice", "base"]


def base(path: str) -> str:
    """The name of a file without its folders."""
    return path.rpartition("/")[2]


def advice(written: Written[EpisodeFile] | Written[ShowFile], name: str) -> str:
    """Say what to do about a missing file; names the nearest that lies there."""
    start = len(written.folder)
    there = {path[start:].casefold(): path[start:] for path in written.files}
    there.pop(name.casefold(), None)
    near = get_close_matches(name.casefold(), there, n=1, cutoff=0.5)
    put = f"Put {name} into {written.folder}"
    return f"{put}, or did you mean {there[near[0]]}?" if near else f"{put}."
