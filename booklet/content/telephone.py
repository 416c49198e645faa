"""Telephone numbers: the form they have in content, as they are printed and as they are dialled."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"\+?[0-9](?: ?[0-9])+")
# The forms of Ofcom's National Telephone Numbering Plan, without spaces; `+44` stands for the 0.
_BRITISH = re.compile(
    r"999|1\d{2}|116\d{3}"  # short codes: 111, 112, 116 123
    r"|(?:18001|18002)?"  # text relay
    r"(?:0[1235789]\d{9}|01\d{8}|0800\d{6}|08001111)"
)
_ABROAD = re.compile(r"\+(?!44)[1-9]\d{6,14}")


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is printed, and as it is dialled."""

    printed: str

    @property
    def href(self) -> str:
        """The number as a link.

        >>> Phone("0808 2080 888").href
        'tel:08082080888'
        """
        return "tel:" + re.sub(r"[^\d+]", "", self.printed)


def wrong_number(written: str) -> str | None:
    """What to say of a telephone number that nobody could dial; `None` where it is right.

    >>> wrong_number("0808 2080 888") is None
    True
    """
    if not _WRITTEN.fullmatch(written):
        return (
            "this is no telephone number; write digits and single spaces, like "
            "`020 7946 0002` or `+44 20 7946 0002`"
        )
    dialled = written.replace(" ", "")
    if not (_BRITISH.fullmatch(re.sub(r"^\+44", "0", dialled)) or _ABROAD.fullmatch(dialled)):
        return (
            "this is no British telephone number; count its digits (most have 11 and begin with "
            "0), or begin with + and the country"
        )
    return None
