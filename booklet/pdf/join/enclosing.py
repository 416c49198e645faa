"""PDFs put into another as files of their own: pages and tags of that one stay as they are."""

from collections.abc import Sequence
from datetime import date

import pikepdf
from pikepdf import Array, AttachedFileSpec, Name

from booklet.pdf.join.claims import write_claims
from booklet.pdf.join.joining import MARKED, UNTAGGED, Source
from booklet.pdf.join.part import Joined
from booklet.pdf.writing import saved_with_plain_ends

_ARCHIVE = ("PDF/A-2", "PDF/A-3")


def enclose(letter: Source, booklets: Sequence[tuple[str, Source]], on: date) -> Joined:
    """The letter with booklets in it as embedded files, each under a file name of its own.

    They are told to be a supplement to it (ISO 19005-3, 6.8, `AFRelationship`). A letter that
    says it is PDF/A-2 or PDF/A-3 is PDF/A-3 from then on, which is PDF/A-2 that may hold any
    files; `on` is the day that is said to be theirs. The letter is used up.
    """
    target = letter.pdf
    files = [_embedded(target, name, source, on) for name, source in booklets]
    before = target.Root.get("/AF")
    kept = list(before.as_list()) if isinstance(before, Array) else []
    target.Root.AF = Array([*kept, *files])
    claims = tuple(_with_files(each) for each in letter.facts.claims)
    write_claims(target, claims)
    version = max("1.7", target.pdf_version)
    data = saved_with_plain_ends(target, version)
    return Joined(data, letter.facts.pages, claims, tuple(_notes(letter, claims)))


def _embedded(target: pikepdf.Pdf, name: str, source: Source, on: date) -> pikepdf.Object:
    day = f"D:{on:%Y%m%d}000000Z"
    while name in target.attachments:
        name = f"other-{name}"
    file = AttachedFileSpec(
        target,
        source.part.data,
        filename=name,
        description=source.title,
        mime_type="application/pdf",
        relationship=Name.Supplement,
        creation_date=day,
        mod_date=day,
    )
    target.attachments[name] = file
    return file.obj


def _with_files(claim: str) -> str:
    return f"PDF/A-3{claim[-1]}" if claim.startswith(_ARCHIVE) else claim


def _notes(letter: Source, claims: Sequence[str]) -> list[str]:
    notes = [
        "some programs do not show embedded files: whoever gets it may see the letter alone",
    ]
    if not any(claim.startswith("PDF/A") for claim in claims):
        notes.append(f"{letter.title} does not say that it is PDF/A, so the whole does not either")
    if letter.part.marked_by_machine:
        notes.append(MARKED.format(letter.title))
    elif not letter.facts.tagged:
        notes.append(UNTAGGED.format(letter.title))
    return notes
