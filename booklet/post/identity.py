"""What tells a person from others: name, address and number in one fixed form."""

import re
import unicodedata
from collections.abc import Sequence

from nhs_number.validate import is_valid

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


def by_name(name: str, address: Sequence[str]) -> str:
    """Name and address as one text: what two rows of the same person share without a number.

    Without spaces and marks, so that "1a, Sample Street" is "1A Sample Street".
    """
    whole = "".join(sign for sign in fixed("".join(address)) if sign.isalnum())
    return f"{fixed(name)}{_APART}{whole}"


def identity_of(number: str | None, name: str, address: Sequence[str], born: str) -> str:
    """The identity of a person: their number where they have one, else name, address and birth."""
    if number:
        return f"number{_APART}{number}"
    return _APART.join(("name", by_name(name, address), fixed(born)))


def identity_of_copy(person: str, name: str, address: Sequence[str]) -> str:
    """The identity of somebody who gets a copy: a carer of two people gets two."""
    return _APART.join(("copy", by_name(name, address), person))
