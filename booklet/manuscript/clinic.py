"""A clinic's profile: what it prints of its own."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from booklet.manuscript.fields import AsTyped, Part, PhoneNumber, fault
from booklet.manuscript.markup import Phone

ClinicFact = Literal["name", "department", "helpline", "temperature", "feedback", "interpreters"]
_BODY_TEMPERATURE = re.compile(r"(?:3[5-9]|4[0-2])(?:\.[0-9])?C")


def _temperature(value: str) -> str:
    """A body temperature as the NHS manual writes it: a figure and C, no space, no degree sign."""
    if not _BODY_TEMPERATURE.fullmatch(value):
        raise fault(
            "this is no body temperature; write the figure and C with nothing between, like "
            "`37.5C` or `38C`"
        )
    return value


class Line(Part):
    """A telephone line and when it is answered."""

    phone: PhoneNumber = Field(description="The number, in groups of digits.")
    hours: AsTyped = Field(description="When it is answered.")

    @property
    def call(self) -> Phone:
        """The number, ready to print and to dial."""
        return Phone(self.phone)


class Threshold(Part):
    """The temperature to ring at, as the clinic's own alert card gives it."""

    value: Annotated[str, AfterValidator(_temperature)] = Field(
        description="A figure and C with nothing between, like 38C."
    )
    card: AsTyped = Field(description="The card it was copied from, with its date.")


class ClinicFile(Part):
    """`clinics/<name>.yaml`: what a clinic prints of its own, in words printed as typed."""

    name: AsTyped = Field(description="The hospital or clinic.")
    department: AsTyped | None = Field(None, description="The ward, unit or department.")
    helpline: Line | None = Field(None, description="The 24-hour line.")
    temperature: Threshold | None = Field(None, description="The temperature to ring at.")
    feedback: AsTyped | None = Field(None, description="Whom to tell what is wrong or missing.")
    interpreters: AsTyped | None = Field(None, description="How to get an interpreter.")

    def words(self, fact: ClinicFact) -> str | None:
        """An entry in bare words; `None` where the profile has none."""
        value = getattr(self, fact)
        if isinstance(value, Line):
            return f"{value.phone} ({value.hours})"
        if isinstance(value, Threshold):
            return f"{value.value} ({value.card})"
        return value if value is None else str(value)
