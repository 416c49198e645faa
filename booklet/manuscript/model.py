"""The shape of content: one class a kind of block, and the files they stand in.

The classes are the documentation of the YAML. Plain text speaks to both readers; where the words
differ, a pair is given: `{patient: …, family: …}`. The reader is chosen while the values are
validated (`Reading`), so that nothing downstream has to ask who reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from booklet.editions import AUDIENCES, Audience
from booklet.manuscript.labels import Labels
from booklet.manuscript.markup import Inline, Lexicon, MarkupFaults, Phone, near, parse


@dataclass(frozen=True, slots=True)
class Reading:
    """What validation needs to know: who reads, what texts may refer to, which pictures exist."""

    audience: Audience
    lexicon: Lexicon
    contacts: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    pictures: frozenset[str] = frozenset()


def _fault(message: str) -> PydanticCustomError:
    return PydanticCustomError("booklet", "{message}", {"message": message})


def _reading(info: ValidationInfo) -> Reading:
    if not isinstance(info.context, Reading):
        raise TypeError("content is validated with a Reading as its context")
    return info.context


def _text(value: Any, info: ValidationInfo) -> Inline:
    """The words for the one who reads, parsed."""
    reading = _reading(info)
    if isinstance(value, Inline):
        return value
    if isinstance(value, dict):
        value = _own_words(value, reading.audience)
    if not isinstance(value, str) or not value.strip():
        raise _fault("text is missing here; write the words, or take the line out")
    try:
        return parse(value, reading.lexicon)
    except MarkupFaults as error:
        raise _fault("\n".join(error.messages)) from error


def _own_words(pair: dict[str, Any], audience: Audience) -> Any:
    strange = [key for key in pair if key not in AUDIENCES]
    missing = [key for key in AUDIENCES if not pair.get(key)]
    if strange:
        raise _fault(
            f"`{strange[0]}` cannot stand here; give plain text, or a pair `patient:` and "
            "`family:` (text with a colon in it needs quotes)"
        )
    if missing:
        raise _fault(f"the wording for `{missing[0]}` is missing; give both, or plain text")
    return pair[audience]


def _listed(value: Any) -> Any:
    """One passage is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def _known(what: str, names: Callable[[Reading], frozenset[str]]) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = names(_reading(info))
        if value not in known:
            raise _fault(f"there is no {what} `{value}`; {near(value, known)}")
        return value

    return AfterValidator(check)


def _of_reader(items: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
    """The items that are for the one who reads."""
    audience = _reading(info).audience
    mine = tuple(item for item in items if item.for_ in (None, audience))
    if items and not mine:
        raise _fault(f"nothing here is for `{audience}`; say `for:` on the part that holds it")
    return mine


_PAIR_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {audience: {"type": "string"} for audience in AUDIENCES},
            "required": list(AUDIENCES),
            "additionalProperties": False,
        },
    ]
}
Text = Annotated[InstanceOf[Inline], BeforeValidator(_text), WithJsonSchema(_PAIR_SCHEMA)]
Passage = Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(min_length=1)]
ContactName = Annotated[str, _known("contact", lambda reading: reading.contacts)]
SourceName = Annotated[str, _known("source", lambda reading: reading.sources)]
PictureName = Annotated[str, _known("picture", lambda reading: reading.pictures)]


class Part(BaseModel):
    """Anything written in YAML: frozen, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Checkable(Part):
    """A part whose words may break a rule of `check` for a reason that is noted beside them."""

    on_purpose: dict[str, str] = Field(
        {}, description="Rules these words break on purpose: the name of each, and the reason."
    )


class _Block(Checkable):
    for_: Audience | None = Field(
        None, alias="for", description="The one reader it is for; left out, it is for both."
    )


class Paragraph(_Block):
    """Running text."""

    kind: Literal["paragraph"]
    text: Text


class Bullets(_Block):
    """Points in no order."""

    kind: Literal["list"]
    intro: Text | None = Field(None, description="The line that leads into the list.")
    items: tuple[Text, ...] = Field(min_length=1)


class Steps(_Block):
    """What to do, one thing after another; numbered."""

    kind: Literal["steps"]
    intro: Text | None = None
    items: tuple[Text, ...] = Field(min_length=2)


class Callout(_Block):
    """A boxed instruction: what to do, and how soon."""

    kind: Literal["callout"]
    tone: Literal["advice", "soon", "emergency"] = Field(
        description="How soon to act. Decides the word printed above the title."
    )
    title: Text = Field(description="The instruction, as a sentence with a verb.")
    body: Annotated[tuple[Text, ...], BeforeValidator(_listed)] = ()
    items: tuple[Text, ...] = ()


class KeyPoints(_Block):
    """The few things to take away, in a box."""

    kind: Literal["key-points"]
    items: tuple[Text, ...] = Field(min_length=2)


class Treatment(_Block):
    """A treatment card: the same questions answered for each treatment (after DISCERN 9 to 15)."""

    kind: Literal["treatment"]
    title: Text
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
    alt: Text | None = Field(None, description="What the picture shows, in words.")
    decorative: bool = Field(False, description="True: says nothing the text does not say.")
    caption: Text | None = None

    @model_validator(mode="after")
    def _described_or_decorative(self) -> "Figure":
        if (self.alt is None) is not self.decorative:
            raise _fault("a picture needs either `alt:` with its words or `decorative: true`")
        return self


class Table(_Block):
    """Facts in rows; the first cell of each row is its heading."""

    kind: Literal["table"]
    caption: Text
    head: tuple[Text, ...] = Field(min_length=2)
    rows: tuple[tuple[Text, ...], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _regular(self) -> "Table":
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.head):
                raise _fault(
                    f"row {number} has {len(row)} cells and the head has {len(self.head)}; "
                    "give every row the same number"
                )
        return self


class Story(_Block):
    """A pointer to somebody's published story, or a quotation from it."""

    kind: Literal["story"]
    title: Text
    quotation: Text | None = Field(None, description="Their own words, with permission.")
    body: Passage
    source: SourceName


class Contacts(_Block):
    """Contact cards, from `house.yaml`."""

    kind: Literal["contacts"]
    names: tuple[ContactName, ...] = Field(min_length=1)


ClinicFact = Literal["name", "department", "helpline", "temperature", "feedback", "interpreters"]


class Detail(_Block):
    """One line to fill in by hand, or filled in from the clinic's profile."""

    label: Text
    clinic: ClinicFact | None = Field(None, description="The entry of the profile to print.")


class Details(_Block):
    """Lines to fill in by hand; those the clinic's profile knows are printed."""

    kind: Literal["details"]
    intro: Text | None = None
    fields: Annotated[tuple[Detail, ...], AfterValidator(_of_reader)] = Field(min_length=1)


class Questions(_Block):
    """Questions to ask, with a box to tick."""

    kind: Literal["questions"]
    title: Text | None = None
    items: tuple[Text, ...] = Field(min_length=1)


class Notes(_Block):
    """Ruled lines to write on, to the foot of the page."""

    kind: Literal["notes"]
    intro: Text | None = None


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
    title: Text = Field(description="The heading: what the reader finds here.")
    blocks: Annotated[
        tuple[Annotated[Plain, Field(discriminator="kind")], ...], AfterValidator(_of_reader)
    ] = Field(min_length=1)


Block = Annotated[Plain | Topic, Field(discriminator="kind")]
KINDS: dict[str, type[_Block]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in (*get_args(Plain), Topic)
}


class Section(Checkable):
    """One file of a booklet: a heading, and what stands under it."""

    title: Text
    running_head: Text | None = Field(None, description="The title at the head of pages, short.")
    for_: Audience | None = Field(None, alias="for")
    place: Literal["front", "body"] = Field("body", description="Front: before the contents.")
    starts: Literal["page", "flow"] = Field("flow", description="Page: on a new page.")
    alone: bool = Field(False, description="True: nothing else stands on its pages.")
    sources: tuple[SourceName, ...] = Field((), description="Where its facts come from.")
    blocks: Annotated[tuple[Block, ...], AfterValidator(_of_reader)] = Field(min_length=1)


class Rights(Part):
    """Who owns the words and the pictures, and on what terms they are used."""

    owner: Text
    terms: Text


class Review(Part):
    """Who answers for the words. Empty until a person fills it in."""

    written_by: str | None = None
    clinically_reviewed_by: str | None = None
    reviewed_on: date | None = None
    review_due: date | None = None

    @property
    def is_complete(self) -> bool:
        """Whether a person has signed the words off."""
        return bool(self.clinically_reviewed_by and self.reviewed_on and self.review_due)


class SourceEntry(Checkable):
    """One publication the facts come from."""

    title: Text
    publisher: Text
    address: str = Field(pattern=r"^https://")
    dated: str | None = Field(None, description="The date it carries, if it carries one.")
    checked: str = Field(description="When it was last read for this booklet.")


class BookletFile(Checkable):
    """`booklet.yaml`: what the booklet is, and who answers for it."""

    title: Text
    strapline: Text = Field(description="The line under the title.")
    running_head: Text = Field(description="The title at the head of left-hand pages, short.")
    description: Text = Field(description="One sentence: what it is about. The PDF's subject.")
    keywords: tuple[str, ...] = ()
    language: str = Field("en-GB", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    version: str = Field(pattern=r"^\d+\.\d+$")
    prepared: date = Field(description="The day this version was written.")
    publisher: Text
    feedback: Text = Field(description="How to say what is wrong or missing.")
    help_line: ContactName = Field(description="The contact on the back cover.")
    cover: Figure
    rights: Rights
    review: Review = Review()
    sources: dict[str, SourceEntry]


class Contact(Checkable):
    """An organisation or a service people can turn to."""

    name: Text
    offers: Text = Field(description="What they do, in a sentence.")
    phone: str | None = Field(None, pattern=r"^\+?[0-9][0-9 ]+[0-9]$")
    website: str | None = Field(None, pattern=r"^https://")
    checked: str = Field(description="When the number was last looked up, and where.")

    @property
    def call(self) -> Phone | None:
        """The number, ready to print and to dial."""
        return Phone(self.phone) if self.phone else None


class HouseFile(Part):
    """`house.yaml`: names and numbers, said once."""

    contacts: dict[str, Contact]


class Term(Checkable):
    """A word that needs explaining."""

    term: str
    short: str | None = Field(None, description="Its abbreviation.")
    spoken_as: str | None = Field(None, description="The words the abbreviation stands for.")
    also: tuple[str, ...] = Field((), description="Other forms in the text: plurals, variants.")
    meaning: Text

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of the term that a text may use."""
        return tuple(form for form in (self.term, self.short, *self.also) if form)


class GlossaryFile(Part):
    """`glossary.yaml`: terms and what they mean in plain words."""

    terms: tuple[Term, ...]


class Line(Part):
    """A telephone line and when it is answered."""

    phone: str = Field(pattern=r"^\+?[0-9][0-9 ]+[0-9]$")
    hours: str


class Threshold(Part):
    """The temperature to ring at, as the clinic's own alert card gives it."""

    value: str
    card: str = Field(description="The card it was copied from, with its date.")


class ClinicFile(Part):
    """`clinics/<name>.yaml`: what a clinic prints of its own."""

    name: str
    department: str | None = None
    helpline: Line | None = Field(None, description="The 24-hour line.")
    temperature: Threshold | None = None
    feedback: str | None = None
    interpreters: str | None = None

    def words(self, fact: ClinicFact) -> str | None:
        """An entry as it is printed; `None` where the profile has none."""
        value = getattr(self, fact)
        if isinstance(value, Line):
            return f"{value.phone} ({value.hours})"
        if isinstance(value, Threshold):
            return f"{value.value} ({value.card})"
        return value if value is None else str(value)


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
