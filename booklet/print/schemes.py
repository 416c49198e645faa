"""The table of schemes: every way to put a booklet on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from booklet.print.imposition import Order, Side, blanks, duplex_order, saddle_order, single_order
from booklet.print.stock import A3_WIDE, A4, A4_WIDE, A5, Format, Paper, points
from booklet.problems import WrongUsage

Flip = Literal["short", "long"]
Binding = Literal["saddle", "side", "shop"]
Edge = Literal["left", "right"]
Stacking = Literal["face-down", "face-up"]
STACKINGS: tuple[Stacking, ...] = get_args(Stacking)

STAPLE_MARGIN = 5.0
"""How far a page moves away from its staple, in mm: a staple and its curl take 4 to 5."""

Shift = Callable[[int, int, Paper], float]
Extent = tuple[float, float]  # width and height in points


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to put pages on sheets."""

    name: str  # what it is asked for by
    form: str  # its title, with `{edge}` for where it is bound
    suffix: str  # what goes between the booklet's file name and `.pdf`
    finished: Format  # the size of the booklet, which a print shop's is where it is another
    sheet: Format | None
    """The paper as it lies, with as many equal slots from left to right as a side has pages;
    `None` makes each sheet to its page, with bleed and crop marks."""
    order: Order  # which page stands where, were it bound at the left
    flip: Flip | None  # the edge the sheet turns over; `None` prints one side
    binding: Binding  # what holds it together
    shift: Shift
    """How far to the right a page moves, in mm, were it bound at the left: from the number of its
    side and of its slot, both from 0, and the paper."""
    edge: Edge = "left"  # where it is bound: at the right for right-to-left words

    @property
    def title(self) -> str:
        """What it makes, in words."""
        return self.form.format(edge=self.edge)

    @property
    def slots(self) -> int:
        """How many pages stand side by side."""
        return len(self.order(1)[0])

    @property
    def slot(self) -> Extent:
        """The room for one page on a sheet, in points."""
        assert self.sheet is not None, "in a print shop, the sheet is made to its page"
        return points(self.sheet.width) / self.slots, points(self.sheet.height)

    def sides(self, pages: int) -> tuple[Side, ...]:
        """Which page stands where; in the mirror where the booklet is bound at the right.

        >>> from dataclasses import replace
        >>> replace(scheme_named("booklet"), edge="right").sides(8)
        ((1, 8), (7, 2), (3, 6), (5, 4))
        """
        sides = self.order(pages)
        return sides if self.edge == "left" else tuple(side[::-1] for side in sides)

    def moved(self, side: int, slot: int, paper: Paper) -> float:
        """How far to the right a page moves, in mm; in the mirror where it is bound at the right.

        >>> from dataclasses import replace
        >>> flat = replace(scheme_named("flat"), edge="right")
        >>> [flat.moved(side, 0, Paper()) for side in (0, 1)]
        [-5.0, 5.0]
        """
        if self.edge == "left":
            return self.shift(side, slot, paper)
        return -self.shift(side, self.slots - 1 - slot, paper)

    def sheets(self, pages: int) -> int:
        """How many sheets of paper one copy takes; in a print shop, sheets folded once."""
        if self.binding == "shop":
            return (pages + blanks(pages, 4)) // 4
        return len(self.order(pages)) // (2 if self.flip else 1)

    def leaves(self, pages: int) -> int:
        """How many leaves one finished copy has: two a sheet where sheets are folded."""
        return self.sheets(pages) * (1 if self.binding == "side" else 2)


def towards_spine(side: int, slot: int, paper: Paper) -> float:
    """Creep compensation: left pages move right and right pages left, inner sheets more.

    Every sheet around it pushes a nested sheet out by one thickness of paper, and trimming cuts
    that off again; no sheet is around the first.

    >>> [round(towards_spine(2, slot, Paper(80)), 3) for slot in (0, 1)]
    [0.104, -0.104]
    """
    distance = side // 2 * paper.caliper
    return distance if slot == 0 else -distance


def away_from_staple(side: int, slot: int, paper: Paper) -> float:
    """The staple margin: rectos move right, versos left, for the staple is at the left.

    >>> [away_from_staple(side, 0, Paper()) for side in (0, 1)]
    [5.0, -5.0]
    """
    return -STAPLE_MARGIN if side % 2 else STAPLE_MARGIN


def always_away_from_staple(side: int, slot: int, paper: Paper) -> float:
    """The staple margin of leaves that are printed on one side: all of them are rectos."""
    return STAPLE_MARGIN


def as_it_is(side: int, slot: int, paper: Paper) -> float:
    """Nothing is moved: a print shop knows its machine."""
    return 0.0


# fmt: off
SCHEMES = (
    Scheme("booklet", "A5 booklet on A4", "_PRINT-BOOKLET", A5, A4_WIDE,
           saddle_order, "short", "saddle", towards_spine),
    Scheme("booklet-a3", "A4 booklet on A3", "_PRINT-BOOKLET-A3", A4, A3_WIDE,
           saddle_order, "short", "saddle", towards_spine),
    Scheme("flat", "A4 leaves, both sides, stapled at the {edge}", "_PRINT-FLAT", A4, A4,
           duplex_order, "long", "side", away_from_staple),
    Scheme("one-side", "A4 leaves, one side, stapled at the {edge}", "_PRINT-ONE-SIDE", A4, A4,
           single_order, None, "side", always_away_from_staple),
    Scheme("print-shop", "single pages with bleed and crop marks", "_PRINT-SHOP", A5, None,
           single_order, None, "shop", as_it_is),
)
# fmt: on


def scheme_named(name: str) -> Scheme:
    """The scheme of that name; `WrongUsage` where there is none.

    >>> scheme_named("booklet").sheets(20)
    5
    """
    for scheme in SCHEMES:
        if scheme.name == name:
            return scheme
    names = ", ".join(scheme.name for scheme in SCHEMES)
    raise WrongUsage(f"there is no scheme `{name}`; choose one of: {names}")
