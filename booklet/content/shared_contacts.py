"""What several booklets share: names and numbers, and words explained."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from booklet.content.addresses import Phone
from booklet.content.fields import (
    AsTyped,
    Checkable,
    Flag,
    Name,
    Part,
    PhoneNumber,
    Text,
    WebAddress,
)
from booklet.content.roles import LAYOUT, WORD, Role
from booklet.content.validation_context import faults
from booklet.content.yaml_source import Route


class Contact(Checkable):
    """An organisation or a service people can turn to."""

    name: Name = Field(description="Its name, as it calls itself.")
    offers: Text = Field(description="What they do, in a sentence.")
    phone: PhoneNumber | None = Field(None, description="Its telephone number, in groups.")
    website: WebAddress | None = Field(None, description="Its web address, in full.")
    checked: Annotated[AsTyped, LAYOUT]
    """When the number was last looked up, and where."""

    @property
    def call(self) -> Phone | None:
        """The number, ready to print and to dial."""
        return Phone(self.phone) if self.phone else None


class ContactsFile(Part):
    """`house.yaml`: names and numbers, said once, and what the house asks of approvals."""

    contacts: dict[str, Contact]
    """Each under a short key of its own, which texts use: [](contact:its-key)."""
    signed_approvals: Flag = Field(
        False, description="True: only approvals that are signed with a key count."
    )


class Term(Checkable):
    """A word that needs explaining."""

    # The whole text that is fingerprinted has it as the head of the entry.
    term: Annotated[AsTyped, Role(None, translated=True, fingerprinted=False)]
    """The full words."""
    short: AsTyped | None = Field(None, description="Its abbreviation.")
    spoken_as: Annotated[AsTyped, WORD] | None = None
    """The words the abbreviation stands for."""
    also: Annotated[tuple[AsTyped, ...], LAYOUT] = ()
    """Other forms in the text: plurals, variants."""
    of: Annotated[AsTyped | None, LAYOUT] = None
    """In a translation: the term of the original that this is, as it stands there."""
    meaning: Text = Field(description="What it means, in plain words.")

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the term that a text may use."""
        return tuple(form for form in (self.term, self.short, *self.also) if form)


def folded(words: str) -> str:
    """Words as they are compared: without case, and with straight apostrophes."""
    return words.casefold().replace("’", "'")


def is_used(forms: Iterable[str], words: str) -> bool:
    """Whether one of the forms of a term stands in words that are folded.

    >>> is_used(("blood test", "blood tests"), folded("Blood tests help."))
    True
    """
    return any(_stands_alone(folded(form), words) for form in forms)


def _stands_alone(form: str, words: str) -> bool:
    """Whether a form stands somewhere with neither letter, digit nor underline beside it.

    >>> [_stands_alone("cell", words) for words in ("a cell", "cells", "a stem-cell", "_cell")]
    [True, False, True, False]
    """
    at = words.find(form)
    while at >= 0:
        beside = words[max(at - 1, 0) : at] + words[at + len(form) : at + len(form) + 1]
        if not any(sign.isalnum() or sign == "_" for sign in beside):
            return True
        at = words.find(form, at + 1)
    return False


class GlossaryFile(Part):
    """`glossary.yaml`: terms and what they mean in plain words."""

    terms: tuple[Term, ...]
    """One entry for each word; a booklet prints those it uses."""

    @model_validator(mode="after")
    def _once_each(self) -> "GlossaryFile":
        first: dict[str, Term] = {}
        found: list[tuple[str, Route]] = []
        for index, term in enumerate(self.terms):
            for key, word in (("term", term.term), ("short", term.short)):
                if word and first.setdefault(word.casefold(), term) is not term:
                    message = f"`{word}` is explained twice; keep one of the two"
                    found.append((message, ("terms", index, key)))
        if found:
            raise faults(found)
        return self
