"""Drawing: the PDF of one run of sheets, every page in its place, and the printer told how."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from booklet.pdf.geometry import Box, written
from booklet.pdf.pages import Frame
from booklet.pdf.writing import NewPage, composed
from booklet.print.onesided import PrintRun
from booklet.print.placing import Placing, PrintJob
from booklet.print.schemes import Edge, Flip, Scheme
from booklet.print.stock import BLEED, points

TITLE = "Print sheets: "  # before the booklet's own, so that nobody sends sheets to a reader
FOR_PAPER_ONLY = "For paper only: not tagged, not the accessible copy"

MARK = points(5)  # the length of a crop mark; it starts where the bleed ends


@dataclass(frozen=True, slots=True)
class SheetSide:
    """A side of a sheet, in points."""

    whole: Box  # all of it
    trim: Box  # what is kept when it is cut
    bleed: Box  # how far ink goes
    slots: tuple[Box, ...]  # where pages stand, from left to right
    marks: str = ""  # the operators that draw crop marks


def sheet_side(scheme: Scheme, first: Placing) -> SheetSide:
    """The side of a sheet of this scheme, made to the page where the scheme has no sheet."""
    if scheme.sheet is None:
        return _around(*first.size)
    slots, (width, height) = scheme.slots, scheme.slot
    whole = Box(0, 0, width * slots, height)
    columns = tuple(Box(i * width, 0, (i + 1) * width, height) for i in range(slots))
    return SheetSide(whole, whole, whole, columns)


def _around(width: float, height: float) -> SheetSide:
    """A sheet for the print shop: the page, its bleed, and crop marks outside of both."""
    margin = BLEED + MARK
    trim = Box(margin, margin, margin + width, margin + height)
    bleed = trim.grown(BLEED)
    return SheetSide(
        Box(0, 0, width + 2 * margin, height + 2 * margin), trim, bleed, (trim,), _crop_marks(trim)
    )


def _crop_marks(trim: Box) -> str:
    """The operators that draw eight hairlines at the corners of the trim, outside the bleed."""
    lines = [
        line
        for x, outwards in ((trim.left, -1), (trim.right, 1))
        for y, upwards in ((trim.bottom, -1), (trim.top, 1))
        for line in (
            (x + outwards * BLEED, y, x + outwards * (BLEED + MARK), y),
            (x, y + upwards * BLEED, x, y + upwards * (BLEED + MARK)),
        )
    ]
    drawn = "\n".join(f"{written(line[:2])} m {written(line[2:])} l S" for line in lines)
    return f"q 0.25 w 0 G\n{drawn}\nQ\n"


def drawn(job: PrintJob, run: PrintRun) -> bytes:
    """The sheets of one run through the printer."""
    shop = job.scheme.edge if job.scheme.sheet is None else None
    return composed(
        (job.source.data, job.source.reader),
        tuple(map(_with_marks_cut, job.source.pages)),
        (_side(job, number, run.head_down) for number in run.sides),
        information={"/Title": TITLE + job.source.title, "/Subject": FOR_PAPER_ONLY},
        preferences=printer_preferences(run.flip, shop),
    )


def _side(job: PrintJob, number: int, head_down: bool) -> NewPage:
    side = job.sides[number]
    first = next((job.placings[page - 1] for page in side if page), job.placings[0])
    sheet = sheet_side(job.scheme, first)
    parts = [sheet.marks]
    if head_down:
        parts.insert(0, f"-1 0 0 -1 {written((sheet.whole.width, sheet.whole.height))} cm\n")
    for slot, page in enumerate(side):
        if page is not None:
            box = sheet.slots[slot]
            shift = points(job.scheme.moved(number, slot, job.paper))
            matrix = job.placings[page - 1].matrix(box, shift)
            # Pages are clipped at the fold; where the sheet is cut, at the end of the bleed.
            clip = sheet.bleed if sheet.bleed != sheet.whole else box
            edges = written((clip.left, clip.bottom, clip.width, clip.height))
            parts.append(f"q {edges} re W n {written(matrix)} cm /P{page} Do Q\n")
    painted = tuple(page for page in side if page is not None)
    return NewPage(sheet.whole, sheet.bleed, sheet.trim, "".join(parts), painted)


def _with_marks_cut(page: Frame) -> Frame:
    """A page with no more bleed than a cut needs; further out come its crop marks."""
    return replace(page, bleed=page.bleed.within(page.trim.grown(BLEED / page.unit)))


_DUPLEX: dict[Flip | None, str] = {
    "short": "/DuplexFlipShortEdge",
    "long": "/DuplexFlipLongEdge",
    None: "/Simplex",
}


def printer_preferences(flip: Flip | None, shop: Edge | None = None) -> Mapping[str, Any]:
    """What a sheet tells the print dialogue: actual size, which edge to flip, which tray.

    How many copies is left open (ISO 32000-1, 12.2, table 150). `Enforce` (ISO 32000-2) keeps a
    viewer from remembering "fit to page" from the last job. `shop` is where a print shop binds
    single pages: their direction is told, for sheets alone have mirrored their pages already,
    and which sides it prints is not.
    """
    direction = {"/Direction": "/R2L"} if shop == "right" else {}
    sides = {} if shop else {"/Duplex": _DUPLEX[flip]}
    return {
        **direction,
        "/PrintScaling": "/None",
        "/Enforce": ("/PrintScaling",),
        **sides,
        "/PickTrayByPDFSize": True,
        "/DisplayDocTitle": True,
    }
