"""The code on paper: the first letters of a fingerprint, so that people can read and say them.

Crockford's Base 32: digits and capitals without I, L, O and U, so that no two look or sound alike.
Eight of them hold 40 bits. Among 10,000 versions the odds that any two share a code are 1 in
20,000; the whole fingerprint stands in the manifest and in the record.
"""

import re
from base64 import b32encode
from collections.abc import Iterable

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_FROM_RFC_4648 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", LETTERS)
_READ_AS = str.maketrans("OIL", "011")


def code_of(fingerprint: str) -> str:
    """The printed code of a fingerprint in hexadecimal digits.

    >>> code_of("00443214c7" + 54 * "0"), code_of(64 * "f")
    ('0123-4567', 'ZZZZ-ZZZZ')
    """
    letters = b32encode(bytes.fromhex(fingerprint)).decode().translate(_FROM_RFC_4648)
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 : LENGTH]}"


def as_printed(typed: str) -> str | None:
    """A code as it is printed, from however it was typed; `None` where it can be none.

    >>> as_printed(" oi23 4l67"), as_printed("0123-456"), as_printed("0123-456U")
    ('0123-4167', None, None)
    """
    letters = re.sub(r"[\s-]", "", typed).upper().translate(_READ_AS)
    if len(letters) != LENGTH or not set(letters) <= set(LETTERS):
        return None
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"


def nearly(code: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known codes that differ from this one in one letter, or in two that changed places.

    >>> nearly("0123-4567", ["0123-4576", "0123-456Z", "ZZ23-4567"])
    ('0123-456Z', '0123-4576')
    """
    return tuple(sorted({other for other in known if _near(code, other)}))


def _near(one: str, other: str) -> bool:
    differ = [place for place, pair in enumerate(zip(one, other, strict=True)) if len({*pair}) > 1]
    if len(differ) == 2:
        first, second = differ
        return one[first] == other[second] and one[second] == other[first]
    return len(differ) == 1
