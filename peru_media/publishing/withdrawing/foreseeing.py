"""Look up whom an order concerns, before anything is changed anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlencode

from peru_media.errors import FetchError, RefusedError, SettingsError, StoreError
from peru_media.model.files import EpisodeFile
from peru_media.model.graves import united
from peru_media.model.site import Written
from peru_media.publishing.live import read_live
from peru_media.publishing.withdrawing.addresses import Addresses, addresses_of
from peru_media.publishing.withdrawing.concern import (
    Concern,
    concern_of,
    concerned,
    parted,
)
from peru_media.publishing.withdrawing.desk import Aim, WithdrawalDesk
from peru_media.publishing.withdrawing.history import History, read_history
from peru_media.publishing.withdrawing.order import Case, Concerned, Docket, Order
from peru_media.publishing.withdrawing.stones import stones_of

__all__ = ["AWAY", "Foreseen", "foresee"]

AWAY = (StoreError, FetchError, SettingsError)
_NO_MEDIA = frozenset(
    {".gif", ".html", ".jpeg", ".jpg", ".json", ".png", ".srt", ".txt", ".vtt", ".webp"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a withdrawal would do.

    Attributes:
        docket: the order with everything that it needs.
        away: targets that could not be looked at, each with a sentence.
        resumed: whether one goes on that was cut off.
        nothing: whether all of it was done before, and nothing came back.
    """

    docket: Docket
    away: Mapping[str, str] = field(default_factory=dict)
    resumed: bool = False
    nothing: bool = False


def foresee(order: Order, desk: WithdrawalDesk) -> Foreseen:
    """Look up whom an order concerns, in the files and on every target.

    Nothing is written anywhere. Where an earlier run was cut off, what it knew
    counts too: the stores may have forgotten it already.

    Raises:
        RefusedError: nobody knows such a contributor or episode; or one of the other
            kind has the same name, and was cut off.
    """
    before = _kept(order, desk)
    order = before.order if before else order
    concern = concern_of(desk.site, order)
    histories, away = _histories(desk.aims)
    found = concerned(concern, histories, at=order.at)
    known = before or Docket(order=order)
    _refuse_unknown(concern, [*found, *known.episodes], away)
    places = {
        name: (history, addresses_of(history, _ids(found)))
        for name, history in histories.items()
    }
    docket = Docket(
        order=order,
        episodes=_joined(known.episodes, found),
        stones=united(
            known.stones,
            stones_of(found, [*places.values()], _masters(desk, concern), at=order.at),
        ),
        record=concern.record.path if concern.record else None,
        public_name=concern.public_name,
        cases={
            **known.cases,
            **{
                aim.name: _case(aim, concern, places.get(aim.name), known)
                for aim in desk.aims
            },
        },
    )
    docket = docket.model_copy(update={"twins": _twins(docket, histories)})
    return Foreseen(
        docket=docket,
        away=away,
        resumed=before is not None,
        nothing=before is None and not away and _is_done(docket, concern, desk),
    )


def _twins(docket: Docket, histories: Mapping[str, History]) -> tuple[str, ...]:
    """What else is public with the same recording, under another guid."""
    heard = {one for stone in docket.stones for one in (*stone.masters, *stone.copies)}
    live = {
        one.id for h in histories.values() for s in h.sources[:1] for one in s.episodes
    }
    entries = (entry for history in histories.values() for entry in history.entries)
    others = [entry for entry in entries if entry.id in live - docket.ids]
    copies = {one.id: one.enclosure.sha256 for one in others if one.enclosure}
    alike = (one for one in others if heard & {one.master_sha256, copies.get(one.id)})
    return tuple(sorted({one.slug for one in alike}))


def _is_done(docket: Docket, concern: Concern, desk: WithdrawalDesk) -> bool:
    """Whether everything has its tombstone, and no store knows of any of it."""
    record = concern.record.value if concern.record else None
    known = {(stone.guid, stone.id) for stone in desk.books.buried()}
    return (
        all(
            one.states.keys() and {*one.states.values()} == {"absent"}
            for one in docket.episodes
        )
        and not any(case.people for case in docket.cases.values())
        and all((stone.guid, stone.id) in known for stone in docket.stones)
        and (record is None or record.withdrawn is not None)
    )


def _kept(order: Order, desk: WithdrawalDesk) -> Docket | None:
    """What was kept of the same order, if it was cut off."""
    kept = desk.books.order(order.name)
    before = Docket.model_validate_json(kept) if kept else None
    if before is not None and before.order.kind != order.kind:
        kind = before.order.kind
        msg = (
            f"The withdrawal of the {kind} {order.name} was cut off: finish that "
            f"first, and then withdraw the {order.kind}. Nothing was changed"
        )
        raise RefusedError(msg)
    return before


def _histories(aims: Iterable[Aim]) -> tuple[dict[str, History], dict[str, str]]:
    """What each target still knows, and those that could not be asked."""
    found: dict[str, History] = {}
    away: dict[str, str] = {}
    for aim in aims:
        try:
            with aim.open() as desk:
                live = read_live(desk.store, {})
                found[aim.name] = read_history(desk.store, live)
        except AWAY as error:
            away[aim.name] = str(error)
    return found, away


def _refuse_unknown(
    concern: Concern, found: Iterable[Concerned], away: Mapping[str, str]
) -> None:
    """Refuse an order about nobody; of a contributor without episodes it is none."""
    order = concern.order
    if concern.record is not None or any(True for _ in found):
        return
    what = "contributor" if order.kind == "contributor" else "episode"
    unseen = f" ({', '.join(away)} could not be asked)" if away else ""
    msg = (
        f'Nobody knows the {what} "{order.name}": neither the files nor what is '
        f"published{unseen}. Nothing was changed"
    )
    raise RefusedError(msg)


def _ids(found: Iterable[Concerned]) -> frozenset[str]:
    return frozenset(name for one in found for name in one.ids)


def _joined(
    before: Iterable[Concerned], found: Iterable[Concerned]
) -> tuple[Concerned, ...]:
    """What was known, and what is found now; of one episode what was known first."""
    known = tuple(before)
    ids = _ids(known)
    return (*known, *(one for one in found if ids.isdisjoint(one.ids)))


def _masters(desk: WithdrawalDesk, concern: Concern) -> dict[str, tuple[str, ...]]:
    """The hashes of the recordings that lie here, by the episodes' files."""
    return {
        written.path: (*desk.books.hashes(_recordings(written)), *_recorded(written))
        for written in concern.episodes
    }


def _recordings(written: Written[EpisodeFile]) -> list[str]:
    """The files of a folder that could be published as a recording, a film or a PDF."""
    suffixes = ((name, PurePosixPath(name).suffix.lower()) for name in written.files)
    return [name for name, suffix in suffixes if suffix not in _NO_MEDIA]


def _recorded(written: Written[EpisodeFile]) -> tuple[str, ...]:
    sha256 = written.value.media.sha256
    return (sha256,) if sha256 else ()


def _case(
    aim: Aim,
    concern: Concern,
    place: tuple[History, Addresses] | None,
    before: Docket,
) -> Case:
    """How far it has come on a target, with what is known of it now."""
    fresh = Case(target=aim.name, base_url=aim.base_url)
    known = before.cases.get(aim.name, fresh)
    known = known.model_copy(update={"here": aim.here})
    if place is None:
        return known
    history, found = place
    source = history.sources[0] if history.sources else None
    return known.model_copy(
        update={
            "addresses": _both(known.addresses, _whole(aim, history, found)),
            "pages": _both(known.pages, found.pages),
            "sounds": _both(known.sounds, found.sounds),
            "people": parted(concern, source) if source else (),
        }
    )


def _both(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def _whole(aim: Aim, history: History, found: Addresses) -> list[str]:
    """Whole addresses: of the site, of what describes a page, of a media host."""
    urls = [aim.base_url + path for path in found.all]
    for page in found.pages:
        asked = urlencode({"url": aim.base_url + page})
        urls.append(f"{aim.base_url}/oembed?{asked}")
    if aim.media_base_url:
        host = aim.media_base_url.rstrip("/")
        urls += [f"{host}/{key}" for key in _open_keys(history, found)]
    return urls


def _open_keys(history: History, found: Addresses) -> set[str]:
    """The names of media that anybody could fetch from the store itself."""
    ids = {path.split("/")[2] for path in found.sounds}
    rows = (row for table in history.tables for row in table.values())
    keys = {version.key for row in rows for version in row if version.key}
    return {
        key
        for key in keys
        if key.startswith("public/") and not ids.isdisjoint(key.split("/"))
    }
