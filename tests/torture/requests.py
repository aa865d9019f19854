"""Requests that no honest client sends, as bytes."""

__all__ = ["HOST", "SPELLINGS", "TRICKS", "request"]

HOST = b"media.example.org"

_OWN = b"Host: media.example.org\r\nConnection: close\r\n"
_GET = b"GET / HTTP/1.1\r\n"
_POST = b"POST / HTTP/1.1\r\n"


def request(path: bytes, *, host: bytes = HOST, fields: bytes = b"") -> bytes:
    """A GET, with whatever header fields."""
    return b"GET %b HTTP/1.1\r\nHost: %b\r\n%b\r\n" % (path, host, fields)


TRICKS = {
    "no host": _GET + b"Connection: close\r\n\r\n",
    "a host that is none": _GET + b"Host: a b\r\n\r\n",
    "a host with a path": _GET + b"Host: evil.example/x\r\n\r\n",
    "a host with a name": _GET + b"Host: me@evil.example\r\n\r\n",
    "two hosts": _GET + _OWN + b"Host: evil.example\r\n\r\n",
    "an empty host": _GET + b"Host:\r\n\r\n",
    "a space before the colon": _GET + b"Host : x\r\nConnection: close\r\n\r\n",
    "a bare CR": _GET + _OWN + b"X: a\rSet-Cookie: b\r\n\r\n",
    "a folded field": _GET + _OWN + b"X: a\r\n b\r\n\r\n",
    "a NUL": _GET + _OWN + b"X: a\0b\r\n\r\n",
    "a field without a name": _GET + _OWN + b": y\r\n\r\n",
    "a name with a space": _GET + _OWN + b"X Y: z\r\n\r\n",
    "two lengths": _GET + _OWN + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a negative length": _GET + _OWN + b"Content-Length: -1\r\n\r\na",
    "a signed length": _GET + _OWN + b"Content-Length: +1\r\n\r\na",
    "a hexadecimal length": _GET + _OWN + b"Content-Length: 0x1\r\n\r\na",
    "an enormous length": _GET + _OWN + b"Content-Length: " + b"9" * 30 + b"\r\n\r\na",
    "length and chunks": _GET
    + _OWN
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": _POST
    + _OWN
    + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "chunks of who reads": _GET + _OWN + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks that are none": _GET
    + _OWN
    + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"GET / HTTP/1.0\r\n"
    + _OWN
    + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "64 KiB in one field": _GET + _OWN + b"X: " + b"y" * 65_536 + b"\r\n\r\n",
    "64 KiB in one name": _GET + _OWN + b"X" * 65_536 + b": y\r\n\r\n",
    "500 fields": _GET
    + _OWN
    + b"".join(b"X-%d: y\r\n" % n for n in range(500))
    + b"\r\n",
    "a long address": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + _OWN + b"\r\n",
    "a long query": b"GET /search?q="
    + b"a" * 60_000
    + b" HTTP/1.1\r\n"
    + _OWN
    + b"\r\n",
    "an address with a field": b"GET /\r\nX: y HTTP/1.1\r\nHost: x\r\n\r\n",
    "CRLF in an address": b"GET /%0d%0aX:%20y HTTP/1.1\r\n" + _OWN + b"\r\n",
    "NUL in an address": b"GET /%00 HTTP/1.1\r\n" + _OWN + b"\r\n",
    "bytes that are no text": b"GET /%ff%fe HTTP/1.1\r\n" + _OWN + b"\r\n",
    "another server's address": b"GET http://evil.example/x HTTP/1.1\r\n"
    + _OWN
    + b"\r\n",
    "a tunnel": b"CONNECT evil.example:80 HTTP/1.1\r\n" + _OWN + b"\r\n",
    "a trace": b"TRACE / HTTP/1.1\r\n" + _OWN + b"\r\n",
    "an upload": b"PUT /show HTTP/1.1\r\n" + _OWN + b"Content-Length: 1\r\n\r\na",
    "a method of its own": b"GETX / HTTP/1.1\r\n" + _OWN + b"\r\n",
    "another version": b"GET / HTTP/9.9\r\n" + _OWN + b"\r\n",
}

_WAYS_UP = (
    "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "..%00", "%c0%ae%c0%ae", "%252e%252e",
    "..;", "..%3b", "\\..", "%5c..", "\uff0e\uff0e", "\u202e..", "CON", "~about",
    "%u002e%u002e", "....", "..%20",
)  # fmt: skip
_SLASHES = ("/", "%2f", "%2F", "//", "%5c", "\\", "/./", "%252f", "\u2215", "%c0%af")
_ENDS = ("etc/passwd", "secret.txt")
_KEYS = (
    "current.json", "held/x", "state/shared/x", "releases/1.json", "secret.txt",
    ".git/config", "feeds/site.yaml", ".peru-media/store/current.json",
)  # fmt: skip
_OFF_SITE = (
    "//evil.example", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example/",
    "//evil.example/", "///evil.example/", "/\\/evil.example/", "/%09/evil.example/",
    "//evil.example/..;/", "/.evil.example/", "/@evil.example/", "//show/", "/\\show/",
    "//evil.example/show/", "/show//", "/%2fshow/", "/https:/evil.example/",
)  # fmt: skip

SPELLINGS = (
    *(
        f"/{start}{slash}{up}{slash}{up}{slash}{end}"
        for up in _WAYS_UP
        for slash in _SLASHES
        for start in ("", "show")
        for end in _ENDS
    ),
    *(f"/{up}/{key}" for up in _WAYS_UP for key in _KEYS),
    *(f"/{key}" for key in _KEYS),
    *_OFF_SITE,
)
