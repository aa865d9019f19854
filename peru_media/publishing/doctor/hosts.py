"""Do the hosts of media answer as apps, browsers and players on other sites need?

There are up to two: the media's own address, for what is public, and the bucket's,
for signed addresses. Each is asked for a scratch that lies there for a moment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from peru_media.errors import FetchError
from peru_media.ports import Address, Answer
from peru_media.publishing.doctor.patient import Patient
from peru_media.publishing.doctor.rights import MEDIUM, Scratch
from peru_media.publishing.doctor.rows import Row, fail, ok, warn

__all__ = ["about_hosts"]

_PLAYER = "https://player.example"
_EXPOSED = ("content-range", "content-length", "accept-ranges")
_SIGNED_FOR = timedelta(minutes=5)
_OK, _PART = 200, 206
_LIMIT = 2**20
_FACTS = ("content-length", "content-type")
_CORS = "docs/storage.md#players-on-other-sites"
_FRONT = "docs/storage.md#the-address-of-media"
_TOTAL = re.compile(r"bytes 0-1/(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Host:
    """One host, and a scratch that it should give out.

    ``signed`` addresses are made for GET alone, so HEAD is not asked there.
    """

    name: str
    url: str
    body: bytes
    signed: bool


def about_hosts(patient: Patient, scratch: Scratch) -> Iterator[Row]:
    """Ask each host for a scratch: whole, in part, and as a page of another site."""
    for host in _hosts(patient, scratch):
        try:
            yield _whole(patient, host)
            yield _ranges(patient, host)
            yield _cors(patient, host)
        except FetchError as error:
            about = "signed" if host.signed else "open"
            yield fail(about, f"{error}", "let it be reached from outside", _FRONT)
    yield from _assets(patient, scratch)


def _hosts(patient: Patient, scratch: Scratch) -> Iterator[_Host]:
    media, key = patient.target.field.media_base_url, scratch.key("public/")
    if media is not None and key in scratch.kept:
        url, body = f"{media.rstrip('/')}/{key}", scratch.kept[key]
        yield _Host(name=media, url=url, body=body, signed=False)
    key = scratch.key("held/")
    if patient.inspector is not None and key in scratch.kept:
        located = patient.store.locate(key, valid_for=_SIGNED_FOR)
        if isinstance(located, Address):
            body = scratch.kept[key]
            yield _Host(name="the bucket", url=located.url, body=body, signed=True)


def _whole(patient: Patient, host: _Host) -> Row:
    """The bytes, their length and their type, and no coding that was not stored."""
    about = "signed" if host.signed else "open"
    answer = _ask(patient, "GET", host.url)
    if answer.status != _OK or answer.body != host.body:
        return _refused(about, host, answer)
    head = answer if host.signed else _ask(patient, "HEAD", host.url)
    if fault := _head_fault(head, host):
        return fail(
            about,
            f"{host.name}: {fault}",
            "let whatever stands before the bucket hand its answers on as they are",
            _FRONT,
        )
    what = "signed addresses work" if host.signed else "public media can be fetched"
    return ok(about, f"{host.name}: {what}, with length and type")


def _refused(about: str, host: _Host, answer: Answer) -> Row:
    if host.signed:
        return fail(
            about,
            f"{host.name} does not give out what an address was signed for "
            f"({answer.status})",
            "see that endpoint: is the address that listeners can reach",
            _FRONT,
        )
    return fail(
        about,
        f"{host.name} does not give out public media ({answer.status})",
        "let everybody read public/ there, and see that media_base_url: leads to "
        "the same folder of the bucket as store:",
        _FRONT,
    )


def _head_fault(head: Answer, host: _Host) -> str:
    said = {name: head.headers.get(name, "nothing") for name in _FACTS}
    coding = head.headers.get("content-encoding", "identity")
    faults = (
        (head.status != _OK, f"HEAD answers {head.status}, not 200"),
        (
            said["content-length"] != str(len(host.body)),
            f"it says {said['content-length']} in place of {len(host.body)} bytes",
        ),
        (
            said["content-type"] != MEDIUM,
            f"it says {said['content-type']} in place of {MEDIUM}, as it is stored",
        ),
        (coding != "identity", f"it is sent as {coding}, which was not stored"),
    )
    return next((fault for wrong, fault in faults if wrong), "")


def _ranges(patient: Patient, host: _Host) -> Row:
    """Parts of a medium, for players that jump (RFC 9110, 14)."""
    answer = _ask(patient, "GET", host.url, {"range": "bytes=0-1"})
    told = _TOTAL.fullmatch(answer.headers.get("content-range", ""))
    right = told is not None and int(told[1]) == len(host.body)
    if answer.status == _PART and right and answer.body == host.body[:2]:
        return ok("ranges", f"{host.name}: parts can be fetched, so players can jump")
    return fail(
        "ranges",
        f"{host.name}: a range answers {answer.status}, so nobody can jump in a "
        "recording, and Apple refuses the feed",
        "let whatever stands before the bucket hand on Range and Content-Range",
        _FRONT,
    )


def _cors(patient: Patient, host: _Host) -> Row:
    """May a page of another site read it (CORS)? Its players need lengths, too."""
    told = _ask(patient, "GET", host.url, {"origin": _PLAYER}).headers
    if told.get("access-control-allow-origin") not in {"*", _PLAYER}:
        return warn(
            "cors",
            f"{host.name}: players on other sites may not read media",
            "let every origin GET and HEAD, in the bucket's rules of CORS",
            _CORS,
        )
    exposed = told.get("access-control-expose-headers", "").lower()
    hidden = [name for name in _EXPOSED if name not in exposed and exposed != "*"]
    if hidden:
        return warn(
            "cors",
            f"{host.name}: players on other sites do not see {', '.join(hidden)}",
            "name them under ExposeHeaders in the bucket's rules of CORS",
            _CORS,
        )
    return _preflight(patient, host)


def _preflight(patient: Patient, host: _Host) -> Row:
    """What browsers ask before they ask for a part."""
    asked = {
        "origin": _PLAYER,
        "access-control-request-method": "GET",
        "access-control-request-headers": "range",
    }
    answer = _ask(patient, "OPTIONS", host.url, asked)
    allowed = answer.headers.get("access-control-allow-headers", "").lower()
    if answer.status // 100 == 2 and ("range" in allowed or allowed == "*"):  # noqa: PLR2004  # success
        return ok("cors", f"{host.name}: players on other sites can read media")
    return warn(
        "cors",
        f"{host.name}: players on other sites may not ask for a part",
        'let AllowedHeaders be "*" in the bucket\'s rules of CORS',
        _CORS,
    )


def _assets(patient: Patient, scratch: Scratch) -> Iterator[Row]:
    media, key = patient.target.field.media_base_url, scratch.key("assets/")
    if media is None or key not in scratch.kept:
        return
    answer = _ask(patient, "GET", f"{media.rstrip('/')}/{key}")
    if answer.status != _OK or answer.body != scratch.kept[key]:
        yield warn(
            "assets",
            f"{media} does not give out pictures ({answer.status})",
            "let everybody read assets/ there",
            _FRONT,
        )


def _ask(
    patient: Patient, method: str, url: str, headers: Mapping[str, str] | None = None
) -> Answer:
    fields = {"cache-control": "no-cache", "accept-encoding": "gzip"}
    return patient.fetcher.request(
        method, url, headers={**fields, **(headers or {})}, limit=_LIMIT
    )
