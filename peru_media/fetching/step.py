"""One request of a chain of redirects, and the next one (RFC 9110, 15.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from peru_media.fetching.target import Target, parse_target

__all__ = ["Step"]

_SAME_METHOD = frozenset({307, 308})
_REDIRECTS = frozenset({301, 302, 303}) | _SAME_METHOD
_PERSONAL = frozenset({"authorization", "cookie", "proxy-authorization"})
_OF_A_BODY = frozenset({"content-encoding", "content-length", "content-type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to ask, of whom.

    Attributes:
        headers: by lower-case name.
        trusted: whether staff named every origin of the chain up to here.
    """

    method: str
    target: Target
    headers: Mapping[str, str]
    body: bytes | None = None
    trusted: bool = True

    def after(self, status: int, location: str | None) -> "Step | None":
        """Where the answer leads; None where it is the last.

        Credentials never follow to another origin, and only 307 and 308 send a
        body again.

        Raises:
            FetchError: it leads to something that is not a web address.
        """
        if status not in _REDIRECTS or location is None:
            return None
        following = replace(self, target=self._joined(location))
        if following.target.origin != self.target.origin:
            following = following.without(_PERSONAL)
        if status in _SAME_METHOD or self.method in {"GET", "HEAD"}:
            return following
        return replace(following.without(_OF_A_BODY), method="GET", body=None)

    def among(self, allowed: frozenset[str]) -> "Step":
        """Keep trust only while every origin so far is one that staff named."""
        return replace(self, trusted=self.trusted and self.target.origin in allowed)

    def without(self, names: frozenset[str]) -> "Step":
        """The same request without some of its headers."""
        kept = {name: self.headers[name] for name in self.headers if name not in names}
        return replace(self, headers=kept)

    def _joined(self, location: str) -> Target:
        try:
            joined = urljoin(self.target.url, location)
        except ValueError:
            joined = location
        return parse_target(joined)
