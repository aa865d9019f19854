"""A show's feed as Atom 1.0 (RFC 4287), which feedgen cannot write with media."""

from uuid import NAMESPACE_URL, uuid5

from peru_media.model.moment import utc_text
from peru_media.rendering.characters import legal
from peru_media.rendering.ext.element import ATOM, Element, add, atom_bytes, nest
from peru_media.rendering.ext.item import Channel, Item
from peru_media.rendering.feed import Form
from peru_media.rendering.notes import notes_html, plain_text

__all__ = ["ATOM_FEED"]

_TAIL = b"</feed>\n"
_GENERATOR = "peru_media"


def _head(channel: Channel) -> bytes:
    show, page = channel.show, channel.address(channel.page)
    words = plain_text(notes_html(legal(show.description), page=page or ""))
    feed = nest(None, f"{ATOM}feed")
    add(feed, f"{ATOM}id", f"urn:uuid:{show.guid.lower()}")
    add(feed, f"{ATOM}title", legal(show.title).strip() or show.slug)
    add(feed, f"{ATOM}subtitle", words)
    add(feed, f"{ATOM}updated", utc_text(channel.built))
    kind = "application/atom+xml"
    add(
        feed,
        f"{ATOM}link",
        rel="self",
        type=kind,
        href=channel.address(channel.path),
    )
    for hub in channel.told:
        add(feed, f"{ATOM}link", rel="hub", href=hub)
    add(feed, f"{ATOM}link", rel="alternate", type="text/html", href=page)
    _name(nest(feed, f"{ATOM}author"), show.author or show.title)
    picture = show.picture.address if show.picture else None
    add(feed, f"{ATOM}logo", channel.address(picture))
    add(feed, f"{ATOM}rights", show.copyright)
    add(feed, f"{ATOM}generator", _GENERATOR)
    return atom_bytes(feed, whole=True).removesuffix(_TAIL)


def _entry(item: Item) -> bytes:
    episode, medium = item.episode, item.episode.enclosure
    entry = nest(None, f"{ATOM}entry")
    moment = utc_text(episode.published)
    add(entry, f"{ATOM}id", f"urn:uuid:{uuid5(NAMESPACE_URL, episode.id)}")
    add(entry, f"{ATOM}title", legal(episode.title).strip() or episode.slug)
    add(entry, f"{ATOM}published", moment)
    add(entry, f"{ATOM}updated", moment)
    if item.link:
        add(entry, f"{ATOM}link", rel="alternate", type="text/html", href=item.link)
    add(
        entry,
        f"{ATOM}link",
        rel="enclosure",
        type=medium.media_type,
        length=str(medium.size),
        href=item.address(medium.address),
    )
    for person in episode.people:
        if legal(person.name).strip():
            _name(nest(entry, f"{ATOM}author"), person.name)
    add(entry, f"{ATOM}summary", episode.subtitle)
    if item.html or item.link:
        add(entry, f"{ATOM}content", item.html, type="html" if item.html else None)
    else:  # RFC 4287, 4.1.2: a page or words
        add(entry, f"{ATOM}content", legal(episode.title))
    return atom_bytes(entry)


def _name(person: Element, name: str) -> None:
    add(person, f"{ATOM}name", name)


ATOM_FEED = Form(name="atom entry", kind="atom", head=_head, item=_entry, tail=_TAIL)
