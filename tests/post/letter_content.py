"""Helps with letters: the content they are made of, people who get them, and their pages."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from html import unescape
from itertools import count
from pathlib import Path

from booklet.content.read_letter import Letter, read_letter
from booklet.editions import Audience, size_named
from booklet.post.recipient import Given, Recipient

HERE = Path(__file__).parent
COLUMNS = frozenset({"NHS number", "Day", "Ward", "Interpreter"})
MM = 25.4 / 72
_ADDRESS = ("Flat 2", "Example House", "12 Example Street", "Little Example", "Exampletown")
_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
ROWS = count(2)


def content_folder(folder: Path) -> Path:
    """A content folder with a letter in English and in Arabic."""
    shutil.copytree(HERE / "content", folder, dirs_exist_ok=True)
    labels = HERE.parent / "languages" / "labels" / "ar.yaml"
    (folder / "labels").mkdir(exist_ok=True)
    shutil.copy(labels, folder / "labels" / "ar.yaml")
    return folder


def visit(folder: Path) -> Letter:
    return read_letter(content_folder(folder), "visit", "example", COLUMNS)


def person(
    name: str = "Mrs Example",
    *,
    size: str = "12",
    lines: int = 4,
    language: str = "en",
    audience: Audience = "patient",
    row: int | None = None,
    **fields: str,
) -> Recipient:
    said = {"NHS number": "999 000 0000", "Day": "6 August 2026", "Ward": "7", **fields}
    return Recipient(
        next(ROWS) if row is None else row,
        0,
        name,
        name,
        (name, *_ADDRESS[: lines - 2], "ZZ99 9ZZ"),
        Given("specimen", audience, size_named(size), language),
        tuple(said.items()),
    )


@dataclass(frozen=True)
class Word:
    """A word of a page and its box, in millimetres from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_on(pdf: Path, page: int) -> list[Word]:
    """The words of a page, counted from 0, as poppler sees them."""
    number = str(page + 1)
    command = ("pdftotext", "-bbox", "-f", number, "-l", number, str(pdf), "-")
    out = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [
        Word(*(float(each) * MM for each in edges), unescape(text))
        for *edges, text in _WORD.findall(out)
    ]
