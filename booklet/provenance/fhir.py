"""Finished files in the terms of FHIR R4, for the record system that stores them.

https://hl7.org/fhir/R4/documentreference.html and datatypes.html#Attachment
"""

from base64 import b64encode
from datetime import date
from hashlib import sha1
from typing import Any

from booklet.content.labels import size_in_words
from booklet.order import Target
from booklet.provenance.built_file import BuiltFile
from booklet.review.status import State

Values = dict[str, Any]

STATUS: dict[State, tuple[str, str]] = {
    "draft": ("current", "preliminary"),
    "in review": ("current", "preliminary"),
    "approved": ("current", "final"),
    "withdrawn": ("entered-in-error", "final"),
}
"""What FHIR calls a document of words in each state: its `status` and its `docStatus`. Files are
made as drafts or as approved only; whoever stores one marks it when `identify` says it was
withdrawn, or that newer words are approved."""
_CONTENT_TYPE = {"pdf": "application/pdf", "html": "text/html"}


def document_reference(target: Target, file: BuiltFile) -> Values:
    """The fields of a `DocumentReference` for one file, all that the booklet itself can know.

    Whoever stores it adds the subject, the custodian and where it is kept.
    """
    booklet, labels = target.booklet, target.booklet.labels
    about, status = booklet.about, booklet.status
    reader = getattr(labels, f"for_{booklet.audience}")
    size = size_in_words(labels, target.edition.size)
    fhir_status, doc_status = STATUS[status.state]
    day = status.approval.on if status.approval else about.prepared
    file_itself = attachment(
        file.name, file.content, f"{about.title.plain}. {reader}. {size}", about.prepared
    ) | {"language": about.language}
    return {
        "resourceType": "DocumentReference",
        "masterIdentifier": {"value": f"{booklet.name} {about.version} {status.code}"},
        "identifier": [{"value": file.name}],
        "status": fhir_status,
        "docStatus": doc_status,
        "type": {"text": "Patient information leaflet"},
        "date": instant(day),
        "author": [{"display": about.publisher.plain}],
        "description": about.description.plain,
        "content": [{"attachment": file_itself}],
    }


def attachment(name: str, content: bytes, title: str, created: date) -> Values:
    """What FHIR says of a file itself (`Attachment`), by its name, its content and its title.

    The hash is the SHA-1 that FHIR asks for, in Base64; manifests have the SHA-256 beside it.
    """
    return {
        "contentType": _CONTENT_TYPE[name.rpartition(".")[2]],
        "size": len(content),
        "hash": b64encode(sha1(content, usedforsecurity=False).digest()).decode(),
        "title": title,
        "creation": created.isoformat(),
    }


def instant(day: date) -> str:
    """A day as FHIR's `instant`, which needs a time: the day's first."""
    return f"{day.isoformat()}T00:00:00Z"


def with_status(row: Values, status: str) -> Values:
    """What a manifest says of a file, with what FHIR calls its document now.

    `unknown` is no code of FHIR's, so the document keeps the one it has.
    """
    document = row.get("document_reference")
    if document is None or status == "unknown":
        return row
    return row | {"document_reference": document | {"status": status}}
