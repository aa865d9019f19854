"""``peru-media new``: begin an episode, by questions or by options alone."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from peru_media.cli.agreements import consent_line, expect_consent
from peru_media.cli.draft import Draft, write
from peru_media.cli.figures import moment
from peru_media.cli.manners import Manners, mannered
from peru_media.cli.names import contributors, shows
from peru_media.cli.probe import described, loudness
from peru_media.cli.watching import watched
from peru_media.errors import ContentError, MediaError, RefusedError
from peru_media.model.address import is_slug, slug_from
from peru_media.model.advice import AdviceError
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import DefaultsField, ShowFile
from peru_media.model.moment import local_moment
from peru_media.model.site import Site, Written
from peru_media.reading import read_site
from peru_media.wiring import open_maker

__all__ = ["verb"]

T = TypeVar("T")

_MEDIA = (FileKind.AUDIO, FileKind.VIDEO, FileKind.PDF)
_NO_MEDIUM = "It is no recording, film or PDF: is it the right one?"
_RECORDING = "Recording (enter for none yet)"
_CONTRIBUTOR = "Contributor (enter to finish)"
_WHEN = "When? draft, now, or a date such as 2026-12-01 09:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the options said; None where nothing was said."""

    show: str | None
    title: str | None
    slug: str | None
    audio: Path | None
    from_tags: bool
    number: str
    publish: str | None
    contributors: tuple[str, ...]


@click.command("new")
@click.option("--show", shell_complete=shows, help="The show that it belongs to.")
@click.option("--title", help="Its title.")
@click.option("--slug", help="The name of its folder; else made from the title.")
@click.option(
    "--audio",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Its recording, film or PDF; copied into its folder.",
)
@click.option("--from-tags", is_flag=True, help="Take the title from the file's tags.")
@click.option(
    "--number", default="auto", show_default=True, help="Its number, or auto, or none."
)
@click.option("--publish", help="draft (the default), now, or a date.")
@click.option(
    "--contributor",
    "contributor",
    multiple=True,
    shell_complete=contributors,
    help="The id of a consent record; may be said again.",
)
@mannered
def verb(  # noqa: PLR0913  # one an option
    manners: Manners,
    *,
    show: str | None,
    title: str | None,
    slug: str | None,
    audio: Path | None,
    from_tags: bool,
    number: str,
    publish: str | None,
    contributor: tuple[str, ...],
) -> None:
    """Begin an episode: measure its recording and write its folder.

    On a terminal it asks for whatever was not said. Its guid is made here, once,
    and never again. An existing folder is never touched.
    """
    given = _Given(
        show=show,
        title=title,
        slug=slug,
        audio=audio,
        from_tags=from_tags,
        number=number,
        publish=publish,
        contributors=contributor,
    )
    _Wizard(manners=manners, site=_site(manners), given=given).run()


def _site(manners: Manners) -> Site:
    site, problems = read_site(manners.root)
    if site is None or not site.shows:
        raise ContentError(problems)
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wizard:
    """Ask for what was not said, where somebody is there to be asked."""

    manners: Manners
    site: Site
    given: _Given

    def run(self) -> None:
        """Gather everything, write the folder, and say what comes next."""
        show = self._show()
        audio = self._audio()
        facts = self._measure(audio, show.value.defaults) if audio else None
        title = self._title(facts)
        draft = Draft(
            slug=self._slug(title),
            show=show.slug,
            guid=str(uuid.uuid4()),
            number=self._number(show.slug),
            title=title,
            contributors=self._contributors(self.site.zone(show)),
            publish=self._publish(self.site.zone(show)),
            medium=audio,
            facts=facts,
        )
        path = write(draft, self.manners.root)
        self.manners.answer(episode=path, slug=draft.slug, guid=draft.guid)
        self.manners.say(f"Created {path}")
        self.manners.say(f"Next: {_missing(draft)}make check")

    def _show(self) -> Written[ShowFile]:
        known = {show.slug: show for show in self.site.shows}
        name = self.given.show
        if name is None and len(known) == 1:
            name = next(iter(known))
        if name is None:
            self.manners.tell(f"Shows: {', '.join(known)}")
            name = self._asked("Which show?", "--show")
        return _one_of(known, name, "--show")

    def _audio(self) -> Path | None:
        if self.given.audio is not None or not self.manners.asks:
            return self.given.audio
        while answer := click.prompt(_RECORDING, default="", err=True):
            path = Path(answer.strip().strip("'\"")).expanduser()
            if path.is_file():
                return path
            self.manners.tell(f"There is no file {path}: try again.")
        return None

    def _measure(self, audio: Path, defaults: DefaultsField) -> FileFacts:
        path = audio.absolute()
        with open_maker(self.manners.root) as maker, watched(self.manners) as progress:
            facts = maker.hear(maker.facts([path]), progress=progress)[path]
        fault = facts.fault or ("" if facts.kind in _MEDIA else _NO_MEDIUM)
        if fault:
            msg = f"{audio}: {fault}"
            raise MediaError(msg)
        told = [*described(facts), *loudness(facts, defaults)]
        self.manners.tell(f"  {' - '.join(told)}")
        for question in facts.questions:
            self.manners.tell(f"  note: {question}")
        return facts

    def _title(self, facts: FileFacts | None) -> str:
        tagged = (*facts.tags.get("title", ()), facts.title) if facts else ()
        found = next((text for text in tagged if text), None)
        if self.given.title is not None:
            return self.given.title
        if self.given.from_tags and found:
            return found
        return self._asked("Title", "--title", default=found)

    def _slug(self, title: str) -> str:
        slug = self.given.slug or slug_from(title)
        if not is_slug(slug):
            msg = (
                f'"{slug or title}" cannot be the name of a folder here: say '
                "--slug a-short-name (make new SLUG=a-short-name)"
            )
            raise click.UsageError(msg)
        if any(slug == episode.slug for episode in self.site.episodes):
            msg = (
                f'There is an episode "{slug}" already: say --slug another-name '
                "(make new SLUG=another-name)"
            )
            raise click.UsageError(msg)
        return slug

    def _number(self, show: str) -> int | None:
        if self.given.number == "none":
            return None
        if self.given.number != "auto":
            return _counting(self.given.number)
        taken = [e.value.number or 0 for e in self.site.episodes_of(show)]
        return max(taken, default=0) + 1

    def _contributors(self, zone: ZoneInfo) -> tuple[str, ...]:
        known = {record.value.id: record for record in self.site.contributors}
        ids = []
        for name in self.given.contributors or self._answers(_CONTRIBUTOR):
            try:
                record = _one_of(known, name, "--contributor")
                expect_consent(record, zone)
            except (click.UsageError, RefusedError) as error:
                self._again(error, said=bool(self.given.contributors))
                continue
            self.manners.tell(f"  {consent_line(record)}")
            ids.append(name)
        return tuple(ids)

    def _answers(self, question: str) -> Iterator[str]:
        """What a person types, line by line, until an empty one."""
        while self.manners.asks:
            answer = click.prompt(question, default="", err=True).strip()
            if not answer:
                return
            yield answer

    def _again(self, error: click.UsageError | RefusedError, *, said: bool) -> None:
        """Let a person try again; what an option said cannot be mended here."""
        if said:
            raise error
        self.manners.tell(f"{error} Try again.")

    def _publish(self, zone: ZoneInfo) -> str:
        if self.given.publish is not None:
            return self._moment(self.given.publish, zone)
        while self.manners.asks:
            answer = click.prompt(_WHEN, default="draft", err=True)
            try:
                return self._moment(answer, zone)
            except click.UsageError as error:
                self._again(error, said=False)
        return "draft"

    def _moment(self, text: str, zone: ZoneInfo) -> str:
        if text in {"draft", "now"}:
            return text
        try:
            at = local_moment(text, zone)
        except AdviceError as error:
            raise click.UsageError(str(error)) from None
        self.manners.tell(f"  {moment(at.astimezone(UTC), zone)}")
        return text

    def _asked(self, question: str, option: str, default: str | None = None) -> str:
        if not self.manners.asks:
            msg = f"Nobody is here to be asked: say {option}."
            raise click.UsageError(msg)
        answer: str = click.prompt(question, default=default, err=True)
        return answer


def _one_of(known: Mapping[str, T], name: str, option: str) -> T:
    if name in known:
        return known[name]
    there = ", ".join(sorted(known)) or "none yet"
    msg = f'{option}: there is no "{name}". There are: {there}.'
    raise click.UsageError(msg)


def _counting(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    msg = f'--number: "{text}" is no number from 1 up, nor auto, nor none.'
    raise click.UsageError(msg)


def _missing(draft: Draft) -> str:
    """What has to be added before it can be published, but for its notes."""
    if draft.medium is None:
        return "put the recording and transcript.vtt into the folder, then  "
    if draft.needs_transcript:
        return "add transcript.vtt (needed before publishing), then  "
    return ""
