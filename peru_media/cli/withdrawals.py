"""A withdrawal as people and programs read it: before, and when it is done."""

from collections.abc import Iterator
from typing import Any

from peru_media.cli.findings import counted
from peru_media.model.letters import visible
from peru_media.model.receipt import Gone
from peru_media.publishing.withdrawing.foreseeing import Foreseen
from peru_media.publishing.withdrawing.order import Concerned
from peru_media.publishing.withdrawing.story import Withdrawn

__all__ = ["drawn", "fields", "result", "told"]


def drawn(foreseen: Foreseen) -> Iterator[str]:
    """Whom it concerns, and what will be done."""
    docket = foreseen.docket
    order, found = docket.order, docket.episodes
    name = visible(docket.public_name or "")
    who = f"{order.name} ({name})" if name else order.name
    listed = ", ".join(f"{visible(one.slug)} ({_state(one)})" for one in found)
    number = counted(len(found), "episode")
    if foreseen.resumed:
        yield f"The withdrawal of {who} was cut off, and goes on."
    yield f"{who} is in {number}: {listed}." if found else f"{who} is in no episode."
    for case in docket.cases.values():
        for show, _ in case.people:
            yield (
                f"The show {visible(show)} names them, and will not on {case.target}: "
                "take them out of its show.md, too."
            )
    if docket.twins:
        slugs = visible(", ".join(docket.twins))
        yield f"The same recording is public as {slugs}: withdraw that, too."
    for target, why in foreseen.away.items():
        yield f"{target} cannot be asked: {visible(why)}"
    yield (
        "This removes audio, video, transcript, pages, search text, embeds, older "
        "releases and every stored version. It cannot be undone."
    )


def told(gone: Gone) -> Iterator[str]:
    """What was done on one target, and how it answers."""
    erased = f"{counted(gone.objects, 'object')} erased with all versions"
    yield f"{gone.target}: release {gone.release} is without it - {erased}"
    if gone.reached:
        refused = sum(one.status in {404, 410} for one in gone.asked)
        yield (
            f"proof: {refused} of {len(gone.asked)} addresses answer 410 or 404, "
            f"{gone.lists} lists lead there no more"
        )
    else:
        yield f"nobody answers at {gone.base_url}, so it was not looked at from outside"
    for sentence in (*gone.failures, *gone.unpurged):
        yield visible(sentence)


def fields(foreseen: Foreseen) -> dict[str, Any]:
    """What a withdrawal would do, for programs."""
    docket = foreseen.docket
    return {
        "order": docket.order.model_dump(mode="json"),
        "episodes": [_episode(one) for one in docket.episodes],
        "addresses": {name: len(c.addresses) for name, c in docket.cases.items()},
        "twins": list(docket.twins),
        "away": dict(foreseen.away),
        "resumed": foreseen.resumed,
    }


def result(done: Withdrawn) -> dict[str, Any]:
    """What it did, for programs."""
    receipt = done.receipt
    return {
        "order": done.docket.order.model_dump(mode="json"),
        "episodes": [_episode(one) for one in done.docket.episodes],
        "left": dict(done.left),
        "proven": done.proven,
        "papers": list(done.papers),
        "receipt": receipt.model_dump(mode="json") if receipt else None,
    }


def _state(one: Concerned) -> str:
    """What an episode is, on each target if they differ."""
    known = set(one.states.values()) or {"absent"}
    if len(known) == 1:
        (state,) = known
        return "draft" if state == "absent" and one.path else state
    return ", ".join(f"{state} on {target}" for target, state in one.states.items())


def _episode(one: Concerned) -> dict[str, Any]:
    return {"slug": one.slug, "path": one.path, "states": one.states}
