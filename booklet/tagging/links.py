"""What a link says it does, and where on the page it can be followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from booklet.tagging.source_words import plain_text

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class LinkWording:
    """The words of a link's description, to be filled in; one wording for a language.

    ISO 14289-1, 7.18.5: a link annotation has a description in `Contents`.
    """

    call: str = "Call {number}"
    email: str = "Email {address}"
    inside: str = "Go to {title}, page {page}"
    outside: str = "Website: {address}"


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the document that links go to; `page` is the printed page number."""

    title: str
    page: int


def describe(link: Element, targets: Mapping[str, Target], wording: LinkWording) -> str:
    """What following the link does, as a person would say it.

    >>> from xml.etree.ElementTree import XML
    >>> describe(XML('<a href="tel:08082080888">0808 2080 888</a>'), {}, LinkWording())
    'Call 0808 2080 888'
    >>> describe(XML('<a href="https://nice.org.uk/ta642/">NICE</a>'), {}, LinkWording())
    'Website: nice.org.uk/ta642'
    """
    href = link.get("href", "")
    scheme, _, rest = href.partition(":")
    if href.startswith("#"):
        target = targets.get(unquote(href[1:]))
        if target is None:
            return plain_text(link)
        title = target.title or plain_text(link)
        return wording.inside.format(title=title, page=target.page)
    if scheme == "tel":
        return wording.call.format(number=_spoken_number(link, rest))
    if scheme == "mailto":
        return wording.email.format(address=unquote(rest.partition("?")[0]))
    return wording.outside.format(address=rest.removeprefix("//").rstrip("/"))


def title_of(element: Element) -> str:
    """The heading of a part of the document: its own words, or those of its first heading.

    >>> from xml.etree.ElementTree import XML
    >>> title_of(XML('<section><p>First</p><h2>Questions to ask</h2></section>'))
    'Questions to ask'
    """
    heading = next((inner for inner in element.iter() if inner.tag in _HEADINGS), None)
    return "" if heading is None else plain_text(heading)


def _spoken_number(link: Element, dialled: str) -> str:
    """The number as it is printed, where that is the number that is dialled."""
    printed = plain_text(link)
    digits = "".join(filter(str.isdigit, printed))
    return printed if digits and dialled.endswith(digits.removeprefix("0")) else dialled
