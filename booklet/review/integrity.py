"""Whether a review record is as the program left it: its entries, the words kept, the clock.

Each entry carries a seal, the SHA-256 of the seal before it and of what the entry says; the last
seal and the number of entries stand in a file of their own. An entry that is changed, taken away
or moved then no longer fits. It shows what hands did by mistake or in haste; it is no signature,
since whoever can run the program can seal anew.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from booklet.content.folder import REVIEW_FILE
from booklet.content.language import ENGLISH
from booklet.content.review_file import Entry
from booklet.content.yaml_source import Source
from booklet.messages import counted
from booklet.plain_file import read_file
from booklet.problems import FaultsFound, Problem
from booklet.review.record import SNAPSHOTS, read_snapshot
from booklet.review.signatures import signature_name, wrong_signature

LAST_SEAL = f"{SNAPSHOTS}/record.seal"
"""Where the number of entries and the last seal are kept, from the booklet's folder."""
_REMEDY = (
    f"bring {REVIEW_FILE} and the folder {SNAPSHOTS} back from a copy of this booklet's folder; "
    "where there is none, take both away and approve the words anew"
)


def seals(record: Iterable[Entry]) -> Iterator[str]:
    """The seal of each entry, in hexadecimal digits; entries of earlier programs have none."""
    seal = ""
    for entry in record:
        said = entry.model_dump(mode="json", exclude_none=True, exclude={"seal"})
        seal = sha256((seal + json.dumps(said, sort_keys=True)).encode()).hexdigest()
        yield seal


def last_seal(record: Iterable[Entry]) -> bytes:
    """What `LAST_SEAL` has in it for this record."""
    *_, last = made = list(seals(record))
    return (json.dumps({"entries": len(made), "seal": last}) + "\n").encode()


def doubts(
    folder: Path, source: Source | None, record: tuple[Entry, ...], today: date
) -> tuple[Problem, ...]:
    """Why nobody can go by a record: faults at its entries, or at what is kept beside it.

    `source` is the record's file, for the places in it; without one there are no entries.
    """
    if source is None:
        missing = f"{REVIEW_FILE} was taken away, but the seal of its entries is here; {_REMEDY}"
        left = folder / LAST_SEAL
        return (Problem(left, missing),) if left.exists() else ()
    found = [*_wrong_entry(source, record), *_wrong_end(folder, source, record)]
    for entry in record:
        if entry.what == "approved":
            try:
                read_snapshot(folder, entry)
            except FaultsFound as error:
                found.extend(error.problems)
    found += _wrong_signatures(folder, source, record)
    if record and record[-1].on > today:
        message = (
            f"this was {record[-1].what} after today, {ENGLISH.day(today)}, as the machine's clock "
            "has it: set the clock right"
        )
        found.append(source.problem(message, ("record", len(record) - 1, "on")))
    return tuple(found)


def first_wrong(record: tuple[Entry, ...]) -> tuple[int, str] | None:
    """The place of the first entry that does not fit those above it, and what is wrong with it.

    Those below it cannot be relied on either. `None` where all fit.
    """
    sealed = False
    for place, (entry, seal) in enumerate(zip(record, seals(record), strict=True)):
        if entry.seal is None and sealed:
            wrong = "this entry was not written by `review`, `approve` or `withdraw`"
        elif entry.seal not in (None, seal):
            wrong = "this entry is not as it was written, or entries above it are not"
        else:
            sealed = sealed or entry.seal is not None
            continue
        return place, wrong
    return None


def _wrong_entry(source: Source, record: tuple[Entry, ...]) -> Iterator[Problem]:
    if found := first_wrong(record):
        place, wrong = found
        yield source.problem(f"{wrong}; {_REMEDY}", ("record", place))


def _wrong_signatures(folder: Path, source: Source, record: tuple[Entry, ...]) -> Iterator[Problem]:
    """Every approval that says it is signed, where its signature is not the person's."""
    for place, entry in enumerate(record):
        if entry.signed_with:
            kept = folder / signature_name(entry)
            if wrong := wrong_signature(folder.parent, entry, kept):
                message = f"the signature of this approval does not hold: {wrong}"
                yield source.problem(message, ("record", place, "signed_with"))


def _wrong_end(folder: Path, source: Source, record: tuple[Entry, ...]) -> Iterator[Problem]:
    """Whether the record ends as it ended when it was last written."""
    if not any(entry.seal for entry in record) and not (folder / LAST_SEAL).exists():
        return  # of an earlier program
    try:
        kept = read_file(folder / LAST_SEAL)
        entries, seal = (values := json.loads(kept))["entries"], values["seal"]
    except (OSError, ValueError, KeyError, TypeError):
        message = f"{LAST_SEAL}, which seals the end of this record, cannot be read; {_REMEDY}"
        yield source.problem(message)
        return
    if record and (entries, seal) == (len(record), [*seals(record)][-1]):
        return
    if entries != len(record):
        was = f"this record had {counted(entries, 'entry', 'entries')}"
        yield source.problem(f"{was} when it was last written, now {len(record)}; {_REMEDY}")
    elif first_wrong(record) is None:
        yield source.problem(f"its last entry is not the one that was written last; {_REMEDY}")
