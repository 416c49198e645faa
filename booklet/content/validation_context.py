"""What content is validated with, and the faults that validation finds in a value."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from booklet.content.markup import Lexicon
from booklet.editions import Audience

#: The way to a value: keys, and numbers in lists.
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What validation needs to know: who reads, what texts may refer to, which pictures exist.

    `None` for names that could not be read: then every name may be right.
    """

    audience: Audience
    lexicon: Lexicon
    contacts: frozenset[str] | None = frozenset()
    sources: frozenset[str] | None = frozenset()
    pictures: frozenset[str] = frozenset()
    logos: frozenset[str] = frozenset()


def fault(message: str) -> PydanticCustomError:
    """A fault of the value that is being validated."""
    return faults([(message, ())])


def faults(found: Iterable[tuple[str, Steps]]) -> PydanticCustomError:
    """Faults of the value that is being validated, each with the way to it from there."""
    found = tuple(found)
    words = "; ".join(message for message, _ in found)
    return PydanticCustomError("booklet", "{words}", {"words": words, "found": found})


def reading_of(info: ValidationInfo) -> Reading:
    """The reading that content is validated with."""
    if not isinstance(info.context, Reading):
        raise TypeError("content is validated with a Reading as its context")
    return info.context
