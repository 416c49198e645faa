"""Who answers for the words of a booklet: its review record, and the state that follows from it."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from booklet.content.fields import AsTyped, Day, Fingerprint, Part, Person, VersionNumber
from booklet.content.validation_context import faults
from booklet.content.version_code import code_of
from booklet.content.yaml_source import Route

#: NHS content is looked at again at least every three years.
YEARS_A_REVIEW_LASTS = 3

Event = Literal["sent to review", "approved", "withdrawn"]
State = Literal["draft", "in review", "approved", "withdrawn"]
#: What copies say of words that nobody answers for, by the name of the label.
Caution = Literal[
    "draft", "draft_in_review", "draft_changed", "draft_ended", "draft_behind", "withdrawn"
]

#: What an entry has to say besides its version, its fingerprint, the person and the day.
_NEEDED: dict[Event, tuple[str, ...]] = {
    "sent to review": (),
    "approved": ("role", "review_due"),
    "withdrawn": ("role", "why"),
}


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

    @property
    def code(self) -> str:
        """The fingerprint as it is printed."""
        return code_of(self.fingerprint)

    @model_validator(mode="after")
    def _whole(self) -> "Entry":
        missing = [name for name in _NEEDED[self.what] if getattr(self, name) is None]
        if missing:
            raise faults(
                (f"`{name}` is missing where words are {self.what}; add `{name}: …`", ())
                for name in missing
            )
        if self.review_due and (wrong := wrong_due_day(self.on, self.review_due)):
            raise faults([(wrong, ("review_due",))])
        return self


def wrong_due_day(on: date, due: date) -> str | None:
    """What is wrong with the day a review is due, three years after the approval at most.

    >>> wrong_due_day(date(2028, 2, 29), date(2031, 2, 28))
    >>> wrong_due_day(date(2028, 2, 29), date(2031, 3, 1))
    'an approval lasts 3 years at most; give an earlier day'
    """
    if due <= on:
        return "the next review is due after this one; correct one of the days"
    if (due.year - YEARS_A_REVIEW_LASTS, due.month, due.day) > (on.year, on.month, on.day):
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
    record: Annotated[tuple[Entry, ...], AfterValidator(_in_order_of_time)] = Field(
        (), description="What happened to the words, oldest first."
    )

    @property
    def approvals(self) -> tuple[Entry, ...]:
        """Every approval there has been."""
        return tuple(entry for entry in self.record if entry.what == "approved")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the words stand as they are now: their fingerprint beside the record.

    The state is never written down: it follows from the last entries and these very words.
    `ended` says that the day of the next review has passed; only who knows the day can say so.
    `behind` says that they are a translation of what the original no longer says.
    """

    fingerprint: str
    review: ReviewFile
    ended: bool = False
    behind: bool = False

    @property
    def code(self) -> str:
        """The fingerprint as it is printed."""
        return code_of(self.fingerprint)

    @property
    def withdrawal(self) -> Entry | None:
        """Who withdrew the booklet, unless something has happened since."""
        last = self.review.record[-1] if self.review.record else None
        return last if last and last.what == "withdrawn" else None

    @property
    def last_approval(self) -> Entry | None:
        """The last approval, of these words or of others, unless it was withdrawn."""
        for entry in reversed(self.review.record):
            if entry.what == "withdrawn":
                return None
            if entry.what == "approved":
                return entry
        return None

    @property
    def approval_of_these(self) -> Entry | None:
        """The last approval where it was of these very words, even where it has ended."""
        last = self.last_approval
        return last if last and last.fingerprint == self.fingerprint else None

    @property
    def approval(self) -> Entry | None:
        """The approval that holds for these very words, while it lasts."""
        return None if self.ended or self.behind else self.approval_of_these

    @property
    def sent(self) -> Entry | None:
        """Who sent these very words to review."""
        last = self.review.record[-1] if self.review.record else None
        mine = last and last.what == "sent to review" and last.fingerprint == self.fingerprint
        return last if mine else None

    @property
    def state(self) -> State:
        """Withdrawn, approved, in review or draft."""
        if self.withdrawal:
            return "withdrawn"
        if self.approval:
            return "approved"
        return "in review" if self.sent else "draft"

    @property
    def caution(self) -> Caution | None:
        """What copies say of these words; `None` where they are approved."""
        if self.withdrawal:
            return "withdrawn"
        if self.approval:
            return None
        if self.sent:
            return "draft_in_review"
        if self.ended:
            return "draft_ended"
        if self.approval_of_these:
            return "draft_behind"
        return "draft_changed" if self.review.approvals else "draft"
