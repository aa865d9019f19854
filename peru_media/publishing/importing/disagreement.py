"""Where the project and the feed of a show that is here say different things."""

from collections.abc import Iterator

from peru_media.model.files import EpisodeFile, ShowFile
from peru_media.model.site import Site
from peru_media.publishing.importing.drafts import Draft, Note
from peru_media.publishing.importing.fitting import cut

__all__ = ["disagreements"]

_OF_A_SHOW = (
    "title", "language", "author", "owner", "categories", "explicit", "type", "licence",
    "copyright", "funding",
)  # fmt: skip
_OF_AN_EPISODE = (
    "title", "subtitle", "publish", "number", "type", "explicit", "licence",
    "soundbites", "location",
)  # fmt: skip


def disagreements(draft: Draft, site: Site) -> Iterator[Note]:
    """What the feed says otherwise than files that are here; those stay as they are."""
    show = site.show(draft.show.slug)
    if show is None or show.value.guid != draft.show.value.guid:
        return
    for name, value in _differing(show.value, draft.show.value, _OF_A_SHOW):
        yield _note(name, value)
    here = {one.value.guid: one for one in site.episodes_of(show.slug)}
    for episode in draft.episodes:
        written = here.get(episode.value.guid)
        if written is not None:
            fields = _differing(written.value, episode.value, _OF_AN_EPISODE)
            for name, value in fields:
                yield _note(name, value, line=episode.line, title=episode.value.title)


def _differing(
    here: ShowFile | EpisodeFile, there: ShowFile | EpisodeFile, names: tuple[str, ...]
) -> Iterator[tuple[str, object]]:
    """Fields that the feed says, in another way."""
    for name in names:
        value = getattr(there, name)
        if name in there.model_fields_set and value != getattr(here, name):
            yield name, value


def _note(name: str, value: object, *, line: int = 0, title: str = "") -> Note:
    what = "the project says it another way and stays; below is what the feed says"
    return Note(line=line, title=title, tag=name, what=what, value=cut(str(value)))
