"""What holds a booklet together: staplers, finishers, and how many sheets they take."""

from dataclasses import dataclass

from booklet.print.schemes import Binding
from booklet.print.stock import Paper

OFFICE_CALIPER = Paper(80).caliper


@dataclass(frozen=True, slots=True)
class Stapler:
    """A tool and the most sheets of 80 g/m² it takes; `words` name it to the person using it."""

    words: str
    sheets: int

    def takes(self, sheets: int, paper: Paper) -> bool:
        """Whether it takes this many sheets of this paper: thicker paper, fewer sheets.

        >>> [Stapler("", 20).takes(20, Paper(weight)) for weight in (80, 100)]
        [True, False]
        """
        return sheets * paper.caliper <= self.sheets * OFFICE_CALIPER + 1e-9


# Finishers: BERTL report on office printers, 2007 (10 sheets, better ones 15; flat stapling 15
# to 30, floor-standing 50). Hand staplers with 26/6 staples: about 20 sheets, general knowledge.
SADDLE_STAPLERS = (
    Stapler("any booklet finisher, or a long-arm stapler by hand", 10),
    Stapler("a large booklet finisher, or a long-arm stapler by hand", 15),
    Stapler("a long-arm stapler by hand; no booklet finisher takes it", 20),
)
SIDE_STAPLERS = (
    Stapler("any printer that staples, or an ordinary hand stapler", 15),
    Stapler("an ordinary hand stapler, or a printer that staples 20 sheets", 20),
    Stapler("a printer that staples 30 sheets, or a heavy hand stapler", 30),
    Stapler("a floor-standing printer that staples 50 sheets, or a heavy hand stapler", 50),
)
# A print shop stitches up to about 64 pages through the fold.
SHOP_STAPLERS = (Stapler("the print shop’s saddle stitcher", 16),)
STAPLERS: dict[Binding, tuple[Stapler, ...]] = {
    "saddle": SADDLE_STAPLERS,
    "side": SIDE_STAPLERS,
    "shop": SHOP_STAPLERS,
}


def stapler_for(binding: Binding, sheets: int, paper: Paper) -> Stapler | None:
    """The smallest tool that binds this many sheets of this paper; `None` where none does.

    >>> stapler_for("saddle", 12, Paper(80)).sheets
    15
    >>> stapler_for("saddle", 21, Paper(80)) is None
    True
    """
    return next((tool for tool in STAPLERS[binding] if tool.takes(sheets, paper)), None)
