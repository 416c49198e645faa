"""The manifest beside finished files: which words they hold, who approved them, what they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from booklet import __version__
from booklet.check.check_pdf import PDF_RULES
from booklet.check.report import Finding
from booklet.content.model import Booklet
from booklet.editions import Edition, end_of_name
from booklet.provenance.document_reference import document_reference

ENDING = "_manifest.json"
#: Grows when a key of the manifest changes its meaning.
FORM = 1

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file: pages or sides, none on the screen, and what `check` measured of it.

    `to_read` is false for print sheets, which are made from the file of the same edition.
    """

    name: str
    content: bytes
    booklet: Booklet
    edition: Edition
    pages: int | None
    findings: Mapping[str, Finding] = field(default_factory=dict)
    to_read: bool = True


def manifest_name(booklet: Booklet, clinic: str | None, draft: bool) -> str:
    """The manifest's file name: one for each booklet, language, clinic and version."""
    language = booklet.about.language.split("-")[0]
    end = end_of_name(booklet.about.version, clinic, draft)
    return f"{booklet.name.partition('.')[0]}_{language}_{end}{ENDING}"


def manifest(files: Iterable[Finished], clinic: str | None, before: Path) -> bytes:
    """The manifest of finished files of one booklet as JSON; the same files give the same bytes.

    `before` is where an earlier manifest may be. The files it names are named again where they
    hold these very words for this very clinic and are still there, byte for byte.
    """
    files = tuple(files)
    head = _head(files[0].booklet, clinic)
    rows = {row["name"]: row for row in _still_true(before, head)}
    rows |= {each.name: _row(each) for each in files}
    whole = {**head, "files": [rows[name] for name in sorted(rows)]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(path: Path) -> Values | None:
    """The values of a manifest; `None` where there is none, or it is none of ours."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) and values.get("manifest") == FORM else None


def _head(booklet: Booklet, clinic: str | None) -> Values:
    """What holds for all files of a booklet."""
    about, standing = booklet.about, booklet.standing
    profile = booklet.clinic
    return {
        "manifest": FORM,
        "program": f"Booklet builder {__version__}",
        "booklet": booklet.name,
        "title": about.title.plain,
        "language": about.language,
        "version": about.version,
        "prepared": about.prepared.isoformat(),
        "fingerprint": standing.fingerprint,
        "code": standing.code,
        "state": standing.state,
        "approval": standing.approval
        and standing.approval.model_dump(mode="json", exclude_none=True),
        "clinic": profile and {"profile": clinic, "fingerprint": _of_clinic(booklet)},
        "sources": {
            name: {
                "title": source.title.plain,
                "publisher": source.publisher.plain,
                "address": source.address,
                "dated": source.dated,
                "checked": source.checked,
            }
            for name, source in about.sources.items()
        },
    }


def _of_clinic(booklet: Booklet) -> str:
    """The SHA-256 of what a clinic prints of its own: its words and its logo."""
    words = booklet.clinic.model_dump(mode="json") if booklet.clinic else {}
    logo = booklet.logo.read_bytes() if booklet.logo else b""
    return sha256(json.dumps(words, sort_keys=True).encode() + logo).hexdigest()


def _still_true(before: Path, head: Values) -> list[Values]:
    """The rows of an earlier manifest that still hold."""
    old = read_manifest(before)
    if old is None or any(old.get(key) != head[key] for key in ("fingerprint", "clinic", "state")):
        return []
    return [row for row in old["files"] if _digest(before.parent / row["name"]) == row["sha256"]]


def _digest(path: Path) -> str | None:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _row(file: Finished) -> Values:
    booklet, edition = file.booklet, file.edition
    labels = booklet.labels
    reader = getattr(labels, f"for_{booklet.audience}")
    title = f"{booklet.about.title.plain}. {reader}. {getattr(labels, edition.size.label)}"
    return {
        "name": file.name,
        "audience": booklet.audience,
        "edition": edition.size.slug,
        "to_read": file.to_read,
        "pages": file.pages,
        "bytes": len(file.content),
        "sha256": sha256(file.content).hexdigest(),
        "checks": [
            {
                "rule": id,
                "verdict": finding.verdict,
                "measured": finding.measured,
                "limit": PDF_RULES[id].limit,
            }
            for id, finding in file.findings.items()
        ],
        "document_reference": document_reference(file.name, file.content, title, booklet)
        if file.to_read
        else None,
    }
