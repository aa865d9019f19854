"""What lies in a folder that staff filled: the medium, the words, the cover."""

from collections.abc import Mapping

from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.site import Written

__all__ = ["cover_of", "media_of", "show_cover_of", "transcript_of"]

_MEDIA = (FileKind.AUDIO, FileKind.VIDEO, FileKind.PDF)
_TRANSCRIPTS = tuple(
    f"transcript.{ending}" for ending in ("vtt", "srt", "json", "txt", "html")
)
_COVERS = ("cover.jpg", "cover.jpeg", "cover.png")


def media_of(
    episode: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> tuple[str, ...]:
    """The media of an episode: the file it names, else all in its folder.

    Paths relative to the project. One is right; none or several are for the
    checks to judge. A named file is answered whether it exists or not.
    """
    named = episode.value.media.file
    if named:
        return (episode.file(named),)
    return tuple(
        path
        for path in _beside(episode)
        if path in facts and facts[path].kind in _MEDIA
    )


def transcript_of(episode: Written[EpisodeFile]) -> str | None:
    """The transcript that the fields name, else the first that lies there."""
    named = episode.value.transcript.file
    return episode.file(named) if named else _first(episode, _TRANSCRIPTS)


def cover_of(episode: Written[EpisodeFile]) -> str | None:
    """The episode's own cover, where there is one."""
    return _first(episode, _COVERS)


def show_cover_of(show: Written[ShowFile]) -> str | None:
    """The cover of a show: the file it names, else one with the usual name."""
    named = show.file(show.value.cover)
    return named if named in show.files else _first(show, _COVERS)


def _beside(written: Written[EpisodeFile]) -> tuple[str, ...]:
    """Files in the folder itself, not below it."""
    return tuple(
        path for path in written.files if "/" not in path[len(written.folder) :]
    )


def _first(
    written: Written[EpisodeFile] | Written[ShowFile], names: tuple[str, ...]
) -> str | None:
    found = (
        written.file(name) for name in names if written.file(name) in written.files
    )
    return next(found, None)
