"""What lies in an episode's folder, and which file of it is meant as what."""

from collections.abc import Iterable, Iterator, Mapping

from peru_media.model.alternate import ImageField
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.podcast import PodcastEpisode, PodcastShow
from peru_media.model.site import Steps, Written

__all__ = [
    "captions_of",
    "cover_of",
    "has_the_name_of_a_medium",
    "images_of",
    "media_of",
    "medium_of",
    "transcript_of",
    "walls",
]

_MEDIA = (FileKind.AUDIO, FileKind.VIDEO, FileKind.PDF)
_MEDIA_ENDINGS = (
    ".3gp", ".aac", ".aif", ".aiff", ".amr", ".flac", ".m4a", ".m4b", ".m4v", ".mov",
    ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".pdf", ".wav",
)  # fmt: skip
_TRANSCRIPTS = tuple(f"transcript.{e}" for e in ("vtt", "srt", "json", "html", "txt"))
_COVERS = ("cover.jpg", "cover.png", "cover.jpeg")


def media_of(
    episode: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> tuple[str, ...]:
    """Find every file that could be the episode's one recording, film or PDF.

    They lie directly in its folder, by content (or by name, where the content
    cannot be read), and are not named as something else, such as a document.
    Where there is none, what only has the name of one is found, to be refused.
    """
    named = {episode.file(d.file) for d in episode.value.documents}
    paths = [path for path in _direct(episode) if path not in named]
    found = tuple(path for path in paths if _is_medium(path, facts.get(path)))
    return found or tuple(filter(has_the_name_of_a_medium, paths))


def medium_of(
    episode: Written[EpisodeFile], facts: Mapping[str, FileFacts]
) -> str | None:
    """Choose the one medium: what ``media`` names, else the only one in the folder.

    Returns:
        Its path in the project, which need not exist; None where there is none,
        or several to choose from.
    """
    if episode.value.media.file is not None:
        return episode.file(episode.value.media.file)
    found = media_of(episode, facts)
    return found[0] if len(found) == 1 else None


def transcript_of(episode: Written[EpisodeFile]) -> str | None:
    """Choose the transcript: what is named, else ``transcript.vtt`` and its like.

    Returns:
        Its path in the project; only a named one may be missing.
    """
    if episode.value.transcript.file is not None:
        return episode.file(episode.value.transcript.file)
    return _first(episode, _TRANSCRIPTS)


def captions_of(episode: Written[EpisodeFile]) -> str | None:
    """Find the captions of a film: the file that is named, which may be missing."""
    name = episode.value.captions
    return None if name is None else episode.file(name)


def cover_of(episode: Written[EpisodeFile]) -> str | None:
    """Find the episode's own cover: ``cover.jpg`` or ``cover.png`` in its folder."""
    return _first(episode, _COVERS)


def has_the_name_of_a_medium(path: str) -> bool:
    """Whether a file is named like a recording, a film or a PDF."""
    return path.lower().endswith(_MEDIA_ENDINGS)


def _first(episode: Written[EpisodeFile], names: Iterable[str]) -> str | None:
    paths = map(episode.file, names)
    return next((path for path in paths if path in episode.files), None)


def _direct(episode: Written[EpisodeFile]) -> Iterable[str]:
    """Only the files of the folder itself, not of folders in it."""
    start = len(episode.folder)
    return (path for path in episode.files if "/" not in path[start:])


def _is_medium(path: str, facts: FileFacts | None) -> bool:
    if facts is None or facts.kind is FileKind.OTHER:
        return has_the_name_of_a_medium(path)
    return facts.kind in _MEDIA


def images_of(
    written: Written[EpisodeFile] | Written[ShowFile],
) -> Iterator[tuple[Steps, str]]:
    """Name every picture file of the podcast tags, with the steps to its field."""
    for steps, images in walls(written.value.podcast):
        for index, image in enumerate(images):
            if image.file:
                yield ("podcast", *steps, "image", index, "file"), image.file


def walls(
    said: PodcastShow | PodcastEpisode,
) -> Iterator[tuple[Steps, tuple[ImageField, ...]]]:
    """Every place of the tags where pictures hang, with the steps to it."""
    yield (), said.image
    if isinstance(said, PodcastShow):
        for at, live in enumerate(said.live_item):
            yield ("live_item", at), live.image
