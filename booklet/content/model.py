"""The shape of a booklet's own files, and the checked booklet that is made from them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from booklet.content.blocks import (
    KINDS,
    Block,
    Callout,
    Contacts,
    Detail,
    Details,
    Figure,
    Glossary,
    Record,
    Sources,
    Topic,
)
from booklet.content.clinic import ClinicFact, ClinicFile
from booklet.content.fields import (
    AnsweredContact,
    AsTyped,
    Checkable,
    Day,
    Flag,
    Part,
    SourceName,
    Text,
    VersionNumber,
    WebAddress,
    of_reader,
)
from booklet.content.labels import Labels
from booklet.content.review_file import ReviewFile
from booklet.content.shared_contacts import Contact, GlossaryFile, HouseFile, Term
from booklet.content.validation_context import Reading
from booklet.editions import Audience

__all__ = [
    "KINDS",
    "BookletFile",
    "Callout",
    "CheckedContent",
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
    "ReviewFile",
    "Section",
    "Sources",
    "Term",
    "Topic",
]


class Section(Checkable):
    """One file of a booklet: a heading, and what stands under it."""

    title: Text = Field(description="The heading: what the reader finds here.")
    running_head: Text | None = Field(None, description="The title at the head of pages, short.")
    for_: Audience | None = Field(
        None, alias="for", description="The one reader it is for; left out, it is for both."
    )
    place: Literal["front", "body"] = Field("body", description="Front: before the contents.")
    starts: Literal["page", "flow"] = Field("flow", description="Page: on a new page.")
    alone: Flag = Field(False, description="True: nothing else stands on its pages.")
    sources: tuple[SourceName, ...] = Field(
        (), description="Where its facts come from: keys of `sources:` in booklet.yaml."
    )
    blocks: Annotated[tuple[Block, ...], AfterValidator(of_reader)] = Field(
        min_length=1, description="What stands under the heading: blocks, each with its `kind`."
    )


class Rights(Part):
    """Who owns the words and the pictures, and on what terms they are used."""

    owner: Text = Field(description="Who owns the words and the pictures.")
    terms: Text = Field(description="Who may copy or change them, and how.")


class SourceEntry(Checkable):
    """One publication the facts come from."""

    title: Text = Field(description="Its title, as it stands on it.")
    publisher: Text = Field(description="Who published it.")
    address: WebAddress = Field(description="Where to read it: its web address, in full.")
    dated: AsTyped | None = Field(None, description="The date it carries, if it carries one.")
    checked: AsTyped = Field(description="When it was last read for this booklet.")


class BookletFile(Checkable):
    """`booklet.yaml`: what the booklet is."""

    title: Text = Field(description="The title on the cover.")
    strapline: Text = Field(description="The line under the title.")
    running_head: Text = Field(description="The title at the head of left-hand pages, short.")
    description: Text = Field(description="One sentence: what it is about. The PDF's subject.")
    keywords: tuple[AsTyped, ...] = Field((), description="Words people search for it with.")
    language: str = Field("en-GB", description="The language and the place, like `en-GB`.")
    version: VersionNumber = Field(
        description='Two numbers with a point, in straight quotes, like "0.1".'
    )
    prepared: Day = Field(description="The day this version was written.")
    publisher: Text = Field(description="Who publishes the booklet.")
    feedback: Text = Field(description="How to say what is wrong or missing.")
    help_line: AnsweredContact = Field(
        description="The contact on the back cover: a key of `contacts:` that has a `phone`."
    )
    cover: Figure = Field(description="The picture on the cover.")
    rights: Rights = Field(description="Who owns the words, and on what terms they are used.")
    sources: dict[str, SourceEntry] = Field(
        description="Where the facts come from, each under a short key that sections name."
    )


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A section with the name links know it by."""

    id: str
    section: Section


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """The content of a booklet for one reader, without a fault; its review status comes later."""

    name: str
    """The booklet's folder in the content folder, with the language of a translation."""
    audience: Audience
    """The reader whose wordings were chosen."""
    about: BookletFile
    """What the booklet is: title, version, sources, rights."""
    sections: tuple[NamedSection, ...]
    """The sections this reader gets, in the order of their files."""
    contacts: dict[str, Contact]
    """Every contact of the content folder, by the name texts use."""
    glossary: tuple[Term, ...]
    """The terms that stand in the sections, in the order of the alphabet."""
    clinic: ClinicFile | None
    """The profile of the clinic that gives it out."""
    labels: Labels
    """The words no author wrote, in the language of the booklet."""
    pictures: tuple[Path, ...]
    """Where its pictures are; a translation's own folder comes before the original's."""
    review: ReviewFile
    """What happened to the words, as people and commands wrote it down."""
    logos: Path | None
    """Where the clinic's logo is."""

    @property
    def asks_of_clinic(self) -> set[ClinicFact]:
        """The entries of a clinic's profile that its own pages have a place for."""
        blocks = [block for named in self.sections for block in named.section.blocks]
        inner = [each for block in blocks if isinstance(block, Topic) for each in block.blocks]
        details = (block for block in (*blocks, *inner) if isinstance(block, Details))
        return {field.clinic for block in details for field in block.fields if field.clinic}

    @property
    def picture_folders(self) -> tuple[Path, ...]:
        """The folders its pages may take pictures from."""
        return (*self.pictures, self.logos) if self.logos else self.pictures

    @property
    def logo(self) -> Path | None:
        """The file of the clinic's logo; `None` where it has none."""
        printed = self.clinic.logo if self.clinic else None
        return self.logos / printed.picture if self.logos and printed else None

    def picture(self, name: str) -> Path:
        """The file of a picture; a translation's own comes before the original's."""
        places = (folder / name for folder in self.pictures)
        return next((path for path in places if path.exists()), self.pictures[-1] / name)
