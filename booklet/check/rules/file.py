"""Rules about the file as a whole: what it says it is, what it carries, how it travels."""

import re

from booklet.check.inspected_pdf import Evidence
from booklet.check.rule import Outcome, Place, Rule

ATTACHABLE = 700_000
"""Bytes that pass referral systems and mail gateways as an attachment (standards, test 14)."""

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")
_FILE_LIKE = re.compile(
    r"\.(?:docx?|indd|html?|pdf|qxp|pub)\b|^(?:untitled|microsoft word)", re.IGNORECASE
)


def language(evidence: Evidence) -> Outcome:
    """The language is said, for the file and for every element that has its own."""
    told = evidence.document.language
    wrong = (
        []
        if _LANGUAGE.fullmatch(told)
        else [Place(0, f"not a language: “{told}”" if told else "not said")]
    )
    odd = [
        Place(e.page, f"not a language: “{e.language}”")
        for e in evidence.elements
        if e.language is not None and not _LANGUAGE.fullmatch(e.language)
    ]
    return Outcome(told or "none", (*wrong, *odd))


def title(evidence: Evidence) -> Outcome:
    """The file has a title for people, and shows it instead of its name."""
    told, wrong = evidence.document.title, []
    if not told or _FILE_LIKE.search(told):
        wrong.append(Place(0, f"a file's name, not a title: {told}" if told else "no title"))
    if not evidence.document.shows_title:
        wrong.append(Place(0, "viewers are not told to show the title"))
    return Outcome(told or "none", tuple(wrong))


def claims(evidence: Evidence) -> Outcome:
    """The file is what its metadata says it is, as far as can be seen here."""
    told = evidence.document.claims
    wrong = [
        Place(0, f"{claim} without {lack}") for claim in told for lack in _lacks(claim, evidence)
    ]
    return Outcome(", ".join(told) or "no standard claimed", tuple(wrong), bool(told))


def _lacks(claim: str, evidence: Evidence) -> list[str]:
    """What a claim promises and the file has not."""
    document = evidence.document
    tagged = bool(evidence.elements) and document.marked
    shared = {
        "a structure tree": tagged or claim[-1] in "bu",
        "a language": bool(document.language) or claim[-1] in "bu",
    }
    ua = {"a title": bool(document.title), "the title on show": document.shows_title}
    archive = {
        "an output intent": document.output_intents > 0,
        "its fonts": all(run.face.embedded for run in evidence.runs),
        "freedom from encryption": not document.encrypted,
        "freedom from scripts": "a script" not in document.extras,
    }
    needed = shared | (ua if claim.startswith("PDF/UA") else archive)
    return [what for what, there in needed.items() if not there]


def carried(evidence: Evidence) -> Outcome:
    """No scripts, forms, attachments or locks: archives and mail gateways refuse them."""
    extras = [*evidence.document.extras, *(["a lock"] if evidence.document.encrypted else [])]
    return Outcome(", ".join(extras) or "nothing", tuple(Place(0, extra) for extra in extras))


def attachable(evidence: Evidence) -> Outcome:
    """The file is small enough to attach to a referral or a message."""
    heavy = evidence.bytes > ATTACHABLE
    measured = f"{evidence.bytes / 1000:,.0f} kB"
    return Outcome(measured, (Place(0, "too large to attach"),) if heavy else ())


def reading_copy(evidence: Evidence) -> Outcome:
    """This is a copy to read, not sheets laid out for the printer."""
    if evidence.is_print_sheets:
        return Outcome("print sheets", (Place(0, "send or read the reading copy instead"),))
    return Outcome("a reading copy")


FILE = (
    Rule(
        "language",
        "Language of the text",
        "said",
        "ISO 14289-1, 7.2; WCAG 2.2, 3.1.1 and 3.1.2",
        language,
        why=(
            "A screen reader picks its voice by the language. English in a Welsh voice "
            "cannot be followed."
        ),
    ),
    Rule(
        "title",
        "Title, shown in place of the file's name",
        "present",
        "ISO 14289-1, 7.1; WCAG 2.2, 2.4.2",
        title,
        why="The title is the first thing read out, and what tells one open file from the next.",
        on_sheets=True,
    ),
    Rule(
        "claims",
        "Standards the file says it meets",
        "nothing missing that they ask",
        "ISO 14289-1, 5; ISO 19005-2",
        claims,
        why="A claim that does not hold misleads the archive that relies on it.",
    ),
    Rule(
        "carried",
        "Scripts, forms, attachments, films, locks",
        "none",
        "ISO 19005-2; house rule",
        carried,
        why="Hospital gateways take out what can act, or refuse the file with it.",
        on_sheets=True,
    ),
    Rule(
        "attachable",
        "Size of the file",
        "at most 700 kB",
        "house rule for referral systems",
        attachable,
        why="What is too heavy is left out of the referral, and nobody tells the patient.",
    ),
)

READING_COPY = Rule(
    "reading-copy",
    "A copy to read, not print sheets",
    "to read",
    "house rule",
    reading_copy,
    why=(
        "Sheets have their pages in the printer's order. Read on a screen or aloud, they "
        "make no sense."
    ),
    on_sheets=True,
)
