"""``peru-media redact``: take words and sounds out of what is published already."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from peru_media.cli.exits import UNVERIFIED
from peru_media.cli.figures import length
from peru_media.cli.findings import counted
from peru_media.cli.manners import Manners, mannered
from peru_media.cli.names import episodes
from peru_media.cli.projects import Opened, opened, read_settings
from peru_media.errors import RefusedError, StoreError
from peru_media.model.edits import sound_edits, standing, wordings
from peru_media.model.files import EpisodeFile
from peru_media.model.letters import visible
from peru_media.model.redaction_receipt import RedactionReceipt
from peru_media.publishing.redacting import Redaction, prepare_redaction, redact
from peru_media.withdrawals import caches_of, wait_for_servers

__all__ = ["verb"]

_UNREACHED = 5
_RECEIPTS = "build/redactions"
_DONE = {"cut": "cut out", "bleep": "covered by a tone", "silence": "silenced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What one call asks for."""

    slug: str
    yes: bool
    dry_run: bool


@click.command("redact")
@click.argument("slug", shell_complete=episodes)
@click.option("--target", help="Only there; else wherever the episode is out.")
@click.option("--yes", is_flag=True, help="Do not ask before doing it.")
@click.option(
    "--dry-run", is_flag=True, help="Show what would be done, and do nothing."
)
@mannered
def verb(
    manners: Manners, *, slug: str, target: str | None, yes: bool, dry_run: bool
) -> int | None:
    """Let an edited episode take the place of the one that is out, and forget that.

    What its edits take out goes from sound, transcript, chapters, notes, tags,
    pages and search. Then the former recording and text are erased, with every
    older release, so that nothing can be rolled back to them.
    """
    wish = _Wish(slug=slug, yes=yes, dry_run=dry_run)
    names = [target] if target else list(read_settings(manners.root).targets)
    done, left = [], []
    for name in names:
        try:
            done.append(_on(manners, wish, name))
        except StoreError as error:
            manners.tell(f"{name} is not done: {visible(str(error))}")
            left.append(name)
    if not left and all(one is None for one in done):
        msg = f"{slug} is out nowhere. Its edits are made whenever it is published."
        raise RefusedError(msg)
    receipts = [one for one in done if isinstance(one, RedactionReceipt)]
    manners.answer(
        slug=slug,
        dry_run=dry_run,
        receipts=[one.model_dump(mode="json") for one in receipts],
        left=left,
    )
    return _code(manners, receipts, left)


def _code(
    manners: Manners, receipts: Sequence[RedactionReceipt], left: Sequence[str]
) -> int | None:
    if left:
        manners.tell("The same command goes on with what is left.")
        return _UNREACHED
    failed = any(one.reached and not one.proven for one in receipts)
    return UNVERIFIED if failed else None


def _on(manners: Manners, wish: _Wish, target: str) -> RedactionReceipt | bool | None:
    """Do it on one target: the receipt, False where nobody agreed, None if not out."""
    with opened(manners, target) as project:
        site, read = project.site()
        redaction = prepare_redaction(
            site, wish.slug, project.desk, read=read, rehearsal=wish.dry_run
        )
        if redaction is None:
            manners.tell(f"{wish.slug} is not out on {target}.")
            return None
        for line in _drawn(redaction, target):
            manners.say(line)
        if wish.dry_run:
            manners.say("This was a rehearsal: nothing was changed.")
            return False
        if not _agreed(manners, wish, target):
            manners.tell("Nothing was changed.")
            return False
        return _done(manners, project, redaction)


def _done(manners: Manners, project: Opened, redaction: Redaction) -> RedactionReceipt:
    receipt = redact(
        redaction,
        project.desk,
        wait=wait_for_servers,
        purge=caches_of(project.target),
    )
    for line in (*_told(receipt), _kept(manners, receipt), *receipt.beyond):
        manners.say(f" {visible(line)}")
    return receipt


def _agreed(manners: Manners, wish: _Wish, target: str) -> bool:
    """Ask a person whether it is meant.

    Raises:
        UsageError: nobody can be asked, and ``--yes`` was not said.
    """
    if wish.yes:
        return True
    if not manners.asks:
        msg = (
            "Nobody is here to be asked: say --yes (make redact YES=1), "
            "or --dry-run to look first."
        )
        raise click.UsageError(msg)
    return click.confirm(f"Redact {wish.slug} on {target}?", err=True)


def _drawn(redaction: Redaction, target: str) -> Iterator[str]:
    episode, value = redaction.episode, redaction.written.value
    yield f"{visible(episode.title)} ({episode.slug}) on {target}:"
    yield from (f"  {line}" for line in _edits(value))
    before, after = redaction.before.enclosure.duration, episode.enclosure.duration
    if before and after and before != after:
        yield f"  the recording lasts {length(after)} instead of {length(before)}"
    changed = [w for one in redaction.prepared.plan.episodes for w in one.what]
    yield f"  changed: {', '.join(changed) or 'nothing, it is out like this already'}"
    yield (
        "This erases the former recording and text, and every older release: there "
        "is nothing left to roll back to."
    )


def _edits(value: EpisodeFile) -> Iterator[str]:
    for how, words in _DONE.items():
        seconds = sum(e.end - e.start for e in sound_edits(value) if e.how == how)
        if seconds:
            yield f"{seconds:.1f} s of sound are {words}"
    if wordings(value):
        yield f"{counted(len(wordings(value)), 'wording')} taken out of every text"
    lifted = len(value.edits) - len(standing(value))
    if lifted:
        yield f"{counted(lifted, 'edit')} lifted"


def _told(receipt: RedactionReceipt) -> Iterator[str]:
    objects = counted(receipt.objects, "object")
    yield f"release {receipt.release} is live, {objects} erased with all versions"
    if receipt.left:
        left = counted(receipt.left, "object")
        yield f"{left} are left that no release needs: run the same command again"
    if not receipt.reached:
        yield f"nobody answers at {receipt.base_url}, so it was not looked at"
        return
    gone = sum(not one.old for one in receipt.asked)
    yield f"proof: the former sound is gone at {gone} of {len(receipt.asked)} addresses"
    yield from (f"{one.address} still gives it" for one in receipt.asked if one.old)
    yield from receipt.unpurged


def _kept(manners: Manners, receipt: RedactionReceipt) -> str:
    """Write the receipt where staff find it; says where."""
    day = receipt.finished.date().isoformat()
    path = f"{_RECEIPTS}/{day}-{receipt.slug}-{receipt.target}.json"
    place = manners.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{os.getpid()}")
    draft.write_bytes(receipt.to_bytes())
    draft.replace(place)
    return path
