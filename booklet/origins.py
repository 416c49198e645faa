"""What each finished file was made from, as one digest: what has not changed is not made again.

A file follows from its page of HTML, which has the words, the status of the day and the labels in
it; from style sheets, pictures and typefaces; and from the program and its libraries.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

from booklet.check.report import Finding, Nothing
from booklet.editions import Screen
from booklet.html.render import render, render_for_screen
from booklet.order import Target
from booklet.provenance.manifest import BuiltFile, OnDisk
from booklet.resources import styles_folder
from booklet.typeface import figure_files, typefaces
from booklet.unchanged import RECORDS, installed

_FILE = f"{RECORDS}/files.json"
_FORM = 1
"""Grows when a key of the record changes its meaning."""
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
        """The files of a target, where they stand there as they were made of the same."""
        row = self.rows.get(target.file_name)
        try:
            if row is None or row["digest"] != digest:
                return None
            files = tuple(_read(self.folder, each) for each in row["files"])
        except (OSError, KeyError, TypeError, ValueError):
            return None
        return None if None in files else tuple(filter(None, files))

    def renewed(self, made: Iterable[tuple[str, str, tuple[BuiltFile, ...]]]) -> dict[str, bytes]:
        """The record with what each target was made from, under the name it is kept by."""
        rows = {name: row for name, row in self.rows.items() if (self.folder / name).exists()}
        for name, digest, files in made:
            rows[name] = {"digest": digest, "files": [_row(each) for each in files]}
        told = {"form": _FORM, "targets": dict(sorted(rows.items()))}
        return {_FILE: (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()}


def digest_of(target: Target) -> str:
    """The digest of all that the files of a target are made from.

    `FaultsFound` where its page cannot be made.
    """
    booklet, size = target.booklet, target.edition.size
    if isinstance(size, Screen):
        html = render_for_screen(booklet, Markup(""))
    else:
        html = render(booklet, size, target.marked, target.edition.ink)
    digest = sha256(program_digest().encode())
    for told in (html, target.file_name, target.sheets, booklet.labels.model_dump_json()):
        digest.update(repr(told).encode())
    logos = [booklet.logo] if booklet.logo else []
    folders = [each for each in booklet.picture_folders if each.is_dir()]
    digest.update(contents([*logos, *folders]).encode())
    return digest.hexdigest()


@cache
def program_digest() -> str:
    """The digest of what is the same for all booklets: program, styles, typefaces, libraries."""
    fonts = [path for each in typefaces() for path in each.paths.values()]
    ours = contents([_PACKAGE, styles_folder(), *figure_files().values(), *fonts])
    return sha256(repr((ours, sys.version, installed())).encode()).hexdigest()


def contents(paths: Iterable[Path]) -> str:
    """The digest of files, and of all files below folders, with their names."""
    digest = sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                content = sha256(file.read_bytes()).digest()
                digest.update(file.relative_to(path.parent).as_posix().encode() + content)
    return digest.hexdigest()


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
    """The file of a row as it stands there; `None` where it is another by now."""
    path = folder / row["name"]
    content = path.read_bytes()
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
