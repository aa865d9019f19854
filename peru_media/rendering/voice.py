"""The language that a page speaks: its words, dates, lengths and sizes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from peru_media.rendering.theme import catalogues

__all__ = ["Voice", "direction", "voice_of", "voices_of"]

_MINUTE = 60
_LEFTWARDS = {"Adlm", "Arab", "Aran", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}
_KILOBYTE, _MEGABYTE = 1000, 1_000_000


@dataclass(frozen=True)
class Voice:
    """One language of the pages, and below which address it is spoken.

    What an episode says stays in the language that it was made in; this is the
    language of everything around it.

    Attributes:
        language: its tag, such as ``en-GB`` (BCP 47).
        prefix: of the addresses of its pages: empty, or such as ``/cy``.
    """

    language: str
    prefix: str = ""
    _locale: Locale = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        locale = Locale.parse(self.language, sep="-")
        object.__setattr__(self, "_locale", locale)

    @property
    def direction(self) -> str:
        """Which way its script runs: ``ltr`` or ``rtl``."""
        return direction(self.language)

    @property
    def own_name(self) -> str:
        """What its speakers call it: ``Cymraeg``."""
        name: str = self._locale.languages.get(self._locale.language, self.language)
        return name[:1].upper() + name[1:]

    @cached_property
    def words(self) -> NullTranslations:
        """The catalogue of its messages (gettext)."""
        return _catalogue(self.language.partition("-")[0])

    def text(self, message: str, **values: object) -> str:
        """Say a message of the interface, with the values that it names."""
        said = self.words.ugettext(message)
        return said % values if values else said

    def counted(self, one: str, many: str, number: int) -> str:
        """Say how many there are, as the language counts: ``%(num)s pages``."""
        said: str = self.words.ungettext(one, many, number)
        return said % {"num": self.number(number)}

    def path(self, address: str) -> str:
        """Where a page lies in this language."""
        return f"{self.prefix}{address}" if address != "/" else self.prefix or "/"

    def number(self, value: float) -> str:
        """Write a number: ``1,200``."""
        return format_decimal(value, locale=self._locale)

    def day(self, moment: datetime, zone: str) -> str:
        """Say a day as the clocks of a place show it: ``1 December 2026``."""
        return self.date(moment.astimezone(ZoneInfo(zone)).date())

    def date(self, day: date) -> str:
        """Say a date: ``1 December 2026``."""
        return format_date(day, "d MMMM y", locale=self._locale)

    def time(self, moment: datetime, zone: str) -> str:
        """Say a moment with its zone: ``Tuesday 1 December 2026 at 09:00 GMT``."""
        local = moment.astimezone(ZoneInfo(zone))
        return self.text(
            "%(day)s at %(time)s",
            day=format_date(local.date(), "EEEE d MMMM y", locale=self._locale),
            time=format_datetime(local, "HH:mm zzz", locale=self._locale),
        )

    def spoken(self, seconds: float) -> str:
        """Say a length: ``45 s``, ``5 min 12 s``, ``1 h 2 min``."""
        minutes, rest = divmod(max(1, round(seconds)), _MINUTE)
        hours, minutes_left = divmod(minutes, _MINUTE)
        said = (
            self.text("%(n)d h", n=hours) if hours else "",
            self.text("%(n)d min", n=minutes_left) if minutes_left else "",
            self.text("%(n)d s", n=rest) if rest and not hours else "",
        )
        return " ".join(part for part in said if part)

    def megabytes(self, size: int) -> str:
        """Say a size in bytes: ``17.3 MB``, ``320 kB``."""
        if size < _MEGABYTE:
            return self.text("%(number)s kB", number=max(1, round(size / _KILOBYTE)))
        number = format_decimal(size / _MEGABYTE, "#,##0.0", locale=self._locale)
        return self.text("%(number)s MB", number=number)


@cache
def direction(language: str) -> str:
    """Which way a language is written: ``ltr`` or ``rtl``; ``ltr`` where unknown.

    The script counts where the tag names one (BCP 47), such as ``pa-Arab``.
    """
    if _LEFTWARDS & {part.title() for part in language.split("-")[1:]}:
        return "rtl"
    for known in (language, language.partition("-")[0]):
        try:
            return Locale.parse(known, sep="-").text_direction
        except (UnknownLocaleError, ValueError):
            continue
    return "ltr"


@cache
def voice_of(language: str, prefix: str = "") -> Voice:
    """The voice of a language; made once, for reading a catalogue takes time."""
    return Voice(language, prefix)


def voices_of(languages: tuple[str, ...]) -> tuple[Voice, ...]:
    """The voices of a site: the first at the plain addresses, others below theirs."""
    return tuple(
        voice_of(language, f"/{language.partition('-')[0]}" if place else "")
        for place, language in enumerate(languages)
    )


@cache
def _catalogue(language: str) -> NullTranslations:
    written = catalogues().get(language)
    if written is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(written), locale=language))
    compiled.seek(0)
    return Translations(compiled)
