"""Binding: which paper, where to fold and staple, with what, and how to look at a first copy."""

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.print.schemes import STAPLE_MARGIN, Binding, Scheme
from booklet.print.stock import Format, Paper

OFFICE_CALIPER = Paper(80).caliper


@dataclass(frozen=True, slots=True)
class Stapler:
    """A tool that staples."""

    words: str
    """What the person using it calls it."""
    sheets: int
    """The most sheets of 80 g/m² it takes."""

    def takes(self, sheets: int, paper: Paper) -> bool:
        """Whether it takes this many sheets of this paper: thicker paper, fewer sheets.

        >>> [Stapler("", 20).takes(20, Paper(weight)) for weight in (80, 100)]
        [True, False]
        """
        return sheets * paper.caliper <= self.sheets * OFFICE_CALIPER + 1e-9


@dataclass(frozen=True, slots=True)
class Way:
    """One way to bind, in words for those who do it."""

    proof: str
    """How to look at a first copy."""
    fold: str
    """How to fold the sheets."""
    staple: str
    """Where the staples go, up to the words for the tool; `{edge}` is where it is bound."""
    too_thick: str
    """What to do where no tool takes the sheets."""
    tools: tuple[Stapler, ...]
    """What staples, the smallest first."""


_LOOK = "look through it: every page there, in order, the right way up"
_OFFICE_PROOF = (
    f"Print one copy and {_LOOK}. The test sheet shows whether the printer keeps the size."
)

# Finishers: BERTL report on office printers, 2007 (10 sheets, better ones 15; flat stapling 15
# to 30, floor-standing 50). Hand staplers with 26/6 staples: about 20 sheets, general knowledge.
# A print shop stitches up to about 64 pages through the fold.
WAYS: dict[Binding, Way] = {
    "saddle": Way(
        _OFFICE_PROOF,
        "All sheets together, once across the middle, with page 1 outside in front.",
        "Two staples through the fold, a quarter of the way from each end. Take",
        "Too thick for staples: print it flat, or split it.",
        (
            Stapler("any booklet finisher, or a long-arm stapler by hand", 10),
            Stapler("a large booklet finisher, or a long-arm stapler by hand", 15),
            Stapler("a long-arm stapler by hand; no booklet finisher takes it", 20),
        ),
    ),
    "side": Way(
        _OFFICE_PROOF,
        "No fold.",
        f"Two staples down the {{edge}} edge, {STAPLE_MARGIN:g} mm in, so that it opens flat; not"
        " one in the corner. Take",
        "Too thick for staples: punch it and use a wire or a ring binder.",
        (
            Stapler("any printer that staples, or an ordinary hand stapler", 15),
            Stapler("an ordinary hand stapler, or a printer that staples 20 sheets", 20),
            Stapler("a printer that staples 30 sheets, or a heavy hand stapler", 30),
            Stapler("a floor-standing printer that staples 50 sheets, or a heavy hand stapler", 50),
        ),
    ),
    "shop": Way(
        f"Ask for one copy as a proof and {_LOOK}.",
        "The print shop folds: all sheets together, once, with page 1 outside in front.",
        "Two staples through the fold, by",
        "Too thick for staples: ask the print shop for a glued spine or a wire.",
        (Stapler("the print shop’s saddle stitcher", 16),),
    ),
}


def stapler_for(binding: Binding, sheets: int, paper: Paper) -> Stapler | None:
    """The smallest tool that binds this many sheets of this paper; `None` where none does.

    >>> stapler_for("saddle", 12, Paper(80)).sheets
    15
    >>> stapler_for("saddle", 21, Paper(80)) is None
    True
    """
    return next((tool for tool in WAYS[binding].tools if tool.takes(sheets, paper)), None)


def paper_in_words(scheme: Scheme, paper: Paper, book: Format) -> str:
    """The paper to put into the drawer, or to ask a print shop for."""
    kind = f"{paper.weight:g} g/m², white, matt"
    return f"{scheme.sheet.name}, {kind}" if scheme.sheet else f"{kind}, trimmed to {book}"


def fold(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """How to fold the sheets; a print shop does not fold what no staple holds."""
    if scheme.binding == "shop" and not stapler_for("shop", sheets, paper):
        return "As the print shop advises: it goes with the spine."
    return WAYS[scheme.binding].fold


def binding_words(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """How to bind what comes out of the printer; a print shop has that in its order."""
    if scheme.binding != "shop":
        yield staples(scheme, sheets, paper)
    yield from stapler_warnings(scheme, sheets, paper)


def staples(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """Where the staples go and which tool takes the sheets."""
    if scheme.binding == "side" and sheets == 1:
        return "One sheet: no staple."
    way, tool = WAYS[scheme.binding], stapler_for(scheme.binding, sheets, paper)
    return f"{way.staple.format(edge=scheme.edge)} {tool.words}." if tool else way.too_thick


def stapler_warnings(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """That no stapler takes the sheets, or that most finishers do not."""
    tools, tool = WAYS[scheme.binding].tools, stapler_for(scheme.binding, sheets, paper)
    if tool is None:
        yield (
            f"{sheets} sheets of {paper.weight:g} g/m² paper are more than any stapler here"
            f" takes ({tools[-1].sheets} of 80 g/m²)."
        )
    elif scheme.binding == "saddle" and tool is tools[-1]:
        yield (
            f"{sheets} sheets are more than booklet finishers take ({tools[-2].sheets} of"
            " 80 g/m²): staple it by hand, or print it flat."
        )
    elif scheme.binding == "saddle" and tool is not tools[0]:
        yield (
            f"{sheets} sheets are more than most booklet finishers take ({tools[0].sheets} of"
            " 80 g/m²): look at what yours takes."
        )
