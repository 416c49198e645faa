"""What one page of the preview shows: which booklet, for whom, how large, at which clinic."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from booklet.editions import AUDIENCES, SIZES, Audience, Size


@dataclass(frozen=True, slots=True)
class Choice:
    """One booklet for one reader in one size, with a clinic's profile or without."""

    booklet: str
    audience: Audience = AUDIENCES[0]
    size: Size = SIZES[0]
    clinic: str | None = None

    @property
    def query(self) -> str:
        """The choice as the part of an address behind the question mark.

        >>> Choice("aml-relapse", "family").query
        'booklet=aml-relapse&audience=family&size=standard'
        """
        named = {
            "booklet": self.booklet,
            "audience": self.audience,
            "size": self.size.name,
            "clinic": self.clinic,
        }
        return urlencode({name: value for name, value in named.items() if value})


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
    size = next((each for each in SIZES if each.name == query.get("size")), SIZES[0])
    return Choice(query["booklet"], audience, size, query.get("clinic") or None)
