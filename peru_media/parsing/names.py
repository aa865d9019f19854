"""What elements are called here, whatever a feed calls their namespaces."""

__all__ = ["Names", "namespace_of"]

_SPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": (
        "podcast"
    ),
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://example.com/newformat#": "atom",
    "http://example.com/necho": "atom",
    "http://purl.org/echo": "atom",
    "uri/of/echo/namespace#": "atom",
    "http://purl.org/pie": "atom",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://podlove.org/simple-chapters": "psc",
    "http://www.spotify.com/ns/rss": "spotify",
    "http://www.google.com/schemas/play-podcasts/1.0": "googleplay",
    "http://www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd": "googleplay",
    "http://search.yahoo.com/mrss": "media",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0": "",
    "http://purl.org/net/rss1.1#": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss091": "",
    "http://backend.userland.com/rss092": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "": "",
}
_SCHEMES = ("http://", "https://")


class Names(dict[object, str]):
    """lxml's names (``{namespace}name``) to ours (``itunes:author``), as met.

    An element of a namespace that no field knows is ``{namespace}name`` here too.
    One whose prefix was never declared is taken for what the prefix says.
    """

    def __missing__(self, tag: object) -> str:
        self[tag] = found = _ours(tag) if isinstance(tag, str) else ""
        return found


def namespace_of(tag: str) -> tuple[str, str]:
    """Split lxml's name into namespace and name."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag


def _ours(tag: str) -> str:
    namespace, name = namespace_of(tag)
    prefix = _prefix(namespace)
    if prefix is None:
        return tag
    return f"{prefix}:{name}" if prefix else name


def _prefix(namespace: str) -> str | None:
    """Know a namespace again, also with another case, slash or scheme."""
    plain = namespace.strip().lower()
    if plain in _SPACES:
        return _SPACES[plain]
    bare = plain.rstrip("/")
    for scheme in _SCHEMES:
        swapped = scheme + bare.partition("://")[2]
        if swapped in _SPACES:
            return _SPACES[swapped]
    return None
