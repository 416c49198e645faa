"""A clinic's profile: what it prints of its own."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from booklet.content.accent import LEAST_CONTRAST, contrast, is_colour, nearest, passes
from booklet.content.addresses import Phone
from booklet.content.fields import (
    AsTyped,
    Day,
    EmailAddress,
    LogoName,
    Part,
    Person,
    PhoneNumber,
    ScannedAddress,
    only,
)
from booklet.content.roles import PROSE
from booklet.content.validation_context import fault

ClinicFact = Literal[
    "name", "department", "helpline", "lines", "temperature", "feedback", "interpreters", "pals"
]
EMERGENCY: tuple[tuple[ClinicFact, *tuple[str, ...]], ...] = (
    ("helpline",),
    ("temperature", "value"),
    ("temperature", "below"),
)
"""What readers need of a clinic when they are in danger: the ways to it in a profile, which begin
with the entry that prints it."""
_BODY_TEMPERATURE = re.compile(r"(?:3[5-9]|4[0-2])(?:\.[0-9])?C")
"""As the NHS manual writes it: a figure and C, no space, no degree sign."""
_NO_TEMPERATURE = (
    "this is no body temperature; write the figure and C with nothing between, like `37.5C` or "
    "`38C`"
)


def _accent(value: Any) -> Any:
    """A colour that words can be set in; the nearest is named where they could not be read."""
    if value is None:
        raise fault('put the colour into quotes, or YAML takes it for a comment: `"#rrggbb"`')
    if not isinstance(value, str) or not is_colour(value):
        raise fault('this is no colour; write # and six figures or letters a to f: `"#rrggbb"`')
    if not passes(value):
        raise fault(
            f"words in this colour have a contrast of {contrast(value):.1f} to 1 at worst, and "
            f"need {LEAST_CONTRAST:.0f} to 1; the nearest colour that has it is "
            f'`"{nearest(value)}"`'
        )
    return value


_Colour = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]
Sentence = Annotated[AsTyped, PROSE]
"""What a profile says in words of its own; the rest of it is names and numbers."""


class Line(Part):
    """A telephone line and when it is answered."""

    phone: PhoneNumber = Field(description="The number, in groups of digits.")
    hours: Sentence = Field(description="When it is answered, as `Monday to Friday, 9am to 5pm`.")

    @property
    def call(self) -> Phone:
        """The number, ready to print and to dial."""
        return Phone(self.phone)


class NamedLine(Line):
    """One of several lines: whom it reaches, its number, when it is answered."""

    name: AsTyped = Field(description="Who answers, as `Day unit` or `Specialist nurse`.")


class AdviceService(Part):
    """The Patient Advice and Liaison Service of the hospital: how to reach it."""

    phone: PhoneNumber | None = Field(None, description="The number, in groups of digits.")
    hours: Sentence | None = Field(None, description="When the telephone is answered.")
    email: EmailAddress | None = Field(None, description="The address, printed as a link.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> "AdviceService":
        if self.phone is None and self.email is None:
            raise fault("nobody can be reached here; give `phone: …` or `email: …`, or both")
        if self.hours and self.phone is None:
            raise fault("`hours` belong to a telephone; give `phone: …`, or take `hours` out")
        return self


_Temperature = Annotated[str, only(_BODY_TEMPERATURE.fullmatch, _NO_TEMPERATURE)]


class Threshold(Part):
    """The temperatures to call at, as the clinic's own alert card gives them."""

    value: _Temperature
    """Call at this or higher: a figure and C with nothing between, like 38C."""
    below: _Temperature | None = None
    """Call below this: a figure and C with nothing between, like 36C."""
    card: AsTyped = Field(description="The card they were copied from, with its date.")

    @model_validator(mode="after")
    def _is_a_range(self) -> "Threshold":
        if self.below and float(self.below[:-1]) >= float(self.value[:-1]):
            raise fault("`below` is the low temperature; it must be less than `value`")
        return self


class Permission(Part):
    """Who allowed the logo to be printed, and when: a logo is somebody's property."""

    by: Person = Field(description="The person or the office that gave it.")
    on: Day = Field(description="The day it was given.")


class Logo(Part):
    """The clinic's logo, from the folder that bears the name of the profile."""

    picture: LogoName = Field(description="A file in `clinics/<name>/`: SVG, PNG or JPEG.")
    alt: AsTyped = Field(description="The words of the logo, and what it shows.")
    permission: Permission = Field(description="Who allowed it to be printed, and when.")


class Signatory(Part):
    """A person who signs letters."""

    name: Person = Field(description="The name that stands below the signature.")
    role: AsTyped | None = Field(None, description="What they are, as `Ward manager`.")


class SentBy(Part):
    """What letters say of their sender, besides the names of the clinic and the department."""

    address: tuple[AsTyped, ...] = Field(min_length=1, max_length=6)
    """The address, a line each, the postcode last."""
    phone: PhoneNumber | None = Field(None, description="The number to call about a letter.")
    hours: Sentence | None = Field(None, description="When it is answered.")
    email: EmailAddress | None = Field(None, description="The address to write to by email.")
    return_to: tuple[AsTyped, ...] = Field((), max_length=7)
    """Where a letter that cannot be delivered goes back to, where that is another address."""
    signed_by: Signatory | None = None
    """Who signs letters that name nobody else."""


class ClinicFile(Part):
    """`clinics/<name>.yaml`: what a clinic prints of its own, in words printed as typed."""

    name: AsTyped = Field(description="The hospital or trust, as its patients know it.")
    department: AsTyped | None = Field(None, description="The clinic, ward or unit.")
    logo: Logo | None = Field(None, description="Printed on the cover.")
    accent: Annotated[_Colour | None, BeforeValidator(_accent)] = None
    """The colour of headings, links and rules, in quotes: `"#0b4f5c"`."""
    helpline: Line | None = Field(None, description="The 24-hour line.")
    lines: tuple[NamedLine, ...] = Field((), description="Other telephone lines, in order.")
    temperature: Threshold | None = None
    """The high and the low temperature to call at."""
    interpreters: Sentence | None = Field(None, description="How to get an interpreter.")
    pals: AdviceService | None = None
    """The Patient Advice and Liaison Service (PALS)."""
    feedback: Sentence | None = Field(None, description="How to say what is wrong or missing.")
    letters: SentBy | None = Field(None, description="What its letters say of their sender.")
    web_page: ScannedAddress | None = None
    """Where its booklets can be read on the web: printed on the back cover, with a QR code."""

    def has(self, way: tuple[str, ...]) -> bool:
        """Whether something stands at the end of this way, a key for each step."""
        found: Any = self
        for key in way:
            found = getattr(found, key, None)
        return found is not None

    def full_name(self, comma: str) -> str:
        """The clinic with its department."""
        return f"{comma} ".join(filter(None, (self.name, self.department)))
