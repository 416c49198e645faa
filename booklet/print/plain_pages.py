"""Pages of plain words in the house typeface: job ticket, test sheet and slip, as tagged PDFs.

Only these pages are typeset here; booklets are set by `booklet.html` and `booklet.tagging`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.content.language import ENGLISH
from booklet.pdf.opening import heard
from booklet.pdf.writing import with_preferences
from booklet.print.drawing import printer_preferences
from booklet.print.source_file import fault, read_pdf
from booklet.print.ticket import Ticket, prices_in_words
from booklet.scratch import scratch_folder
from booklet.tagging.page_fonts import page_fonts
from booklet.tagging.typeset import typesetter

TEST_SHEET = "PRINT-TEST-SHEET.pdf"  # the name of the test sheet's file

TEXT_SIZES = (14, 13, 12)

Fonts = Mapping[str, Path]
"""Font files by name: `Regular.ttf` and `Bold.ttf`, as `booklet.typeface.font_files` has them."""


def test_sheet(fonts: Fonts) -> bytes:
    """An A4 sheet of two sides that tells the printer what print sheets tell it.

    It shows whether a printer scales, shifts, cuts or flips: by lines of 100 mm across and down,
    a line of 18 point, and crosses on side 2 that fall into rings of 2 and 4 mm on side 1 where
    the sides meet. All words are at least 12 point.
    """
    return with_preferences(_typeset("test-sheet.html", fonts), printer_preferences("long"))


def ticket_pdf(ticket: Ticket, title: str, fonts: Fonts) -> bytes:
    """The ticket of the booklet called `title`, as a PDF of one A4 page if at all possible.

    Its words are as large as one page allows, and never smaller than 12 point.
    """
    day = ticket.prices_as_of
    values = {
        "title": title,
        "ticket": ticket,
        "steps": tuple(zip(ticket.files or (None,), ticket.printing, strict=False)),
        "prices": prices_in_words(ticket.first_class, ticket.second_class),
        "day": ENGLISH.day(date.fromisoformat(day)) if day else "",
    }
    pdf = b""
    for size in TEXT_SIZES:
        pdf = _typeset("ticket.html", fonts, size=size, **values)
        if len(read_pdf(pdf).pages) == 1:
            break
    return pdf


def page_of_words(title: str, paragraphs: Sequence[str], fonts: Fonts) -> bytes:
    """Words below a heading on A4, at 14 point: tagged, in English."""
    return _typeset("words.html", fonts, title=title, paragraphs=paragraphs)


def ticket_name(booklet: str) -> str:
    """The name of the ticket's file, from the name of the booklet's.

    >>> ticket_name("aml.pdf")
    'aml_JOB-TICKET.pdf'
    """
    return f"{Path(booklet).stem}_JOB-TICKET.pdf"


def _typeset(name: str, fonts: Fonts, **values: Any) -> bytes:
    """The PDF of a template filled with values.

    Raises `FaultsFound` for whatever WeasyPrint only logs: a missing font, an unknown rule.
    """
    loader = PackageLoader("booklet.print")
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    page = templates.get_template(name)
    with scratch_folder(), heard("weasyprint") as said:  # it leaves the fonts of a document behind
        pdf: bytes = (
            typesetter()
            .HTML(string=page.render(values, fonts=fonts))
            .write_pdf(font_config=page_fonts(), pdf_variant="pdf/ua-1")
        )
    if said:
        raise fault(Path(str(page.filename)), f"this template does not typeset cleanly: {said[0]}")
    return pdf
