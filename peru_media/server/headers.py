"""The header fields of every answer: what browsers may do with it, and who."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from peru_media.model.address import is_text
from peru_media.model.forms import form_at
from peru_media.model.release import Version
from peru_media.server.pages import OwnPages

__all__ = [
    "PREFLIGHT",
    "Header",
    "Headers",
    "Manners",
    "shared_field",
    "shared_with_all",
]

Header = tuple[bytes, bytes]
Headers = tuple[Header, ...]

_NOSNIFF: Header = (b"x-content-type-options", b"nosniff")
_REFERRER: Header = (b"referrer-policy", b"strict-origin-when-cross-origin")
_NO_REFERRER: Header = (b"referrer-policy", b"no-referrer")
_NO_INDEX: Header = (b"x-robots-tag", b"noindex")
_PERMISSIONS: Header = (
    b"permissions-policy",
    b"camera=(), geolocation=(), microphone=(), payment=(), usb=()",
)
_HSTS: Header = (b"strict-transport-security", b"max-age=31536000")
_ORIGIN: Header = (b"access-control-allow-origin", b"*")
_EXPOSE: Header = (
    b"access-control-expose-headers",
    b"Accept-Ranges, Content-Length, Content-Range, ETag",
)
_INERT: Header = (b"content-security-policy", b"default-src 'none'; sandbox")
_ATTACHMENT: Header = (b"content-disposition", b"attachment")
_PDF = "application/pdf"
_HTML = "text/html"

PREFLIGHT: Headers = (
    (b"access-control-allow-methods", b"GET, HEAD"),
    (
        b"access-control-allow-headers",
        b"If-Match, If-Modified-Since, If-None-Match, If-Range, Range",
    ),
    (b"access-control-max-age", b"86400"),
)


def shared_with_all(path: str, version: Version) -> bool:
    """Whether players on other sites may read it: all but pages and style."""
    kind = version.type.partition(";")[0]
    if form_at(path) is not None:
        return True
    return kind not in {_HTML, "text/css"} and (
        is_text(version.type) or version.cache == "media"
    )


@lru_cache(maxsize=4096)
def shared_field(name: bytes, value: bytes) -> Header:
    """A header field that many answers hold: the same object for all of them."""
    return name, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """The header fields that a release gives its answers.

    Attributes:
        base_url: the site's own address; ``https`` is then insisted upon.
        media_hosts: origins other than the site that hold its media, which are
            the only other hosts that a page may reach.
        pages: those that answer for what is not there.
        listed: whether search engines may take it up.
        closed: whether it is for one listener alone, whose address nobody may
            learn and no other site's program may read.
    """

    base_url: str
    media_hosts: Sequence[str] = ()
    pages: OwnPages = field(default_factory=OwnPages)
    listed: bool = True
    closed: bool = False
    _plain: Headers = field(init=False, repr=False)
    _page: Headers = field(init=False, repr=False)
    _embed: Headers = field(init=False, repr=False)

    def __post_init__(self) -> None:
        secure = self.base_url.startswith("https:")
        referrer = _NO_REFERRER if self.closed else _REFERRER
        unlisted = (_NO_INDEX,) if self.closed or not self.listed else ()
        plain = (_NOSNIFF, referrer, *unlisted, *((_HSTS,) if secure else ()))
        page = (*plain, _PERMISSIONS, self._policy("'self'"))
        embed = (*plain, _PERMISSIONS, self._policy("*"))
        for name, made in (("_plain", plain), ("_page", page), ("_embed", embed)):
            object.__setattr__(self, name, made)

    def page(self, path: str = "") -> Headers:
        """Fields of an HTML page; an embed may stand in anybody's page."""
        return self._embed if path.endswith("/embed") else self._page

    def content(self, path: str, version: Version) -> Headers:
        """Fields of published content, by its type.

        A PDF is downloaded, not shown, and could not run anything if it were;
        feeds and transcripts are inert too. Audio, video and pictures carry no
        policy, for some browsers would then refuse to show them on their own.
        """
        kind = version.type.partition(";")[0]
        if kind == _HTML and form_at(path) is None:
            return self.page(path)
        if kind == _PDF:
            extra: Headers = (_INERT, _ATTACHMENT)
        else:
            extra = (_INERT,) if is_text(version.type) else ()
        return (*self._plain, *extra)

    def open_to(self, path: str, version: Version) -> Headers:
        """Fields that let other sites' players read it, where they may."""
        shared = not self.closed and shared_with_all(path, version)
        return (_ORIGIN, _EXPOSE) if shared else ()

    def data(self) -> Headers:
        """Fields of an answer that programs of any site may read."""
        return (*self._plain, _INERT, _ORIGIN)

    def bare(self) -> Headers:
        """Fields of an answer without content."""
        return self._plain

    def _policy(self, frames: str) -> Header:
        media = " ".join(["'self'", *self.media_hosts])
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; "
            f"img-src 'self'; media-src {media}; connect-src 'self'; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; "
            f"frame-ancestors {frames}"
        )
        return b"content-security-policy", policy.encode()
