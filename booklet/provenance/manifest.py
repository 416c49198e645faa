"""The manifest beside finished files: which words they hold, who approved them, what they are.

Each file to read is also told in the terms of FHIR R4 (`booklet.provenance.fhir`).
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from booklet import __version__
from booklet.check.check_pdf import PDF_RULES
from booklet.content.review_file import Entry
from booklet.content.version_code import as_printed
from booklet.editions import RELEASED, end_of_name
from booklet.files import digest_of_file, json_file
from booklet.order import Target
from booklet.plain_file import read_file
from booklet.provenance.built_file import BuiltFile
from booklet.provenance.fhir import STATUS, Values, document_reference, with_status
from booklet.review.booklet import Booklet
from booklet.review.status import as_json

ENDING = "_manifest.json"
FORM = 1
"""Grows when a key of the manifest changes its meaning."""
_LONGEST_NAME = 255  # bytes in the name of a file, on every disk there is

_WORDS = ("booklet", "version", "fingerprint", "code", "state")
"""What every manifest says in words, and programs that read it ask for."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A finished file as a manifest beside it names it."""

    folder: Path  # The folder of the manifest, in which the file was put
    manifest: Values  # The whole manifest
    row: Values  # What the manifest says of this file

    @property
    def code(self) -> str:
        """The code of its words."""
        return str(self.manifest["code"])


def manifest_name(target: Target) -> str:
    """The manifest's file name: one for each booklet, language, clinic and version."""
    about = target.booklet.about
    end = end_of_name(about.version, target.clinic, target.named_draft)
    name, language = target.booklet.name.partition(".")[0], about.language.split("-")[0]
    return f"{name}_{language}_{end}{ENDING}"


def manifest(files: Iterable[tuple[Target, BuiltFile]], before: Path) -> bytes:
    """The manifest of finished files of one booklet as JSON; the same files give the same bytes.

    `before` is where an earlier manifest may be. The files it names are named again where they
    hold these very words for this very clinic and are still there, byte for byte.
    """
    files = tuple(files)
    head = _head(files[0][0])
    rows = {row["name"]: row for row in _still_true(before, head)}
    rows |= {file.name: _row(target, file) for target, file in files}
    return json_file({**head, "files": [rows[name] for name in sorted(rows)]})


def listed_files(folder: Path) -> Iterator[ListedFile]:
    """Every file that a manifest in the folder, or among what was released from it, names.

    Some of them may not be there any more.
    """
    for path in _manifests(folder):
        if values := _read(path):
            yield from (ListedFile(path.parent, values, row) for row in values["files"])


def earlier_files(made: Iterable[BuiltFile], folder: Path) -> dict[str, int]:
    """How many files of other versions of what was made lie in the folder, by booklet and version.

    Of what was made, the manifests say which booklets and versions it is.
    """
    now = {
        (values["booklet"], values["version"])
        for each in made
        if each.name.endswith(ENDING) and (values := json.loads(each.content))
    }
    names = {name for name, _ in now}
    known = {
        (each.manifest["booklet"], each.manifest["version"], each.row["name"])
        for each in listed_files(folder)
        if each.folder == folder
    }
    return Counter(
        f"{name} {version}"
        for name, version, file in sorted(known)
        if name in names and (name, version) not in now and (folder / file).is_file()
    )


def is_built_here(file: Path) -> bool:
    """Whether a manifest beside the file names it, and it is byte for byte what that says."""
    mine = [each.row for each in listed_files(file.parent) if each.row["name"] == file.name]
    return any(digest_of_file(file) == row["sha256"] for row in mine)


def withdrawn_manifests(folder: Path, name: str, gone: Mapping[str, Entry]) -> dict[str, bytes]:
    """The manifests in a folder that hold words of a booklet that are withdrawn now, by path in it.

    `gone` says who withdrew which words (`booklet.review.status.withdrawals`). The manifests then
    say so with the reason, and the FHIR documents in them are `entered-in-error`.
    """
    found: dict[str, bytes] = {}
    for path in _manifests(folder) if gone else ():
        values = _read(path) or {}
        if values.get("booklet") == name and (by := gone.get(values.get("fingerprint", ""))):
            rows = [with_status(row, STATUS["withdrawn"][0]) for row in values.get("files", ())]
            told = {"state": "withdrawn", "withdrawal": as_json(by), "files": rows}
            found[path.relative_to(folder).as_posix()] = json_file(values | told)
    return found


def _manifests(folder: Path) -> list[Path]:
    """The manifests of a folder, and of what was released below it."""
    return sorted(path for each in (folder, folder / RELEASED) for path in each.glob(f"*{ENDING}"))


def _read(path: Path) -> Values | None:
    """The values of a manifest; `None` where there is none, or it is none of ours."""
    try:
        values = json.loads(read_file(path).decode())
    except (OSError, ValueError, RecursionError):
        return None
    return values if _is_manifest(values) else None


def _is_manifest(values: Any) -> bool:
    """Whether it has what this program asks of a manifest; by hand or by a crash it may not."""
    if not isinstance(values, dict) or values.get("manifest") != FORM:
        return False
    words = all(isinstance(values.get(key), str) for key in _WORDS)
    rows = values.get("files")
    return (
        words
        and values["code"] == as_printed(values["code"])
        and isinstance(rows, list)
        and all(isinstance(row, dict) and _names_a_file(row) for row in rows)
    )


def _names_a_file(row: Values) -> bool:
    document = row.get("document_reference")
    told = document is None or isinstance(document, dict)
    return _is_file_name(row.get("name")) and told and isinstance(row.get("sha256"), str)


def _is_file_name(name: Any) -> bool:
    """Whether a disk can hold a file of this name, in the folder itself."""
    if not isinstance(name, str) or set(name) & {"/", "\\", "\0"}:
        return False
    return 0 < len(name.encode(errors="replace")) <= _LONGEST_NAME


def damaged(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of these manifests that cannot be read, under the names by which they are set aside."""
    paths = [folder / name for name in names]
    return {
        f"{path.name}.damaged": path.read_bytes()
        for path in paths
        if path.is_file() and _read(path) is None
    }


def _head(target: Target) -> Values:
    """What holds for all files of a booklet."""
    booklet = target.booklet
    about, status = booklet.about, booklet.status
    clinic = {"profile": target.clinic, "fingerprint": _of_clinic(booklet)}
    return {
        "manifest": FORM,
        "program": f"Booklet builder {__version__}",
        "booklet": booklet.name,
        "title": about.title.plain,
        "language": about.language,
        "version": about.version,
        "prepared": about.prepared.isoformat(),
        "fingerprint": status.fingerprint,
        "code": status.code,
        "state": status.state,
        "approval": status.approval and as_json(status.approval),
        "clinic": clinic if booklet.clinic else None,
        "sources": {
            name: {"title": source.title.plain, "publisher": source.publisher.plain}
            | source.model_dump(include={"address", "dated", "checked"})
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
    old = _read(before)
    if old is None or any(old.get(key) != head[key] for key in ("fingerprint", "clinic", "state")):
        return []
    return [
        row for row in old["files"] if digest_of_file(before.parent / row["name"]) == row["sha256"]
    ]


def _row(target: Target, file: BuiltFile) -> Values:
    edition = target.edition
    return {
        "name": file.name,
        "audience": edition.audience,
        "edition": edition.size.slug,
        "ink": edition.ink.name,
        "to_read": not file.is_sheets,
        "pages": file.pages,
        "bytes": file.size,
        "sha256": file.sha256,
        "checks": [
            {"rule": id, "verdict": finding.verdict, "measured": finding.measured}
            | {"limit": PDF_RULES[id].limit}
            for id, finding in file.findings.items()
        ],
        "document_reference": None if file.is_sheets else document_reference(target, file),
    }
