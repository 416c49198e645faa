"""Where a booklet's words stand, in a sentence for the person who answers for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from booklet.content.language import Language
from booklet.content.load import Files, load_with_files
from booklet.content.model import Booklet
from booklet.content.plain_text import whole_text
from booklet.content.review_file import Entry, Standing
from booklet.content.translation_folder import parted
from booklet.editions import Audience
from booklet.messages import counted
from booklet.problems import FaultsFound, Problem
from booklet.review.changes import Changes, compare, named, summary
from booklet.review.expiry import due, in_words
from booklet.review.snapshots import read_snapshot
from booklet.writing.translation import Comparison, compared


@dataclass(frozen=True, slots=True)
class Stand:
    """A booklet's words as they are on a day, with the folder and the whole text they have.

    `translated` is a translation beside its original; `None` for an original.
    """

    name: str
    language: Language
    folder: Path
    standing: Standing
    text: str
    today: date
    translated: Comparison | None = None

    def sentence(self) -> str:
        """The state and how it came about."""
        return f"{self.name}: {_sentence(self)}"

    def since_approval(self) -> Changes | None:
        """What changed since the last approval; `None` where there was none.

        `FaultsFound` where the approved words are no longer there.
        """
        last = self.standing.last_approval
        if last is None:
            return None
        return compare(read_snapshot(self.folder, last).text, self.text)

    def day_problem(self) -> Problem | None:
        """What the calendar says of the approval: a fault, a warning, or nothing."""
        found = due(self.standing, self.today)
        return found.problem(self.folder) if found else None


def where(content: Path, name: str, today: date) -> Stand:
    """Where the words of a booklet of a content folder stand today."""
    return stand_of(*load_with_files(content, name), today)


def stand_of(booklets: Mapping[Audience, Booklet], files: Files, today: date) -> Stand:
    """Where the words of a booklet that was loaded stand today."""
    standing = next(iter(booklets.values())).standing
    is_translation = parted(files.name)[1]
    translated = compared(files.folder.parent, files.name) if is_translation else None
    found = due(standing, today)
    now = replace(
        standing,
        ended=found is not None and found.has_passed,
        behind=translated is not None and bool(translated.behind),
    )
    text = whole_text(booklets)
    return Stand(files.name, files.language, files.folder, now, text, today, translated)


def _sentence(stand: Stand) -> str:
    standing = stand.standing
    if gone := standing.withdrawal:
        return (
            f"{signed(gone)}: {gone.why}. It does not build; send it to review or approve it anew"
        )
    if approval := standing.approval:
        until = in_words(approval.review_due or approval.on)
        return f"{signed(approval)} for version {approval.version}, until {until}"
    if sent := standing.sent:
        return f"in review, {signed(sent)}; it is a draft until it is approved"
    if last := standing.last_approval:
        return f"{signed(last)} for version {last.version}; {_no_longer(stand, last)}"
    return "draft, nobody has approved these words"


def _no_longer(stand: Stand, last: Entry) -> str:
    """Why an approval does not hold, and until when it does not."""
    standing = stand.standing
    if standing.approval_of_these and not standing.ended:
        return "it is behind its original; it is a draft again until it says the same"
    if standing.ended:
        why = f"the approval ended with {in_words(last.review_due or last.on)}"
    else:
        why = f"since then {_changed(stand)}"
    return f"{why}; it is a draft again until it is approved anew"


def _changed(stand: Stand) -> str:
    try:
        changes = stand.since_approval() or Changes()
    except FaultsFound as error:
        return f"the words have changed ({error.problems[0].message})"
    if changes.places:
        where = counted(len(changes.places), "section")
        return f"the words have changed in {where}: {named(changes.places)}"
    return summary(changes) if changes else "only the version or its date has changed"


def signed(entry: Entry) -> str:
    """What happened, by whom and when."""
    role = f", {entry.role}," if entry.role else ""
    return f"{entry.what} by {entry.by}{role} on {in_words(entry.on)}"


def review_day(entry: Entry, today: date) -> str:
    """The day an approval ends or has ended, to follow `signed`; nothing for other entries."""
    if entry.review_due is None:
        return ""
    ends = "review was due" if entry.review_due < today else "review due"
    return f"; {ends} {in_words(entry.review_due)}"
