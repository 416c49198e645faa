"""Who answers for the words of a booklet."""

from datetime import date

from pydantic import Field, model_validator

from booklet.manuscript.fields import Day, Part, Person, Steps, faults

#: NHS content is looked at again at least every three years.
YEARS_A_REVIEW_LASTS = 3


class Review(Part):
    """Who answers for the words: empty until a person fills in all four entries.

    What is complete takes the draft mark off every copy.
    """

    written_by: Person | None = Field(None, description="Who wrote the words.")
    clinically_reviewed_by: Person | None = Field(
        None, description="The health professional who checked them."
    )
    reviewed_on: Day | None = Field(None, description="The day they were checked.")
    review_due: Day | None = Field(None, description="The day to check them again.")

    @property
    def is_complete(self) -> bool:
        """Whether a person has signed the words off."""
        return all(getattr(self, name) is not None for name in type(self).model_fields)

    @model_validator(mode="after")
    def _all_or_nothing(self) -> "Review":
        missing = [name for name in type(self).model_fields if getattr(self, name) is None]
        if 0 < len(missing) < len(type(self).model_fields):
            raise faults(
                (f"`{name}` is missing; fill in all four entries, or none: `review: {{}}`", ())
                for name in missing
            )
        return self

    @model_validator(mode="after")
    def _in_order_of_time(self) -> "Review":
        if self.reviewed_on and self.review_due:
            found = tuple(_wrong_days(self.reviewed_on, self.review_due))
            if found:
                raise faults(found)
        return self


def _wrong_days(reviewed: date, due: date) -> list[tuple[str, Steps]]:
    if due <= reviewed:
        return [("the next review is due after this one; correct one of the days", ("review_due",))]
    if (due.year - YEARS_A_REVIEW_LASTS, due.month, due.day) > (
        reviewed.year,
        reviewed.month,
        reviewed.day,
    ):
        years = YEARS_A_REVIEW_LASTS
        return [(f"a review lasts {years} years at most; give an earlier day", ("review_due",))]
    return []
