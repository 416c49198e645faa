"""Postcodes of the United Kingdom: their form, by a library, and what the form cannot tell.

Whether a postcode is in use only the Postcode Address File can say, which needs a licence.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import postcode

from booklet.content.yaml_source import read_yaml

DATA = Path(__file__).with_name("address_words.yaml")
_UNIT = re.compile(r"[A-BD-HJLNP-UW-Z]{2}")
"""The last two letters: none of C I K M O V (Royal Mail, Programmers' Guide to the PAF)."""
_AT_THE_END = re.compile(r"(?i)(.*\S)[\s,]+([a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2})")


def normalised(text: str) -> str | None:
    """A postcode in capitals with one space; `None` where the text is none.

    >>> normalised("ze999zz"), normalised("ZE99 9ZC"), normalised("QX1 1AA"), normalised("Leeds")
    ('ZE99 9ZZ', None, None, None)
    """
    found = postcode.parse(text.strip())
    if not found.valid or not text.isascii():
        return None
    sound = found.area in areas() and _UNIT.fullmatch(found.unit)
    return found.postcode if sound else None


def is_stand_in(text: str) -> bool:
    """Whether this is a postcode the NHS writes where there is none: all begin with ZZ99.

    >>> is_stand_in("zz99 3vz"), is_stand_in("ZE99 9ZZ")
    (True, False)
    """
    return "".join(text.split()).upper().startswith("ZZ99")


def is_nearly(text: str) -> bool:
    """Whether it would be a postcode with a 0 for an O, or a 1 for an I, or the other way round.

    >>> is_nearly("Lerwick"), is_nearly("ZE99 OZZ")
    (False, True)
    """
    return normalised(postcode.fix(text)) is not None


def parted(line: str) -> tuple[str, ...]:
    """A line that ends with a postcode as two lines; any other as it is.

    >>> parted("Lerwick  ze99 9zz"), parted("ZE99 9ZZ"), parted("Lerwick")
    (('Lerwick', 'ZE99 9ZZ'), ('ZE99 9ZZ',), ('Lerwick',))
    """
    found = _AT_THE_END.fullmatch(line)
    code = normalised(found[2]) if found else None
    return (found[1], code) if found and code else (line,)


@cache
def areas() -> frozenset[str]:
    """The letters that postcodes begin with."""
    return frozenset(words()["postcode_areas"])


@cache
def words() -> Mapping[str, Any]:
    """The words and letters of addresses, as the data file has them."""
    values: Mapping[str, Any] = read_yaml(DATA).values
    return values
