"""Restate: make a release of what was published already, without any project file."""

from datetime import datetime

from peru_media.model.graves import Graves, united
from peru_media.model.release import Ledger
from peru_media.model.source import Source
from peru_media.planning import plan
from peru_media.publishing.binding import Build, bound
from peru_media.publishing.desk import Desk
from peru_media.publishing.entries import forgotten
from peru_media.publishing.live import Live
from peru_media.publishing.omission import buried
from peru_media.publishing.publishing import Prepared
from peru_media.publishing.sending import parcels
from peru_media.publishing.texts import published_texts
from peru_media.publishing.typesetting import typeset

__all__ = ["ready", "restated"]


def restated(  # noqa: PLR0913  # what, by whom, after what and since when, by name
    source: Source,
    ledger: Ledger,
    desk: Desk,
    live: Live,
    *,
    at: datetime,
    of: Live | None = None,
    graves: Graves | None = None,
    forget: bool = False,
) -> Prepared:
    """Make a release ready whose words and media are in the store already.

    So an episode can leave while no colleague's unfinished edit goes out with it,
    and an earlier state can come back although its files are gone.

    Args:
        source: what shall be public.
        ledger: what shall be remembered; ``recalled`` makes it.
        desk: where it is done.
        live: the release to take its place after.
        at: the moment from which it holds.
        of: the release that the source comes from, whose texts the store still
            has; else the live one.
        graves: of all that was withdrawn, by the files too; nothing of that is
            shown or remembered. Those of the live release always count.
        forget: keep no picture that nothing shows any more.

    Raises:
        ObjectNotFoundError: a text of that release was collected since.
        DamagedObjectError: the store gave other bytes than were published.
    """
    origin, stones = of or live, live.root.tombstones if live.root else ()
    graves = Graves(united(stones, graves.tombstones if graves else ()))
    source, ledger = buried(source, graves), forgotten(ledger, graves)
    texts = published_texts(source, origin.every(), desk.store)
    set_up = typeset(
        source, desk, live, at=at, texts=texts, graves=graves, forget=forget
    )
    built = bound(live, source, set_up, ledger, (), at=at)
    return ready(built, desk, live)


def ready(built: Build, desk: Desk, live: Live) -> Prepared:
    """Plan what a release would do, and what is to be sent of it."""
    found = () if built.nothing else parcels(built, live)
    made = plan(
        built.source,
        live.against(built.remembered),
        target=desk.target,
        at=built.at,
        sends={parcel.key: parcel.size for parcel in found},
        nothing=built.nothing,
    )
    return Prepared(live=live, build=built, plan=made, parcels=found, problems=())
