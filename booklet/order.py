"""What to make: an order, and the files it asks for, from content that has been checked whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from booklet.content.load import booklet_names, load_with_files
from booklet.content.model import Booklet
from booklet.editions import Audience, Edition, Size, editions
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.review.release_policy import Purpose, refusals, remarks
from booklet.review.state import stand_of


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: an empty tuple of booklets means all of them; `today` is the day of it."""

    content: Path
    output: Path
    booklets: tuple[str, ...]
    audiences: tuple[Audience, ...]
    sizes: tuple[Size, ...]
    clinic: str | None = None
    sheets: bool = False
    purpose: Purpose = "build"
    today: date = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Job:
    """One file to make; `marked` puts the mark of a draft on every page."""

    booklet: Booklet
    edition: Edition
    folder: Path
    clinic: str | None = None
    sheets: bool = False
    marked: bool = False

    @property
    def file_name(self) -> str:
        """The name of its file."""
        about = self.booklet.about
        return self.edition.file_name(
            self.booklet.name, about.language, about.version, self.clinic, self.named_draft
        )

    @property
    def named_draft(self) -> bool:
        """Whether its name says that it is a draft: it never takes that of a released file."""
        return self.marked or _has_a_taken_version(self.booklet)


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to make, and what to say of each booklet before they are made."""

    jobs: tuple[Job, ...]
    remarks: tuple[str, ...]


def plan(order: Order) -> Plan:
    """The files an order asks for; `FaultsFound` carries every fault of every booklet.

    A withdrawn booklet is a fault where it was asked for by name, and is left out of all.
    """
    names = dict.fromkeys(order.booklets or booklet_names(order.content))
    if not names:
        raise WrongUsage(
            f"there is no booklet in {order.content.absolute()}; go to the folder of the booklet "
            "builder, or name the content folder with --content"
        )
    faults: list[Problem] = []
    parts: list[Plan] = []
    for name in names:
        try:
            parts.append(_for_booklet(order, name))
        except FaultsFound as error:
            faults.extend(error.problems)
    if faults:
        raise FaultsFound(faults)
    return Plan(
        tuple(job for part in parts for job in part.jobs),
        tuple(words for part in parts for words in part.remarks),
    )


def _for_booklet(order: Order, name: str) -> Plan:
    booklets, files = load_with_files(order.content, name, order.clinic)
    stand = stand_of(booklets, files, order.today)
    if stand.standing.withdrawal and not order.booklets:
        return Plan((), (f"left out: {stand.sentence()}",))
    refused = tuple(refusals(stand, order.purpose))
    if refused:
        raise FaultsFound(refused)
    ready = {each: replace(found, standing=stand.standing) for each, found in booklets.items()}
    said = (*remarks(stand), *_draft_beside(next(iter(ready.values()))))
    return Plan(tuple(_jobs(order, ready, order.content / name)), said)


def _has_a_taken_version(booklet: Booklet) -> bool:
    """Whether the version was approved, and these words, as they stand now, are not."""
    approved = (entry.version for entry in booklet.standing.review.approvals)
    return booklet.is_draft and booklet.about.version in approved


def _draft_beside(booklet: Booklet) -> Iterator[str]:
    """That a draft has the version of words that were approved, and what to do about it."""
    version, standing = booklet.about.version, booklet.standing
    known = (entry.fingerprint for entry in standing.review.approvals if entry.version == version)
    if _has_a_taken_version(booklet) and standing.fingerprint not in known:
        yield (
            f"{booklet.name}: version {version} was approved with other words, so the files of "
            "this draft have `_draft` in their names; raise `version:` in booklet.yaml"
        )


def _jobs(order: Order, booklets: dict[Audience, Booklet], folder: Path) -> Iterator[Job]:
    for edition in editions(order.audiences, order.sizes):
        booklet = booklets[edition.audience]
        marked = order.purpose == "release as draft" and booklet.is_draft
        yield Job(booklet, edition, folder, order.clinic, order.sheets, marked)
