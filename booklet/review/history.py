"""The history of a booklet's words: every entry of its record, and what changed between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.review_file import Entry
from booklet.problems import FaultsFound, Problem
from booklet.review.booklet import review_status
from booklet.review.changes import Changes, compare, sentence_lines, summary
from booklet.review.integrity import first_wrong
from booklet.review.record import read_snapshot
from booklet.review.status import TAKE_BACK, ReviewStatus, as_json, signed, withdrawals


@dataclass(frozen=True, slots=True)
class History:
    """What happened to the words of a booklet."""

    steps: tuple[tuple[Entry, Changes | None], ...]
    """All entries, oldest first; with an approval, what changed since the one before, if known."""
    status: ReviewStatus  # The status of the words as they are now
    since: Changes | None
    """What changed since the last approval; `None` where nothing did, or it is not known."""
    problems: tuple[Problem, ...]
    """Why nobody can go by the record, and which kept words are gone or damaged."""

    @property
    def relied_on(self) -> int:
        """How many entries, from the oldest, are as they were written; the others are in doubt."""
        wrong = first_wrong(self.status.record)
        return len(self.steps) if wrong is None else wrong[0]


def history(content: Path, name: str, today: date) -> History:
    """What happened to the words of a booklet, from its record and the words kept beside it."""
    status = review_status(content, name, today)
    problems: list[Problem] = []
    steps: list[tuple[Entry, Changes | None]] = []
    before: str | None = None
    for entry in status.record:
        changes = None
        if entry.what == "approved":
            text = _kept(status.folder, entry, problems)
            changes = compare(before, text) if before is not None and text is not None else None
            before = text
        steps.append((entry, changes))
    is_new = before is not None and before != status.text
    since = compare(before or "", status.text) if is_new else None
    told = dict.fromkeys((*status.doubts, *problems))  # both know of kept words
    return History(tuple(steps), status, since, tuple(told))


def _kept(folder: Path, entry: Entry, problems: list[Problem]) -> str | None:
    """The words an entry approved; where they are not right, that is noted."""
    try:
        return read_snapshot(folder, entry).text
    except FaultsFound as error:
        problems.extend(error.problems)
        return None


def lines(found: History, words: bool = False) -> Iterator[str]:
    """The history as lines; with `words`, every sentence that changed."""
    gone = withdrawals(found.status.record)
    for place, (entry, changes) in enumerate(found.steps):
        doubt = "" if place < found.relied_on else "IN DOUBT: "
        yield f"version {entry.version}  {entry.code}  {doubt}{signed(entry, found.status.today)}"
        key = entry.signed_with and f"signed with the key {entry.signed_with}"
        yield from (f"             {more}" for more in (key, entry.summary, entry.why) if more)
        if by := gone.get(entry.fingerprint):
            why = "" if by is entry else f"{signed(by)}: {by.why}. "
            yield f"             {why}{TAKE_BACK}"
        yield from _changes(changes, words)
    if found.since is not None:
        yield f"now          {found.status.code}"
        yield from _changes(found.since, words)
    yield found.status.sentence()


def _changes(changes: Changes | None, words: bool) -> Iterator[str]:
    if changes is not None:
        yield f"             What changed: {summary(changes)}"
        if words:
            yield from (f"             {line}" for line in sentence_lines(changes))


def as_values(found: History) -> dict[str, object]:
    """The history for programs."""
    status, gone = found.status, withdrawals(found.status.record)
    return {
        "booklet": status.name,
        "state": status.state,
        "ended": status.ended,
        "fingerprint": status.fingerprint,
        "code": status.code,
        "record": [
            as_json(entry)
            | {"code": entry.code}
            | ({"withdrawal": as_json(gone[known])} if (known := entry.fingerprint) in gone else {})
            | ({"changed": summary(changes)} if changes is not None else {})
            | ({} if place < found.relied_on else {"in_doubt": True})
            for place, (entry, changes) in enumerate(found.steps)
        ],
        "changed_since": summary(found.since) if found.since is not None else None,
        "problems": [str(problem) for problem in found.problems],
    }
