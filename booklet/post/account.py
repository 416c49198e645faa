"""What a run came to, for the mail room and for programs; nobody is named in it."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.editions import size_named
from booklet.messages import counted
from booklet.post.enclosures import Enclosed
from booklet.post.ledger import Letter, Run
from booklet.post.order import Way
from booklet.post.packs import Enclosure
from booklet.post.recipient import Given
from booklet.post.refusal import RefusedRow
from booklet.post.run_postage import Sent
from booklet.print.stock import A4

FORM = ("booklet", "audience", "language", "size")
"""The keys of what letters of one file have in common."""
FOR_PROGRAMS, FOR_PEOPLE = "run.json", "mail-room.txt"
"""The files of a run that say what is in the others."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many, so that it adds up: every row has its letter or its reason."""

    rows: int  # The rows of the list
    letters: int  # The rows that got a letter
    copies: int  # The copies that went to others besides
    refused: int  # The rows that got none

    @property
    def add_up(self) -> bool:
        """Whether every row has either."""
        return self.rows == self.letters + self.refused

    def __str__(self) -> str:
        """The sum in words.

        >>> print(Counts(10, 9, 2, 1))
        10 rows read = 9 letters + 1 row refused; 2 copies to others besides
        """
        besides = f"; {counted(self.copies, 'copy', 'copies')} to others besides"
        return (
            f"{counted(self.rows, 'row')} read = {counted(self.letters, 'letter')} + "
            f"{counted(self.refused, 'row')} refused{besides if self.copies else ''}"
        )


def counts_of(run: Run, letters: Iterable[Letter], refused: Iterable[RefusedRow]) -> Counts:
    """The counts of a run."""
    parts = Counter(each.part == 0 for each in letters)
    return Counts(run.rows, parts[True], parts[False], len({each.row for each in refused}))


def from_shelf(form: Given, way: Way) -> bool:
    """Whether a booklet is taken from the shelf, because it is not in the file with the letter.

    A stream is for A4 leaves: an A5 booklet, which is folded and stapled, is in none.
    """
    is_a4 = (form.size.width, form.size.height) == (A4.width, A4.height)
    return bool(form.booklet) and (way == "letters" or (way == "stream" and not is_a4))


def posted(
    letters: Iterable[Letter], enclosed: Mapping[Given, Enclosed], one_sided: bool = False
) -> tuple[Sent, ...]:
    """What is to be posted: how many letters of each form and length, with which booklet."""
    booklets = {_form(given): each.printed for given, each in enclosed.items()}
    kinds = Counter(
        (size_named(each.size), Enclosure(each.pages, booklets.get(each.form), one_sided))
        for each in letters
    )
    ordered = sorted(kinds.items(), key=lambda kind: (kind[0][0].floor, kind[0][1].pages))
    return tuple(
        Sent(size.in_english, size.floor, count, whole) for (size, whole), count in ordered
    )


def _form(given: Given) -> tuple[str, str, str, str]:
    return given.booklet, given.audience, given.language, given.size.name


def account(
    run: Run,
    letters: Sequence[Letter],
    refused: Sequence[RefusedRow],
    enclosed: Mapping[Given, Enclosed],
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """A run as values: its counts, its files in order, the booklets and those from the shelf."""
    options, counts = json.loads(run.options), counts_of(run, letters, refused)
    copies = Counter(each.form for each in letters)
    booklets = [
        {
            **{"file": each.file, "version": each.version, "code": each.code, "said": each.said},
            "copies": copies[_form(given)],
            "from_shelf": from_shelf(given, options["way"]),
            "command": each.command,
        }
        for given, each in enclosed.items()
    ]
    return {
        **{"run": run.id, "day": run.day, "letter": run.letter, "carrier": run.carrier},
        **{"options": options, "rows": counts.rows, "letters": counts.letters},
        **{"copies": counts.copies, "refused": counts.refused, "booklets": booklets},
        "files": _files(letters),
        "notes": [*notes, *_gaps(letters)],
    }


def _gaps(letters: Iterable[Letter]) -> Iterator[str]:
    """What to say of numbers that no file has, so that nobody looks for it."""
    numbers = {int(found[0]) for each in letters if (found := re.match("[0-9]+", each.file))}
    missing = sorted({*range(1, max(numbers, default=0))} - numbers)
    if missing:
        named = ", ".join(f"{number:04}" for number in missing)
        yield f"there is no file {named}: all of its rows were left out"


def _files(letters: Iterable[Letter]) -> list[dict[str, Any]]:
    """The files in their order: the form of their letters, and whose they are by row."""
    found: dict[str, list[Letter]] = {}
    for each in letters:
        found.setdefault(each.file, []).append(each)
    return [
        {
            "file": name,
            "letters": len(those),
            "sheets": sum(each.sheets for each in those),
            **dict(zip(FORM, those[0].form, strict=True)),
            "rows": [each.row for each in those],
        }
        for name, those in sorted(found.items())
    ]


def in_words(values: Mapping[str, Any]) -> Iterator[str]:
    """The account for people: the sum, the files by form, what comes from the shelf."""
    sums = (values[each] for each in ("rows", "letters", "copies", "refused"))
    yield f"Run {values['run']}, letter {values['letter']}, carrier {values['carrier']}"
    yield f"{Counts(*sums)}"
    forms: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for each in values["files"]:
        forms.setdefault(tuple(each[key] for key in FORM), []).append(each)
    for form, files in forms.items():
        letters, sheets = (sum(each[key] for each in files) for key in ("letters", "sheets"))
        which = files[0]["file"] + (f" to {files[-1]['file']}" if len(files) > 1 else "")
        said = ", ".join(filter(None, form))
        yield f"  {counted(letters, 'letter')}, {counted(sheets, 'sheet')}: {said}: {which}"
    for each in values["booklets"]:
        if each["from_shelf"]:
            many = counted(each["copies"], "copy", "copies")
            yield f"  from the shelf: {many} of {each['file']}"
            yield f"    to make it and its print sheets: `{each['command']}`"
    yield from (f"  {note}" for note in values["notes"])


def for_people(values: Mapping[str, Any]) -> bytes:
    """The account as a file for the mail room."""
    return ("\n".join(in_words(values)) + "\n").encode()
