"""The form a person gets the letter and the booklet in, worked out from what their row says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global

from booklet.content.suggestion import close_to
from booklet.editions import LEAST_POINTS, MOST_POINTS, SIZES, Audience, Size
from booklet.post.addresses import MOST_LINES
from booklet.post.known_columns import answer, known_columns, reader_named
from booklet.post.needs import (
    Needed,
    near_need,
    needed,
    size_of_points,
    size_written,
)
from booklet.post.recipient import Given
from booklet.post.row_reader import RowReader

_LIKE = 0.7  # How alike a word is to one we know, between 0 and 1, to be meant
_LONGEST_CODE = 3  # Letters of a code of a language
_TOO_LARGE = f"ask whether {MOST_POINTS} point will do, or offer the web page of the booklet"


@dataclass(frozen=True, slots=True)
class ListChoice:
    """What holds for all rows of a list that do not say otherwise, and what there is to choose."""

    booklets: Mapping[str, frozenset[str]]
    """The booklets there are, by name without a language, and the languages each is in: `en`.
    None at all where nobody looks what a row names."""
    booklet: str = ""  # The booklet of rows that name none; nothing where each row must
    audience: Audience = "patient"  # For whom the words are
    size: Size = SIZES[0]  # How large it is printed
    language: str = "en"  # In which language
    columns: Mapping[str, str] = field(default_factory=dict)
    """The clinic's names for columns, as `own_columns` reads them."""
    international: bool = False  # Whether letters may go abroad
    most_lines: int = MOST_LINES  # How many lines of an address the window takes
    sheet: str | None = None  # The sheet of a workbook that has several
    alone: bool = False  # Whether letters go without a booklet, whatever a row names
    printed: frozenset[str] | None = None
    """The columns that the letter asks for, as `plain_name` has them; `None` where nobody knows."""
    today: date | None = None  # The day of the letters; without one no day is told to be past


def given_to(reader: RowReader, choice: ListChoice, prefix: str = "") -> Given | None:
    """The form that a row asks for; `None` where it has reasons why that cannot be.

    `prefix` is `copy_` for the columns of somebody who gets a copy.
    """
    before = len(reader.reasons)
    booklet = _booklet(reader, choice)
    need = needed(reader.text(f"{prefix}needs"))
    language = _language(reader, choice, prefix, need)
    size = _size(reader, choice, prefix, need)
    audience = _audience(reader, choice, prefix)
    if booklet and language:
        _is_made(reader, choice, prefix, booklet, language)
    if len(reader.reasons) > before or booklet is None or not (language and size and audience):
        return None
    return Given(booklet, audience, size, language, named(need))


def named(need: Needed) -> tuple[str, ...]:
    """The names of needs that a letter may or may not meet, as the ledger knows them."""
    return tuple(
        dict.fromkeys(
            each.name for each in need.needs if not each.beside and each.name != "standard"
        )
    )


def _booklet(reader: RowReader, choice: ListChoice) -> str | None:
    name = reader.text("booklet").casefold() or choice.booklet
    if not choice.booklets:
        return ""
    if name in choice.booklets or (choice.alone and not name):
        return "" if choice.alone else name
    if not name:
        reader.refuse("booklet", "no-booklet")
    else:
        near = close_to(name, choice.booklets, _LIKE)
        reader.refuse("booklet", "unknown-booklet", near=_meant(near))
    return None


def _language(reader: RowReader, choice: ListChoice, prefix: str, need: Needed) -> str | None:
    """The language of a row: a column of its own, or a language among the needs."""
    asked = reader.text(f"{prefix}language")
    if asked.casefold() not in ("", *known_columns().not_said):
        code = language_code(asked)
        if code is None:
            # Every short word is like the code of some language.
            names = [name for name in _languages() if len(name) > _LONGEST_CODE]
            near = close_to(asked, dict.fromkeys(names), _LIKE)
            name = Locale("en").languages.get(_languages()[near]) if near else None
            reader.refuse(f"{prefix}language", "unknown-language", near=_meant(name))
        return code
    among = [code for each in need.others if (code := language_code(each))]
    return among[0] if among else choice.language


def _size(reader: RowReader, choice: ListChoice, prefix: str, need: Needed) -> Size | None:
    """The largest size that anything asks for; what cannot be met is a reason."""
    key = f"{prefix}needs"
    for each in need.needs:
        if each.do:
            reader.refuse(key, "unmet-need", need=each.title, do=each.do)
    for word in need.others:
        if not language_code(word):
            which = _which(need.parts.index(word) + 1, len(need.parts))
            reader.refuse(key, "unknown-need", which=which, near=_meant(near_need(word)))
    own = reader.text(f"{prefix}size")
    least = size_written(own) if own else choice.size
    if least is None:
        reader.refuse(f"{prefix}size", "unknown-size", least=LEAST_POINTS, most=MOST_POINTS)
        return None
    points = max(need.points or LEAST_POINTS, int(least.floor))
    size = least if points == int(least.floor) else size_of_points(points)
    if size is None:
        reader.refuse(key, "unmet-need", need=f"print of {points} point", do=_TOO_LARGE)
    return size


def _which(place: int, of: int) -> str:
    """One of the needs of a cell, in words that do not quote it."""
    return f"need {place} of the {of} here" if of > 1 else "the need here"


def _audience(reader: RowReader, choice: ListChoice, prefix: str) -> Audience | None:
    """For whom the words are: those who write for somebody else have words of their own."""
    said = reader.text(f"{prefix}reader")
    if said:
        audience = reader_named(said)
        if audience is None:
            reader.refuse(f"{prefix}reader", "unknown-reader")
        return audience
    for_a_child = answer("parent_of", reader.text("parent_of")) is not False
    return "family" if prefix or for_a_child else choice.audience


def _is_made(
    reader: RowReader, choice: ListChoice, prefix: str, booklet: str, language: str
) -> None:
    """Note where a booklet is not there in the language of a person."""
    there = choice.booklets[booklet]
    if language not in there:
        names = Locale("en").languages
        known = ", ".join(sorted(str(names.get(code, code)) for code in there))
        asked = str(names.get(language, language))
        key = f"{prefix}language" if reader.text(f"{prefix}language") else f"{prefix}needs"
        reader.refuse(key, "language-not-made", language=asked, known=known)


def language_code(text: str) -> str | None:
    """The code of a language by its English name, its own name or its code; `None` for none.

    Codes of three letters (ISO 639-2) are taken too, as national records have them.

    >>> language_code("Welsh"), language_code("Cymraeg"), language_code("en-GB"), language_code("?")
    ('cy', 'cy', 'en', None)
    >>> language_code("ENG"), language_code("wel"), language_code("cym")
    ('en', 'cy', 'cy')
    """
    word = " ".join(text.casefold().split())
    found = _languages().get(word)
    return _shorter().get(word, found) if len(word) == _LONGEST_CODE else found


@cache
def _shorter() -> dict[str, str]:
    """The codes of two letters by those of three, as CLDR has them."""
    aliases = get_global("language_aliases")
    return {old: new for old, new in aliases.items() if len(old) == _LONGEST_CODE and len(new) == 2}


@cache
def _languages() -> dict[str, str]:
    """Codes of languages by name and by code, as CLDR has them; two letters where there are two."""
    english = {code: str(name) for code, name in Locale("en").languages.items() if code.isalpha()}
    names = {name.casefold(): code for code, name in english.items()} | {
        code: code for code in english
    }
    for code in (
        "ar",
        "bn",
        "cy",
        "de",
        "el",
        "es",
        "fa",
        "fr",
        "gu",
        "hi",
        "it",
        "ku",
        "lt",
        "ne",
    ):
        names.setdefault(str(Locale(code).get_language_name(code)).casefold(), code)
    for code in ("pa", "pl", "ps", "pt", "ro", "ru", "so", "ta", "tr", "uk", "ur", "vi", "zh"):
        names.setdefault(str(Locale(code).get_language_name(code)).casefold(), code)
    return names | {"en-gb": "en", "en_gb": "en", "british english": "en", "farsi": "fa"}


def _meant(name: object) -> str:
    return f" (did you mean “{name}”?)" if name else ""
