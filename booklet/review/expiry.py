"""What the calendar says of an approval: it holds, it ends soon, or it has ended."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.folder import REVIEW_FILE
from booklet.content.review_file import YEARS_A_REVIEW_LASTS, Entry, Standing
from booklet.problems import Problem

#: Days before the review is due from which a build warns: some trusts want the new text then.
DAYS_OF_WARNING = 90


def in_words(day: date) -> str:
    """A day as the NHS manual writes it.

    >>> in_words(date(2026, 8, 6))
    '6 August 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def latest_due(on: date) -> date:
    """The last day an approval of this day may end.

    >>> latest_due(date(2028, 2, 29))
    datetime.date(2031, 2, 28)
    """
    year = on.year + YEARS_A_REVIEW_LASTS
    try:
        return on.replace(year=year)
    except ValueError:
        return on.replace(year=year, day=28)


@dataclass(frozen=True, slots=True)
class Due:
    """How many days are left until the review of approved words is due; below 0 it has passed."""

    approval: Entry
    days: int

    @property
    def has_passed(self) -> bool:
        """Whether the approval has ended; on the day itself it still holds."""
        return self.days < 0

    @property
    def is_near(self) -> bool:
        """Whether it is time to review the words."""
        return 0 <= self.days <= DAYS_OF_WARNING

    def problem(self, folder: Path) -> Problem | None:
        """A fault once the day has passed, a warning in the 90 days before, or nothing."""
        when = in_words(self.approval.review_due or self.approval.on)
        if self.has_passed:
            message = (
                f"the review was due on {when} and the approval has ended; look the words "
                "through, then approve them anew or withdraw the booklet"
            )
            return Problem(folder / REVIEW_FILE, message)
        if self.is_near:
            left = "today" if not self.days else f"in {self.days} day{'s'[: self.days > 1]}"
            message = (
                f"the review is due {left}, on {when}; look the words through and approve anew"
            )
            return Problem(folder / REVIEW_FILE, message, severity="warning")
        return None


def due(standing: Standing, today: date) -> Due | None:
    """How long the approval of these words still holds, below 0 days where it has ended.

    `None` where nobody approved them.
    """
    approval = standing.approval_of_these
    if approval is None or approval.review_due is None:
        return None
    return Due(approval, (approval.review_due - today).days)
