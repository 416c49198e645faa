"""The kinds of block a section is made of; the classes are the documentation of their YAML."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from booklet.content.clinic import ClinicFact
from booklet.content.fields import (
    AsTyped,
    Checkable,
    ContactName,
    Flag,
    Heading,
    Passage,
    Passages,
    PictureName,
    SourceName,
    Text,
    of_reader,
)
from booklet.content.roles import DESCRIPTION, FACT, LAYOUT, kind_of
from booklet.content.validation_context import fault, faults
from booklet.editions import Audience


class _Block(Checkable):
    """What every block may say."""

    for_: Annotated[Audience | None, LAYOUT] = Field(None, alias="for")
    """The one reader it is for; left out, it is for both."""


class Paragraph(_Block):
    """Running text."""

    kind: Literal["paragraph"]
    text: Text = Field(description="The words: one thought, about four sentences at most.")
    large: Flag = Field(False, description="True: at least 18 point, in standard print too.")


class Bullets(_Block):
    """Points in no order."""

    kind: Literal["list"]
    intro: Text | None = Field(None, description="The line that leads into the list.")
    items: tuple[Text, ...] = Field(min_length=1, description="The points, one on each line.")


class Steps(_Block):
    """What to do, one thing after another; numbered."""

    kind: Literal["steps"]
    intro: Text | None = Field(None, description="The line that leads into the steps.")
    items: tuple[Text, ...] = Field(min_length=2)
    """What to do, in order; each step begins with a verb."""


class Callout(_Block):
    """A boxed instruction: what to do, and how soon."""

    kind: Literal["callout"]
    tone: Literal["advice", "soon", "emergency"]
    """How soon to act. Decides the word printed above the title."""
    title: Heading = Field(description="The instruction, as a sentence with a verb.")
    body: Passages = Field((), description="The words under the title: a text, or a list of them.")
    items: tuple[Text, ...] = Field((), description="Points under the words: the signs to act on.")


class KeyPoints(_Block):
    """The few things to take away, in a box."""

    kind: Literal["key-points"]
    items: tuple[Text, ...] = Field(min_length=2)
    """What to remember if nothing else is read: three to six points."""


class Treatment(_Block):
    """A treatment card: the same questions answered for each treatment (after DISCERN 9 to 15)."""

    kind: Literal["treatment"]
    title: Heading = Field(description="The name of the treatment.")
    what: Passage = Field(description="What it is and how it works.")
    given: Passage = Field(description="How it is given.")
    where: Passage = Field(description="Where it is given.")
    why: Passage = Field(description="Why it may suit the patient.")
    risks: Passage = Field(description="Risks and side effects.")
    limits: Passage = Field(description="What it cannot do.")
    ask: tuple[Text, ...] = Field(min_length=1, description="Questions for the team.")


class Figure(_Block):
    """A picture, with the words for those who do not see it."""

    kind: Literal["figure"]
    picture: PictureName = Field(description="A file in the booklet's `pictures` folder.")
    alt: Annotated[Text, DESCRIPTION] | None = None
    """What the picture shows, in words."""
    decorative: Annotated[Flag, FACT] = False
    """True, instead of `alt`: says nothing the text does not say."""
    caption: Text | None = Field(None, description="The words printed under the picture.")

    @model_validator(mode="after")
    def _described_or_decorative(self) -> "Figure":
        if (self.alt is None) is not self.decorative:
            raise fault("a picture needs either `alt:` with its words or `decorative: true`")
        return self


_QUOTE_CELLS = (
    "a comma in a cell begins another one, so put quotes round the whole cell: "
    '`["Once, at night", Yes]`'
)


class Table(_Block):
    """Facts in rows; the first cell of each row is its heading."""

    kind: Literal["table"]
    caption: Text = Field(description="The words above the table: what it shows.")
    head: tuple[Text, ...] = Field(min_length=2, description="The headings of the columns.")
    rows: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    """One list of cells for each row, as many as there are columns."""

    @model_validator(mode="after")
    def _regular(self) -> "Table":
        wanted, told = len(self.head), "row {} has {} cells and the head has {}"
        widths = {len(row) for row in self.rows}
        if len(widths) == 1 and 1 < min(widths) < wanted:
            words = f"the head has {wanted} cells and every row has {min(widths)}; {_QUOTE_CELLS}"
            raise faults([(words, ("head",))])
        ragged = [
            (
                f"{told.format(at + 1, len(row), wanted)}; "
                + (_QUOTE_CELLS if len(row) > wanted else "give every row the same number"),
                ("rows", at),
            )
            for at, row in enumerate(self.rows)
            if len(row) != wanted
        ]
        if ragged:
            raise faults(ragged)
        return self


class Story(_Block):
    """A pointer to somebody's published story, or a quotation from it."""

    kind: Literal["story"]
    title: Heading = Field(description="Whose story it is, or what it is about.")
    quotation: Text | None = Field(None, description="Their own words, with permission.")
    body: Passage = Field(description="What they tell, in your words: a text, or a list of them.")
    source: SourceName = Field(description="Where to read it: a key of `sources:` in booklet.yaml.")


class Contacts(_Block):
    """Contact cards, from `house.yaml`."""

    kind: Literal["contacts"]
    names: tuple[ContactName, ...] = Field(min_length=1)
    """Keys of `contacts:` in house.yaml, in the order to print them."""


class Detail(_Block):
    """One line to fill in by hand, or filled in from the clinic's profile."""

    label: Text = Field(description="What to write on the line.")
    clinic: ClinicFact | None = Field(None, description="The entry of the profile to print.")
    short: Flag = Field(False, description="True: half a line is enough, and another may share it.")
    example: Annotated[AsTyped | None, LAYOUT] = None
    """What a draft prints as an example, with whose it is, until a profile has the clinic's own."""


class Details(_Block):
    """Lines to fill in by hand; those the clinic's profile knows are printed."""

    kind: Literal["details"]
    intro: Text | None = Field(None, description="The words above the lines.")
    fields: Annotated[tuple[Detail, ...], AfterValidator(of_reader)] = Field(min_length=1)
    """The lines, each with a `label`."""


class Questions(_Block):
    """Questions to ask, with a box to tick."""

    kind: Literal["questions"]
    title: Heading | None = Field(None, description="The heading above the questions.")
    items: tuple[Text, ...] = Field(min_length=1)
    """The questions, as the reader would ask them."""


class Notes(_Block):
    """Ruled lines to write on: a page of them, or a few."""

    kind: Literal["notes"]
    intro: Text | None = Field(None, description="The words above the lines.")
    short: Flag = Field(False, description="True: a few lines, and not a page of them.")


class Glossary(_Block):
    """The terms this booklet uses, from `glossary.yaml`."""

    kind: Literal["glossary"]


class Sources(_Block):
    """The list of sources, from `booklet.yaml`."""

    kind: Literal["sources"]


class Record(_Block):
    """How this was made: version, dates, people, rights, from `booklet.yaml`."""

    kind: Literal["record"]


Plain = (
    Paragraph | Bullets | Steps | Callout | KeyPoints | Treatment | Figure | Table | Story
    | Contacts | Details | Questions | Notes | Glossary | Sources | Record
)  # fmt: skip


class Topic(_Block):
    """A part of a section, under a heading of its own."""

    kind: Literal["topic"]
    title: Heading = Field(description="The heading: what the reader finds here.")
    blocks: Annotated[
        tuple[Annotated[Plain, Field(discriminator="kind")], ...], AfterValidator(of_reader)
    ] = Field(min_length=1)
    """What stands under the heading; no topic inside a topic."""


Block = Annotated[Plain | Topic, Field(discriminator="kind")]
KINDS: dict[str, type[_Block]] = {str(kind_of(each)): each for each in (*get_args(Plain), Topic)}
