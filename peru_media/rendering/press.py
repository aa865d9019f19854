"""The objects of a release: each rendered thing made once, packed and named."""

import gzip
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial

from peru_media.model.address import CONTENT_TYPES, asset_key, text_key
from peru_media.model.release import Version, shared_key_of
from peru_media.model.source import Episode, Show, Source, Transcript
from peru_media.model.transcripts import kind_of
from peru_media.model.value import canonical, digest
from peru_media.rendering.blocks import Form, noted
from peru_media.rendering.cached import Cache, input_key, remembered
from peru_media.rendering.chapters import chapters_json
from peru_media.rendering.ext.item import Channel
from peru_media.rendering.feed import RSS, packed_feed
from peru_media.rendering.lending import lent, named
from peru_media.rendering.listing import Listing
from peru_media.rendering.neighbours import Ways
from peru_media.rendering.notes import clean_html
from peru_media.rendering.opml import opml
from peru_media.rendering.packing import Packed, packed
from peru_media.rendering.pages import (
    accessibility_page,
    episode_page,
    home_page,
    list_page,
    privacy_page,
    show_page,
)
from peru_media.rendering.statement import Statement
from peru_media.rendering.theme import assets, favicon
from peru_media.rendering.unit import Unit
from peru_media.rendering.views import Card, Imprint, Row, episode_frame, imprint, row
from peru_media.rendering.voice import Voice, voices_of

__all__ = ["Press"]


@dataclass(frozen=True, kw_only=True)
class Press:
    """Render things as versions, and keep their bytes by object key.

    Attributes:
        texts: gives the bytes of a transcript or of a waveform by its hash; asked
        on a miss alone.
        cache: what earlier runs rendered.
        executor: helps with what a cache lacks of long feeds.
        objects: stored bytes by key; filled as things are rendered.
        rows: episodes as lists show them. lent: what shows lend to theirs, by slug.
    """

    source: Source
    texts: Callable[[str], bytes]
    cache: Cache
    executor: Executor | None = None
    objects: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    lent: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def unit(self) -> Unit:
        """The publisher behind all shows."""
        return Unit(source=self.source)

    @cached_property
    def imprint(self) -> Imprint:
        """What every page says of the site."""
        return imprint(self.source)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The languages of the pages."""
        return voices_of(self.source.languages)

    def assets(self, *, since: datetime) -> dict[str, Version]:
        """What pages fetch of our own, by public paths."""
        made = [self._asset(kind, text, since) for kind, text in assets().values()]
        return {f"/{version.key}": version for version in made}

    def favicon(self, *, since: datetime) -> Version:
        """The picture that browsers ask every site for; it is stored as it is."""
        icon, kind = favicon(), "image/vnd.microsoft.icon"
        made = Packed(body=icon, size=len(icon), sha256=digest(icon))
        key = asset_key(made.sha256, kind)
        return self._version(made, key, since=since, kind=kind, cache="page")

    def home(self, cards: Sequence[Card], voice: Voice, *, since: datetime) -> Version:
        """The page of all projects."""
        imprint = self.imprint
        inputs = [imprint.sparse(), voice.language, [card.sparse() for card in cards]]
        make = partial(home_page, imprint, cards, voice=voice)
        made = self._once("home", canonical(inputs), make=make)
        return self._shared(made, since=since, kind="page")

    def show(
        self,
        show: Show,
        episodes: Sequence[Episode],
        voice: Voice,
        *,
        older: str | None = None,
        total: int,
        since: datetime,
    ) -> Version:
        """A project's page, with its newest episodes in the order given.

        ``older`` is where the list goes on; ``total`` counts all its episodes.
        """
        imprint, rows = self.imprint, [self._row(one) for one in episodes]
        inputs = canonical(
            [imprint.sparse(), voice.language, show.sparse(), older, total]
        )
        make = partial(
            show_page, imprint, show, rows, older=older, total=total, voice=voice
        )
        made = self._once("show", inputs, _prints(rows), make=make)
        return self._shared(made, since=since, kind="page")

    def listing(
        self,
        head: Listing,
        path: str,
        episodes: Sequence[Episode],
        voice: Voice,
        *,
        since: datetime,
    ) -> Version:
        """A page that lists episodes, in the order given."""
        imprint, rows = self.imprint, [self._row(one) for one in episodes]
        inputs = canonical([imprint.sparse(), voice.language, head.sparse(), path])
        make = partial(list_page, imprint, head, rows, path=path, voice=voice)
        made = self._once("list", inputs, _prints(rows), make=make)
        return self._shared(made, since=since, kind="page")

    def accessibility(
        self, known: Statement, voice: Voice, *, since: datetime
    ) -> Version:
        """The accessibility statement."""
        imprint, zone = self.imprint, self.source.timezone
        inputs = [imprint.sparse(), voice.language, known.sparse(), zone]
        make = partial(accessibility_page, imprint, known, zone=zone, voice=voice)
        made = self._once("accessibility", canonical(inputs), make=make)
        return self._shared(made, since=since, kind="page")

    def privacy(self, voice: Voice, *, since: datetime) -> Version:
        """What is said of privacy, and how to have something removed."""
        imprint = self.imprint
        inputs = canonical([imprint.sparse(), voice.language])
        make = partial(privacy_page, imprint, voice=voice)
        made = self._once("privacy", inputs, make=make)
        return self._shared(made, since=since, kind="page")

    def feed(
        self,
        channel: Channel,
        episodes: Sequence[Episode],
        *,
        form: Form = RSS,
        since: datetime,
    ) -> Version:
        """A feed in one of its forms, with the episodes in the order given."""
        made = packed_feed(
            channel,
            episodes,
            form=form,
            cache=self.cache,
            executor=self.executor,
        )
        return self._shared(made, since=since, kind=form.kind, cache="feed")

    def opml(self, shows: Sequence[Show], *, since: datetime) -> Version:
        """The list of shows."""
        url, organisation = self.source.base_url, self.source.organisation
        lines = [[show.slug, show.title, show.language] for show in shows]
        make = partial(opml, organisation, shows, base_url=url)
        made = self._once("opml", canonical([organisation, url, lines]), make=make)
        return self._shared(made, since=since, kind="opml", cache="feed")

    def episode(
        self,
        episode: Episode,
        show: Show,
        ways: Ways,
        voice: Voice,
        *,
        since: datetime,
    ) -> Version:
        """An episode's page; ``ways`` are those that it leads to just then."""

        def make() -> bytes:
            imprint, url = self.imprint, self.source.base_url
            return episode_page(
                imprint,
                episode_frame(episode, show, ways, imprint=imprint),
                episode,
                notes=noted(episode, base_url=url, cache=self.cache),
                transcript=self._words(episode),
                waveform=self._peaks(episode),
                voice=voice,
            )

        inputs = (*self.framed(episode, show), named(ways), voice.language.encode())
        made = self._once("page", *inputs, make=make)
        return self._own(made, episode, since=since, kind="page")

    def framed(self, episode: Episode, show: Show) -> tuple[bytes, bytes, bytes]:
        """What a page is made of that shows an episode in its frame, by itself."""
        if show.slug not in self.lent:
            self.lent[show.slug] = lent(show)
        prints = (self.imprint.fingerprint.encode(), episode.fingerprint.encode())
        return *prints, self.lent[show.slug]

    def transcript(
        self, episode: Episode, transcript: Transcript, *, since: datetime
    ) -> Version:
        """An episode's transcript or captions: as given, but HTML without scripts."""
        made = self._transcript(transcript)
        kind = kind_of(transcript.media_type)
        return self._own(made, episode, since=since, kind=kind)

    def chapters(self, episode: Episode, *, since: datetime) -> Version:
        """An episode's chapters."""
        chapters = episode.model_dump_json(include={"chapters"})
        url = self.source.base_url
        make = partial(chapters_json, episode, base_url=url)
        inputs = (url.encode(), chapters.encode())
        return self.leaf("chapters", *inputs, make=make, of=episode, since=since)

    def leaf(  # what it is made of, whose it is, and since when
        self,
        kind: str,
        *inputs: bytes,
        make: Callable[[], bytes],
        of: Episode | None,
        since: datetime,
    ) -> Version:
        """A small text of an episode, or of none: made of its inputs, and no others.

        ``kind`` names its type (``CONTENT_TYPES``); what it is not is a page.
        """
        made = self._once(kind, *inputs, make=make)
        form = kind if kind in CONTENT_TYPES else "page"
        if of is None:
            return self._shared(made, since=since, kind=form)
        return self._own(made, of, since=since, kind=form)

    def _asset(self, kind: str, text: str, since: datetime) -> Version:
        made = self._once("asset", text.encode(), make=text.encode)
        key = asset_key(made.sha256, kind)
        return self._version(made, key, since=since, kind=kind, cache="asset")

    def waveform(self, episode: Episode, sha256: str, *, since: datetime) -> Version:
        """The waveform of an episode's recording."""
        make, inputs = partial(self.texts, sha256), sha256.encode()
        return self.leaf("waveform", inputs, make=make, of=episode, since=since)

    def _row(self, episode: Episode) -> Row:
        if episode.id not in self.rows:
            self.rows[episode.id] = row(episode)
        return self.rows[episode.id]

    def _words(self, episode: Episode) -> bytes:
        transcript = episode.transcript
        return gzip.decompress(self._transcript(transcript).body) if transcript else b""

    def _peaks(self, episode: Episode) -> bytes:
        waveform = episode.enclosure.waveform
        return self.texts(waveform) if waveform else b""

    def _transcript(self, transcript: Transcript) -> Packed:
        def make() -> bytes:
            given = self.texts(transcript.sha256)
            if transcript.media_type != "text/html":
                return given
            return clean_html(given.decode("utf-8-sig", errors="replace")).encode()

        inputs = (transcript.sha256.encode(), transcript.media_type.encode())
        return self._once("transcript", *inputs, make=make)

    def _once(self, kind: str, *inputs: bytes, make: Callable[[], bytes]) -> Packed:
        """Make and pack a text, or take it from the cache by its inputs."""
        key = input_key(kind, *inputs)
        made = remembered(self.cache, key, lambda: packed(make()).to_bytes())
        return Packed.from_bytes(made)

    def _own(
        self, made: Packed, episode: Episode, *, since: datetime, kind: str
    ) -> Version:
        key = text_key(episode.id, made.sha256)
        return self._version(made, key, since=since, kind=_type_of(kind), cache="page")

    def _shared(
        self, made: Packed, *, since: datetime, kind: str, cache: str = "page"
    ) -> Version:
        key = shared_key_of(made.sha256)
        return self._version(
            made, key, since=since, kind=CONTENT_TYPES[kind], cache=cache
        )

    def _version(
        self, made: Packed, key: str, *, since: datetime, kind: str, cache: str
    ) -> Version:
        self.objects[key] = made.body
        return Version(
            since=since,
            key=key,
            type=kind,
            size=made.size,
            sha256=made.sha256,
            cache=cache,
        )


def _type_of(kind: str) -> str:
    return CONTENT_TYPES["page" if kind == "html" else kind]


def _prints(rows: Sequence[Row]) -> bytes:
    return "".join(one.fingerprint for one in rows).encode()
