"""Letters to directories: they may still show what their copy of a feed held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peru_media.model.address import feed_path
from peru_media.model.files import ShowFile
from peru_media.model.site import Site, Written
from peru_media.publishing.withdrawing.order import Docket

__all__ = ["Subject", "letters", "letters_of"]

_DIRECTORIES = {
    "amazon": "Amazon Music",
    "apple": "Apple Podcasts",
    "deezer": "Deezer",
    "overcast": "Overcast",
    "pocketcasts": "Pocket Casts",
    "podcastindex": "Podcast Index",
    "spotify": "Spotify",
    "youtube": "YouTube Music",
}
_ALWAYS = ("apple", "spotify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What letters about one show are about.

    Attributes:
        show: its title. feed: the address of its feed. links: where it is listed,
            by the directory. titles: of the episodes that were in it. sender: who
            writes, and contact: where an answer goes.
    """

    show: str
    feed: str
    links: Mapping[str, str]
    titles: Sequence[str]
    sender: str
    contact: str | None = None


def letters_of(docket: Docket, site: Site) -> dict[str, str]:
    """Draft the letters about everything that an order took out of public feeds.

    Returns:
        The text of each letter, by the show's slug and the directory's name.
    """
    found: dict[str, str] = {}
    for show in site.shows:
        titles = [one.title for one in docket.episodes if show.slug in one.shows]
        if titles:
            subject = _subject(show, titles, site, _base_url(docket))
            for name, text in letters(subject).items():
                found[f"{show.slug}-{name}"] = text
    return found


def _subject(
    show: Written[ShowFile], titles: Sequence[str], site: Site, base_url: str
) -> Subject:
    organisation = site.site.value.organisation
    return Subject(
        show=show.value.title,
        feed=base_url + feed_path(show.slug),
        links=show.value.links,
        titles=titles,
        sender=organisation.name,
        contact=organisation.contact
        or (show.value.owner.email if show.value.owner else None),
    )


def _base_url(docket: Docket) -> str:
    """The address that the public knows: of a target that others can reach, if any."""
    urls = [case.base_url for case in docket.cases.values()]
    return next((url for url in urls if url.startswith("https:")), urls[0])


def letters(subject: Subject) -> dict[str, str]:
    """Draft a letter to each directory that lists the show.

    Returns:
        The text of each letter, by the directory's name in ``links``.
    """
    names = dict.fromkeys((*_ALWAYS, *sorted(subject.links)))
    return {name: _letter(subject, name) for name in names}


def _letter(subject: Subject, name: str) -> str:
    many = len(subject.titles) > 1
    what = "these episodes" if many else "this episode"
    lines = [
        f"To: {_DIRECTORIES.get(name, name)}",
        f"Subject: Please remove {what} of {subject.show}",
        "",
        "Hello,",
        "",
        f"we have withdrawn {what} of our podcast {subject.show}:",
        "",
        *(f"  - {title}" for title in subject.titles),
        "",
        f"Our feed does not hold {'them' if many else 'it'} any more:",
        f"  {subject.feed}",
        *_listing(subject, name),
        "",
        f"Please read the feed again, and delete what you keep of {what}:",
        "the sound, the picture, the description, the transcript, and the like.",
        "The withdrawal is for good. We ask you not to show or send any of it again.",
        "",
        "Please tell us when that is done.",
        "",
        "With thanks,",
        subject.sender,
        *([subject.contact] if subject.contact else []),
    ]
    return "\n".join(lines) + "\n"


def _listing(subject: Subject, name: str) -> list[str]:
    address = subject.links.get(name)
    return [f"You list the show at:\n  {address}"] if address else []
