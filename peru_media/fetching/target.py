"""Where a request goes: a web address taken apart once, and never read twice.

Two readers of one address can disagree about its host; so what is judged, looked
up and connected to all comes from the same ``Target``.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

from peru_media.errors import OffLimitsError

__all__ = ["Target", "parse_target"]

_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_PLACE = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\[\]@:]+)(:[0-9]*)?")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One web address, safe to look up and to ask.

    Attributes:
        scheme: ``http`` or ``https``.
        host: lower case, ASCII; an IPv6 address without its brackets.
        port: given, or the usual one of the scheme.
        path: path and query, as the server gets them.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: ``https://media.example.ac.uk:443``."""
        return f"{self.scheme}://{self._bracketed}:{self.port}"

    @property
    def authority(self) -> str:
        """The Host header (RFC 9110, 7.2): without the port where it is the usual."""
        usual = self.port == _PORTS[self.scheme]
        return self._bracketed if usual else f"{self._bracketed}:{self.port}"

    @property
    def label(self) -> str:
        """The address as people may read it: a query can hold a signature."""
        return f"{self.scheme}://{self.authority}{self.path.partition('?')[0]}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def parse_target(url: str) -> Target:
    """Read a web address, strictly.

    Raises:
        OffLimitsError: not http or https, no host, a name or password in it, or
            anything that two readers might take for different hosts.
    """
    if _UNSAFE.search(url):
        msg = "a web address holds no spaces, backslashes or control characters"
        raise OffLimitsError(msg)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        msg = f"not a web address: {error}"
        raise OffLimitsError(msg) from None
    if parts.scheme not in _PORTS or not _PLACE.fullmatch(parts.netloc):
        msg = "only http:// and https:// addresses without a password may be visited"
        raise OffLimitsError(msg)
    return Target(
        scheme=parts.scheme,
        host=_host(parts),
        port=_PORTS[parts.scheme] if port is None else port,
        path=_path(parts),
    )


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _host(parts: SplitResult) -> str:
    """The host in ASCII; names in other scripts by IDNA."""
    written = parts.hostname or ""
    try:
        if ":" in written:
            return str(IPv6Address(written))
        name = written.encode("idna").decode().lower()
    except ValueError:
        name = ""
    if not _NAME.fullmatch(name):
        msg = f"{written!r} is not the name of a web server"
        raise OffLimitsError(msg)
    return name
