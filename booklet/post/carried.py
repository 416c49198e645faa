"""A letter as a carrier gets it, and what a rule of carriers is."""

from collections.abc import Generator
from dataclasses import dataclass, field

from booklet.check.rule import Rule
from booklet.post.carriers import Carrier
from booklet.post.looks import Seen
from booklet.post.packs import Printed

Shortfalls = Generator[tuple[int, str], None, str]
"""A page, or 0 for the letter as a whole, and what is wrong and what to do; at last what was
measured, in words."""

NOTIFY = "GOV.UK Notify checks uploaded letters for it; docs/carriers.md has each carrier's numbers"


@dataclass(frozen=True, slots=True)
class CarriedLetter:
    """One letter as its carrier gets it."""

    carrier: Carrier  # who is to take it
    pages: tuple[Seen, ...]  # its pages in order
    bytes: int | None = None  # the size of its file; `None` where it has no file of its own
    language: str | None = None  # the language it is in, as a tag; `None` where nobody says
    enclosed: int = 0  # the pages of a booklet that is printed with it
    beside: Printed | None = None  # a booklet that lies flat beside it, printed by itself
    one_sided: bool = False  # whether each page takes a sheet
    address: tuple[str, ...] = field(default=(), repr=False)
    """The lines that are to stand in the window; empty where that is not known."""
    titles: tuple[str, ...] = ()  # the titles of what is enclosed

    @property
    def first(self) -> Seen | None:
        """Its first page, where it has the right size and the place of the window is known.

        A booklet that goes behind a letter has none.
        """
        page = next((each for each in self.pages if each.first), None)
        return page if page and page.fits and self.carrier.window else None


CarrierRule = Rule[CarriedLetter, Shortfalls]
