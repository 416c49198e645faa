"""Rules about the file as a whole: what it says it is, what it carries, how it travels."""

import re

from booklet.check.finding import Finding, on_page
from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.rule import rule

ATTACHABLE = 700_000
"""Bytes that pass referral systems and mail gateways as an attachment (standards, test 14)."""

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_FILE_LIKE = re.compile(
    r"\.(?:docx?|indd|html?|pdf|qxp|pub)\b|^(?:untitled|microsoft word)", re.IGNORECASE
)


@rule(limit="said", source="ISO 14289-1, 7.2; WCAG 2.2, 3.1.1 and 3.1.2")
def language(pdf: InspectedPdf) -> Finding:
    """Language of the text.

    A screen reader picks its voice by the language. English in a Welsh voice cannot be followed.
    """
    told = pdf.document.language
    wrong = (
        []
        if _LANGUAGE.fullmatch(told)
        else [on_page(pdf, 0, f"not a language: “{told}”" if told else "not said")]
    )
    odd = [
        on_page(pdf, e.page, f"not a language: “{e.language}”")
        for e in pdf.elements
        if e.language is not None and not _LANGUAGE.fullmatch(e.language)
    ]
    return Finding(told or "none", [*wrong, *odd])


@rule(limit="present", source="ISO 14289-1, 7.1; WCAG 2.2, 2.4.2", on_sheets=True)
def title(pdf: InspectedPdf) -> Finding:
    """Title, shown in place of the file's name.

    The title is the first thing read out, and what tells one open file from the next.
    """
    told, wrong = pdf.document.title, []
    if not told or _FILE_LIKE.search(told):
        wrong.append(on_page(pdf, 0, f"a file's name, not a title: {told}" if told else "no title"))
    if not pdf.document.shows_title:
        wrong.append(on_page(pdf, 0, "viewers are not told to show the title"))
    return Finding(told or "none", wrong)


@rule(limit="nothing missing that they ask", source="ISO 14289-1, 5; ISO 19005-2")
def claims(pdf: InspectedPdf) -> Finding:
    """Standards the file says it meets.

    A claim that does not hold misleads the archive that relies on it.
    """
    told = pdf.document.claims
    wrong = [
        on_page(pdf, 0, f"{claim} without {lack}") for claim in told for lack in _lacks(claim, pdf)
    ]
    return Finding(", ".join(told) or "no standard claimed", wrong, bool(told))


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


@rule(limit="none", source="ISO 19005-2; house rule", on_sheets=True)
def carried(pdf: InspectedPdf) -> Finding:
    """Scripts, forms, attachments, films, locks.

    Hospital gateways take out what can act, or refuse the file with it.
    """
    extras = [*pdf.document.extras, *(["a lock"] if pdf.document.encrypted else [])]
    return Finding(
        ", ".join(extras) or "nothing", tuple(on_page(pdf, 0, extra) for extra in extras)
    )


@rule(limit="at most 700 kB", source="house rule for referral systems")
def attachable(pdf: InspectedPdf) -> Finding:
    """Size of the file.

    What is too heavy is left out of the referral, and nobody tells the patient.
    """
    heavy = pdf.bytes > ATTACHABLE
    measured = f"{pdf.bytes / 1000:,.0f} kB"
    return Finding(measured, (on_page(pdf, 0, "too large to attach"),) if heavy else ())


@rule(limit="to read", source="house rule", on_sheets=True)
def reading_copy(pdf: InspectedPdf) -> Finding:
    """A copy to read, not print sheets.

    Sheets have their pages in the printer's order. Read on a screen or aloud, they make no sense.
    """
    if pdf.is_print_sheets:
        return Finding("print sheets", (on_page(pdf, 0, "send or read the reading copy instead"),))
    return Finding("a reading copy")
