"""The shape of a booklet's own files, and the checked booklet that is made from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from booklet.content.blocks import Block, Details, Figure, Topic
from booklet.content.clinic import ClinicFact, ClinicFile
from booklet.content.fields import (
    AnsweredContact,
    AsTyped,
    Checkable,
    Day,
    Flag,
    Heading,
    Name,
    Part,
    ProperName,
    ScannedAddress,
    ShortForm,
    SourceName,
    Text,
    VersionNumber,
    WebAddress,
    of_reader,
)
from booklet.content.labels import Labels
from booklet.content.language import Language
from booklet.content.letter import LetterFile
from booklet.content.review_file import ReviewFile
from booklet.content.roles import FACT, LAYOUT, SAID_AHEAD, WORD, PrintedBy, Role
from booklet.content.shared_contacts import Contact, ContactsFile, GlossaryFile, Term
from booklet.editions import Audience


class Section(Checkable):
    """One file of a booklet: a heading, and what stands under it."""

    # The whole text that is fingerprinted has it as the head of the section.
    title: Annotated[Text, Role("heading", translated=True, fingerprinted=False)]
    """The heading: what the reader finds here."""
    running_head: ShortForm | None = None
    """The title at the head of pages, short."""
    for_: Annotated[Audience | None, LAYOUT] = Field(None, alias="for")
    """The one reader it is for; left out, it is for both."""
    place: Annotated[Literal["front", "body"], LAYOUT] = "body"
    """Front: before the contents."""
    starts: Annotated[Literal["page", "flow"], LAYOUT] = "flow"
    """Page: on a new page."""
    alone: Flag = Field(False, description="True: nothing else stands on its pages.")
    sources: Annotated[tuple[SourceName, ...], LAYOUT] = ()
    """Where its facts come from: keys of `sources:` in booklet.yaml."""
    blocks: Annotated[tuple[Block, ...], AfterValidator(of_reader)] = Field(min_length=1)
    """What stands under the heading: blocks, each with its `kind`."""

    @property
    def every_block(self) -> Iterator[Block]:
        """The blocks in reading order, a topic before those inside it."""
        for block in self.blocks:
            yield block
            yield from block.blocks if isinstance(block, Topic) else ()


class Rights(Part):
    """Who owns the words and the pictures, and on what terms they are used."""

    owner: ProperName = Field(description="Who owns the words and the pictures.")
    terms: Text = Field(description="Who may copy or change them, and how.")


class SourceEntry(Checkable):
    """One publication the facts come from."""

    title: Name = Field(description="Its title, as it stands on it.")
    publisher: ProperName = Field(description="Who published it.")
    address: WebAddress = Field(description="Where to read it: its web address, in full.")
    dated: AsTyped | None = Field(None, description="The date it carries, if it carries one.")
    checked: AsTyped = Field(description="When it was last read for this booklet.")
    read: AsTyped | None = Field(None, description="How far it was read, where not all of it was.")


class BookletFile(Checkable):
    """`booklet.yaml`: what the booklet is."""

    title: Heading = Field(description="The title on the cover.")
    strapline: Text = Field(description="The line under the title.")
    running_head: ShortForm = Field(description="The title at the head of left-hand pages, short.")
    description: Text = Field(description="One sentence: what it is about. The PDF's subject.")
    keywords: Annotated[tuple[AsTyped, ...], WORD] = ()
    """Words people search for it with."""
    patients_own: Annotated[tuple[str, ...], LAYOUT] = ()
    """What only the patient has, like `asthma`: `check` finds “your asthma” in the family edition.
    A * stands for any ending."""
    language: str = Field("en-GB", description="The language and the place, like `en-GB`.")
    version: Annotated[VersionNumber, SAID_AHEAD]
    """Two numbers with a point, in straight quotes, like "0.1"."""
    prepared: Annotated[Day, SAID_AHEAD] = Field(description="The day this version was written.")
    publisher: Annotated[Text, FACT, PrintedBy("record")]
    """Who publishes the booklet."""
    feedback: Annotated[Text, PrintedBy("record")]
    """How to say what is wrong or missing."""
    help_line: Annotated[AnsweredContact, SAID_AHEAD]
    """The contact on the back cover: a key of `contacts:` that has a `phone`."""
    web_page: ScannedAddress | None = None
    """Where its web page can be read: printed on the back cover, with a QR code."""
    cover: Figure = Field(description="The picture on the cover.")
    rights: Annotated[Rights, PrintedBy("record")]
    """Who owns the words, and on what terms they are used."""
    sources: Annotated[dict[str, SourceEntry], PrintedBy("sources")]
    """Where the facts come from, each under a short key that sections name."""


KINDS_OF_FILE: dict[str, type[Part]] = {
    "booklet": BookletFile,
    "section": Section,
    "review": ReviewFile,
    "clinic": ClinicFile,
    "letter": LetterFile,
    "house": ContactsFile,
    "glossary": GlossaryFile,
}
"""The model of each kind of content file that booklets and letters are made from."""


def kind_of_file(path: PurePath) -> str:
    """The kind of a file, by its path in the content folder; a translation's is its original's.

    >>> kind_of_file(PurePath("house.cy.yaml")), kind_of_file(PurePath("aml-relapse/00-call.yaml"))
    ('house', 'section')
    """
    if path.parts[0] in ("clinics", "letters"):
        return path.parts[0].removesuffix("s")
    name = path.name.partition(".")[0]
    return name if name in KINDS_OF_FILE else "section"


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A section with the name links know it by."""

    id: str  # the name of its file without the number
    section: Section


@dataclass(frozen=True, slots=True)
class CheckedContent:
    """The content of a booklet for one reader, without a fault; its review status comes later."""

    name: str  # the booklet's folder in the content folder, with the language of a translation
    audience: Audience  # the reader whose wordings were chosen
    about: BookletFile  # what the booklet is: title, version, sources, rights
    sections: tuple[NamedSection, ...]  # those this reader gets, in the order of their files
    contacts: dict[str, Contact]  # all of the content folder, by the name texts use
    glossary: tuple[Term, ...]  # the terms that stand in the sections, by the alphabet
    glossary_language: Language  # another than the booklet's where no glossary is translated
    clinic: ClinicFile | None  # the profile of the clinic that gives it out
    clinic_language: Language  # another than the booklet's where no profile is translated
    labels: Labels  # the words no author wrote, in the language of the booklet
    pictures: tuple[Path, ...]  # folders; a translation's own comes before the original's
    review: ReviewFile  # what happened to the words, as people and commands wrote it down
    logos: Path | None  # the folder that has the clinic's logo

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, a topic before those inside it."""
        for named in self.sections:
            yield from named.section.every_block

    @property
    def asks_of_clinic(self) -> set[ClinicFact]:
        """The entries of a clinic's profile that its own pages have a place for."""
        details = (block for block in self.blocks if isinstance(block, Details))
        return {field.clinic for block in details for field in block.fields if field.clinic}

    @property
    def printed_sections(self) -> tuple[NamedSection, ...]:
        """The sections as they are printed: those of the front, then those of the body."""
        return tuple(sorted(self.sections, key=lambda named: named.section.place == "body"))

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
