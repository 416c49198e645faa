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

    Names that are `None` could not be read, or are not known yet: then every name may be right.
    """

    audience: Audience  # the reader whose words are taken
    language: Language  # the one that texts are written in
    foreign: Language | None = None  # the one of texts for which there is no translation
    page_reference: str = ""  # the label behind a link to a section, with `{page}` in it
    abbreviations: Mapping[str, str] = field(default_factory=dict)  # with their full words
    sections: frozenset[str] = frozenset()  # those this reader has
    elsewhere: frozenset[str] = frozenset()  # those that only the other reader has
    contacts: frozenset[str] | None = frozenset()
    phones: Mapping[str, Phone] | None = field(default_factory=dict)  # of contacts that have one
    sources: frozenset[str] | None = frozenset()  # the keys of `sources:` in booklet.yaml
    pictures: frozenset[str] = frozenset()  # the files in the folders of pictures
    logos: frozenset[str] = frozenset()  # the files in the folder of the clinic's logo
    columns: frozenset[str] | None = None  # the headings of the list a letter is sent by


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
    return PydanticCustomError("booklet", "several faults", {"found": tuple(found)})
