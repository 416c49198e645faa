"""The review status of a booklet's words: who answers for them on a day, and in which words."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from booklet.content.language import ENGLISH, Language
from booklet.content.review_file import Entry
from booklet.content.version_code import code_of
from booklet.problems import Problem

State = Literal["draft", "in review", "approved", "withdrawn"]
Condition = Literal[
    "never reviewed", "record in doubt", "changed since", "ended", "translation behind", "unsigned",
    "in review", "approved", "withdrawn",
]  # fmt: skip
"""What a draft may be, and the other states."""
_CAUTIONS: dict[Condition, str] = {
    "never reviewed": "draft",
    "record in doubt": "draft",
    "changed since": "draft_changed",
    "ended": "draft_ended",
    "translation behind": "draft_behind",
    "unsigned": "draft",
    "in review": "draft_in_review",
    "withdrawn": "withdrawn",
}
"""The label by which copies say that nobody answers for their words; approved words need none."""

TAKE_BACK = "Take copies of it back"
"""What is said of withdrawn words wherever they are told."""


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """Who answers for a booklet's words on a day: it follows from words, record and day alone."""

    folder: Path  # The booklet's folder, with its record and the words that were approved
    language: Language  # The language of the words
    version: str  # The version the words say they are
    text: str  # All the words as they are now, for all readers, as plain text
    fingerprint: str  # The SHA-256 of the text, in hexadecimal digits
    record: tuple[Entry, ...]  # What happened to these words and to earlier ones, oldest first
    today: date  # The day on which this is the status
    changed: str
    """What changed since the last approval, in words; empty where nothing did or there is none."""
    behind: str | None
    """How far a translation is behind its original, in words; `None` where it is not."""
    doubts: tuple[Problem, ...]
    """Why nobody can go by the record: it, or the words kept, are not as the program left them."""
    must_be_signed: bool = False
    """Whether `house.yaml` asks that approvals be signed; one that is not then counts for none."""

    @property
    def name(self) -> str:
        """The booklet's name."""
        return self.folder.name

    @property
    def code(self) -> str:
        """The fingerprint as it is printed."""
        return code_of(self.fingerprint)

    @property
    def condition(self) -> Condition:
        """What the words are; the first of: withdrawn, in doubt, approved, in review, draft."""
        given, before = self.approval_of_these, [e for e in self.record if e.what != "withdrawn"]
        last = before[-1] if before else None
        if self.withdrawal:
            return "withdrawn"
        if self.doubts:
            return "record in doubt"
        if given and given is self.standing_approval:
            return "approved"
        if last and last.what == "sent to review" and last.fingerprint == self.fingerprint:
            return "in review"
        if given and self._lacks_signature(given):
            return "unsigned"
        if given:
            return "ended" if self.ended else "translation behind"
        return "changed since" if self.approvals else "never reviewed"

    def _lacks_signature(self, approval: Entry) -> bool:
        return self.must_be_signed and approval.signed_with is None

    @property
    def state(self) -> State:
        """The condition for programs, which are told no more than that words are a draft."""
        found = self.condition
        return found if found in ("in review", "approved", "withdrawn") else "draft"

    @property
    def is_draft(self) -> bool:
        """Whether nobody answers for these very words."""
        return self.condition != "approved"

    @property
    def caution(self) -> str | None:
        """The label that copies of these words carry; `None` where they are approved."""
        return _CAUTIONS.get(self.condition)

    @property
    def approvals(self) -> tuple[Entry, ...]:
        """Every approval there has been."""
        return tuple(entry for entry in self.record if entry.what == "approved")

    @property
    def last_approval(self) -> Entry | None:
        """The last approval, of these words or of others, unless it was withdrawn."""
        return last_approval(self.record)

    @property
    def standing_approval(self) -> Entry | None:
        """The last approval where it holds today: copies of its words may be given out.

        The words of now may be others; it is theirs where `approval` is there.
        """
        last = self.last_approval
        if last is None or self.doubts or self.behind or self._lacks_signature(last):
            return None
        return None if _has_ended(last, self.today) else last

    @property
    def approval_of_these(self) -> Entry | None:
        """The last approval where it was of these very words, even where it has ended."""
        last = self.last_approval
        return last if last and last.fingerprint == self.fingerprint else None

    @property
    def approval(self) -> Entry | None:
        """The approval that holds for these very words today."""
        return self.approval_of_these if self.condition == "approved" else None

    @property
    def withdrawal(self) -> Entry | None:
        """Who withdrew these words, or else those given out last, whatever these are.

        It ends when they are approved anew, or go to review: these very words after their own
        withdrawal, any words after that of others.
        """
        gone, given_out = _withdrawn(self.record), [e for e in self.record if e.what != "withdrawn"]
        latest = (self.approvals or given_out)[-1:]
        for known in (self.fingerprint, *(entry.fingerprint for entry in latest)):
            if known in gone:
                since = self.record[gone[known] + 1 :]
                sent = {entry.fingerprint for entry in since if entry.what == "sent to review"}
                if self.fingerprint not in sent and (known == self.fingerprint or not sent):
                    return self.record[gone[known]]
        return None

    @property
    def ended(self) -> bool:
        """Whether these words were approved and their review is overdue; its day is in time."""
        given = self.approval_of_these
        return given is not None and _has_ended(given, self.today)

    @property
    def has_a_taken_version(self) -> bool:
        """Whether the version was approved, and these words, as they stand now, are not."""
        return self.is_draft and self.version in {entry.version for entry in self.approvals}

    def sentence(self) -> str:
        """The status and how it came about, for the person who answers for the words."""
        return f"{self.name}: {_sentence(self)}"


def _has_ended(approval: Entry, today: date) -> bool:
    return approval.review_due is not None and approval.review_due < today


def _sentence(status: ReviewStatus) -> str:
    last = status.last_approval
    if gone := status.withdrawal:
        return (
            f"{signed(gone)}: {gone.why}. It does not build; send it to review or approve it anew"
        )
    if status.doubts:
        return f"a draft, since its record cannot be relied on: {status.doubts[0].message}"
    if status.condition == "in review":
        sent = [entry for entry in status.record if entry.what == "sent to review"][-1]
        return f"in review, {signed(sent)}; it is a draft until it is approved"
    if last is None:
        return "draft, nobody has approved these words"
    approved, until = f"{signed(last)} for version {last.version}", last.review_due or last.on
    if status.condition == "approved":
        return f"{approved}, until {ENGLISH.day(until)}{signature(last)}"
    if status.condition == "unsigned":
        asks = "it is not signed, which house.yaml asks for (`signed_approvals`)"
        return f"{approved}; {asks}; it is a draft until it is approved anew with `--sign`"
    if status.condition == "translation behind":
        return f"{approved}; it is behind its original; it is a draft again until it says the same"
    ended = f"the approval ended with {ENGLISH.day(until)}"
    why = ended if status.ended else f"since then {status.changed}"
    return f"{approved}; {why}; it is a draft again until it is approved anew"


def signed(entry: Entry, today: date | None = None) -> str:
    """What happened, by whom and when; as of a day, also when an approval ends or has ended."""
    role = f", {entry.role}," if entry.role else ""
    said = f"{entry.what} by {entry.by}{role} on {ENGLISH.day(entry.on)}"
    if today is None or entry.review_due is None:
        return said
    ends = "review was due" if entry.review_due < today else "review due"
    return f"{said}; {ends} {ENGLISH.day(entry.review_due)}"


def signature(entry: Entry) -> str:
    """The key an entry was signed with, as the end of a sentence; empty where it was with none."""
    return f"; signed with the key {entry.signed_with}" if entry.signed_with else ""


def as_json(entry: Entry) -> dict[str, str]:
    """An entry for programs."""
    return entry.model_dump(mode="json", exclude_none=True)


def last_approval(record: tuple[Entry, ...]) -> Entry | None:
    """The last approval in a record, unless it was withdrawn; no earlier one takes its place."""
    last = next((entry for entry in reversed(record) if entry.what == "approved"), None)
    return None if last is None or last.fingerprint in _withdrawn(record) else last


def withdrawals(record: tuple[Entry, ...]) -> dict[str, Entry]:
    """Who withdrew which words, by fingerprint: their copies are to be taken back.

    It stands for good, whatever is sent to review or approved afterwards; only an approval of
    these very words ends it.
    """
    return {known: record[place] for known, place in _withdrawn(record).items()}


def _withdrawn(record: tuple[Entry, ...]) -> dict[str, int]:
    """The words that are withdrawn by their fingerprint, with the place of the entry."""
    found: dict[str, int] = {}
    for place, entry in enumerate(record):
        if entry.what == "approved":
            found.pop(entry.fingerprint, None)
        elif entry.what == "withdrawn":
            found[entry.fingerprint] = place
            before = record[:place]
            if before and entry.fingerprint not in {each.fingerprint for each in before}:
                # An earlier program named the words of that day, which nobody had been given.
                given = [each for each in before if each.what == "approved"] or before
                found[given[-1].fingerprint] = place
    return found
