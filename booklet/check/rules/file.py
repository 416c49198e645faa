"""Rules about the file as a whole: what it says it is, what it carries, how it travels."""

import re

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.pdf_rule import Shortfalls
from booklet.check.report import Nothing
from booklet.check.rule import rule

ATTACHABLE = 700_000  # Bytes that pass referral systems and mail gateways (standards, test 14)

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_FILE_LIKE = re.compile(r"\.(?:docx?|indd|html?|pdf|qxp|pub)\b|^(?:untitled|microsoft word)", re.I)


@rule("said", "ISO 14289-1, 7.2; WCAG 2.2, 3.1.1 and 3.1.2")
def language(pdf: InspectedPdf) -> Shortfalls:
    """Language of the text.

    A screen reader picks its voice by the language. English in a Welsh voice cannot be followed.
    """
    told = pdf.document.language
    if not _LANGUAGE.fullmatch(told):
        yield 0, f"not a language: “{told}”" if told else "not said"
    for element in pdf.elements:
        if element.language is not None and not _LANGUAGE.fullmatch(element.language):
            yield element.page, f"not a language: “{element.language}”"
    return told or "none"


@rule("present", "ISO 14289-1, 7.1; WCAG 2.2, 2.4.2", on_sheets=True)
def title(pdf: InspectedPdf) -> Shortfalls:
    """Title, shown in place of the file's name.

    The title is the first thing read out, and what tells one open file from the next.
    """
    told = pdf.document.title
    if not told or _FILE_LIKE.search(told):
        yield 0, f"a file's name, not a title: {told}" if told else "no title"
    if not pdf.document.shows_title:
        yield 0, "viewers are not told to show the title"
    return told or "none"


@rule("nothing missing that they ask", "ISO 14289-1, 5; ISO 19005-2")
def claims(pdf: InspectedPdf) -> Shortfalls:
    """Standards the file says it meets.

    A claim that does not hold misleads the archive that relies on it.
    """
    told = pdf.document.claims
    for claim in told:
        yield from ((0, f"{claim} without {lack}") for lack in _lacks(claim, pdf))
    return ", ".join(told) if told else Nothing("no standard claimed")


def _lacks(claim: str, pdf: InspectedPdf) -> list[str]:
    """What a claim promises and the file has not."""
    document = pdf.document
    tagged = bool(pdf.elements) and document.marked
    shared = {
        "a structure tree": tagged or claim[-1] in "bu",
        "a language": bool(document.language) or claim[-1] in "bu",
    }
    ua = {"a title": bool(document.title), "the title on show": document.shows_title}
    archive = {
        "an output intent": document.output_intents > 0,
        "its fonts": all(run.face.embedded for run in pdf.runs),
        "freedom from encryption": not document.encrypted,
        "freedom from scripts": "a script" not in document.extras,
    }
    needed = shared | (ua if claim.startswith("PDF/UA") else archive)
    return [what for what, there in needed.items() if not there]


@rule("none", "ISO 19005-2; house rule", on_sheets=True)
def carried(pdf: InspectedPdf) -> Shortfalls:
    """Scripts, forms, attachments, films, locks.

    Hospital gateways take out what can act, or refuse the file with it.
    """
    extras = [*pdf.document.extras, *(["a lock"] if pdf.document.encrypted else [])]
    yield from ((0, extra) for extra in extras)
    return ", ".join(extras) or "nothing"


@rule("at most 700 kB", "house rule for referral systems")
def attachable(pdf: InspectedPdf) -> Shortfalls:
    """Size of the file.

    What is too heavy is left out of the referral, and nobody tells the patient.
    """
    if pdf.bytes > ATTACHABLE:
        yield 0, "too large to attach"
    return f"{pdf.bytes / 1000:,.0f} kB"


@rule("to read", "house rule", on_sheets=True)
def reading_copy(pdf: InspectedPdf) -> Shortfalls:
    """A copy to read, not print sheets.

    Sheets have their pages in the printer's order. Read on a screen or aloud, they make no sense.
    """
    if pdf.is_print_sheets:
        yield 0, "send or read the reading copy instead"
    return "print sheets" if pdf.is_print_sheets else "a reading copy"
