"""What can be said of a finished PDF in a few words, and what it lacks."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page
from pypdf import PdfReader


def facts(pdf: bytes) -> str:
    """Its pages, its faults by PDF/UA-1 and whether it has bookmarks and links."""
    reader = PdfReader(BytesIO(pdf))
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    faults = f"{report.checks.failed} faults" if report.checks.failed else "no fault"
    bookmarks = sum(1 for _ in _flat(reader.outline))
    found = f"{bookmarks} bookmarks, {links(reader)} links"
    return f"{len(reader.pages)} pages, PDF/UA-1: {faults}, {found}"


def links(reader: PdfReader) -> int:
    annotations = (each.get_object() for one in reader.pages for each in one.get("/Annots", ()))
    return sum(each["/Subtype"] == "/Link" for each in annotations)


def _flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
