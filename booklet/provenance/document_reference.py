"""A finished file in the terms of FHIR R4, for the record system that stores it.

https://hl7.org/fhir/R4/documentreference.html and datatypes.html#Attachment.
"""

from base64 import b64encode
from datetime import date
from hashlib import sha1
from typing import Any

from booklet.content.model import Booklet
from booklet.content.review_file import State

#: What FHIR calls a document in each state. Files are made as drafts or as approved only; whoever
#: stores one marks it when `identify` says it was withdrawn, or that newer words are approved.
STATUS: dict[State, str] = {
    "draft": "current",
    "in review": "current",
    "approved": "current",
    "withdrawn": "entered-in-error",
}
SUPERSEDED = "superseded"
DOC_STATUS: dict[State, str] = {
    "draft": "preliminary",
    "in review": "preliminary",
    "approved": "final",
    "withdrawn": "final",
}
_CONTENT_TYPE = {"pdf": "application/pdf", "html": "text/html"}


def document_reference(name: str, content: bytes, title: str, booklet: Booklet) -> dict[str, Any]:
    """The fields of a `DocumentReference` for one file, all that the booklet itself can know.

    Whoever stores it adds the subject, the custodian and where it is kept. The hash is the SHA-1
    that FHIR asks for, in Base64; the manifest has the SHA-256 beside it.
    """
    about, standing = booklet.about, booklet.standing
    day = standing.approval.on if standing.approval else about.prepared
    return {
        "resourceType": "DocumentReference",
        "masterIdentifier": {"value": f"{booklet.name} {about.version} {standing.code}"},
        "identifier": [{"value": name}],
        "status": STATUS[standing.state],
        "docStatus": DOC_STATUS[standing.state],
        "type": {"text": "Patient information leaflet"},
        "date": _instant(day),
        "author": [{"display": about.publisher.plain}],
        "description": about.description.plain,
        "content": [
            {
                "attachment": {
                    "contentType": _CONTENT_TYPE[name.rpartition(".")[2]],
                    "language": about.language,
                    "size": len(content),
                    "hash": b64encode(sha1(content, usedforsecurity=False).digest()).decode(),
                    "title": title,
                    "creation": about.prepared.isoformat(),
                }
            }
        ],
    }


def _instant(day: date) -> str:
    """A day as FHIR's instant, which needs a time: its first moment in UTC."""
    return f"{day.isoformat()}T00:00:00Z"
