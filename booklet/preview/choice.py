"""What a page of the preview shows, and the page itself: lists to choose by, frames to fill."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.editions import AUDIENCES, SIZES, Audience, Size, all_sizes


@dataclass(frozen=True, slots=True)
class Choice:
    """One booklet for one reader in one size, with a clinic's profile or without."""

    booklet: str  # The folder of its content, by name
    audience: Audience = AUDIENCES[0]
    size: Size = SIZES[0]
    clinic: str | None = None  # The name of a profile, without its ending

    @property
    def query(self) -> str:
        """The choice as the part of an address behind the question mark.

        >>> Choice("aml-relapse", "family").query
        'booklet=aml-relapse&audience=family&size=standard'
        """
        named = {"booklet": self.booklet, "audience": self.audience, "size": self.size.name}
        return urlencode(named | ({"clinic": self.clinic} if self.clinic else {}))


def choice_from(query: Mapping[str, str]) -> Choice | None:
    """The choice an address makes; nothing where it names no booklet.

    A reader or a size that does not exist is the first one of its table. Whether there is such a
    booklet and such a clinic is found out, and told, when they are read.

    >>> choice_from({"booklet": "aml-relapse", "size": "large", "clinic": ""}).query
    'booklet=aml-relapse&audience=patient&size=large'
    """
    if not query.get("booklet"):
        return None
    audience = next((each for each in AUDIENCES if each == query.get("audience")), AUDIENCES[0])
    size = next((each for each in all_sizes() if each.name == query.get("size")), SIZES[0])
    return Choice(query["booklet"], audience, size, query.get("clinic") or None)


def page(choice: Choice | None, booklets: tuple[str, ...], clinics: tuple[str, ...]) -> str:
    """The preview's page as HTML: for a choice, or for making one of the booklets there are."""
    loader = PackageLoader("booklet.preview")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("preview.html.j2")
    if choice is None:
        return template.render(choice=None, booklets=booklets)
    # What is chosen stays in its list, although it may be there no more.
    offered = sorted({choice.booklet, *booklets})
    profiles = sorted({choice.clinic or "", *clinics} - {""})
    lists = (  # the name in the address, the label, the values, the one that is chosen
        ("booklet", "Booklet", offered, choice.booklet),
        ("audience", "Reader", AUDIENCES, choice.audience),
        ("size", "Size", [size.name for size in all_sizes()], choice.size.name),
        ("clinic", "Clinic", ("", *profiles), choice.clinic or ""),
    )
    return template.render(choice=choice, lists=lists)
