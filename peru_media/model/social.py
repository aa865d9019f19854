"""Where listeners talk about a show, and where else it can be watched."""

from typing import Annotated, Literal

from pydantic import model_validator

from peru_media.model.advice import AdviceError
from peru_media.model.form import Form
from peru_media.model.scalars import Counting, Line, Named, Uri, WebAddress
from peru_media.model.tag import Tag

__all__ = ["ChatField", "ContentLinkField", "SocialField"]

_Server = Annotated[
    str,
    Form(
        r"[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?(:[0-9]{1,5})?",
        "is not the name of a server",
        "Write its name alone, like irc.example.org.",
    ),
]


class ChatField(Tag):
    """A chat about the show (``podcast:chat``)."""

    server: _Server
    protocol: Literal["irc", "xmpp", "nostr", "matrix"]
    account_id: Line | None = None
    space: Line | None = None


class SocialField(Tag):
    """The post below which listeners answer (``podcast:socialInteract``)."""

    protocol: Literal[
        "disabled", "activitypub", "twitter", "lightning", "atproto", "hive",
        "matrix", "nostr",
    ]  # fmt: skip
    uri: Uri | None = None
    account_id: Line | None = None
    account_url: WebAddress | None = None
    priority: Counting | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> "SocialField":
        if (self.uri is None) != (self.protocol == "disabled"):
            who, what = "A place for comments", "needs a uri unless it is disabled"
            fix = "Give the address of the post, or else protocol: disabled alone."
            raise AdviceError(who, what, fix, kind="together")
        return self


class ContentLinkField(Tag):
    """Where else it can be watched or heard (``podcast:contentLink``)."""

    href: WebAddress
    text: Named
