"""Web addresses: the form they have in content, and as they are printed."""

import re

from markupsafe import Markup, escape

_WEB_ADDRESS = re.compile(r"https://[^\s/?#.:@]+(?:\.[^\s/?#.:@]+)+(?::\d+)?(?:[/?#]\S*)?")


def is_web_address(address: str) -> bool:
    """Whether this leads to a page of a named site, with nothing sent in the clear.

    >>> [is_web_address(each) for each in ("https://nhs.uk/a", "https://", "http://nhs.uk")]
    [True, False, False]
    """
    return _WEB_ADDRESS.fullmatch(address) is not None


def printed_address(href: str) -> str:
    """A web address as it is printed.

    >>> printed_address("https://www.nice.org.uk/guidance/ta642/")
    'nice.org.uk/guidance/ta642'
    """
    return re.sub(r"^https://(www\.)?|/$", "", href)


def broken_at_slashes(address: str) -> Markup:
    """A web address that may break after a slash: a zero-width space stands behind each.

    `<wbr>` would be the element for it, but WeasyPrint then breaks inside the words as well.
    """
    return Markup("/\u200b").join(escape(part) for part in address.split("/"))
