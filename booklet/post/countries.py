"""The names of countries at the end of addresses."""

from functools import cache

from babel import Locale

from booklet.post.postcodes import words


def is_united_kingdom(line: str) -> bool:
    """Whether a line is the United Kingdom or one of its countries.

    >>> is_united_kingdom("england"), is_united_kingdom("New England")
    (True, False)
    """
    return _plain(line) in _at_home()


def is_island(line: str) -> bool:
    """Whether a line is one of the islands whose postcodes are like those of the Kingdom."""
    return _plain(line) in {_plain(name) for name in words()["islands"]}


def country_named(line: str) -> str | None:
    """A country abroad by its English name in CLDR; `None` where the line names none.

    >>> country_named("eire"), country_named("Ffrainc"), country_named("Leeds")
    ('Ireland', 'France', None)
    """
    return _abroad().get(_plain(line))


def _plain(line: str) -> str:
    return " ".join(line.casefold().replace(".", "").replace("&", "and").split())


@cache
def _at_home() -> frozenset[str]:
    return frozenset(_plain(name) for name in words()["united_kingdom"])


@cache
def _abroad() -> dict[str, str]:
    """The English name of each country by all names we know, in one form."""
    english = Locale("en").territories
    codes = {
        _plain(name): code
        for locale in (Locale("cy"), Locale("en"))
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha()
    }
    codes |= {_plain(name): code for name, code in words()["countries"].items()}
    names = {name: str(english[code]) for name, code in codes.items() if code != "GB"}
    return {name: kept for name, kept in names.items() if not is_island(name)}
