"""What each finished file was made from, as one digest: what has not changed is not made again.

A file follows from its page of HTML, which has the words, the status of the day and the labels in
it; from the pictures that it shows, style sheets and typefaces; and from the program and its
libraries. The page has the code of all words and pictures of its booklet, and changes with any.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from booklet import surroundings
from booklet.check.report import Finding, Nothing
from booklet.editions import Screen
from booklet.files import json_file
from booklet.html.render import render, render_for_screen
from booklet.order import Target
from booklet.provenance.built_file import BuiltFile, OnDisk
from booklet.resources import styles_folder
from booklet.tagging.typeset import pictures_asked_for
from booklet.typeface import figure_files, typefaces
from booklet.unchanged import RECORDS

_FILE = f"{RECORDS}/files.json"
_FORM = 1
"""Grows when a key of the record changes its meaning."""
_SHEETS = "_PRINT-"
"""What parts the name of print sheets from that of their booklet."""
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Origins:
    """The record of a folder of outputs."""

    folder: Path  # The folder of the outputs
    rows: dict[str, Any]  # By the name of a target's file: its digest, and the files made of it

    @staticmethod
    def of(folder: Path) -> "Origins":
        """What is kept in a folder; nothing where there is no record, or none that is ours."""
        try:
            record = json.loads((folder / _FILE).read_bytes())
            rows = record["targets"] if record["form"] == _FORM else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            rows = {}
        return Origins(folder, rows if isinstance(rows, dict) else {})

    def kept(self, target: Target, digest: str) -> tuple[BuiltFile, ...] | None:
        """The files of a target, where they stand there as they were made of the same.

        Its file to read, and print sheets where they are asked for and none is missing or edited.
        """
        row = self.rows.get(target.file_name)
        try:
            if row is None or row["digest"] != digest:
                return None
            first, *sheets = row["files"]
            file = _read(self.folder, first)
            others = [_read(self.folder, each) for each in sheets] if target.sheets else []
        except (KeyError, TypeError, ValueError):
            return None
        if file is None:
            return None
        return (file,) if None in others else (file, *filter(None, others))

    def older_sheets(self, pdfs: Collection[str]) -> Iterator[Path]:
        """The print sheets of these PDFs that were made of an earlier file of the name."""
        for path in sorted(self.folder.glob(f"*{_SHEETS}*.pdf")):
            pdf = f"{path.name.partition(_SHEETS)[0]}.pdf"
            if pdf not in pdfs or path.name in self._of_it(pdf):
                continue
            with suppress(OSError):  # somebody took it away
                # What is newer was made of it by hand.
                if path.stat().st_mtime_ns < (self.folder / pdf).stat().st_mtime_ns:
                    yield path

    def _of_it(self, name: str) -> set[str]:
        """The names of a file and of what was made of it."""
        return {each["name"] for each in self.rows.get(name, {}).get("files", ())}

    def renewed(self, made: Iterable[tuple[str, str, tuple[BuiltFile, ...]]]) -> dict[str, bytes]:
        """The record with what each target was made from, under the name it is kept by."""
        rows = {name: row for name, row in self.rows.items() if (self.folder / name).exists()}
        for name, digest, files in made:
            mine = [_row(each) for each in files]
            rows[name] = {"digest": digest, "files": mine + _sheets(rows.get(name), digest, mine)}
        told = {"form": _FORM, "targets": dict(sorted(rows.items()))}
        return {_FILE: json_file(told)}


def digest_of(target: Target) -> str:
    """The digest of all that the files of a target are made from; print sheets follow from its PDF.

    `FaultsFound` where its page cannot be made.
    """
    booklet, size = target.booklet, target.edition.size
    if isinstance(size, Screen):
        html = render_for_screen(booklet, Markup(""))  # with all pictures in it
    else:
        html = render(booklet, size, target.marked, target.edition.ink)
    digest = sha256(program_digest().encode())
    for told in (html, target.file_name, booklet.labels.model_dump_json()):
        digest.update(repr(told).encode())
    digest.update(contents(pictures_asked_for(html, booklet.picture_folders)).encode())
    return digest.hexdigest()


@cache
def program_digest() -> str:
    """The digest of what is the same for all booklets: program, styles, typefaces, libraries."""
    fonts = [path for each in typefaces() for path in each.paths.values()]
    ours = (_PACKAGE, styles_folder(), *figure_files().values(), *fonts)
    others = (*surroundings.stray_libraries(), *surroundings.system_libraries())
    told = (contents((*ours, *others)), surroundings.versions(), [*surroundings.library_marks()])
    return sha256(repr(told).encode()).hexdigest()


def contents(paths: Iterable[Path]) -> str:
    """The digest of files, and of all files below folders, with their names.

    What is compiled of them does not count: it follows from them, and lies there from then on.
    """
    digest = sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.relative_to(path.parent).parts:
                content = sha256(file.read_bytes()).digest()
                digest.update(file.relative_to(path.parent).as_posix().encode() + content)
    return digest.hexdigest()


def stands(folder: Path, file: BuiltFile) -> bool:
    """Whether a file stands in the folder byte for byte, itself and not as a link to another."""
    path = folder / file.name
    try:
        return not path.is_symlink() and sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


def _sheets(
    before: dict[str, Any] | None, digest: str, files: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows of print sheets that were made of the very same file, where none are made now."""
    try:
        if before is None or before["digest"] != digest or len(files) > 1:
            return []
        first, *sheets = before["files"]
        return sheets if first["sha256"] == files[0]["sha256"] else []
    except (KeyError, TypeError, ValueError):
        return []


def _row(file: BuiltFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "pages": file.pages,
        "is_sheets": file.is_sheets,
        "advice": file.advice,
        "findings": {
            rule: [finding.measured, isinstance(finding.measured, Nothing)]
            for rule, finding in file.findings.items()
        },
    }


def _read(folder: Path, row: dict[str, Any]) -> BuiltFile | None:
    """The file of a row as it stands there; `None` where it is another by now, or gone."""
    path = folder / row["name"]
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if sha256(content).hexdigest() != row["sha256"]:
        return None
    return BuiltFile(
        name=row["name"],
        held=OnDisk(path, len(content), row["sha256"]),
        pages=row["pages"],
        is_sheets=row["is_sheets"],
        advice=tuple(row["advice"]),
        findings={
            rule: Finding(Nothing(measured) if nothing else measured)
            for rule, (measured, nothing) in row["findings"].items()
        },
        kept=True,
    )
