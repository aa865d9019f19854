"""Single values: dates, addresses, e-mail, languages, numbers, and words for people."""

import html
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from tests.judges.document import Element
from tests.judges.finding import Findings, error, warning

__all__ = [
    "address",
    "duration",
    "full_link",
    "integer",
    "language",
    "mail_address",
    "mail_with_name",
    "media_type",
    "not_blank",
    "one_of",
    "plain_words",
    "rfc822_date",
    "rfc3339_date",
    "web_link",
]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_RFC2822 = re.compile(
    r"(?:(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?P<year>\d{4}) "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d\d[0-5]\d|UT|GMT|[ECMP][SD]T|Z)"
)
_RFC822 = re.compile(
    r"(?:[a-z]{3}\s*,\s*)?\d{1,2}\s+[a-z]{3}\s+\d\d(?:\d\d)?\s+\d\d:\d\d(?::\d\d)?"
    r"\s+(?:[+-]\d{4}|[a-z]{1,3})?",
    re.IGNORECASE,
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9;/?:@&=+$.\-_!~*'()%,#\[\]]+")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+")
_NAMED_MAIL = re.compile(r"\S+@\S+ \([^()]+\)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:\s*;\s*[\w.-]+=(?:\"[^\"]*\"|[\w.-]+))*")
_DURATION = re.compile(r"\d+(?::[0-5]\d(?::[0-5]\d)?)?")
_END_TAG = re.compile(
    r"</(?:a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|i|li|ol|p|pre|"
    r"script|small|span|strong|style|sub|sup|table|td|tr|u|ul)\s*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(#x?[0-9A-Fa-f]+|\w+);")
_OLDEST = 1990
_SOON = timedelta(minutes=10)


def rfc822_date(element: Element, text: str, *, now: datetime) -> Findings:
    line, where = element.line, f"{element.name}: {text!r}"
    found = _RFC2822.fullmatch(text)
    if found is None:
        loose = _RFC822.fullmatch(text.strip())
        code = "ProblematicalRFC822Date" if loose else "InvalidRFC2822Date"
        yield (warning if loose else error)(code, line, where)
        return
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        yield error("InvalidRFC2822Date", line, where)
        return
    if found["day"] and _DAYS[moment.weekday()] != found["day"]:
        yield error("IncorrectDOW", line, where)
    yield from _plausible(element, moment, now=now)


def rfc3339_date(element: Element, text: str, *, now: datetime) -> Findings:
    try:
        moment = datetime.fromisoformat(text) if _RFC3339.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        yield error("InvalidRFC3339Date", element.line, f"{element.name}: {text!r}")
    else:
        yield from _plausible(element, moment, now=now)


def _plausible(element: Element, moment: datetime, *, now: datetime) -> Findings:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if aware.year < _OLDEST or aware > now + _SOON:
        yield warning("ImplausibleDate", element.line, f"{element.name}: {moment}")


def address(element: Element, text: str) -> Findings:
    """Any URI with a scheme, none of its characters wild."""
    where = f"{element.name}: {text!r}"
    if _PERCENT.search(text):
        yield error("InvalidUriChar", element.line, where)
    elif not _URI.fullmatch(text):
        wild = re.search(r"[\x00-\x20<>\"\\^`{|}]", text)
        code = "InvalidUriChar" if wild else "InvalidFullLink"
        yield error(code if text.isascii() else "UriNotIri", element.line, where)


def full_link(element: Element, text: str) -> Findings:
    """A URI that leads somewhere: where it is of the web, it has a host."""
    faults = list(address(element, text))
    yield from faults
    web = text.startswith(("http:", "https:", "ftp:"))
    whole = text.partition(":")[2].startswith("//") and _host(text)
    if web and not faults and not whole:
        yield error("InvalidFullLink", element.line, f"{element.name}: {text!r}")


def web_link(
    element: Element, text: str, *, code: str = "InvalidURLAttribute"
) -> Findings:
    """A URL of the web; the host is as it goes over the wire."""
    if list(full_link(element, text)) or not _of_the_web(text):
        yield error(code, element.line, f"{element.name}: {text!r}")
    elif urlsplit(text).netloc != urlsplit(text).netloc.lower():
        yield warning("NonCanonicalURI", element.line, f"{element.name}: {text!r}")


def _of_the_web(text: str) -> bool:
    web = text.startswith(("http:", "https:"))
    return web and _HOST.fullmatch(_host(text)) is not None


def _host(text: str) -> str:
    """The host of an address; none where it has none that could be."""
    try:
        return urlsplit(text).hostname or ""
    except ValueError:  # such as an open bracket
        return ""


def mail_address(element: Element, text: str) -> Findings:
    if not _MAIL.fullmatch(text):
        yield error("InvalidContact", element.line, f"{element.name}: {text!r}")


def mail_with_name(element: Element) -> Findings:
    text = element.text.strip()
    mail = text.partition(" ")[0]
    yield from mail_address(element, mail)
    if not _NAMED_MAIL.fullmatch(text):
        code = "EmailFormat" if " " in text else "MissingRealName"
        yield warning(code, element.line, f"{element.name}: {text!r}")


def language(element: Element, text: str) -> Findings:
    if not _LANGUAGE.fullmatch(text):
        yield error("InvalidLanguage", element.line, f"{element.name}: {text!r}")


def media_type(element: Element, text: str) -> Findings:
    if not _MEDIA_TYPE.fullmatch(text):
        yield error("InvalidMIMEType", element.line, f"{element.name}: {text!r}")


def duration(element: Element, text: str) -> Findings:
    if not _DURATION.fullmatch(text):
        yield error("InvalidDuration", element.line, f"{element.name}: {text!r}")


def integer(
    element: Element, text: str, *, least: int = 0, code: str | None = None
) -> Findings:
    usual = "InvalidPositiveInteger" if least else "InvalidNonNegativeInteger"
    if not re.fullmatch(r"[0-9]+", text) or int(text) < least:
        yield error(code or usual, element.line, f"{element.name}: {text!r}")


def one_of(element: Element, text: str, allowed: set[str], *, code: str) -> Findings:
    if text not in allowed:
        yield error(code, element.line, f"{element.name}: {text!r}")


def not_blank(element: Element, *, code: str = "NotBlank") -> Findings:
    if not element.text.strip():
        yield warning(code, element.line, f"{element.name} is empty")


def plain_words(element: Element, text: str, *, limit: int | None = None) -> Findings:
    """Words without mark-up, which many apps would show as it stands."""
    if _END_TAG.search(text) or any(
        html.unescape(found[0]) != found[0] for found in _ENTITY.finditer(text)
    ):
        yield warning("ContainsHTML", element.line, f"{element.name}: {text[:60]!r}")
    if limit is not None and len(text) > limit:
        what = f"{element.name} has {len(text)} characters, over {limit}"
        yield error("TooLong", element.line, what)
