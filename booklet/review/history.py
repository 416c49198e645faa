"""The history of a booklet's words: every entry of its record, and what changed between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from booklet.content.review_file import Entry
from booklet.problems import FaultsFound, Problem
from booklet.review.changes import Changes, compare, sentence_lines, summary
from booklet.review.snapshots import read_snapshot
from booklet.review.state import Stand, review_day, signed, where


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the record; with an approval, what changed since the one before it."""

    entry: Entry
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All entries, oldest first; where the words stand now; kept words that are not right."""

    steps: tuple[Step, ...]
    stand: Stand
    since: Changes | None
    problems: tuple[Problem, ...]


def history(content: Path, name: str, today: date) -> History:
    """What happened to the words of a booklet, from its record and the words kept beside it."""
    stand = where(content, name, today)
    problems: list[Problem] = []
    steps: list[Step] = []
    before: str | None = None
    for entry in stand.standing.review.record:
        if entry.what != "approved":
            steps.append(Step(entry))
            continue
        text = _kept(stand.folder, entry, problems)
        known = text is not None and before is not None
        steps.append(Step(entry, compare(str(before), str(text)) if known else None))
        before = text
    approvals = stand.standing.review.approvals
    new = bool(approvals) and approvals[-1].fingerprint != stand.standing.fingerprint
    since = compare(before, stand.text) if new and before is not None else None
    return History(tuple(steps), stand, since, tuple(problems))


def _kept(folder: Path, entry: Entry, problems: list[Problem]) -> str | None:
    """The words an entry approved; where they are not right, that is noted."""
    try:
        return read_snapshot(folder, entry).text
    except FaultsFound as error:
        problems.extend(error.problems)
        return None


def lines(found: History, words: bool = False) -> Iterator[str]:
    """The history as lines; with `words`, every sentence that changed."""
    for step in found.steps:
        entry = step.entry
        day = review_day(entry, found.stand.today)
        yield f"version {entry.version}  {entry.code}  {signed(entry)}{day}"
        for more in (entry.summary, entry.why):
            if more:
                yield f"             {more}"
        if step.changes is not None:
            yield from _changes(step.changes, words)
    if found.since is not None:
        code = found.stand.standing.code
        yield f"now          {code}"
        yield from _changes(found.since, words)
    yield found.stand.sentence()


def _changes(changes: Changes, words: bool) -> Iterator[str]:
    yield f"             What changed: {summary(changes)}"
    if words:
        yield from (f"             {line}" for line in sentence_lines(changes))


def as_values(found: History) -> dict[str, object]:
    """The history for programs."""
    return {
        "booklet": found.stand.name,
        "state": found.stand.standing.state,
        "ended": found.stand.standing.ended,
        "fingerprint": found.stand.standing.fingerprint,
        "code": found.stand.standing.code,
        "record": [
            step.entry.model_dump(mode="json", exclude_none=True)
            | {"code": step.entry.code}
            | ({"changed": summary(step.changes)} if step.changes is not None else {})
            for step in found.steps
        ],
        "changed_since": summary(found.since) if found.since is not None else None,
        "problems": [str(problem) for problem in found.problems],
    }
