"""Addresses as the post takes them: what is put right, and what is refused.

The rules are those of GOV.UK Notify (alphagov/notifications-utils, postal_address.py, 2026-08-20),
by the names of its errors where it has one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from booklet.post.countries import country_named, is_island, is_united_kingdom
from booklet.post.postcodes import is_nearly, is_stand_in, normalised, parted, words

LEAST_LINES, MOST_LINES = 3, 7  # With the name and the postcode
NOT_FIRST = tuple('@()=[]"\\/,<>~')  # With these no line may begin
_BFPO = re.compile(r"bfpo\s*(?:c/o)?\s*([0-9]+)", re.IGNORECASE)
_WITHIN = re.compile("[,;]")  # Stands between the lines of an address that is in one cell
_HOUSE_NUMBER = re.compile(r"\d+[A-Za-z]?")
_NO_FIXED = re.compile(r"(?:no|without) fixed (?:abode|address)", re.IGNORECASE)
_BEFORE_A_MARK = re.compile(r"\s+(?=[,.](?:\s|$))")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters without a sign of their own: they come along when text is copied from elsewhere."""
_MARKS = "\u200e\u200f\u061c"  # Marks of direction: of use between signs, of none at the ends


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What a run asks of addresses."""

    international: bool = False  # Whether letters may go abroad
    most_lines: int = MOST_LINES  # How many lines the window takes, with name and postcode


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it goes into the window, and the names of the rules it breaks."""

    lines: tuple[str, ...] = field(repr=False)
    """The name first; the postcode, BFPO number or country last."""
    broken: tuple[str, ...] = ()  # Ids of rules in `refusals.yaml`, in their order there


def address_of(names: Sequence[str], given: Sequence[str], rules: AddressRules) -> Address:
    """The address of a person: `names` are the lines above it, `given` are its lines as typed.

    A line may hold several, parted by line ends. Nothing but a country of the United Kingdom, a
    line that says the name again and commas at ends of lines is left out.

    >>> address_of(["Mx A Example"], ["1 Sample Street", "lerwick ze999zz"], AddressRules()).lines
    ('Mx A Example', '1 Sample Street', 'lerwick', 'ZE99 9ZZ')
    >>> address_of(["Mx A Example"], ["No fixed abode"], AddressRules()).broken[0]
    'no-fixed-abode-address'
    """
    above = tuple(tidy(name) for name in names if tidy(name))
    lines = [line for each in given for part in each.splitlines() if (line := tidy(part))]
    if lines and above and lines[0].casefold() == above[0].casefold():
        lines = lines[1:]
    lines = _with_streets(_spread(lines))
    ordered = _ordered(lines)
    return Address((*above, *ordered), tuple(_broken(above, tuple(lines), ordered, rules)))


def tidy(line: str) -> str:
    """A line with single spaces, no comma at its end and no space before a mark.

    Signs that nobody sees are left out; joiners, which change how letters look, stay.

    >>> tidy("  12 ,  Sample\u00a0Street,")
    '12, Sample Street'
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", line))
    return _BEFORE_A_MARK.sub("", " ".join(seen.split())).strip(_MARKS + " ").rstrip(" ,")


def _spread(lines: list[str]) -> list[str]:
    """An address that is typed into one or two lines with commas or semicolons, as lines."""
    if len(lines) > 2:
        return lines
    return [part for line in lines for each in _WITHIN.split(line) if (part := tidy(each))]


def _with_streets(lines: list[str]) -> list[str]:
    """The lines with a house number before its street: lists may have a column for each."""
    joined: list[str] = []
    for at, line in enumerate(lines):
        is_street = line[0].isalpha() and at < len(lines) - 1
        if joined and is_street and _HOUSE_NUMBER.fullmatch(joined[-1]):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _ordered(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines with what the post sorts by at the end, in its form."""
    numbers = [found[1] for line in lines if (found := _BFPO.fullmatch(line))]
    rest = [line for line in lines if not _BFPO.fullmatch(line)]
    country = _country(rest)
    # A postcode stands last, or before a country: behind it nothing else may come.
    rest = [part for at, line in enumerate(rest) for part in _last_parted(line, at, len(rest))]
    code = _postcode(rest)
    tail = (code, *(f"BFPO {number}" for number in dict.fromkeys(numbers)), country)
    return (*rest, *(line for line in tail if line))


def _country(rest: list[str]) -> str | None:
    """The country abroad that an address ends with, taken out of it, as are those at home.

    A list with a column for the postcode may have the country before it.
    """
    before = len(rest) > 1 and any(map(str.isdigit, rest[-1]))
    for at in (-1, -2) if before else (-1,):
        while len(rest) + at > 0 and is_united_kingdom(rest[at]):
            del rest[at]
        country = country_named(rest[at]) if len(rest) + at > 0 else None
        # A place in the Kingdom may be called like a country: its postcode tells.
        if country and not (at == -2 and normalised(rest[-1])):
            del rest[at]
            return country
    return None


def _last_parted(line: str, at: int, number: int) -> tuple[str, ...]:
    return parted(line) if at >= number - 2 else (line,)


def _postcode(rest: list[str]) -> str | None:
    """The postcode of an address, taken out of it in each place where it stands at the end."""
    found: str | None = None
    while rest and (code := normalised(rest[-1])) and code == (found or code):
        found = code
        del rest[-1]
    if found is None and len(rest) > 1 and is_island(rest[-1]) and (code := normalised(rest[-2])):
        found = code
        del rest[-2]
    while found and len(rest) > 1 and is_united_kingdom(rest[-1]):
        del rest[-1]
    if found and rest and normalised(rest[-1]) == found:
        del rest[-1]
    return found


def _broken(
    above: tuple[str, ...], given: tuple[str, ...], lines: tuple[str, ...], rules: AddressRules
) -> Iterator[str]:
    """The ids of the rules that an address breaks."""
    if not given:
        yield "address-is-empty"
        return
    if any(is_stand_in(line) or _says_nowhere(line) for line in given):
        yield "no-fixed-abode-address"
        return
    whole = (*above, *lines)
    if len(whole) < LEAST_LINES:
        yield "not-enough-address-lines"
    if len(whole) > rules.most_lines:
        yield "too-many-address-lines"
    if not all(any(map(str.isalnum, line)) for line in whole[:2]):
        yield "invalid-address-line-1-or-2"
    if any(line.startswith(NOT_FIRST) for line in whole):
        yield "invalid-char-in-address"
    yield from _wrong_end(lines, rules)


def _says_nowhere(line: str) -> bool:
    plain = " ".join(
        "".join(s if s.isalnum() or s == "/" else " " for s in line).casefold().split()
    )
    return plain in _nowhere() or _NO_FIXED.search(line) is not None


@cache
def _nowhere() -> frozenset[str]:
    return frozenset(str(each).casefold() for each in words()["nowhere"])


def _wrong_end(lines: tuple[str, ...], rules: AddressRules) -> Iterator[str]:
    """What is wrong with the line that the post sorts by."""
    last = lines[-1]
    at_bfpo = any(_BFPO.fullmatch(line) for line in lines)
    abroad = country_named(last) is not None
    if at_bfpo and abroad:
        yield "has-country-for-bfpo-address"
    elif abroad and not rules.international:
        yield "cant-send-international-letters"
    elif not (at_bfpo or abroad or normalised(last)):
        if is_nearly(last):
            yield "nearly-a-postcode"
        elif rules.international:
            yield "not-a-real-uk-postcode-or-country"
        else:
            yield "not-a-real-uk-postcode"
