"""The files that staff write, and what else the page of their fields says of them."""

from collections.abc import Mapping
from typing import NamedTuple

from peru_media.model.files import (
    ConsentRecord,
    DefaultsField,
    EpisodeFile,
    ShowFile,
    SiteFile,
    TargetField,
    WithdrawnFile,
)
from peru_media.model.value import Value

__all__ = ["FILES", "NOT_YET", "TAGS", "WITHOUT", "File"]


class File(NamedTuple):
    """A file that staff write: its heading, its fields, and which examples show it."""

    title: str
    model: type[Value]
    words: str
    examples: tuple[str, ...]


FILES = (
    File(
        "site.yaml",
        SiteFile,
        "`feeds/site.yaml` says who publishes, and where to. A project has one.",
        ("feeds/site.yaml",),
    ),
    File(
        "show.md",
        ShowFile,
        "`feeds/<show>/show.md` makes a feed and its page. The folder's name stands in "
        "addresses; the cover lies beside it. Below the second `---`: what the show is "
        "about, in Markdown.",
        ("feeds/stories/show.md",),
    ),
    File(
        "episode.md",
        EpisodeFile,
        "`episodes/<episode>/episode.md`, with the recording and the transcript beside "
        "it. The folder's name stands in addresses. Below the second `---`: the notes, "
        "in Markdown. `peru-media new` writes it.",
        ("episodes/finding-my-feet/episode.md", "episodes/moving-in/episode.md"),
    ),
    File(
        "contributor.yaml",
        ConsentRecord,
        "`feeds/contributors/<id>.yaml` is the consent of one person. Nothing of it is "
        "ever published but `public_name`.",
        ("feeds/contributors/c-017.yaml",),
    ),
    File(
        "withdrawn.yaml",
        WithdrawnFile,
        "`feeds/withdrawn.yaml` keeps what was withdrawn from ever coming back, by "
        "hashes alone. Nobody writes it by hand, and a project begins without one.",
        ("feeds/withdrawn.yaml",),
    ),
)

TAGS: Mapping[type[Value], Mapping[str, str]] = {
    ShowFile: {
        "title": "title",
        "guid": "podcast:guid",
        "language": "language",
        "author": "itunes:author",
        "owner": "itunes:owner",
        "categories": "itunes:category",
        "explicit": "itunes:explicit",
        "type": "itunes:type",
        "licence": "podcast:license",
        "copyright": "copyright",
        "funding": "podcast:funding",
        "people": "podcast:person",
        "cover": "itunes:image",
        "visibility": "itunes:block",
        "locked": "podcast:locked",
        "collections": "podcast:season",
        "complete": "itunes:complete",
        "simple_chapters": "psc:chapters",
        "spotify": "spotify:limit",
        "extra": "media:rating",
        "new_url": "itunes:new-feed-url",
    },
    EpisodeFile: {
        "guid": "guid",
        "number": "itunes:episode",
        "season": "podcast:season",
        "collection": "podcast:season",
        "type": "itunes:episodeType",
        "title": "title",
        "subtitle": "itunes:subtitle",
        "publish": "pubDate",
        "media": "enclosure",
        "explicit": "itunes:explicit",
        "licence": "podcast:license",
        "people": "podcast:person",
        "chapters": "podcast:chapters",
        "transcript": "podcast:transcript",
        "soundbites": "podcast:soundbite",
        "location": "podcast:location",
    },
}

WITHOUT: Mapping[tuple[type[Value], str], str] = {
    (ShowFile, "guid"): "`check` asks for it",
    (ShowFile, "timezone"): "the site's",
    (ShowFile, "author"): "`check` asks for it",
    (ShowFile, "owner"): "`check` asks for it",
    (ShowFile, "categories"): "`check` asks for it",
    (EpisodeFile, "media"): "the one that lies in the folder",
    (EpisodeFile, "language"): "the show's",
    (EpisodeFile, "explicit"): "the show's",
    (EpisodeFile, "licence"): "the show's",
    (EpisodeFile, "transcript"): "`transcript.vtt` in the folder",
}

NOT_YET: Mapping[type[Value], frozenset[str]] = {
    TargetField: frozenset({"purge"}),
    DefaultsField: frozenset({"cover"}),
    EpisodeFile: frozenset({"redirect_from"}),
}
