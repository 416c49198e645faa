"""What a patient was given, for the record: a slip in words, and a FHIR document.

Neither names the patient, nor the file the letter came in, whose name may be theirs.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from booklet.attach.order import AttachedFile, Given
from booklet.content.language import ENGLISH, language_of
from booklet.provenance import fhir

HEADING = "Information and advice given"
"""The heading of the Professional Record Standards Body under which it is pasted."""


def slip(given: Sequence[Given], on: date) -> str:
    """The booklets in words, to be pasted into the record: a paragraph each.

    >>> one = Given("Going home. For patients. Standard print", "en-GB",
    ...     "going-home 1.0 7K2M-9QXA", "", False, "00")
    >>> print(slip([one], date(2026, 11, 25)), end="")
    Information and advice given
    <BLANKLINE>
    Given on 25 November 2026: Going home. For patients. Standard print. English.
    Version 1.0, code 7K2M-9QXA.
    """
    return "\n\n".join((HEADING, *slip_paragraphs(given, on))) + "\n"


def slip_paragraphs(given: Sequence[Given], on: date) -> tuple[str, ...]:
    """The booklets in words, without the heading."""
    return tuple("\n".join(_lines(each, on)) for each in given)


def _lines(given: Given, on: date) -> Iterator[str]:
    title = given.title.rstrip(".")
    spoken = language_of(given.language.partition("-")[0])
    language = f" {spoken.name}." if spoken else ""
    yield f"Given on {ENGLISH.day(on)}: {title}.{language}"
    if words := given.identifier.split():
        *_, version, code = words if len(words) > 2 else ("", "", *words)[-3:]
        yield f"Version {version}, code {code}." if version else f"Identifier: {code}."
    else:
        yield "It carries no version and no code; it was not made by this booklet builder."
    if given.said:
        yield f"{given.said[:1].upper()}{given.said[1:]}."


def document_reference(file: AttachedFile, name: str, on: date) -> dict[str, Any]:
    """The fields of a FHIR R4 `DocumentReference` for a file that holds booklets.

    Each booklet is `related` by the identifier of its words, as the file made of them alone has it
    (`masterIdentifier`). Whoever stores it adds the subject, the custodian and where it is kept.
    """
    titles = [each.title for each in file.holds]
    related = [
        {"identifier": {"value": each.identifier}, "display": each.title}
        for each in file.holds
        if each.identifier
    ]
    draft = any(each.is_draft for each in file.holds)
    return {
        "resourceType": "DocumentReference",
        "identifier": [{"value": name}],
        "status": "current",
        "docStatus": "preliminary" if draft else "final",
        "type": {"text": HEADING},
        "date": fhir.instant(on),
        "description": "; ".join(titles),
        "content": [{"attachment": fhir.attachment(name, file.data, "; ".join(titles), on)}],
        **({"context": {"related": related}} if related else {}),
    }
