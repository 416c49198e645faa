"""The job ticket as one A4 page in plain words."""

from datetime import date
from html import escape
from pathlib import Path

from booklet.content.language import ENGLISH
from booklet.print.plain_page import Fonts, rows, typeset
from booklet.print.source_file import read_pdf
from booklet.print.ticket import Ticket, prices_in_words

TEXT_SIZES = ("14", "13", "12")


def ticket_pdf(ticket: Ticket, title: str, fonts: Fonts) -> bytes:
    """The ticket of the booklet called `title`, as a PDF of one page if at all possible.

    Its words are as large as one page allows, and never smaller than 12 point.
    """
    values = {
        "title": escape(title),
        "print": rows(_print(ticket)),
        "bind": rows(_bind(ticket)),
        "post": rows(_post(ticket)),
        "warnings": _warnings(ticket),
    }
    pdf = b""
    for size in TEXT_SIZES:
        pdf = typeset("ticket.html", values | {"size": size}, fonts)
        if len(read_pdf(pdf).pages) == 1:
            break
    return pdf


def ticket_name(booklet: str) -> str:
    """The name of the ticket's file, from the name of the booklet's.

    >>> ticket_name("aml.pdf")
    'aml_JOB-TICKET.pdf'
    """
    return f"{Path(booklet).stem}_JOB-TICKET.pdf"


def _print(ticket: Ticket) -> dict[str, str | None]:
    files = ticket.files or (None,)
    steps: dict[str, str | None] = {}
    for number, (file, how) in enumerate(zip(files, ticket.printing, strict=False), start=1):
        which = f" {number}" if len(files) > 1 else ""
        steps |= {f"File{which}": file, f"How{which}": how}
    return steps | {
        "Paper": ticket.paper,
        "Sheets": f"{ticket.sheets} for one copy ({ticket.pages} pages)",
        "First of all": ticket.proof,
    }


def _bind(ticket: Ticket) -> dict[str, str | None]:
    return {
        "Fold": ticket.fold,
        "Staple": ticket.staple,
        "Finished": f"{ticket.finished}, {ticket.leaves} leaves, {ticket.thickness:.1f} mm thick,"
        f" {ticket.weight:.0f} g",
    }


def _post(ticket: Ticket) -> dict[str, str | None]:
    if ticket.envelope is None:
        return {
            "Envelope": "none known here takes it",
            "Postage": ticket.postage,
            "Or folded": ticket.folded,
        }
    known = prices_in_words(ticket.first_class, ticket.second_class)
    day = ENGLISH.day(date.fromisoformat(ticket.prices_as_of)) if ticket.prices_as_of else ""
    return {
        "Envelope": f"{ticket.envelope}, marked only “Private”",
        "Weight": f"{ticket.post_weight:.0f} g with envelope and a letter of one sheet,"
        f" {ticket.post_thickness:.1f} mm thick",
        "Postage": f"Royal Mail: {ticket.postage}",
        "Price": f"{known} (price of {day})" if known else None,
        "Or folded": ticket.folded,
    }


def _warnings(ticket: Ticket) -> str:
    if not ticket.warnings:
        return ""
    items = "".join(f"<li>{escape(_sentence(words))}</li>" for words in ticket.warnings)
    return f'<section class="warnings"><h2>Look out</h2><ul>{items}</ul></section>'


def _sentence(words: str) -> str:
    """The words with a capital and a full stop.

    >>> _sentence("page 1: nothing to see")
    'Page 1: nothing to see.'
    """
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
