"""What the network answered when a feed and its parts were asked for."""

from enum import StrEnum

from pydantic import Field

from peru_media.model.facts import FileFacts
from peru_media.model.value import Value

__all__ = ["PLAYER", "Asked", "Hop", "Lead", "Probed", "Question", "Role", "Visit"]

# Who asks, as a player on the page of somebody else would say it in Origin.
PLAYER = "https://player.example"
_OK = 200


class Role(StrEnum):
    """What an address in a feed is there for, in the words of podcasters."""

    FEED = "feed"
    MEDIA = "media"
    ARTWORK = "artwork"
    TRANSCRIPT = "transcript"
    CHAPTERS = "chapters"
    PAGE = "page"


class Question(StrEnum):
    """What a server was asked, of what apps ask it (RFC 9110)."""

    WHOLE = "GET"
    HEAD = "HEAD"
    FIRST = "the first two bytes"
    MIDDLE = "bytes in the middle"
    SUFFIX = "the last bytes"
    BEYOND = "bytes beyond the end"
    SAME_TAG = "whether it changed, by ETag"
    SAME_TIME = "whether it changed, by Last-Modified"


class Hop(Value):
    """One redirect on the way: who answered, with which status, and where it leads."""

    url: str
    status: int
    location: str


class Visit(Value):
    """One question to one address, and what came of it.

    Attributes:
        hops: redirects that were followed, in their order.
        url: the address that answered in the end.
        status: what it answered; None where no answer came, and ``fault`` says why.
        headers: by lower-case name.
        span: what the Range header asked for, such as ``bytes=0-1``.
        size: bytes of body that came, decoded. cut: whether more would have come.
        media_type: what the first bytes are, whatever the server says; empty
            where they tell nothing.
    """

    question: Question
    hops: tuple[Hop, ...] = ()
    url: str
    status: int | None = None
    fault: str = ""
    headers: dict[str, str] = Field(default_factory=dict)
    span: str = ""
    size: int = 0
    cut: bool = False
    media_type: str = ""

    def header(self, name: str) -> str:
        """Give a header, by its lower-case name; empty where there is none."""
        return self.headers.get(name, "").strip()

    @property
    def length(self) -> int | None:
        """Bytes of the content by Content-Length; None where that tells another's.

        Of what is packed on the way (RFC 9110, 8.4) the header counts the packed.
        """
        told = self.header("content-length")
        plain = self.header("content-encoding").lower() in {"", "identity"}
        return int(told[:18]) if plain and told.isdecimal() else None

    @property
    def content_type(self) -> str:
        """The media type that the server says, lower-case, without parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


class Lead(Value):
    """An address that a feed names, and what the feed promises of it.

    Attributes:
        line: of the feed, from 1; 0 for all of it.
        of: which part of the feed it belongs to, as a sentence names it: the title
            of an episode in quotes.
        type, length: as the feed writes them; empty where it does not.
    """

    role: Role
    url: str
    line: int = 0
    of: str = ""
    type: str = ""
    length: str = ""


class Asked(Value):
    """An address of the feed, with every visit to it and what was found there.

    Attributes:
        facts: what the file measurably is, of artwork and transcripts.
        fault: why what came cannot be used, of chapters.
    """

    lead: Lead
    visits: tuple[Visit, ...] = ()
    facts: FileFacts | None = None
    fault: str = ""

    def visit(self, question: Question) -> Visit | None:
        """The visit with that question; None where it was not asked."""
        found = (one for one in self.visits if one.question is question)
        return next(found, None)


class Probed(Value):
    """Everything that the network answered.

    Attributes:
        feed: the feed itself, with the visits to it; None for a file.
        parts: what the feed names, as far as it was asked for.
        left: how many addresses were not asked for, for want of time or because
            they belong to older episodes.
    """

    feed: Asked | None = None
    parts: tuple[Asked, ...] = ()
    left: int = 0

    @property
    def given(self) -> int:
        """How many of the parts gave what lies there."""
        visits = (part.visit(Question.WHOLE) for part in self.parts)
        return sum(visit is not None and visit.status == _OK for visit in visits)
