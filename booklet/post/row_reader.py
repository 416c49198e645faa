"""A row of a list as it is read: its cells by what they hold, and all that is wrong with them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from babel.dates import format_time

from booklet.content.language import ENGLISH, Language
from booklet.post.columns import Columns
from booklet.post.days import fault_of_moment
from booklet.post.grid import LONGEST_CELL, Cell
from booklet.post.known_columns import answer
from booklet.post.refusal import Refusal, refusal
from booklet.post.table import Row

_TURNING = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls, and characters that turn words round (Unicode Bidirectional Algorithm, 2.1 to 2.4)."""
_DAMAGED = re.compile("\ufffd|[ÂÃ][\u0080-\u00bf]|â€|[ÃÅ][€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""What becomes of letters with accents that are saved as UTF-8 and read as Windows-1252."""
_LOST = re.compile("[?¿]")
"""What an export writes in the place of a letter that its encoding has not; no name has it."""
_OF_NAMES = frozenset(
    (
        *("title", "first_name", "surname", "name", "name_turned", "greeting"),
        *("parent_of", "care_of", "flat", "house", "address"),
        *(f"address_{number}" for number in range(1, 8)),
        *("locality", "town", "county", "country"),
    )
)
"""The columns of names and addresses; a copy has `name` and `address` too."""
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{2,}|Err:\d{3}")
"""What spreadsheets write into CSV for a formula that failed, or a column that is too narrow."""
_POWER = re.compile(r"-?\d(?:[.,]\d+)?[eE]\+?\d+")
_PHONE = re.compile(r"\b(?:tele)?phone|\btel\b|\bmobile", re.IGNORECASE)
_WITHOUT_ZERO = re.compile(r"[1-9][0-9]{8,9}")
"""British numbers have 10 or 11 digits with the 0 at their beginning (Ofcom's numbering plan)."""


@dataclass(frozen=True, slots=True)
class RowReader:
    """A row, the columns it has, and the reasons found on the way."""

    row: Row  # What is read
    columns: Columns  # What its cells are
    reasons: list[Refusal] = field(default_factory=list)  # Why it gets no letter; none so far

    def cell(self, key: str) -> Cell:
        """The cell of a column we know; nothing where the list has no such column."""
        at = self.columns.known.get(key)
        return "" if at is None else self.row.cells[at]

    def text(self, key: str, language: str = "en") -> str:
        """The same as text without spaces at its ends."""
        cell = self.cell(key)
        return written(cell, language) if cell else ""

    def says(self, key: str) -> bool:
        """Whether a column of yes and no says yes; another word is a reason of its own."""
        said = answer(key, self.text(key))
        if said is None:
            self.refuse(key, "unknown-answer")
        return bool(said)

    def refuse(self, key: str, rule: str, **facts: object) -> None:
        """Note a reason; `facts` are no private text."""
        self.reasons.append(refusal(self.row.number, self.columns.titled(key), rule, **facts))

    def look_at_cells(self) -> None:
        """Note what is wrong with cells, whatever they hold."""
        keys = {at: key for key, at in self.columns.known.items()}
        titles = {at: self.columns.titles[key] for at, key in keys.items()}
        titles |= {at: heading for heading, at in self.columns.fields.items()}
        for at, title in sorted(titles.items()):
            cell = self.row.cells[at]
            for rule, facts in _faults_of(cell, title, at in self.row.unknown):
                self.reasons.append(refusal(self.row.number, title, rule, **facts))
            broken = _fault_of_name(keys[at], cell) if at in keys else fault_of_moment(cell, title)
            if broken:
                self.reasons.append(refusal(self.row.number, title, broken))
        if len(self.row.cells) > self.columns.width:
            self.reasons.append(refusal(self.row.number, "", "too-many-cells"))


def written(cell: Cell, language: str) -> str:
    r"""A cell as a letter in this language prints it: a day in words, a time as people say it.

    >>> written(date(2026, 8, 6), "en"), written(date(2026, 8, 6), "cy")
    ('6 August 2026', '6 Awst 2026')
    >>> written(time(17, 30), "en"), written(" = as typed\r\n", "en")
    ('5:30pm', '= as typed')
    """
    if isinstance(cell, datetime):
        return f"{written(cell.date(), language)}, {written(cell.time(), language)}"
    if isinstance(cell, date):
        return (ENGLISH if language == ENGLISH.code else Language(language)).day(cell)
    if isinstance(cell, time):
        return _hour(cell, language)
    return "\n".join(
        line.strip() for line in unicodedata.normalize("NFC", cell).splitlines()
    ).strip()


def _hour(cell: time, language: str) -> str:
    """A time of day; in English as the NHS manual writes it."""
    if language != ENGLISH.code:
        return str(format_time(cell, "short", locale=language))
    minutes = f":{cell.minute:02}" if cell.minute else ""
    return f"{cell.hour % 12 or 12}{minutes}{'am' if cell.hour < 12 else 'pm'}"


def _fault_of_name(key: str, cell: Cell) -> str | None:
    """The rule that a cell of a name or an address breaks.

    >>> _fault_of_name("surname", "?ukasz"), _fault_of_name("needs", "large?")
    ('lost-letter', None)
    """
    is_name = key.removeprefix("copy_") in _OF_NAMES
    return "lost-letter" if is_name and isinstance(cell, str) and _LOST.search(cell) else None


def _faults_of(cell: Cell, title: str, unknown: bool) -> Iterator[tuple[str, dict[str, object]]]:
    """The rules a cell breaks, with the facts of each."""
    if unknown or (isinstance(cell, str) and _ERROR.fullmatch(cell.strip())):
        yield "unknown-value", {}
    if not isinstance(cell, str):
        return
    if len(cell) > LONGEST_CELL:
        yield "cell-too-long", {"length": f"{len(cell):,}", "most": f"{LONGEST_CELL:,}"}
    if found := _TURNING.search(cell):
        yield "hidden-characters", {"code": f"U+{ord(found[0]):04X}"}
    if _DAMAGED.search(cell):
        yield "damaged-characters", {}
    if _POWER.fullmatch(cell.strip()):
        yield "number-cut-by-spreadsheet", {}
    if _PHONE.search(title) and _WITHOUT_ZERO.fullmatch("".join(cell.split())):
        yield "lost-leading-zero", {}
