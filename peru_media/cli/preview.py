"""``peru-media preview``: see what is being written, before anybody else does."""

import webbrowser
from datetime import datetime
from threading import Thread
from zoneinfo import ZoneInfo

import click

from peru_media.cli.listening import LOOPBACK, PORT, answers, expect_free, free_port
from peru_media.cli.manners import Manners, mannered
from peru_media.cli.names import episodes
from peru_media.previews import preview

__all__ = ["verb"]

_ZONE = "Europe/London"
_ADVICE = "Choose another port: make preview PORT={other}"


@click.command("preview")
@click.argument("slug", required=False, shell_complete=episodes)
@click.option("--port", type=PORT, help="Port; else 8000, or the next free one.")
@click.option(
    "--at",
    metavar="DATE",
    help="Show the site as it will be at a moment, such as 2026-12-01 09:00.",
)
@click.option(
    "--show",
    type=click.Choice(["drafts", "public"]),
    default="drafts",
    show_default=True,
    help="Drafts and what is scheduled for later, too; or only what is out.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@mannered
def verb(
    manners: Manners,
    *,
    slug: str | None,
    port: int | None,
    at: str | None,
    show: str,
    opens: bool,
) -> None:
    """See every page as it would come out, drafts too, until Ctrl-C.

    A page that is open shows by itself what was saved, and what is wrong with it.
    Only this computer can see it. Nothing is published. Recordings are played as
    they are, and not as the copies that listeners get.
    """
    root, moment = manners.root, _moment(manners, at)
    if port is not None:
        expect_free(LOOPBACK, port, advice=_ADVICE)
    port = port or free_port(LOOPBACK)
    path = f"/__preview/episodes/{slug}" if slug else "/"
    told = Thread(target=_tell, args=(manners, port, path, opens), daemon=True)
    told.start()
    preview(root, port=port, at=moment, drafts=show == "drafts")


def _moment(manners: Manners, text: str | None) -> datetime | None:
    """The moment that was said, by the clocks of the site.

    Raises:
        BadParameter: it is no date.
    """
    if text is None:
        return None
    from peru_media.cli.projects import read_settings  # noqa: PLC0415  # lazy
    from peru_media.errors import ContentError  # noqa: PLC0415  # lazy
    from peru_media.model.advice import AdviceError  # noqa: PLC0415  # lazy
    from peru_media.model.moment import local_moment  # noqa: PLC0415  # lazy

    try:
        zone = read_settings(manners.root).timezone
    except ContentError:
        zone = _ZONE
    try:
        return local_moment(text, ZoneInfo(zone))
    except AdviceError as error:
        raise click.BadParameter(str(error), param_hint="--at") from None


def _tell(manners: Manners, port: int, path: str, opens: bool) -> None:  # noqa: FBT001  # a thread's arguments
    """Say where to look, as soon as somebody answers there."""
    if not answers(LOOPBACK, port, "/__preview/script.js"):
        return
    address = f"http://{LOOPBACK}:{port}{path}"
    manners.answer(address=address)
    manners.say(
        f"Preview at {address}   (saved changes appear by themselves; Ctrl-C stops)"
    )
    if opens:
        webbrowser.open(address)
