"""The words as they were approved, kept beside the booklet, so that paper leads back to them."""

from dataclasses import dataclass
from pathlib import Path

from booklet.content.plain_text import fingerprint
from booklet.content.review_file import Entry
from booklet.content.version_code import code_of
from booklet.problems import FaultsFound, Problem

FOLDER = "approved"


def snapshot_name(version: str, known: str) -> str:
    """Where the words of a version are kept, from the booklet's folder.

    >>> snapshot_name("1.0", "00443214c7" + 54 * "0")
    'approved/1.0_0123-4567.txt'
    """
    return f"{FOLDER}/{version}_{code_of(known)}.txt"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The words of an approved version: their text, and the file it was read from."""

    file: Path
    text: str


def read_snapshot(folder: Path, entry: Entry) -> Snapshot:
    """The words an entry approved.

    `FaultsFound` where they are not there, or are no longer those that were approved.
    """
    file = folder / snapshot_name(entry.version, entry.fingerprint)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"the words approved as version {entry.version} cannot be read here; bring the file "
            "back from a copy of this folder"
        )
        raise FaultsFound([Problem(file, message)]) from error
    if fingerprint(text) != entry.fingerprint:
        message = (
            f"these are not the words approved as version {entry.version}: their fingerprint is "
            f"{code_of(fingerprint(text))}; bring the file back from a copy of this folder"
        )
        raise FaultsFound([Problem(file, message)])
    return Snapshot(file, text)


def snapshots(folder: Path) -> tuple[Snapshot, ...]:
    """Every text that is kept for a booklet, whether the record knows it or not."""
    found = sorted((folder / FOLDER).glob("*.txt"))
    return tuple(
        Snapshot(file, file.read_text(encoding="utf-8", errors="replace")) for file in found
    )
