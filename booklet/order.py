"""What to make: an order, and the files it asks for, from content that has been checked whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from booklet.content.names import some_booklets
from booklet.editions import COLOUR, Audience, Edition, Ink, Size, editions
from booklet.problems import FaultsFound, Problem
from booklet.review.booklet import Booklet, load_booklet
from booklet.review.release_policy import ReleaseMode, blanks, refusals, remarks
from booklet.unchanged import RECORDS


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, as somebody asked for it."""

    content: Path  # The content folder
    output: Path  # The folder the files go to
    booklets: tuple[str, ...]  # The names of the booklets; none means all there are
    audiences: tuple[Audience, ...]  # The readers, in the order of the files
    sizes: tuple[Size, ...]  # The sizes of print; each reader gets a web page beside them
    clinic: str | None = None  # The name of the profile of the clinic that gives them out
    sheets: bool = False  # Whether print sheets are made beside each PDF
    mode: ReleaseMode = "build"  # What the files are for, and so which words may be in them
    ink: Ink = COLOUR  # What all of them are printed in
    force: bool = False  # Whether files are made anew of which nothing has changed
    cluster: str | None = None  # The scheduler of the machines that make them; `None` for this one
    today: date = field(kw_only=True)  # The day of it, on which approvals hold or have ended


@dataclass(frozen=True, slots=True)
class Target:
    """One file to make."""

    booklet: Booklet  # What is in it
    edition: Edition  # Its reader and size
    clinic: str | None = None  # The name of the clinic's profile, which becomes part of the file's
    sheets: bool = False  # Whether print sheets are made of it too
    marked: bool = False  # Whether every page is marked as that of a draft
    pdf: bytes | None = field(default=None, repr=False)
    """Its finished PDF, where that stands there already and only print sheets are to be made."""
    store: Path | None = None  # A folder for what takes long and is the same in other files

    @property
    def folder(self) -> Path:
        """The folder of its booklet, the place of faults that have no other."""
        return self.booklet.status.folder

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
        return self.marked or self.booklet.status.has_a_taken_version


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What an order comes to."""

    targets: tuple[Target, ...]  # The files to make
    remarks: tuple[str, ...]  # What to say of each booklet before they are made


def plan(order: Order) -> BuildPlan:
    """The files an order asks for; `FaultsFound` carries every fault of every booklet.

    `WrongUsage` where there is no booklet, or none of a name. A withdrawn one is a fault where it
    was asked for by name, and is left out of all.
    """
    parts = tuple(plans(order))
    return BuildPlan(
        tuple(target for part in parts for target in part.targets),
        tuple(words for part in parts for words in part.remarks),
    )


def plans(order: Order) -> Iterator[BuildPlan]:
    """The plan of one booklet after another, so that nobody need hold the words of all of them.

    Errors as `plan`: all are read before the faults of any are raised, and those after the first
    with a fault are read for their faults alone.
    """
    names = dict.fromkeys(order.booklets or some_booklets(order.content))
    faults: list[Problem] = []
    for name in names:
        try:
            part = _for_booklet(order, name)
        except FaultsFound as error:
            faults.extend(error.problems)
            continue
        if not faults:
            yield part
        del part  # else two are held while the next is read
    if faults:
        raise FaultsFound(faults)


def _for_booklet(order: Order, name: str) -> BuildPlan:
    booklets = load_booklet(order.content, name, order.today, order.clinic)
    status = next(iter(booklets.values())).status
    if status.withdrawal and not order.booklets:
        return BuildPlan((), (f"left out: {status.sentence()}",))
    refused = [*refusals(status, order.mode)]
    if order.mode == "release":
        refused += blanks(booklets.values(), order.content, order.clinic)
    if refused:
        raise FaultsFound(refused)
    marked = order.mode == "release as draft" and status.is_draft
    store = order.output / RECORDS
    targets = tuple(
        Target(booklets[each.audience], each, order.clinic, order.sheets, marked, store=store)
        for each in editions(order.audiences, order.sizes, order.ink)
    )
    return BuildPlan(targets, tuple(remarks(status)))
