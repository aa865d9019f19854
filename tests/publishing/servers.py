"""What servers of a podcast can do wrong: for each rule of servers, a few ways."""

import gzip
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tests.fetching.loopback import Asked, Reply
from tests.stranger import PAGE, Change, Resource, picture

__all__ = ["FAULTS", "Fault"]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, and the one rule of servers that finds it.

    Attributes:
        says: words of the sentence. start: the path at which the feed is asked for.
        also: other rules of servers that it cannot help but break.
    """

    code: str
    says: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    others: Mapping[str, Resource] = field(default_factory=dict)
    edit: Callable[[str], str] = str
    start: str = "/feed.xml"
    also: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.code}-{self.says}"


def _with(**headers: str) -> Change:
    """Other headers than a good server sends; an empty one is not sent at all."""

    def change(_asked: Asked, reply: Reply) -> Reply:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        kept = {name: text for name, text in {**reply.headers, **named}.items() if text}
        return replace(reply, headers=kept)

    return change


def _always(reply: Reply) -> Change:
    return lambda _asked, _reply: reply


def _where(condition: Callable[[Asked], bool], reply: Reply) -> Change:
    """Another answer to some questions alone."""
    return lambda asked, good: reply if condition(asked) else good


def _no_head(asked: Asked) -> bool:
    return asked.method == "HEAD"


def _ranged(*starts: str) -> Callable[[Asked], bool]:
    spans = tuple(f"bytes={start}" for start in starts)
    return lambda asked: asked.headers.get("range", "").startswith(spans)


def _feed(code: str, says: str, change: Change, **more: object) -> Fault:
    return Fault(code=code, says=says, changes={"/feed.xml": change}, **more)  # type: ignore[arg-type]  # fields by name


def _media(code: str, says: str, change: Change, **more: object) -> Fault:
    return Fault(code=code, says=says, changes={"/first.mp3": change}, **more)  # type: ignore[arg-type]  # fields by name


def _at(path: str, code: str, says: str, change: Change, **more: object) -> Fault:
    return Fault(code=code, says=says, changes={path: change}, **more)  # type: ignore[arg-type]  # fields by name


def _picture(
    code: str, says: str, body: bytes, kind: str = "image/png", *also: str
) -> Fault:
    return Fault(
        code=code,
        says=says,
        others={"/cover.png": Resource(body=body, type=kind)},
        also=frozenset(also),
    )


def _words(code: str, says: str, body: bytes, kind: str = "text/vtt") -> Fault:
    return Fault(
        code=code, says=says, others={"/first.vtt": Resource(body=body, type=kind)}
    )


def _chapters(says: str, chapters: object) -> Fault:
    body = chapters if isinstance(chapters, bytes) else json.dumps(chapters).encode()
    kind = "application/json+chapters"
    return Fault(
        code="W5402",
        says=says,
        others={"/first.json": Resource(body=body, type=kind)},
    )


def _swap(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return edit


_PASSWORD = Reply(status=401, headers={"WWW-Authenticate": "Basic"})
_HTML = Reply(headers={"Content-Type": "text/html"}, body=PAGE)
_WHOLE = Reply(headers={"Content-Type": "audio/mpeg"}, body=bytes(100))
_MOVED = Reply(status=302, headers={"Location": "/feed.xml"})
_MP4 = b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(2000)


_CMYK = picture(mode="CMYK", form="JPEG")
_BACKWARDS = b"WEBVTT\n\n00:09.000 --> 00:01.000\nHello.\n"
_SEGMENT = b'{"version": "1.0.0", "segments": [{"startTime": 9, "endTime": 1}]}'
_DESCENDING = [{"startTime": 5}, {"startTime": 4}]


def _part(told: str, body: bytes, status: int = 206) -> Reply:
    return Reply(status=status, headers={"Content-Range": told}, body=body)


def _short_middle(asked: Asked, reply: Reply) -> Reply:
    """The middle with all its headers, and one byte of it."""
    span = asked.headers.get("range", "bytes=0")
    if reply.status != 206 or span.startswith(("bytes=0", "bytes=-")):
        return reply
    return replace(reply, body=b"x")


def _beyond(asked: Asked) -> bool:
    return asked.headers.get("range", "").endswith("-")


def _unpacked(_asked: Asked, reply: Reply) -> Reply:
    if "Content-Encoding" not in reply.headers:
        return reply
    headers = {k: v for k, v in reply.headers.items() if k != "Content-Encoding"}
    return replace(reply, headers=headers, body=gzip.decompress(reply.body))


def _leading_to(url: str) -> Callable[[str], str]:
    return lambda text: re.sub(r'enclosure url="[^"]*"', f'enclosure url="{url}"', text)


def _conditional(name: str) -> Change:
    return _where(lambda asked: name in asked.headers, Reply())


_NO_TAGS = {"E5003", "W5009", "I5012"}
_CHALLENGE = Reply(status=403, headers={"cf-mitigated": "challenge"}, body=PAGE)
_OF_FEED = (
    _feed("E5001", "asks for a password", _always(_PASSWORD)),
    _feed("E5001", "answers 503 (Service Unavailable)", _always(Reply(status=503))),
    _feed("E5001", "answers 799", _always(Reply(status=799))),
    _feed("E5002", "answers 405", _where(_no_head, Reply(status=405))),
    _feed("E5003", "answers 200 with all", _where(_ranged("0-1"), _WHOLE)),
    _feed("W5004", '"text/plain"', _with(Content_Type="text/plain")),
    _feed("W5004", "nothing in Content-Type", _with(Content_Type="")),
    _feed("W5005", "no charset", _with(Content_Type="text/xml")),
    _feed("W5006", '"latin-1"', _with(Content_Type="text/xml; charset=latin-1")),
    _feed("W5006", '"odd"', _with(Content_Type='text/xml; charset="odd"')),
    _feed("W5007", "not compressed", _unpacked),
    _feed("W5008", "web page comes", _always(_HTML), also=frozenset(_NO_TAGS)),
    _feed("W5008", '"challenge" for', _always(_CHALLENGE), also=frozenset({"E5001"})),
    _feed("W5009", "says nothing", _with(Access_Control_Allow_Origin="")),
    _feed("W5009", '"https://a.b"', _with(Access_Control_Allow_Origin="https://a.b")),
    Fault(code="W5010", says="/other.xml", edit=_swap("feed.xml", "other.xml")),
    Fault(
        code="W5011",
        says='answers 302, to "/feed.xml"',
        changes={"/moved": _always(_MOVED)},
        start="/moved",
    ),
    _feed("I5012", "neither ETag", _with(ETag="", Last_Modified="")),
    _feed("I5012", "by ETag", _conditional("if-none-match")),
    _feed("I5012", "by Last-Modified", _conditional("if-modified-since")),
)
_OF_MEDIA = (
    _media("E5101", "answers 404", _always(Reply(status=404))),
    _media("E5101", "asks for a password", _always(_PASSWORD)),
    Fault(
        code="E5101",
        says="may not be visited",
        edit=_leading_to("http://169.254.169.254/first.mp3"),
    ),
    _media("E5102", "answers 405", _where(_no_head, Reply(status=405))),
    _media("E5103", "answers 200 with all", _where(_ranged("0-1"), _WHOLE)),
    _media("E5103", "answers 500", _where(_ranged("0-1"), Reply(status=500))),
    _media(
        "E5103", '"bytes 0-1/x"', _where(_ranged("0-1"), _part("bytes 0-1/x", b"ID"))
    ),
    _media("E5104", "answers 200 with all", _where(_ranged("-"), _WHOLE)),
    _media(
        "E5104",
        '"bytes 0-127/500" in',
        _where(_ranged("-"), _part("bytes 0-127/500", bytes(128))),
    ),
    _media("E5104", "1 bytes come in place of", _short_middle),
    _media("W5105", "answers 200", _where(_beyond, Reply())),
    _media("W5105", '"bytes */*"', _where(_beyond, _part("bytes */*", b"", 416))),
    _media("E5106", 'comes as "audio/ogg"', _with(Content_Type="audio/ogg")),
    _media("E5106", "comes as nothing", _with(Content_Type="")),
    Fault(
        code="E5107",
        says="but the feed says 77",
        edit=lambda text: re.sub(r'length="\d+"', 'length="77"', text),
    ),
    _media(
        "E5108",
        "a web page comes",
        _always(_HTML),
        also=frozenset({"E5103", "E5107", "I5111"}),
    ),
    Fault(
        code="W5109",
        says="begins like audio/x-m4a",
        others={"/first.mp3": Resource(body=_MP4, type="audio/mpeg")},
        edit=lambda text: re.sub(r'length="\d+"', f'length="{len(_MP4)}"', text),
    ),
    _media("W5110", "nothing in Accept-Ranges", _with(Accept_Ranges="")),
    _media("I5111", "closed to pages", _with(Access_Control_Allow_Origin="")),
    _media("I5111", "hides its", _with(Access_Control_Expose_Headers="ETag")),
)
_JPEG = picture(form="JPEG")
_OF_ARTWORK = (
    _at("/cover.png", "E5201", "answers 410 (Gone)", _always(Reply(status=410))),
    _at("/cover.png", "E5202", "answers 501", _where(_no_head, Reply(status=501))),
    _at("/cover.png", "E5203", "answers 200", _where(_ranged("0-1"), _WHOLE)),
    _picture("E5204", "It is a GIF picture", picture(form="GIF"), "image/gif"),
    _picture("E5204", "damaged or cut short", picture()[:900]),
    _picture("E5204", "It is text/html.", PAGE),
    _picture("E5205", "1400 x 1500 pixels, and not square", picture((1400, 1500))),
    _picture("E5206", "1399 x 1399 pixels, too small", picture((1399, 1399))),
    _picture("E5206", "3001 x 3001 pixels, too large", picture((3001, 3001))),
    _picture("E5207", "has shades of grey", picture(mode="L")),
    _picture("E5207", "made for print", _CMYK, "image/jpeg", "E5209"),
    _picture("W5208", "transparent", picture(mode="RGBA")),
    _picture(
        "E5209", 'really a .jpg file, but its name ends in ".png"', _JPEG, "image/jpeg"
    ),
    _picture("W5210", 'but comes as "image/jpeg"', picture(), "image/jpeg"),
)
_OF_COMPANIONS = (
    _at("/first.vtt", "W5301", "answers 404", _always(Reply(status=404))),
    _words("W5302", "is text/plain, but the feed says", b"Just words."),
    _words("W5302", "is no text that can be read: It is not UTF-8", b"WEBVTT\n\xff"),
    _words("W5302", "is no text that can be read: It is image/png", picture()),
    _words("W5302", "times that cannot be, line 3", _BACKWARDS),
    Fault(
        code="W5302",
        says="times that cannot be, segment 1",
        others={"/first.vtt": Resource(body=_SEGMENT, type="application/json")},
        edit=_swap('"text/vtt"', '"application/json"'),
    ),
    _words("W5302", "no words with their times", b"WEBVTT\n"),
    _at(
        "/first.vtt", "W5303", 'comes as "text/plain"', _with(Content_Type="text/plain")
    ),
    _at(
        "/first.vtt", "W5304", "says nothing in", _with(Access_Control_Allow_Origin="")
    ),
    _at("/first.json", "W5401", "answers 404", _always(Reply(status=404))),
    _chapters("is not JSON", b"{"),
    _chapters('no list of "chapters"', {"version": "1.2.0"}),
    _chapters('"version"', {"chapters": []}),
    _chapters("It has no chapter.", {"version": "1.2.0", "chapters": []}),
    _chapters("Chapter 1 has no", {"version": "1.2.0", "chapters": ["x"]}),
    _chapters("Chapter 2 begins", {"version": "1", "chapters": _DESCENDING}),
    _at("/first.json", "W5403", 'as "text/plain"', _with(Content_Type="text/plain")),
    _at(
        "/first.json", "W5404", "says nothing in", _with(Access_Control_Allow_Origin="")
    ),
    _at("/first", "W5501", "answers 404", _always(Reply(status=404))),
    _at("/", "W5501", 'comes as "text/plain"', _with(Content_Type="text/plain")),
)
FAULTS = (*_OF_FEED, *_OF_MEDIA, *_OF_ARTWORK, *_OF_COMPANIONS)
