"""The review record of a booklet as a file: who wrote the words, and what happened to them."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from booklet.content.fields import (
    AsTyped,
    Day,
    Fingerprint,
    KeyFingerprint,
    Part,
    Person,
    VersionNumber,
)
from booklet.content.validation_context import faults
from booklet.content.version_code import code_of
from booklet.content.yaml_source import Route

YEARS_A_REVIEW_LASTS = 3  # NHS content is looked at again at least every three years

Event = Literal["sent to review", "approved", "withdrawn"]

_NEEDED: dict[Event, tuple[str, ...]] = {
    "sent to review": (),
    "approved": ("role", "review_due"),
    "withdrawn": ("role", "why"),
}
"""What an entry has to say besides its version, its fingerprint, the person and the day."""


class Entry(Part):
    """One thing that happened to the words: they were sent to review, approved or withdrawn."""

    what: Event = Field(description="What happened.")
    version: VersionNumber = Field(description="The version it happened to.")
    fingerprint: Fingerprint = Field(description="The fingerprint of the words it happened to.")
    by: Person = Field(description="The person's name.")
    role: AsTyped | None = Field(None, description="What makes them the one to say so.")
    on: Day = Field(description="The day, like 2026-11-22.")
    review_due: Day | None = Field(None, description="The day an approval ends.")
    summary: AsTyped | None = Field(None, description="What is new, in a sentence.")
    why: AsTyped | None = Field(None, description="Why it was withdrawn.")
    signed_with: KeyFingerprint | None = Field(
        None, description="The key whose signature over this approval is kept beside it."
    )
    seal: Fingerprint | None = Field(
        None, description="What shows that this and the entries above it are as they were written."
    )

    @property
    def code(self) -> str:
        """The fingerprint as it is printed."""
        return code_of(self.fingerprint)

    @model_validator(mode="after")
    def _whole(self) -> "Entry":
        told = f"`{{0}}` is missing where words are {self.what}; add `{{0}}: …`"
        missing = [name for name in _NEEDED[self.what] if getattr(self, name) is None]
        if missing:
            raise faults((told.format(name), ()) for name in missing)
        if self.review_due and (wrong := wrong_due_day(self.on, self.review_due)):
            raise faults([(wrong, ("review_due",))])
        return self


def latest_due(on: date) -> date:
    """The last day an approval of this day may end.

    >>> latest_due(date(2028, 2, 29))
    datetime.date(2031, 2, 28)
    """
    year = on.year + YEARS_A_REVIEW_LASTS
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February, and that year has none
        return on.replace(year=year, day=28)


def wrong_due_day(on: date, due: date) -> str | None:
    """What is wrong with the day a review is due, three years after the approval at most.

    >>> wrong_due_day(date(2028, 2, 29), date(2031, 2, 28))
    >>> wrong_due_day(date(2028, 2, 29), date(2031, 3, 1))
    'an approval lasts 3 years at most; give an earlier day'
    """
    if due <= on:
        return "the next review is due after this one; correct one of the days"
    if due > latest_due(on):
        return f"an approval lasts {YEARS_A_REVIEW_LASTS} years at most; give an earlier day"
    return None


def _in_order_of_time(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    found: list[tuple[str, Route]] = [
        (f"this day is before {before.on}, that of the entry above; correct one", (place, "on"))
        for place, (before, entry) in enumerate(pairwise(entries), start=1)
        if entry.on < before.on
    ]
    if found:
        raise faults(found)
    return entries


class ReviewFile(Part):
    """`review.yaml`: who wrote the words, and what happened to them, oldest first."""

    written_by: Person | None = Field(None, description="Who wrote the words.")
    record: Annotated[tuple[Entry, ...], AfterValidator(_in_order_of_time)] = ()
    """What happened to the words, oldest first."""
