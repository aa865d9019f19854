"""What the W3C warns of and we publish all the same, each with the reason."""

from tests.judges.finding import Finding

__all__ = ["ACCEPTED", "blamed"]

ACCEPTED = {
    "UnsupportedNamespace": "the podcast namespace is asked for by PSP-1 and by apps",
    "UnknownNamespace": "Podlove's chapters and Spotify's hints, where staff want them",
    "MissingItunesEmail": "nobody's address is given away without being asked for",
}
_KNOWN = ("http://podlove.org/simple-chapters", "http://www.spotify.com/ns/rss")


def blamed(found: list[Finding]) -> list[str]:
    """The findings that are not accepted."""
    return [
        str(one)
        for one in found
        if one.code not in ACCEPTED
        or (one.code == "UnknownNamespace" and one.what not in _KNOWN)
    ]
