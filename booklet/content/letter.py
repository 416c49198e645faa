"""A letter that goes to many people: its words, with fields that each person's row fills in."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from booklet.content.clinic import Signatory
from booklet.content.fields import PASSAGES_SCHEMA, Checkable, Flag, Text, listed
from booklet.content.inline import Inline
from booklet.content.letter_fields import (
    WITH_BOOKLET,
    column_fault,
    field_faults,
    fields_in,
    plain_name,
)
from booklet.content.roles import HEADING, LAYOUT
from booklet.content.validation_context import context_of, fault, faults


def _column(value: str, info: ValidationInfo) -> str:
    wrong = column_fault(value, context_of(info).columns)
    if wrong and plain_name(value) != WITH_BOOKLET:
        raise fault(wrong)
    return value


def _with_fields(text: Inline, info: ValidationInfo) -> Inline:
    """A text whose fields are known."""
    if found := tuple(field_faults(text, context_of(info).columns)):
        raise faults((message, ()) for message in found)
    return text


ColumnName = Annotated[str, AfterValidator(_column), LAYOUT]
"""The name of a column of the list."""
_Words = Annotated[Text, AfterValidator(_with_fields)]
_Title = Annotated[_Words, HEADING]
_Passages = Annotated[tuple[_Words, ...], BeforeValidator(listed), WithJsonSchema(PASSAGES_SCHEMA)]


class LetterPart(Checkable):
    """A part of the letter: a heading, paragraphs, points, in this order; one of them will do."""

    when: ColumnName | None = None
    """A column of yes and no: the part is printed for those whose row says yes. `booklet`: it is
    printed where a booklet goes with the letter."""
    heading: _Title | None = Field(None, description="The heading above it.")
    text: _Passages = Field((), description="A paragraph, or a list of them.")
    items: tuple[_Words, ...] = Field((), description="The points below, one on each line.")

    @property
    def printed(self) -> tuple[Inline, ...]:
        """Every text of it."""
        return (*((self.heading,) if self.heading else ()), *self.text, *self.items)

    @model_validator(mode="after")
    def _says_something(self) -> "LetterPart":
        if not (self.heading or self.text or self.items):
            raise fault("this part has no words; give `heading: …`, `text: …` or `items: …`")
        return self


class LetterFile(Checkable):
    """`letters/<name>.yaml`: a covering letter; names in braces are columns of the list."""

    language: str = Field("en-GB", description="The language and the place, like `en-GB`.")
    reference: _Words | None = None
    """The line above the subject, as `Our reference: {NHS number}`."""
    subject: _Title = Field(description="What the letter is about, in bold above the salutation.")
    salutation: _Words = Field(description="How it begins, as `Dear {greeting}`.")
    body: tuple[LetterPart, ...] = Field(min_length=1)
    """What it says: parts, each with a heading, a text or points."""
    closing: _Words = Field(description="How it ends, as `Yours sincerely`.")
    signature: Flag = Field(True, description="True: room to sign by hand above the name.")
    signed_by: Signatory | None = None
    """Who signs; left out, it is whom the clinic's profile names, or the clinic."""
    enclosed: _Words | None = None
    """The line below, as `Enclosed: a booklet for you`; left out where no booklet goes with it."""

    @property
    def printed(self) -> tuple[Inline, ...]:
        """Every text of it."""
        return (*self.around, *(text for part in self.body for text in part.printed))

    @property
    def columns(self) -> frozenset[str]:
        """The columns it asks for, as `plain_name` has them: it prints them, or they say when."""
        named = (name for text in self.printed for name in fields_in(text))
        asked = (part.when for part in self.body if part.when)
        return frozenset(map(plain_name, (*named, *asked)))

    @property
    def around(self) -> tuple[Inline, ...]:
        """The texts before and after the body."""
        texts = (self.reference, self.subject, self.salutation, self.closing, self.enclosed)
        return tuple(text for text in texts if text)
