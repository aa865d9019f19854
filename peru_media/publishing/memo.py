"""Remember what was found to be live, so that nothing new costs two fetches."""

from datetime import datetime, timedelta

from pydantic import ValidationError

from peru_media.model.release import Utc
from peru_media.model.source import Source
from peru_media.model.value import Value, digest
from peru_media.planning import Plan
from peru_media.publishing.desk import Desk
from peru_media.publishing.live import read_live
from peru_media.publishing.publishing import Prepared, Published
from peru_media.publishing.typesetting import HORIZON
from peru_media.publishing.wanting import found_wanting
from peru_media.rendering.timeline import moments

__all__ = ["recall", "remember"]

_FORMAT = 1
_LONGEST = timedelta(days=1)


class _Memo(Value):
    """The files, as fingerprints, that a release was found to be made of."""

    format: int = _FORMAT
    inputs: str
    base_url: str
    root_sha256: str
    until: Utc
    plan: Plan


def recall(desk: Desk, inputs: str) -> Published | None:
    """Tell that nothing is new, where the files and the release are as before.

    ``inputs`` is the fingerprint of every file that staff wrote. Two fetches,
    no listing. None where anything at all could be new.
    """
    memo = _read(desk)
    if memo is None or memo.inputs != inputs or memo.base_url != desk.base_url:
        return None
    live = read_live(desk.store, desk.cache)
    lost = found_wanting(desk.cache, desk.store)
    if live.current is None or live.current.erasing or lost:
        return None
    if live.current.sha256 != memo.root_sha256 or desk.clock.now() >= memo.until:
        return None
    return Published(release=live.number, plan=memo.plan)


def remember(desk: Desk, inputs: str, prepared: Prepared, published: Published) -> None:
    """Remember that these files are what is live, until something is due.

    At most for a day: consents and reviews are looked at anew every day.
    """
    source = prepared.build.source
    root = prepared.build.root(prepared.live, by=desk.by).to_bytes()
    sha256 = prepared.live.current.sha256 if prepared.live.current else ""
    memo = _Memo(
        inputs=inputs,
        base_url=desk.base_url,
        root_sha256=sha256 if prepared.plan.nothing else digest(root),
        until=_until(source, prepared.build.at),
        plan=_carried_out(published.plan),
    )
    desk.cache[_name(desk)] = memo.model_dump_json().encode()


def _carried_out(plan: Plan) -> Plan:
    """The plan of a publish once it is done: everything is the same."""
    episodes = (
        episode.model_copy(update={"change": "same", "what": ()})
        for episode in plan.episodes
        if episode.change != "removed"
    )
    shows = (
        show.model_copy(update={"before": show.after, "removed": 0})
        for show in plan.shows
    )
    update = {"nothing": True, "sends": {}}
    lists = {"episodes": tuple(episodes), "shows": tuple(shows)}
    return plan.model_copy(update=update | lists)


def _until(source: Source, at: datetime) -> datetime:
    due = moments(source, at=at, until=at + HORIZON)
    midnight = at.replace(hour=0, minute=0, second=0) + _LONGEST
    return min([midnight, *due[:1]])


def _read(desk: Desk) -> _Memo | None:
    kept = desk.cache.get(_name(desk))
    try:
        return _Memo.model_validate_json(kept) if kept else None
    except ValidationError:
        return None


def _name(desk: Desk) -> str:
    return f"live/{desk.target}/{desk.store.name}"
