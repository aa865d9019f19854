"""Do listeners get the live release at the site's public address?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from peru_media.errors import FetchError, UnreachableError
from peru_media.model.release import Root, Version, version_at
from peru_media.ports import Answer
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rows import Row, fail, ok, warn
from peru_media.publishing.enclosure_answers import head_faults, range_faults
from peru_media.publishing.live import Live
from peru_media.publishing.seen import FeedEnclosure

__all__ = ["about_address"]

_LARGEST_FEED = 512 * 2**20
_LARGEST_PART = 64 * 2**10
_MEDIA = 6
_NEAR = timedelta(seconds=15)
_FRESH = {"cache-control": "no-cache"}
_SECONDS = re.compile(r"(max-age|stale-while-revalidate)=(\d{1,9})")
_DOCS = "docs/doctor.md#the-public-address"
_OK = 200


def about_address(patient: Patient, live: Live) -> Iterator[Row]:
    """Ask for every feed and some media, as an app would; compare with the release."""
    if live.root is None:
        return
    base = patient.target.base_url
    try:
        patient.fetcher.request("HEAD", f"{base}/", headers=_FRESH)
    except UnreachableError:
        yield _nobody(patient)
        return
    except FetchError as error:
        yield fail("served", str(error), "see what stands before the server", _DOCS)
        return
    yield ok("served", f"a server answers at {base}")
    tables = live.tables().values()
    known = {path: held for table in tables for path, held in table.items()}
    yield from _feeds(_Look(patient, live.root, _now(patient, live)), known)
    yield from _media(patient, known, _now(patient, live))


def _nobody(patient: Patient) -> Row:
    base = patient.target.base_url
    if patient.target.here:
        return warn("served", f"nobody answers at {base}", "make start")
    return fail(
        "served",
        f"nobody answers at {base}",
        "start a server: peru-media serve, and see that the name leads to it",
        _DOCS,
    )


def _now(patient: Patient, live: Live) -> datetime:
    """The servers' time is the store's, not this computer's."""
    return live.date or patient.clock.now()


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the feeds of a release, at a moment of the store's time."""

    patient: Patient
    root: Root
    now: datetime

    def fault(self, path: str, versions: tuple[Version, ...]) -> str:
        """Say what is wrong with the feed at a path; empty where it is as it should."""
        url = f"{self.patient.target.base_url}{path}"
        try:
            answer = self.patient.fetcher.request(
                "GET", url, headers=_FRESH, limit=_LARGEST_FEED
            )
        except FetchError as error:
            return str(error)
        if answer.status != _OK:
            return f"{url} answers {answer.status}"
        return self._of_answer(url, answer, versions)

    def _of_answer(
        self, url: str, answer: Answer, versions: tuple[Version, ...]
    ) -> str:
        got = sha256(answer.body).hexdigest()
        shown = answer.headers.get("x-release", str(self.root.number))
        current = got in self._due(versions) and shown == str(self.root.number)
        if current or _is_lawful_copy(answer):
            return ""
        if shown != str(self.root.number):
            return f"{url} is of release {shown}, not of {self.root.number}"
        if got in {version.sha256 for version in versions}:
            return f"{url} is not what is due now: its server's time is another"
        return f"{url} is not what release {self.root.number} says"

    def _due(self, versions: tuple[Version, ...]) -> set[str]:
        """What it may answer just now, within some seconds of turning."""
        moments = (self.now - _NEAR, self.now, self.now + _NEAR)
        due = (version_at(versions, moment) for moment in moments)
        return {version.sha256 for version in due if version}


def _is_lawful_copy(answer: Answer) -> bool:
    """Whether a cache may still hand out what it has (RFC 9111, RFC 5861)."""
    age = answer.headers.get("age", "")
    spans = _SECONDS.findall(answer.headers.get("cache-control", ""))
    return age.isdecimal() and 0 < int(age) <= sum(int(span) for _, span in spans)


def _feeds(look: _Look, known: Mapping[str, tuple[Version, ...]]) -> Iterator[Row]:
    held = {path: version_at(versions, look.now) for path, versions in known.items()}
    paths = [
        path
        for path, version in held.items()
        if path.endswith("feed.xml") and version and version.key
    ]
    faults = [
        fault for path in sorted(paths) if (fault := look.fault(path, known[path]))
    ]
    for fault in faults:
        yield fail(
            "feeds",
            fault,
            "start the server again; where something caches in front of it, let it "
            "obey Cache-Control, and empty it",
            _DOCS,
        )
    if paths and not faults:
        yield ok(
            "feeds",
            f"{_counted(len(paths), 'feed')} as release {look.root.number} says",
        )


def _media(
    patient: Patient, known: Mapping[str, tuple[Version, ...]], now: datetime
) -> Iterator[Row]:
    """Ask for a few media: some that anybody may have, and some that are held."""
    base, chosen = patient.target.base_url, _chosen(known, now)
    faults = []
    for path, version in chosen.items():
        kind = version.type.partition(";")[0]
        medium = FeedEnclosure(url=base + path, length=str(version.size), type=kind)
        faults += list(_faults(patient, medium))
    for fault in faults:
        yield fail(
            "media",
            fault,
            "see what stands before server and bucket: it must hand on HEAD, Range, "
            "Content-Length and Content-Type as they are",
            _DOCS,
        )
    if chosen and not faults:
        number = _counted(len(chosen), "medium")
        yield ok("media", f"{number} asked for: right length, type and ranges")


def _chosen(
    known: Mapping[str, tuple[Version, ...]], now: datetime
) -> dict[str, Version]:
    found: dict[str, list[tuple[str, Version]]] = {"public": [], "held": []}
    for path, versions in sorted(known.items()):
        version = version_at(versions, now)
        if version and version.key and version.cache == "media":
            found.setdefault(version.key.partition("/")[0], []).append((path, version))
    return dict(pair for some in found.values() for pair in some[: _MEDIA // 2])


def _faults(patient: Patient, medium: FeedEnclosure) -> Iterator[str]:
    try:
        ask = patient.fetcher.request
        head = ask("HEAD", medium.url, headers=_FRESH, limit=_LARGEST_PART)
        yield from head_faults(head, medium)
        fields = {**_FRESH, "range": "bytes=0-1"}
        part = ask("GET", medium.url, headers=fields, enough=2)
        yield from range_faults(part, medium)
    except FetchError as error:
        yield str(error)


def _counted(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {'media' if noun == 'medium' else noun + 's'}"
