"""Withdraw: write it down, clear each target, prove it, give a receipt.

Tombstones are written before any store is touched. So wherever it is cut off, nothing
comes back; and the same command goes on, and ends in the same receipt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peru_media.errors import ConflictError
from peru_media.model.receipt import Gone, Receipt, signed
from peru_media.publishing.withdrawing.beyond import beyond
from peru_media.publishing.withdrawing.clearing import Clearing
from peru_media.publishing.withdrawing.desk import Aim, WithdrawalDesk
from peru_media.publishing.withdrawing.foreseeing import AWAY, Foreseen
from peru_media.publishing.withdrawing.letters import letters_of
from peru_media.publishing.withdrawing.order import Case, Docket
from peru_media.publishing.withdrawing.printing import printed

__all__ = ["Withdrawn", "withdraw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a withdrawal did.

    Attributes:
        gone: what was done on each target. left: targets that are not done, each
            with a sentence. receipt: signed, once all are done.
        papers: the files of the receipt, and of letters to directories.
        proven: whether nothing of it was found any more from outside. Where only
            this machine can ask and nothing is served, its store is proof enough.
    """

    docket: Docket
    gone: tuple[Gone, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None
    proven: bool = False
    papers: tuple[str, ...] = ()


def withdraw(foreseen: Foreseen, desk: WithdrawalDesk) -> Withdrawn:
    """Take somebody out of everything that is published, on every target.

    What was kept of the order is forgotten when nothing of it was found any more.

    Raises:
        ContentError: a file of the project cannot be written to; mend it first.
        SettingsError: there is no key that could sign the receipt.
    """
    desk.key()
    docket = _written_down(foreseen.docket, desk)
    left = {**_others(docket, desk), **foreseen.away}
    for aim in (one for one in desk.aims if one.name not in left):
        try:
            docket = _cleared(docket, aim, desk)
        except (*AWAY, ConflictError) as error:
            left[aim.name] = str(error)
    done = tuple(c.gone for n, c in docket.cases.items() if c.gone and n not in left)
    if left:
        return Withdrawn(docket=docket, gone=done, left=left)
    return _finished(docket, done, desk)


def _others(docket: Docket, desk: WithdrawalDesk) -> dict[str, str]:
    """Targets that an earlier run was to clear and did not, and this one is not to."""
    asked = {aim.name for aim in desk.aims}
    return {
        name: "it was left by an earlier run, and this one is for others"
        for name, case in docket.cases.items()
        if name not in asked
        and case.gone is None
        and name in desk.site.site.value.targets
    }


def _finished(
    docket: Docket, gone: tuple[Gone, ...], desk: WithdrawalDesk
) -> Withdrawn:
    """Clear this machine, and put the receipt and the letters where staff find them."""
    desk.books.clear([one.slug for one in docket.episodes])
    receipt = _receipt(docket, gone, desk)
    proven = all(_proven(one, docket.cases[one.target]) for one in gone)
    name = f"{docket.order.at:%Y-%m-%d}-{docket.order.name}"
    papers = {
        f"{name}.json": receipt.to_bytes(),
        f"{name}.html": printed(receipt).encode(),
        **{
            f"{name}-letter-{to}.txt": text.encode()
            for to, text in letters_of(docket, desk.site).items()
        },
    }
    paths = tuple(desk.books.receive(file, data) for file, data in papers.items())
    if proven:
        desk.books.forget(docket.order.name)
    return Withdrawn(
        docket=docket, gone=gone, receipt=receipt, proven=proven, papers=paths
    )


def _written_down(docket: Docket, desk: WithdrawalDesk) -> Docket:
    """Write down in the project what must not come back, before stores are touched."""
    _keep(docket, desk)
    desk.books.bury(docket.stones)
    for episode in docket.episodes:
        if episode.path is not None:
            desk.books.take_down(episode.path)
    if docket.record is not None and docket.order.reason != "error":
        desk.books.take_back(docket.record, docket.order.at.date())
    return docket


def _cleared(docket: Docket, aim: Aim, desk: WithdrawalDesk) -> Docket:
    """Clear one target, keeping how far it has come."""
    with aim.open() as opened:
        clearing = Clearing(
            docket=docket,
            desk=opened,
            aim=aim,
            sleep=desk.sleep,
            turned=desk.turned,
        )
        case = clearing.unpublish(docket.cases[aim.name])
        keys = clearing.doomed()
        if keys or not case.erased:
            desk.sleep(desk.turned)
            objects = max(case.objects, len(keys))
            case = case.model_copy(update={"objects": objects, "erased": False})
            docket = _with(docket, case, desk)
            clearing.erase(keys)
            case = case.model_copy(update={"erased": True})
            docket = _with(docket, case, desk)
        seen = case.model_copy(update={"gone": clearing.look(case)})
        return _with(docket, seen, desk)


def _with(docket: Docket, case: Case, desk: WithdrawalDesk) -> Docket:
    cases = docket.cases | {case.target: case}
    changed = docket.model_copy(update={"cases": cases})
    _keep(changed, desk)
    return changed


def _keep(docket: Docket, desk: WithdrawalDesk) -> None:
    desk.books.keep(docket.order.name, docket.model_dump_json().encode())


def _proven(gone: Gone, case: Case) -> bool:
    silent = case.here and not gone.reached and not gone.failures
    return gone.proven or (silent and not gone.left)


def _receipt(docket: Docket, gone: tuple[Gone, ...], desk: WithdrawalDesk) -> Receipt:
    """The receipt, signed with the key of the unit."""
    order = docket.order
    receipt = Receipt(
        kind=order.kind,
        name=order.name,
        public_name=docket.public_name,
        reason=order.reason,
        by=order.by,
        ordered=order.at,
        finished=desk.clock.now(),
        episodes=tuple(sorted(docket.ids)),
        targets=gone,
        tombstones=len(docket.stones),
        beyond=beyond(docket),
    )
    return signed(receipt, desk.key())
