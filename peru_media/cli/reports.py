"""What a publish did, in words and in figures."""

from collections.abc import Iterator
from typing import Any

from peru_media.cli.findings import counted
from peru_media.errors import StoreError
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import Prepared, Published
from peru_media.publishing.verification import Verified

__all__ = ["addresses", "fields", "outside", "so_far"]


def outside(published: Published, *, starting: bool = False) -> Iterator[str]:
    """What the look from outside found, and who was told.

    ``starting`` says that a server is about to be started, so none is missing.
    """
    verified = published.verified
    if verified is not None and (verified.reached or not starting):
        yield from _seen(verified, published)
    for told in published.announced:
        yield f"announced: {told.sentence}"


def _seen(verified: Verified, published: Published) -> Iterator[str]:
    if not verified.reached:
        yield (
            f"Nothing answers at {published.plan.base_url} yet: "
            f"start it with make serve{_words(published.plan.target)}"
        )
    elif verified.problems:
        yield "It is published, but the look from outside found faults:"
        yield from (f"  {sentence}" for sentence in verified.problems)
    else:
        feeds = counted(verified.feeds, "feed")
        links = counted(verified.links, "link")
        yield f"Verified: {feeds} parse, {links} answer, ranges work{_kept(published)}."


def _words(target: str) -> str:
    return "" if target == "local" else f" TARGET={target}"


def _kept(published: Published) -> str:
    plan = published.plan
    return f", {counted(plan.guids_kept, 'GUID')} kept" if plan.guids_known else ""


def addresses(published: Published, prepared: Prepared) -> Iterator[str]:
    """Where to look: home, the page of the one new episode, the feeds."""
    base_url = published.plan.base_url
    yield f"{base_url}/"
    new = [one for one in published.plan.episodes if one.change == "new"]
    if len(new) == 1:
        yield f"{base_url}/{new[0].show}/{new[0].slug}"
    for path in prepared.build.feed_paths:
        yield f"{base_url}{path}"


def fields(published: Published) -> dict[str, Any]:
    """Everything that a publish did, as JSON can hold it."""
    return {
        "release": published.release,
        "sent": published.sent,
        "sent_bytes": published.sent_bytes,
        "plan": published.plan.model_dump(mode="json"),
        "verified": _verified(published.verified) if published.verified else None,
        "announced": [
            {"hub": told.hub, "ok": told.ok, "sentence": told.sentence}
            for told in published.announced
        ],
    }


def so_far(desk: Desk, before: int) -> str:
    """What is live after Ctrl-C or a fault of the store: nobody should guess."""
    try:
        live = read_live(desk.store, desk.cache)
    except StoreError:
        return "whether it was published is not known: run make status"
    if live.number == before:
        return ""
    return f"release {live.number} is live; the look from outside was cut off"


def _verified(verified: Verified) -> dict[str, Any]:
    return {
        "reached": verified.reached,
        "feeds": verified.feeds,
        "links": verified.links,
        "problems": list(verified.problems),
    }
