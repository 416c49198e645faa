"""Finishing: which paper, how to look at a first copy, where to fold and staple, in words."""

from collections.abc import Iterator

from booklet.print.binding import STAPLERS, stapler_for
from booklet.print.schemes import STAPLE_MARGIN, Binding, Scheme
from booklet.print.stock import Format, Paper

_LOOK = "look through it: every page there, in order, the right way up"
_OFFICE_PROOF = (
    f"Print one copy and {_LOOK}. The test sheet shows whether the printer keeps the size."
)

PROOF: dict[Binding, str] = {
    "saddle": _OFFICE_PROOF,
    "side": _OFFICE_PROOF,
    "shop": f"Ask for one copy as a proof and {_LOOK}.",
}
_FOLD: dict[Binding, str] = {
    "saddle": "All sheets together, once across the middle, with page 1 outside in front.",
    "side": "No fold.",
    "shop": "The print shop folds: all sheets together, once, with page 1 outside in front.",
}
_STAPLE: dict[Binding, str] = {
    "saddle": "Two staples through the fold, a quarter of the way from each end. Take",
    "side": f"Two staples down the {{edge}} edge, {STAPLE_MARGIN:g} mm in, so that it opens flat;"
    " not one in the corner. Take",
    "shop": "Two staples through the fold, by",
}
_TOO_THICK: dict[Binding, str] = {
    "saddle": "Too thick for staples: print it flat, or split it.",
    "side": "Too thick for staples: punch it and use a wire or a ring binder.",
    "shop": "Too thick for staples: ask the print shop for a glued spine or a wire.",
}


def paper_in_words(scheme: Scheme, paper: Paper, book: Format) -> str:
    """The paper to put into the drawer, or to ask a print shop for."""
    kind = f"{paper.weight:g} g/m², white, matt"
    return f"{scheme.sheet.name}, {kind}" if scheme.sheet else f"{kind}, trimmed to {book}"


def fold(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """How to fold the sheets; a print shop does not fold what no staple holds."""
    if scheme.binding == "shop" and not stapler_for("shop", sheets, paper):
        return "As the print shop advises: it goes with the spine."
    return _FOLD[scheme.binding]


def binding_words(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """How to bind what comes out of the printer; a print shop has that in its order."""
    if scheme.binding != "shop":
        yield staples(scheme, sheets, paper)
    yield from stapler_warnings(scheme, sheets, paper)


def staples(scheme: Scheme, sheets: int, paper: Paper) -> str:
    """Where the staples go and which tool takes the sheets."""
    if scheme.binding == "side" and sheets == 1:
        return "One sheet: no staple."
    tool = stapler_for(scheme.binding, sheets, paper)
    if tool is None:
        return _TOO_THICK[scheme.binding]
    return f"{_STAPLE[scheme.binding].format(edge=scheme.edge)} {tool.words}."


def stapler_warnings(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    """That no stapler takes the sheets, or that most finishers do not."""
    tool = stapler_for(scheme.binding, sheets, paper)
    tools = STAPLERS[scheme.binding]
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
