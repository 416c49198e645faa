"""Print runs: all sides in one go, or fronts and then backs on a printer that prints one side."""

from dataclasses import dataclass
from typing import Literal, get_args

from booklet.print.binding import stapler_for
from booklet.print.imposition import Side
from booklet.print.schemes import Flip, Scheme
from booklet.print.stock import Paper
from booklet.problems import WrongUsage

Stacking = Literal["face-down", "face-up"]
STACKINGS: tuple[Stacking, ...] = get_args(Stacking)


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What goes through the printer in one go."""

    suffix: str
    """What goes between the booklet's file name and `.pdf`."""
    sides: tuple[int, ...]
    """Numbers into the order of the scheme, from 0, in printing order."""
    flip: Flip | None
    """The edge the printer turns the sheet over, `None` to print one side."""
    instruction: str
    """What the person at the printer does."""
    head_down: bool = False
    """Whether every side is turned by 180 degrees."""


def runs(
    scheme: Scheme, sides: tuple[Side, ...], stacking: Stacking | None, paper: Paper
) -> tuple[PrintRun, ...]:
    """The runs that print a booklet; two of them where the printer is one-sided.

    `stacking` says how sheets lie in its output tray. Backs follow in the order of the fronts
    where the stack is turned over, and backwards where it is not; either way the drawer prints
    the lower face of what lies in it, from the top of the stack. Backs of sheets that turn
    over their short edge are printed head down, so that the same edge goes in first each time.

    >>> from booklet.print.schemes import scheme_named
    >>> scheme = scheme_named("booklet")
    >>> [run.sides for run in runs(scheme, scheme.sides(8), "face-up", Paper())]
    [(0, 2), (3, 1)]
    """
    everything = tuple(range(len(sides)))
    if stacking is None:
        return (
            PrintRun(scheme.suffix, everything, scheme.flip, one_run(scheme, len(sides), paper)),
        )
    if scheme.flip is None:
        raise WrongUsage(
            f"--scheme {scheme.name} has no backs to print; leave out --one-sided-printer"
        )
    backs = everything[1::2] if stacking == "face-down" else everything[1::2][::-1]
    return (
        PrintRun(f"{scheme.suffix}-1-FRONTS", everything[::2], None, _FRONTS),
        PrintRun(f"{scheme.suffix}-2-BACKS", backs, None, _BACKS[stacking], scheme.flip == "short"),
    )


_ACTUAL = "Print at actual size (100%), never “fit” or “shrink”"


def one_run(scheme: Scheme, pages: int, paper: Paper) -> str:
    """What to do with sheets that are printed in one go; `pages` count for a print shop."""
    if scheme.binding == "shop":
        stapled = stapler_for("shop", scheme.sheets(pages), paper)
        return f"{_SHOP} {_STAPLED if stapled else _THICK}, bound at the {scheme.edge}."
    return _ONE_RUN[scheme.flip]


_ONE_RUN: dict[Flip | None, str] = {
    "short": f"{_ACTUAL}, on both sides, flipped on the short edge. Leave the driver’s own"
    " “booklet” setting off: the pages are in booklet order already.",
    "long": f"{_ACTUAL}, on both sides, flipped on the long edge.",
    None: f"{_ACTUAL}, on one side.",
}
_SHOP = (
    "Send this file to the print shop. It has single pages in reading order, with crop marks and"
    " room for bleed. Ask for: printed on both sides, trimmed to the marks,"
)
_STAPLED = "folded, stapled through the fold"
_THICK = "with a glued spine or a wire (it is too thick for staples)"
_FRONTS = (
    "With a pencil, mark the edge of the paper in the drawer that goes into the printer first."
    " Then print this file, at actual size (100%), on one side."
)
_SECOND = (
    " Put it back into the drawer, the edge with the pencil mark first again. Then print this file,"
    " at actual size (100%), on one side. Try two sheets first. If backs stand on their heads, turn"
    " the stack end to end in the drawer. If they come out over the fronts, though sheets do lie"
    " {this} in the output tray, make the files again for a printer that stacks {other}, and put"
    " the stack in blank side up, whichever sheet that brings to the top."
)
_BACKS: dict[Stacking, str] = {
    "face-down": "Turn the printed stack over as a whole: first sheet on top."
    + _SECOND.format(this="face down", other="face up"),
    "face-up": "Take the printed stack as it lies: last sheet on top."
    + _SECOND.format(this="face up", other="face down"),
}
