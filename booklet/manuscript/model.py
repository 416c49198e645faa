"""The shape of a booklet's own files, and the checked booklet that is made from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from booklet.editions import Audience
from booklet.manuscript.blocks import (
    KINDS,
    Block,
    Callout,
    Contacts,
    Detail,
    Figure,
    Glossary,
    Record,
    Sources,
    Topic,
)
from booklet.manuscript.clinic import ClinicFile
from booklet.manuscript.fields import (
    AnsweredContact,
    AsTyped,
    Checkable,
    Day,
    Part,
    Reading,
    SourceName,
    Text,
    WebAddress,
    fault,
    faults,
    of_reader,
)
from booklet.manuscript.house import Contact, GlossaryFile, HouseFile, Term
from booklet.manuscript.labels import Labels
from booklet.manuscript.review import Review

__all__ = [
    "KINDS",
    "Booklet",
    "BookletFile",
    "Callout",
    "ClinicFile",
    "Contact",
    "Contacts",
    "Detail",
    "Figure",
    "Glossary",
    "GlossaryFile",
    "HouseFile",
    "NamedSection",
    "Part",
    "Reading",
    "Record",
    "Review",
    "Section",
    "Sources",
    "Term",
    "Topic",
]


def _version(value: str) -> str:
    major, dot, minor = value.partition(".")
    if not (dot and major.isdecimal() and minor.isdecimal()):
        raise fault('a version is two numbers with a point, in quotes: `"0.1"`')
    return value


def _or_nothing(value: Any) -> Any:
    """An entry that is left empty, as one without keys."""
    return {} if value is None else value


class Section(Checkable):
    """One file of a booklet: a heading, and what stands under it."""

    title: Text
    running_head: Text | None = Field(None, description="The title at the head of pages, short.")
    for_: Audience | None = Field(None, alias="for")
    place: Literal["front", "body"] = Field("body", description="Front: before the contents.")
    starts: Literal["page", "flow"] = Field("flow", description="Page: on a new page.")
    alone: bool = Field(False, description="True: nothing else stands on its pages.")
    sources: tuple[SourceName, ...] = Field((), description="Where its facts come from.")
    blocks: Annotated[tuple[Block, ...], AfterValidator(of_reader)] = Field(min_length=1)


class Rights(Part):
    """Who owns the words and the pictures, and on what terms they are used."""

    owner: Text
    terms: Text


class SourceEntry(Checkable):
    """One publication the facts come from."""

    title: Text
    publisher: Text
    address: WebAddress
    dated: AsTyped | None = Field(None, description="The date it carries, if it carries one.")
    checked: AsTyped = Field(description="When it was last read for this booklet.")


class BookletFile(Checkable):
    """`booklet.yaml`: what the booklet is, and who answers for it."""

    title: Text
    strapline: Text = Field(description="The line under the title.")
    running_head: Text = Field(description="The title at the head of left-hand pages, short.")
    description: Text = Field(description="One sentence: what it is about. The PDF's subject.")
    keywords: tuple[AsTyped, ...] = ()
    language: str = "en-GB"
    version: Annotated[str, AfterValidator(_version)]
    prepared: Day = Field(description="The day this version was written.")
    publisher: Text
    feedback: Text = Field(description="How to say what is wrong or missing.")
    help_line: AnsweredContact = Field(description="The contact on the back cover.")
    cover: Figure
    rights: Rights
    review: Annotated[Review, BeforeValidator(_or_nothing)] = Review()
    sources: dict[str, SourceEntry]

    @model_validator(mode="after")
    def _reviewed_as_it_is(self) -> "BookletFile":
        """Who reviewed before `prepared` has not seen the words of this version."""
        if self.review.reviewed_on and self.review.reviewed_on < self.prepared:
            message = (
                f"this version was written on {self.prepared}, after its review; review it again, "
                "or correct `prepared`"
            )
            raise faults([(message, ("review", "reviewed_on"))])
        return self


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A section with the name links know it by."""

    id: str
    section: Section


@dataclass(frozen=True, slots=True)
class Booklet:
    """A checked booklet for one reader: all that the pages need."""

    name: str
    audience: Audience
    about: BookletFile
    sections: tuple[NamedSection, ...]
    contacts: dict[str, Contact]
    glossary: tuple[Term, ...]
    clinic: ClinicFile | None
    labels: Labels
    pictures: Path

    @property
    def is_draft(self) -> bool:
        """Whether nobody has signed the words off yet."""
        return not self.about.review.is_complete
