"""Print runs: all sides in one go, or fronts and then backs on a printer that prints one side."""

from dataclasses import dataclass

from booklet.print.binding import WORDS, stapler_for
from booklet.print.imposition import Side
from booklet.print.schemes import Flip, Scheme, Stacking
from booklet.print.stock import Paper
from booklet.problems import WrongUsage


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What goes through the printer in one go."""

    suffix: str  # what goes between the booklet's file name and `.pdf`
    sides: tuple[int, ...]  # numbers into the order of the scheme, from 0, in printing order
    flip: Flip | None  # the edge the printer turns the sheet over, `None` to print one side
    instruction: str  # what the person at the printer does
    head_down: bool = False  # whether every side is turned by 180 degrees


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
    told = _WORDS["backs"].format(**_WORDS[stacking])
    return (
        PrintRun(f"{scheme.suffix}-1-FRONTS", everything[::2], None, _WORDS["fronts"]),
        PrintRun(f"{scheme.suffix}-2-BACKS", backs, None, told, scheme.flip == "short"),
    )


def one_run(scheme: Scheme, pages: int, paper: Paper) -> str:
    """What to do with sheets that are printed in one go; `pages` count for a print shop."""
    if scheme.binding == "shop":
        stapled = stapler_for("shop", scheme.sheets(pages), paper)
        bound = _WORDS["stapled" if stapled else "spine"]
        return str(_WORDS["shop"].format(bound=bound, edge=scheme.edge))
    return str(_WORDS[scheme.flip or "one side"])


_WORDS = WORDS["printing"]
