"""What content is validated with, and the faults that validation finds in a value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from booklet.content.addresses import Phone
from booklet.content.language import Language
from booklet.content.yaml_source import Route
from booklet.editions import Audience


@dataclass(frozen=True, slots=True)
class ValidationContext:
    """Who reads, what is known of the language, and all that texts and keys may refer to.

    Names that are `None` could not be read: then every name may be right.
    """

    #: The reader whose words are taken.
    audience: Audience
    #: The language that texts are written in.
    language: Language
    #: The code points that the typefaces can draw.
    characters: frozenset[int]
    #: The label behind a link to a section; `{page}` in it stands for its page number.
    page_reference: str = ""
    #: The full words of each abbreviation of the glossary.
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    #: The sections this reader has, and those that only the other reader has.
    sections: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    #: The contacts, and the numbers of those that have one.
    contacts: frozenset[str] | None = frozenset()
    phones: Mapping[str, Phone] | None = field(default_factory=dict)
    #: The keys of `sources:` in booklet.yaml.
    sources: frozenset[str] | None = frozenset()
    #: The files in the folders of pictures, and in that of the clinic's logo.
    pictures: frozenset[str] = frozenset()
    logos: frozenset[str] = frozenset()


def context_of(info: ValidationInfo) -> ValidationContext:
    """The context that content is validated with."""
    if not isinstance(info.context, ValidationContext):
        raise TypeError("content is validated with a ValidationContext as its context")
    return info.context


def fault(message: str) -> PydanticCustomError:
    """A fault of the value that is being validated."""
    return faults([(message, ())])


def faults(found: Iterable[tuple[str, Route]]) -> PydanticCustomError:
    """Faults of the value that is being validated, each with the way to it from there."""
    found = tuple(found)
    words = "; ".join(message for message, _ in found)
    return PydanticCustomError("booklet", "{words}", {"words": words, "found": found})
