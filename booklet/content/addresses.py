"""Telephone numbers and web addresses: how they are written, printed and linked to."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

_WRITTEN = re.compile(r"\+?[0-9](?: ?[0-9])+")
# The forms of Ofcom's National Telephone Numbering Plan, without spaces; `+44` stands for the 0.
_BRITISH = re.compile(
    r"999|1\d{2}|116\d{3}"  # short codes: 111, 112, 116 123
    r"|(?:18001|18002)?"  # text relay
    r"(?:0[1235789]\d{9}|01\d{8}|0800\d{6}|08001111)"
)
_ABROAD = re.compile(r"\+(?!44)[1-9]\d{6,14}")
_WEB_ADDRESS = re.compile(r"https://[^\s/?#.:@]+(?:\.[^\s/?#.:@]+)+(?::\d+)?(?:[/?#]\S*)?")

LONGEST_SCANNED = 62
"""Letters in a QR code of version 4 with error correction M (ISO/IEC 18004, table 7): with its
quiet zone 41 modules across, 0.7 mm each on the back cover of standard print. Who has no camera
types them."""


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


def is_web_address(address: str) -> bool:
    """Whether this leads to a page of a named site, with nothing sent in the clear.

    >>> [is_web_address(each) for each in ("https://nhs.uk/a", "https://", "http://nhs.uk")]
    [True, False, False]
    """
    return _WEB_ADDRESS.fullmatch(address) is not None


def is_scanned(address: str) -> bool:
    """Whether the QR code of this address has modules that are large enough on the page.

    >>> is_scanned("https://nhs.uk/a"), is_scanned("https://nhs.uk/" + 100 * "a")
    (True, False)
    """
    return address.isascii() and len(address) <= LONGEST_SCANNED


def printed_address(href: str) -> str:
    """A web address as it is printed.

    >>> printed_address("https://www.nice.org.uk/guidance/ta642/")
    'nice.org.uk/guidance/ta642'
    """
    return re.sub(r"^https://(www\.)?|/$", "", href)


def short_address(href: str, room: int = 42) -> str:
    """A web address as it is printed beside a title: the page where that is short, or its site.

    Nobody types an address of three lines; the site leads to the page by its title.

    >>> short_address("https://www.nice.org.uk/guidance/ta642/")
    'nice.org.uk/guidance/ta642'
    >>> short_address("https://bloodcancer.org.uk/support-for-you/living-well/mind-emotions/")
    'bloodcancer.org.uk'
    """
    printed = printed_address(href)
    return printed if len(printed) <= room else printed.partition("/")[0]


def leads_to_a_page(printed: str) -> bool:
    """Whether a printed address is that of a page, not only of a site.

    >>> leads_to_a_page("nice.org.uk/guidance/ta642"), leads_to_a_page("macmillan.org.uk")
    (True, False)
    """
    return "/" in printed


def broken_at_slashes(address: str) -> Markup:
    """A web address that may break after a slash: a zero-width space stands behind each.

    `<wbr>` would be the element for it, but WeasyPrint then breaks inside the words as well.
    """
    return Markup("/\u200b").join(escape(part) for part in address.split("/"))
