"""Print sheets of a finished PDF: pages imposed, boxes set, and the printer told how."""

from dataclasses import dataclass
from pathlib import Path

from booklet.print.damage import complaints_heard, damage_told, fault
from booklet.print.drawing import FOR_PAPER_ONLY, TITLE, Plan
from booklet.print.edges import edge_notes, gaps, kept_on_paper
from booklet.print.finishing import binding_words
from booklet.print.fitting import check_usage, fitted_text
from booklet.print.ink import Inks, ink_of
from booklet.print.notes import mended, notes, refuse_too_thick
from booklet.print.onesided import Run, Stacking, runs
from booklet.print.placing import place_all, scheme_for
from booklet.print.schemes import Scheme, bound
from booklet.print.soundness import unsound_pages
from booklet.print.source_file import SourceFile, read_pdf
from booklet.print.stock import Format, Paper, format_of, points


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF for the printer.

    `suffix` goes between the booklet's file name and `.pdf`. `instruction` tells the person at
    the printer what to do with it, `binding` how to bind the sheets; `notes` what they would
    not expect of them. `pages` are those of the booklet, `sides` those of this file; `finished`
    is the booklet's size.
    """

    scheme: Scheme
    suffix: str
    title: str
    pdf: bytes
    pages: int
    sides: int
    finished: Format
    instruction: str
    binding: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def booklet(self) -> str:
        """The title of the booklet itself."""
        return self.title.removeprefix(TITLE)

    def file_name(self, booklet: str) -> str:
        """The name of the file, from the name of the booklet's.

        >>> from booklet.print.stock import A5
        >>> from booklet.print.schemes import scheme_named
        >>> flat = scheme_named("flat")
        >>> PrintFile(flat, flat.suffix, "", b"", 4, 4, A5, "", (), ()).file_name("aml.pdf")
        'aml_PRINT-FLAT.pdf'
        """
        return f"{Path(booklet).stem}{self.suffix}.pdf"


def make_sheets(
    pdf: bytes | Path,
    scheme: Scheme | None = None,
    *,
    stock: Paper | None = None,
    fit: bool = False,
    floor: float | None = None,
    one_sided: Stacking | None = None,
    name: Path | None = None,
) -> tuple[PrintFile, ...]:
    """Print sheets of a PDF: one file, or fronts and backs for a printer that prints one side.

    Without a scheme, `scheme_for` chooses by the size of the pages. A PDF read from right to
    left is bound at the right. Pages keep their own size unless `fit` is asked for; then none of
    the text may come out smaller than `floor` points. `name` is what the PDF is called in
    messages and titles. Raises `FaultsFound` for a PDF that cannot be printed so, `WrongUsage`
    where fronts and backs are asked of a scheme that has only fronts, or a floor without `fit`.
    The same PDF gives the same bytes.
    """
    check_usage(fit, floor)
    source = read_pdf(pdf, name)
    if source.title.startswith(TITLE) and source.subject == FOR_PAPER_ONLY:
        raise fault(source.name, "these are print sheets already; take the booklet's own PDF")
    chosen = bound(scheme or scheme_for(source), source.edge)
    inks = ink_of(source)
    plan, words = _planned(source, chosen, stock or Paper(), fit, inks)
    with damage_told(source.name), complaints_heard() as complaints:
        fitted = fitted_text(source, plan.placings, floor)
        words = (*fitted, *words, *unsound_pages(source, inks))
        drawn = [(run, plan.pdf(run)) for run in runs(chosen, plan.sides, one_sided, plan.paper)]
    words = (*words, *mended((*source.complaints, *complaints)))
    return tuple(_print_file(plan, run, data, words) for run, data in drawn)


def _planned(
    source: SourceFile, scheme: Scheme, paper: Paper, fit: bool, inks: Inks
) -> tuple[Plan, tuple[str, ...]]:
    """Where every page goes, and what to know of it before printing."""
    refuse_too_thick(source, scheme, paper)
    sides = scheme.sides(len(source.pages))
    wished = place_all(source, scheme, fit)
    found = gaps(scheme, wished, inks, sides, paper)
    placings = kept_on_paper(source, scheme, wished, found, fit)
    if placings != wished:
        found = gaps(scheme, placings, inks, sides, paper)
    words = (*notes(source, scheme, placings, sides), *edge_notes(source, scheme, found))
    return Plan(source, scheme, paper, placings, sides), words


def _print_file(plan: Plan, run: Run, pdf: bytes, words: tuple[str, ...]) -> PrintFile:
    finished = plan.scheme.finished
    if plan.scheme.sheet is None:
        finished = format_of(*(side / points(1) for side in plan.placings[0].size))
    sheets = plan.scheme.sheets(len(plan.placings))
    return PrintFile(
        scheme=plan.scheme,
        suffix=run.suffix,
        title=plan.title,
        pdf=pdf,
        pages=len(plan.placings),
        sides=len(run.sides),
        finished=finished,
        instruction=run.instruction,
        binding=tuple(binding_words(plan.scheme, sheets, plan.paper)),
        notes=words,
    )
