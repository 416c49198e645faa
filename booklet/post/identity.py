"""What tells a person from others: name, address and number in one fixed form."""

import re
import unicodedata
from collections.abc import Sequence

from nhs_number.validate import is_valid

from booklet.post.postcodes import words

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_MONTH = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[./ -]+([0-9]{{1,2}}|(?:{'|'.join(_MONTHS)})[a-z]*)"
    r"[./ -]+([0-9]{4}|[0-9]{2})(?: 00:00(?::00)?)?"
)
"""A day as people in the United Kingdom write it, the month in figures or in words."""
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[t ]00:00(?::00)?)?")
_APART = "\x1f"  # ASCII's unit separator: no cell of a list has it


def nhs_number_of(text: str) -> str | None:
    """The ten digits of an NHS, CHI or H and C number; `None` where its check digit is wrong.

    Numbers that begin with 999 are for tests, and sound.

    >>> nhs_number_of("999 000 0018"), nhs_number_of("999 000 0017")
    ('9990000018', None)
    """
    digits = re.sub(r"[\s-]", "", text)
    return digits if re.fullmatch("[0-9]{10}", digits) and is_valid(digits) else None


def fixed(text: str) -> str:
    """Text in the one form in which it is compared.

    >>> fixed("  SIÂN\u00a0 O\u2019Example ") == fixed("Sia\u0302n o'example")
    True
    """
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    plain = unicodedata.normalize("NFKC", seen).replace("\u2019", "'").casefold()
    return unicodedata.normalize("NFKC", " ".join(plain.split()))


def by_name(name: str, home: Sequence[str]) -> str:
    """Name and address as one text: what two rows of the same person share without a number.

    The name without a title; of the address its first line and its last, which is the postcode:
    one list has the town or the county between them, and another has not.

    >>> home = ("1a, Sample Street", "Lerwick", "ZE99 9ZZ")
    >>> by_name("Mrs A Example", home) == by_name("a example", ("1A Sample Street", "ZE99 9ZZ"))
    True
    """
    ends = fixed(" ".join((*home[:1], *home[-1:])))
    return f"{without_title(name)}{_APART}{''.join(sign for sign in ends if sign.isalnum())}"


def without_title(name: str) -> str:
    """A name in its fixed form, without the titles it begins with.

    Before a surname alone the title stays: it is all that tells a couple apart.

    >>> without_title("Prof. Dr A Example"), without_title("Mrs Example")
    ('a example', 'mrs example')
    """
    parts = fixed(name).split()
    while len(parts) > 2 and parts[0].rstrip(".") in words()["titles"]:
        del parts[0]
    return " ".join(parts)


def day_of_birth(text: str) -> str:
    """A day of birth in one form, with two figures of its year; text that is no day, as it is.

    >>> day_of_birth("01/05/1950") == day_of_birth("1 May 1950") == day_of_birth("1950-05-01")
    True
    >>> day_of_birth("1.5.50"), day_of_birth("in May")
    ('1-5-50', 'in may')
    """
    plain = fixed(text)
    if found := _DAY_MONTH.fullmatch(plain):
        month = int(found[2]) if found[2].isdigit() else _MONTHS.index(found[2][:3]) + 1
        return f"{int(found[1])}-{month}-{found[3][-2:]}"
    if found := _YEAR_FIRST.fullmatch(plain):
        return f"{int(found[3])}-{int(found[2])}-{found[1][-2:]}"
    return plain


def identity_of(number: str | None, name: str, home: Sequence[str], born: str) -> str:
    """The identity of a person: their number where they have one, else name, home and birth."""
    if number:
        return f"number{_APART}{number}"
    return _APART.join(("name", by_name(name, home), day_of_birth(born)))


def trace_of(row: str, name: str) -> str:
    """What a row that is left out is known by when its address was put right.

    Its number in the list it was left out of, and the name; nothing where no name is there.
    """
    return _APART.join(("row", fixed(row), without_title(name))) if name else ""


def identity_of_copy(person: str, name: str, home: Sequence[str]) -> str:
    """The identity of somebody who gets a copy: a carer of two people gets two."""
    return _APART.join(("copy", by_name(name, home), person))
