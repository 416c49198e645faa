"""Hostile names and addresses, set in real letters and read back from the pages.

Every person has a letter with all that was typed, inside the page and the window, or a reason.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unicodedata import category, normalize

import pymupdf
import pypdfium2
import yaml

from booklet.content.read_letter import Letter
from booklet.editions import size_named
from booklet.post.addresses import tidy
from booklet.post.carriers import Carrier
from booklet.post.csv_list import guarded
from booklet.post.form import ListChoice
from booklet.post.jobs import MailJob
from booklet.post.making import made
from booklet.post.recipient import Recipient
from booklet.post.recipients import Recipients, read_recipients
from booklet.post.setting import Setting, layout_for
from booklet.typeface import drawable
from tests.conftest import TODAY
from tests.post.letter_content import visit

EACH, CROWD = 20, 100  # The people of a batch, and of a large one
PATTERNS = 12  # The patterns of one batch: cutting typefaces for all scripts takes most of the time
NEAR = 200  # The characters of one batch besides, which stand beside each other in Unicode
SIZES = ("12", "16", "18", "24", "36")
COLUMNS = ("Name", "Address 1", "Address 2", "Town", "Postcode", "NHS number", "Day", "Ward")
CARRIERS = ("desk-dl", "desk-c5", "desk-c4", "gov-notify")
_PIECES = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
_POSTCODE = "ZE99 9ZZ"
_CELL = 3.0  # Pixels of a picture of a page in each point: fine enough for an accent
_EDGE = 2.0  # Millimetres at the edge of the page that no letter may reach
_SLACK = 0.5  # Millimetres that ink may stand out of the box of its letter, of those of 3 around
_TURNED = str.maketrans(")]}>»", "([{<«")  # Readers turn brackets round among words to the left
_SEEN_AS_NOTHING = frozenset({"Mn", "Cf", "Zs", "Cc", "Zl", "Zp"})


def a_crowd(chance: Random) -> bytes:
    """A large batch: typefaces are cut once for all of it."""
    return a_batch(chance, CROWD)


def a_batch(chance: Random, people: int = EACH) -> bytes:
    """The carrier, the size and a list, whose cells hold whatever chance puts there."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    first = chance.randrange(len(_drawn()) - NEAR)
    words = (*chance.sample(_PIECES["patterns"], PATTERNS), *_drawn()[first : first + NEAR])
    for number in range(people):
        lines = [
            _text(chance, words) if chance.random() < 0.6 else f"{number} Sample Street"
            for _ in "ab"
        ]
        name = _text(chance, words) or "Example"
        cells = (
            name,
            *lines,
            "Lerwick",
            _POSTCODE,
            "",
            "6 August 2026",
            _text(chance, words) or "7",
        )
        writer.writerow([guarded(each) for each in cells])
    told = f"{chance.choice(CARRIERS)} {chance.choice(SIZES)}\n"
    return (told + text.getvalue()).encode("utf-8", "surrogatepass")


def _text(chance: Random, of: Sequence[str]) -> str:
    """A name or a line, of patterns, of letters of one part of Unicode, and of signs."""
    patterns, letters = of[:PATTERNS], of[PATTERNS:]
    words = []
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        kind = chance.random()
        if kind < 0.55:
            words.append(chance.choice(patterns))
        elif kind < 0.9:
            words.append("".join(chance.choices(letters, k=chance.randint(1, 12))))
        else:
            word = "Example"
            at = chance.randint(0, len(word))
            words.append(word[:at] + chance.choice(_PIECES["signs"]) + word[at:])
    return " ".join(words)


@cache
def _drawn() -> tuple[str, ...]:
    """Every character that some typeface has and that is a letter, mark, figure or sign."""
    return tuple(sign for sign in map(chr, sorted(drawable())) if category(sign)[0] != "C")


def set_and_read(data: bytes, folder: Path) -> None:
    """Set a batch as a run does, and hold every page against what was typed."""
    told, _, rows = data.partition(b"\n")
    carrier, size = told.decode().split()
    file = folder / "people.csv"
    file.write_bytes(rows)
    setting = _setting(carrier)
    choice = ListChoice({}, size=size_named(size), most_lines=7)
    found = read_recipients(file, choice)
    assert {each.row for each in found.people} | {each.row for each in found.refused} == {
        *range(found.table.rows[0].number, found.table.rows[-1].number + 1)
    }
    people, reasons = _with_number(found), [*found.refused]
    while people:
        batch = made(MailJob(1, people, setting, None, "0001"))
        reasons += batch.refused
        if not batch.refused:
            _look_at(
                batch.files["0001.pdf"], people, [each.pages for each in batch.letters], setting
            )
            break
        gone = {each.row for each in batch.refused}
        people = tuple(each for each in people if each.row not in gone)
    assert all(each.reasons for each in reasons)
    _must_quote_nobody(" ".join(map(str, reasons)), found)


def _with_number(found: Recipients) -> tuple[Recipient, ...]:
    """The people, each with a number on their letter; and nothing of their cells is lost."""
    cells = {each.number: each.cells for each in found.table.rows}
    for each in found.people:
        typed = [str(cell) for cell in cells[each.row][: COLUMNS.index("NHS number")]]
        # An address that says a line twice says it once on the letter.
        lost = _signs({tidy(cell).casefold(): cell for cell in typed}.values())
        lost -= _signs(each.address)
        assert not {*lost} - {*",.", *"'\""}, (each.row, lost)
    return tuple(
        replace(each, fields=(*each.fields, ("NHS number", f"N{each.row:05}")))
        for each in found.people
    )


@cache
def _setting(carrier: str) -> Setting:
    from booklet.post.carriers import carrier_named

    known: Carrier = carrier_named(carrier)
    return Setting(_letter(), layout_for(known), known, "letters", False, False, TODAY)


@cache
def _letter() -> Letter:
    with TemporaryDirectory() as folder:
        return visit(Path(folder) / "content")


def _look_at(pdf: bytes, people: tuple[Recipient, ...], pages: list[int], setting: Setting) -> None:
    with pypdfium2.PdfDocument(pdf) as document, pymupdf.open(stream=pdf) as other:
        first = 0
        for person, count in zip(people, pages, strict=True):
            mine = [document[each] for each in range(first, first + count)]
            first += count
            # PDFium leaves out hyphens at ends of lines; MuPDF has them.
            shown = _signs(page.get_textpage().get_text_range() for page in mine)
            shown |= _signs(other[at].get_text() for at in range(first - count, first))
            fields = [text for name, text in person.fields if name in ("NHS number", "Ward")]
            typed = _signs((person.greeting, *person.address, *fields))
            assert not typed - shown, f"row {person.row}: {typed - shown} of {person} is lost"
            for page in mine:
                _must_be_inside(page, person, setting if page is mine[0] else None)
        assert first == len(document)


def _signs(texts: Iterable[str]) -> Counter[str]:
    """What can be seen of texts, counted; the forms of one letter are one.

    Marks are not counted: readers have those of Indian scripts in another order, or in one letter.
    """
    plain = normalize("NFKC", normalize("NFKC", "\n".join(texts)).casefold())
    turned = plain.translate(_TURNED)
    return Counter(each for each in turned if category(each) not in _SEEN_AS_NOTHING)


def _must_be_inside(page: pypdfium2.PdfPage, person: Recipient, setting: Setting | None) -> None:
    """No ink at the edge of the page, and none across the edge of the window, on its picture."""
    picture = page.render(scale=_CELL, grayscale=True).to_numpy() < 200
    scale = _CELL * 72 / 25.4
    edge = int(_EDGE * scale)
    inner = picture[edge:-edge, edge:-edge]
    assert picture.sum() == inner.sum(), f"row {person.row}: ink at the edge of the page: {person}"
    if setting and setting.carrier.window:
        seen = setting.carrier.seen or setting.carrier.window
        left, top, right, bottom = (int(each * scale) for each in seen)
        x, y, to_x, to_y = (int(each * scale) for each in setting.carrier.window)
        x, y = x - int(_SLACK * scale), y - int(_SLACK * scale)
        to_x, to_y = to_x + int(_SLACK * scale), to_y + int(_SLACK * scale)
        around = picture[top:bottom, left:right].sum() - picture[y:to_y, x:to_x].sum()
        assert around == 0, f"row {person.row}: ink beside the window: {person}"


def _must_quote_nobody(said: str, found: Recipients) -> None:
    for row in found.table.rows:
        for cell in row.cells[:3]:
            assert len(str(cell)) < 12 or str(cell) not in said, f"row {row.number} is quoted"
