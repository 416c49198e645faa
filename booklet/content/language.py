"""What is known of a language: which way it runs, how it counts and how it writes a day.

All of it is CLDR's, by Babel.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, get_month_names

Direction = Literal["ltr", "rtl"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_COUNTED = range(201)
"""Enough to meet every category of every language in CLDR among whole numbers people read."""
_NUMBERS_SHOWN = 4
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Language:
    """A language, with the place it is spoken in where that is said: `cy`, `en-GB`, `ar`."""

    tag: str

    @property
    def code(self) -> str:
        """The language without its place."""
        return self.tag.split("-")[0].lower()

    @property
    def name(self) -> str:
        """Its name in English."""
        return str(_locale(self.tag).get_display_name("en"))

    @property
    def script(self) -> str:
        """The script it is written in, by ISO 15924.

        >>> [Language(tag).script for tag in ("en-GB", "ar", "pa-Arab")]
        ['Latn', 'Arab', 'Arab']
        """
        locale = _locale(self.tag)
        likely = get_global("likely_subtags").get(locale.language, "und_Latn")
        return str(locale.script or likely.split("_")[1])

    @property
    def direction(self) -> Direction:
        """Which way its lines run."""
        return "rtl" if _locale(self.tag).text_direction == "rtl" else "ltr"

    def day(self, when: date) -> str:
        """A day in words, in the order of the language, with the digits 0 to 9.

        >>> Language("en-GB").day(date(2018, 8, 6)), Language("cy").day(date(2018, 8, 6))
        ('6 August 2018', '6 Awst 2018')
        """
        return str(format_date(when, "long", locale=_locale(self.tag)))

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months as they stand in dates."""
        return tuple(get_month_names("wide", "format", _locale(self.tag)).values())

    def category(self, count: int) -> str:
        """The plural category of a whole number: zero, one, two, few, many or other.

        >>> [Language("ar").category(count) for count in (0, 1, 2, 3, 11, 100)]
        ['zero', 'one', 'two', 'few', 'many', 'other']
        """
        return str(_locale(self.tag).plural_form(count))

    @property
    def categories(self) -> dict[str, tuple[int, ...]]:
        """Each plural category the language has in CLDR's order, with the first numbers of it."""
        ordered = sorted(_COUNTED, key=lambda count: _CATEGORIES.index(self.category(count)))
        found = groupby(ordered, self.category)
        return {name: tuple(counts)[:_NUMBERS_SHOWN] for name, counts in found}


ENGLISH = Language("en-GB")


def language_of(tag: str) -> Language | None:
    """The language a tag names; `None` where CLDR does not know it."""
    try:
        return Language(tag) if _TAG.fullmatch(tag) and _locale(tag) else None
    except (ValueError, UnknownLocaleError):
        return None


def runs_left(text: str) -> bool:
    """Whether some letter of a text runs from right to left.

    >>> runs_left("NHS 111"), runs_left("في 2026")
    (False, True)
    """
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in set(text))


def direction_of(words: str) -> Direction | None:
    """Which way words run by their first letter; `None` where they have none.

    Rules P2 and P3 of the Unicode Bidirectional Algorithm (UAX #9).

    >>> direction_of("30 mg"), direction_of("3 أيام"), direction_of("020 7946 0002")
    ('ltr', 'rtl', None)
    """
    for sign in words:
        if direction := _STRONG.get(unicodedata.bidirectional(sign)):
            return direction
    return None


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")
