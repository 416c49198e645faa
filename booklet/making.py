"""One file to read made from its checked content, measured, and the print sheets made from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from booklet.check.check_pdf import check_pdf
from booklet.check.report import Report
from booklet.check.weights import too_heavy, with_weights
from booklet.check.whereabouts import Whereabouts
from booklet.content.names import BOOKLET_FILE
from booklet.editions import Screen, Size
from booklet.html.render import render
from booklet.html.web_page import web_page
from booklet.order import Target
from booklet.problems import FaultsFound
from booklet.provenance.built_file import BuiltFile
from booklet.tagging.typeset import typeset, write_pdf


def tried(target: Target) -> tuple[BuiltFile, ...] | FaultsFound:
    """What came of a target: its files, or what is wrong with them."""
    try:
        return tuple(make(target))
    except FaultsFound as error:
        return error
    except Exception as error:
        error.add_note(f"while {target.file_name} was made")
        raise


def make(target: Target) -> Iterator[BuiltFile]:
    """One file to read, from its checked content, and the print sheets made from it.

    Of a PDF that stands there already, the print sheets alone.
    """
    pdf = target.pdf
    if pdf is None:
        file = _to_read(target)
        yield file
        pdf = file.content
    if target.sheets and isinstance(target.edition.size, Size):
        yield from _sheets(target.file_name, pdf)


def _to_read(target: Target) -> BuiltFile:
    """One file to read, from its checked content."""
    booklet, folder, name = target.booklet, target.folder, target.file_name
    size = target.edition.size
    if isinstance(size, Screen):
        return BuiltFile(name, web_page(booklet, store=target.store))
    if faults := tuple(too_heavy(booklet, size)):
        raise FaultsFound(faults)
    html = render(booklet, size, target.marked, target.edition.ink)
    with _named_in_faults(target, size):
        document = typeset(html, booklet.picture_folders, folder, size.letters)
        pdf, pages = write_pdf(document, booklet.labels, folder), len(document.pages)
    del document  # its boxes are many, and what is measured needs none of them
    report = measured(pdf, target, size)
    if not report.passed:
        raise FaultsFound(report.errors)
    return BuiltFile(name, pdf, pages, findings=report.findings)


@contextmanager
def _named_in_faults(target: Target, size: Size) -> Iterator[None]:
    """Faults of pages that only one of a booklet's files may have, told of that file."""
    try:
        yield
    except FaultsFound as error:
        about, reader = target.folder / BOOKLET_FILE, target.edition.audience
        said = f"{target.file_name}, in {size.in_english} for the {reader}: "
        raise FaultsFound(
            replace(each, file=about, message=said + each.message)
            if each.file == target.folder
            else each
            for each in error.problems
        ) from error


def _sheets(name: str, pdf: bytes) -> Iterator[BuiltFile]:
    """What an office printer takes: A5 pages folded and stapled, A4 pages on both sides."""
    from booklet.print.sheets import make_sheets  # loads qpdf and all papers

    for each in make_sheets(pdf, name=Path(name)):
        advice = (each.run.instruction, *each.binding, *each.notes)
        sheets = each.file_name(name), each.pdf, len(each.run.sides)
        yield BuiltFile(*sheets, is_sheets=True, advice=advice)


def measured(pdf: bytes, target: Target, size: Size) -> Report:
    """The report on a finished file; of a fault on a page it says where the words are written."""
    booklet, name = target.booklet, target.file_name
    report = check_pdf(pdf, name, size)
    if report.passed:
        return report
    content = target.folder.parent
    known = Whereabouts(content, booklet.name, booklet.audience, target.clinic)
    # Only the words of a file with faults are looked up: it is measured once more for that.
    report = check_pdf(pdf, name, size, known)
    return replace(report, problems=with_weights(report.problems, booklet, size))
