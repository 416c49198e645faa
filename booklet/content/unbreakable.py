"""Pieces of information that stay on one line and keep their own direction, as HTML."""

import re
from functools import cache, lru_cache

from markupsafe import Markup, escape

from booklet.content.language import ENGLISH, Language, direction_of

_ENGLISH_UNITS = "mg|g|kg|ml|mm|cm|hours?|days?|weeks?|months?|years?|pages?|pt|points?"
_ANY_UNIT = r"[^\W\d_]{1,12}"
_METRIC = "mg|mcg|g|kg|ml|l|mm|cm"
_GAP = "[ \u00a0\u2009\u202f]"  # Spaces of all widths that stand in numbers and before units
_POINT = "[.,:/\u066b\u066c]"  # Points, and those of Arabic figures
_START = rf"(?<!\d)(?<!\d{_POINT})(?<!\d[–-])"
"""Not amid a number: set apart from "37.", the "5 mg" would stand to its left in Arabic."""
_DIGITS = rf"\d+(?:{_POINT}\d+)*"
_NUMBER = rf"{_START}(?:(?<!\w)[+−-])?{_DIGITS}(?:[–-]{_DIGITS})?"
_IN_EVERY_PIECE = re.compile(r"[\d-]")
_TURNED_ROUND = (
    rf"|{_NUMBER}{_GAP}?(?:°[CF]?|%)"
    rf"|(?<!\w)[+−£$€-]{_DIGITS}(?:–{_DIGITS})?|{_START}{_DIGITS}–{_DIGITS}"
)
"""What letters from right to left would turn round: behind Arabic letters "5%" is seen as "%5"."""


@lru_cache(maxsize=4096)  # a text is printed in every size
def kept_whole(text: str, language: Language) -> Markup:
    """Plain text with the pieces that may not break over a line marked.

    A piece that runs the other way than the language does, such as a telephone number in Arabic,
    says so: no letter around it can turn its groups round.

    >>> kept_whole("about 3 in 10 people", Language("en-GB"))
    Markup('about <span class="keep">3 in 10</span> people')
    >>> kept_whole("020 7946 0002", Language("ar"))
    Markup('<span class="keep" dir="ltr">020 7946 0002</span>')
    >>> kept_whole("37.5 mg", Language("ar")), kept_whole("38 °C", Language("ar"))
    (Markup('<span class="keep" dir="ltr">37.5 mg</span>'), \
Markup('<span class="keep" dir="ltr">38 °C</span>'))
    >>> kept_whole("6 August 2026", Language("cy"))
    Markup('<span class="keep">6 August 2026</span>')
    """
    return marked_whole(text, language)


def marked_whole(text: str, language: Language) -> Markup:
    """The same of words that are somebody's own: nothing of them is remembered."""
    if not _IN_EVERY_PIECE.search(text):
        return escape(text)
    pieces = _kept(language).split(text)
    html = Markup('<span class="keep"{}>{}</span>')
    # What is split stands between what splits it: every second piece is kept whole.
    pieces[1::2] = (html.format(turned(piece, language), piece) for piece in pieces[1::2])
    return Markup("").join(pieces)


def abbreviation(short: str, full: str, language: Language) -> Markup:
    """An abbreviation that says its full words."""
    html = Markup('<abbr class="keep" title="{}"{}>{}</abbr>')
    return html.format(full, turned(short, language), short)


def said_in(words: str, other: Language, language: Language) -> Markup:
    """Words on a page in a language; those in another say so, and keep their own direction.

    >>> said_in("day and night", Language("en"), Language("ar"))
    Markup('<span lang="en" dir="ltr">day and night</span>')
    """
    if other == language:
        return escape(words)
    turn = f' dir="{other.direction}"' if other.direction != language.direction else ""
    return Markup('<span lang="{}"{}>{}</span>').format(other.tag, Markup(turn), words)


def turned(words: str, language: Language) -> Markup:
    """The attribute for words that run another way than the language; empty where they do not.

    Numbers without a letter run from left to right in every language.
    """
    direction = direction_of(words) or "ltr"
    return Markup("" if direction == language.direction else f' dir="{direction}"')


@cache
def _kept(language: Language) -> re.Pattern[str]:
    """What UKAAF G003 wants on one line: numbers with their words, dates, names with hyphens.

    Dates in English too: `checked` and `dated` of a source may stay in it in a translation.
    """
    months = "|".join(map(re.escape, dict.fromkeys((*language.months, *ENGLISH.months))))
    units = _ENGLISH_UNITS if language.code == ENGLISH.code else _ANY_UNIT
    return re.compile(
        # A telephone number, or thousands with their unit.
        rf"({_START}\+?\d{{2,5}}(?:{_GAP}\d{{2,5}})+(?:{_GAP}(?:{_METRIC})\b)?"
        rf"|{_START}\d{{1,2}} (?:{months})(?: \d{{4}})?|(?:{months}) \d{{4}}"
        rf"|{_NUMBER} (?:in|out of|of) {_DIGITS}"
        rf"|{_NUMBER}{_GAP}(?:(?:{units})\b|°[CF]\b)"
        r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # a postcode
        r"|\b(?:[^\W_]+)(?:-[^\W_]+)+"  # X-ray, 24-hour, long-term
        rf"{_TURNED_ROUND if language.direction == 'rtl' else ''})"
    )
