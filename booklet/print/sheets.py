"""Print sheets of a finished PDF: pages imposed, boxes set, and the printer told how."""

from dataclasses import dataclass, replace
from pathlib import Path

from booklet.pdf.pictures import ink_of
from booklet.print.binding import binding_words
from booklet.print.drawing import FOR_PAPER_ONLY, TITLE, drawn
from booklet.print.edges import edge_notes, gaps, kept_on_paper
from booklet.print.fitting import check_usage, fitted_text
from booklet.print.notes import mended, missing, notes, refuse_too_thick
from booklet.print.onesided import PrintRun, runs
from booklet.print.placing import PrintJob, place_all, scheme_for
from booklet.print.schemes import Scheme, Stacking
from booklet.print.source_file import fault, faults_of, read_pdf
from booklet.print.stock import Format, Paper, format_of, points


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A PDF for the printer."""

    scheme: Scheme  # how its pages go on paper
    run: PrintRun  # what goes through the printer, and what the person there does
    booklet: str  # the title of the booklet
    pdf: bytes  # the file itself
    pages: int  # how many pages the booklet has
    finished: Format  # the size of the booklet
    binding: tuple[str, ...]  # how to bind the sheets
    notes: tuple[str, ...]  # what nobody would expect of them

    def file_name(self, booklet: str) -> str:
        """The name of the file, from the name of the booklet's.

        >>> from booklet.print.schemes import SCHEMES
        >>> from booklet.print.stock import A5
        >>> run = PrintRun("_PRINT-FLAT", (0, 1), "long", "")
        >>> PrintFile(SCHEMES[0], run, "", b"", 2, A5, (), ()).file_name("aml.pdf")
        'aml_PRINT-FLAT.pdf'
        """
        return f"{Path(booklet).stem}{self.run.suffix}.pdf"


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
    if are_sheets(source.title, source.subject):
        raise fault(source.name, f"these are print sheets already; {take_instead(source.name)}")
    chosen = replace(scheme or scheme_for(source), edge=source.edge)
    paper = stock or Paper()
    inks = ink_of(source.data, source.pages)
    with faults_of(source.name) as complaints:
        refuse_too_thick(source, chosen, paper)
        placings, sides = place_all(source, chosen, fit), chosen.sides(len(source.pages))
        wished = PrintJob(source, chosen, paper, placings, sides)
        job = kept_on_paper(wished, gaps(wished, inks), fit)
        words = (
            *fitted_text(job, floor),
            *notes(job),
            *edge_notes(job, gaps(job, inks)),
            *missing(source, inks),
        )
        files = [(run, drawn(job, run)) for run in runs(chosen, sides, one_sided, paper)]
    words = (*words, *mended((*source.complaints, *complaints)))
    return tuple(_print_file(job, run, data, words) for run, data in files)


def are_sheets(title: str, subject: str) -> bool:
    """Whether a PDF of this title and subject is print sheets that were made here."""
    return title.startswith(TITLE) and subject == FOR_PAPER_ONLY


def take_instead(sheets: Path) -> str:
    """What to do with print sheets that were named in place of their booklet, in words.

    >>> print(take_instead(Path("output/aml_PRINT-BOOKLET.pdf")))
    take the booklet's own PDF, aml.pdf
    >>> print(take_instead(Path("renamed.pdf")))
    take the booklet's own PDF
    """
    name, mark, _ = sheets.name.partition("_PRINT-")
    return f"take the booklet's own PDF{f', {name}.pdf' if mark else ''}"


def _print_file(job: PrintJob, run: PrintRun, pdf: bytes, words: tuple[str, ...]) -> PrintFile:
    scheme, pages = job.scheme, len(job.placings)
    finished = scheme.finished
    if scheme.sheet is None:
        finished = format_of(*(side / points(1) for side in job.placings[0].size))
    binding = tuple(binding_words(scheme, scheme.sheets(pages), job.paper))
    return PrintFile(scheme, run, job.source.title, pdf, pages, finished, binding, words)
