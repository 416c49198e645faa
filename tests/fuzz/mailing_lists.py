"""Lists of people for fuzzing: CSV, and workbooks whose parts are changed and packed again."""

from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from booklet.post.recipients import read_recipients
from booklet.post.refused_list import refused_as_csv
from tests.fuzz.mutation import mutated
from tests.post.lists import CHOICE, PERSON, as_csv

_MORE = {"Needs": "large print; 957331000000109", "Note": "=1+1", "NHS number": "999 000 0018"}
_ROWS = [
    [*PERSON, *_MORE],
    [*PERSON.values(), *_MORE.values()],
    ["Mr", "Bo", "Example", "2", "", "x"],
]
_XML = (
    b'"',
    b"<c",
    b"<v>",
    b"</row>",
    b'r="XFD9"',
    b't="e"',
    b't="s"',
    b"99999999999",
    b"-1",
    b"&a;",
)
_TEXT = (
    b'"',
    b",",
    b";",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"sep=;\n",
    "\u202e".encode(),
    b"'=",
    b"#N/A",
)


def a_csv(chance: Random) -> bytes:
    """A list as CSV in one of its encodings, changed."""
    encoding = chance.choice(["utf-8-sig", "cp1252", "utf-16"])
    return mutated(as_csv(_ROWS, chance.choice(",;\t")).encode(encoding), chance, _TEXT)


def a_workbook(chance: Random) -> bytes:
    """A workbook in which one part is changed, or now and then the package itself."""
    if chance.random() < 0.1:
        return mutated(_workbook(), chance, _XML)
    packed = BytesIO()
    with ZipFile(BytesIO(_workbook())) as whole, ZipFile(packed, "w", ZIP_DEFLATED) as changed:
        names = [
            name for name in whole.namelist() if "theme" not in name and "docProps" not in name
        ]
        chosen = chance.choice([*names, *3 * ["xl/worksheets/sheet1.xml"]])
        for name in whole.namelist():
            data = whole.read(name)
            changed.writestr(name, mutated(data, chance, _XML) if name == chosen else data)
    return packed.getvalue()


def read_list(data: bytes, folder: Path) -> None:
    """A list in all that is done before letters are set."""
    file = folder / "list"
    file.write_bytes(data)
    found = read_recipients(file, CHOICE)
    "\n".join(map(str, found.problems())).encode()
    refused_as_csv(found)
    assert len({each.row for each in found.people}) + len(found.refused) == found.rows


@cache
def _workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    for row in _ROWS:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()
