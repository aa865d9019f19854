"""``peru-media transcribe``: have a local model draft a transcript."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from peru_media.cli.manners import Manners, mannered
from peru_media.cli.names import episodes
from peru_media.cli.placing import keep_aside, replace_whole
from peru_media.cli.watching import watched
from peru_media.errors import ContentError, MediaError
from peru_media.model.contents import medium_of, transcript_of
from peru_media.model.facts import FileFacts, FileKind
from peru_media.model.files import EpisodeFile
from peru_media.model.site import Site, Written
from peru_media.ports import Transcriber
from peru_media.reading import fill_group, read_site
from peru_media.rendering.drafting import drafted
from peru_media.rendering.transcript_writing import vtt_of
from peru_media.rendering.transcripts import Cue
from peru_media.wiring import WORK, open_maker, open_transcriber

__all__ = ["verb"]

_NAME = "transcript.vtt"
_SPOKEN = (FileKind.AUDIO, FileKind.VIDEO)
_MADE = {"file": _NAME, "made_by": "machine", "checked": None}


@click.command("transcribe")
@click.argument("slug", shell_complete=episodes)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of the model; else PERU_MEDIA_MODEL names it.",
)
@click.option(
    "--language", help="What is spoken, such as en; else the episode's or show's."
)
@click.option("--replace", is_flag=True, help="Put it in place of the one there.")
@click.option("--yes", is_flag=True, help="Also of one that a person made or checked.")
@mannered
def verb(
    manners: Manners,
    *,
    slug: str,
    model: Path | None,
    language: str | None,
    replace: bool,
    yes: bool,
) -> None:
    """Draft the transcript of an episode, by a model on this machine.

    Nothing is sent anywhere, and nothing fetched. The draft says that a machine
    made it, and check keeps saying so until a person has listened, mended it, and
    written checked: with the date.

    A transcript that is there stays, unless --replace is said; one that a person
    made or checked is asked about first, or needs --yes as well.
    """
    site, episode = _found(manners, slug)
    path = transcript_of(episode)
    if path is not None and (manners.root / path).exists():
        _expect_agreed(manners, episode, Path(path).name, replace=replace, yes=yes)
    transcriber = open_transcriber(manners.root, model)
    desk = _Desk(manners=manners, episode=episode, transcriber=transcriber)
    desk.run(language or _language(site, episode))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Where one episode's words are drafted."""

    manners: Manners
    episode: Written[EpisodeFile]
    transcriber: Transcriber

    @property
    def target(self) -> Path:
        """Where the draft is to lie."""
        return self.manners.root / self.episode.file(_NAME)

    def run(self, language: str) -> None:
        """Listen, write the draft, and say what comes next."""
        before = self._seen()
        recording, facts = self._recording()
        with watched(self.manners) as progress:
            words = self.transcriber.words(
                recording,
                seconds=facts.duration or 0.0,
                language=language,
                progress=progress,
            )
        cues = drafted(words)
        if not cues:
            msg = (
                f"{recording.name}: no words were heard in it, so nothing was "
                f'written: is it speech, in the language "{language}"?'
            )
            raise MediaError(msg)
        self._write(vtt_of(cues).encode(), before)
        self._report(cues, language)

    def _recording(self) -> tuple[Path, FileFacts]:
        """The recording of the episode, as far as it can be heard."""
        root, folder = self.manners.root, self.episode.folder
        near = [path for path in self.episode.files if "/" not in path[len(folder) :]]
        named = self.episode.value.media.file
        with open_maker(root) as maker:
            paths = [root / path for path in [*near, *(self._named(named))]]
            read = maker.facts(paths)
        facts = {str(path.relative_to(root)): one for path, one in read.items()}
        medium = medium_of(self.episode, facts)
        if medium is None:
            msg = f"{folder} has no recording, or several: say which under media:"
            raise MediaError(msg)
        fault = facts[medium].fault
        if fault or facts[medium].kind not in _SPOKEN:
            msg = f"{medium}: {fault or 'There is no sound in it to be written down.'}"
            raise MediaError(msg)
        return root / medium, facts[medium]

    def _named(self, name: str | None) -> tuple[str, ...]:
        return () if name is None else (self.episode.file(name),)

    def _seen(self) -> bytes | None:
        """What the transcript says that would be replaced."""
        return self.target.read_bytes() if self.target.exists() else None

    def _write(self, words: bytes, before: bytes | None) -> None:
        """Write both files; first the one that says that a machine made the other."""
        work = self.manners.root / WORK
        draft = work / f"transcript-{os.getpid()}"
        if self._seen() != before:
            msg = (
                f"{self.episode.file(_NAME)} changed while the model listened, and is "
                "left alone: run the command again"
            )
            raise click.UsageError(msg)
        page = self.manners.root / self.episode.path
        said = fill_group(page.read_bytes(), self.episode.path, "transcript", _MADE)
        replace_whole(page, said, draft=draft)
        if before is not None:
            kept = keep_aside(self.target, work / "replaced")
            self.manners.tell(f"The old one is kept as {kept}")
        replace_whole(self.target, words, draft=draft)

    def _report(self, cues: tuple[Cue, ...], language: str) -> None:
        said = sum(len(cue.text.split()) for cue in cues)
        path = self.episode.file(_NAME)
        self.manners.answer(
            transcript=path,
            episode=self.episode.path,
            made_by="machine",
            language=language,
            words=said,
            cues=len(cues),
        )
        self.manners.say(f"Drafted {path}: {said:,} words, and a machine heard them")
        self.manners.say(
            "Next: listen and mend it, above all names, and say who speaks, with <v "
            f"Name>; then write into {self.episode.path}, with that day:\n"
            f"  transcript: {{file: {_NAME}, made_by: machine-edited, checked: DAY}}"
        )


def _found(manners: Manners, slug: str) -> tuple[Site, Written[EpisodeFile]]:
    """The episode of that name.

    Raises:
        ContentError: its file cannot be read. UsageError: there is none.
    """
    site, problems = read_site(manners.root)
    for episode in site.episodes if site else ():
        if episode.slug == slug:
            assert site is not None  # noqa: S101  # it has the episode
            return site, episode
    about = [one for one in problems if f"/{slug}/" in one.place.path]
    if site is None or about:
        raise ContentError(about or problems)
    there = ", ".join(sorted(one.slug for one in site.episodes)) or "none yet"
    msg = f'There is no episode "{slug}". There are: {there}.'
    raise click.UsageError(msg)


def _language(site: Site, episode: Written[EpisodeFile]) -> str:
    show = site.show(episode.value.show[0])
    return episode.value.language or (show.value.language if show else "en")


def _expect_agreed(
    manners: Manners,
    episode: Written[EpisodeFile],
    name: str,
    *,
    replace: bool,
    yes: bool,
) -> None:
    """See that a transcript may be replaced; a person's work needs a second yes.

    Raises:
        UsageError: it may not.
    """
    if not replace:
        msg = (
            f"{episode.folder}{name} is there already, and is left alone: say "
            "--replace (make transcribe REPLACE=1) to put a new draft in its place"
        )
        raise click.UsageError(msg)
    transcript = episode.value.transcript
    if yes or (transcript.made_by == "machine" and transcript.checked is None):
        return
    whose = f"{episode.folder}{name} was made or checked by a person"
    if not manners.asks:
        msg = f"{whose}: say --replace --yes (REPLACE=1 YES=1) to replace it even so"
        raise click.UsageError(msg)
    click.confirm(f"{whose}. Replace it by a draft?", abort=True, err=True)
