"""Lists of people as spreadsheets save them: what is read of a file, and which row is which."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from booklet.post.columns import columns_of
from booklet.post.csv_list import guarded, read_csv, unguarded
from booklet.post.grid import MOST_ROWS, Grid, NotReadable
from booklet.post.recipients import recipients_of
from booklet.post.table import read_table
from booklet.post.workbook import read_workbook
from booklet.problems import FaultsFound
from tests.post.lists import CHOICE, PERSON, as_csv, table_of

ROWS = [["Name", "Street"], ["Siân “Example”", "1 Sample\nStreet; East, B"], ["", ""], ["Bo", "2"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_the_same_in_each_encoding_and_with_each_separator(
    encoding: str, delimiter: str
) -> None:
    grid = read_csv(as_csv(ROWS, delimiter).encode(encoding))
    assert [list(row) for row in grid.rows] == [list(row) for row in ROWS]


def test_a_list_in_windows_1252_is_told_because_nothing_in_it_says_so() -> None:
    assert "Windows-1252" in read_csv("Name\nSiân\n".encode("cp1252")).notes[0]
    assert read_csv("Name\nSiân\n".encode()).notes == ()


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text('sep=;\r\n\r\nName;Street\r\n"A\r\nB";1\r\n;\r\nC;2\r\n\r\n', newline="")
    table = read_table(file)
    assert table.headings == ("Name", "Street")
    assert table.heading_row == 2
    assert [row.number for row in table.rows] == [3, 5]
    assert table.empty == 1


def test_empty_rows_that_are_passed_over_are_counted() -> None:
    table = replace(table_of(PERSON, {**PERSON, "Surname": "Other"}), empty=2)
    notes = recipients_of(table, columns_of(table, {}), CHOICE).notes
    assert notes == ("2 empty rows passed over",)


@given(st.lists(st.lists(st.text("a,;\"'\n\t=é ", min_size=1), min_size=2, max_size=3), min_size=1))
def test_no_text_of_a_cell_is_lost(rows: list[list[str]]) -> None:
    rows = [["Name", "b", "c"], *rows]
    written = as_csv([[guarded(cell) for cell in row] for row in rows])
    assert [list(row) for row in read_csv(written.encode()).rows] == rows


@given(st.text("='+-@\t\r＝a"))
def test_a_cell_that_is_guarded_against_formulas_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝") or not cell


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'Name,Street\nA,"1 Sample\nB,2\nC,3\n', "row 2 is never closed"),
        (b"Name\nA\x81\xff\n", "save the list as"),
        ("Name\nA\n".encode("utf-32"), "save the list as"),
        (b"Name\n" + b"a\n" * (MOST_ROWS + 9), "make several lists"),
        (b"Name\n" + b"a" * 200_000, "cannot be read as CSV"),
        (b"Name," * 300 + b"\n", "columns, and the most is 200"),
    ],
)
def test_a_file_that_is_no_list_is_told_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        read_csv(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_sentence(data: bytes) -> None:
    with suppress(NotReadable):
        assert isinstance(read_csv(data), Grid)


def workbook(tmp_path: Path, *rows: list[object]) -> tuple[Workbook, Path]:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return book, tmp_path / "list.xlsx"


def test_a_character_of_no_width_in_a_cell_does_not_change_how_a_file_is_read() -> None:
    grid = read_csv("Name,Town\nSiân\0,b\n".encode())
    assert grid.rows == (("Name", "Town"), ("Siân\0", "b"))


@pytest.mark.parametrize("told", ['sep="', "sep=\0", "sep= "])
def test_a_separator_that_cannot_be_one_is_none(told: str) -> None:
    assert read_csv(f"{told}\nName,Town\n".encode()).rows[1] == ("Name", "Town")


def test_cells_of_a_workbook_come_out_as_people_see_them(tmp_path: Path) -> None:
    cells = [9990000018, 1632960001, 38.5, 0.1 + 0.2, date(2026, 8, 6), time(9, 5), True, " a\nb"]
    book, file = workbook(tmp_path, ["Name"] * 9, cells)
    sheet = book.worksheets[0]
    sheet["A2"].number_format, sheet["B2"].number_format = '000" "000" "0000', "00000000000"
    sheet["I2"].value = "=HYPERLINK()"
    sheet["I2"].data_type = "s"
    book.save(file)
    seen = ("999 000 0018", "01632960001", "38.5", "0.3", date(2026, 8, 6), time(9, 5), "TRUE")
    assert read_workbook(file, None).rows[1] == (*seen, " a\nb", "=HYPERLINK()")


def test_a_formula_that_failed_or_was_never_worked_out_is_known_as_such(tmp_path: Path) -> None:
    book, file = workbook(tmp_path, ["Name", "Needs", "Size"], ["A", "#N/A", "=1+1"], ["B"])
    book.save(file)
    assert read_workbook(file, None).unknown == {2: {1, 2}}


def test_a_formula_comes_as_the_value_it_had_when_it_was_saved(tmp_path: Path) -> None:
    book, file = workbook(tmp_path, ["Name", "Sum"], ["A", 5])
    book.save(file)
    with ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b"<v>5</v>", b"<f>2+3</f><v>5</v>"))
    grid = read_workbook(file, None)
    assert (grid.rows[1], grid.unknown) == (("A", "5"), {})


def test_hidden_rows_and_a_second_sheet_are_asked_about(tmp_path: Path) -> None:
    book, file = workbook(tmp_path, ["Name"], ["A"], ["B"])
    book.worksheets[0].row_dimensions[3].hidden = True
    book.create_sheet("Empty")
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(file)
    with pytest.raises(NotReadable, match="hidden, the first is row 3"):
        read_workbook(file, None)
    book.create_sheet("Others").append(["Name"])
    book.save(file)
    with pytest.raises(NotReadable, match="--sheet: `Sheet`, `Others`"):
        read_workbook(file, None)
    assert read_workbook(file, "Others").rows == (("Name",),)
    with pytest.raises(NotReadable, match="did you mean `Others`"):
        read_workbook(file, "Othres")


def test_a_workbook_that_would_take_all_memory_brings_nothing_down(tmp_path: Path) -> None:
    book, file = workbook(tmp_path, ["Name"], ["A"])
    book.worksheets[0].cell(1_048_576, 16_384).value = "x"
    book.save(file)
    with pytest.raises(FaultsFound, match="copy the list alone to a new workbook"):
        read_table(file)


@pytest.mark.parametrize("damage", ["cut", "no sheet", "old", "not a workbook"])
def test_a_damaged_or_old_workbook_is_told_with_what_to_do(tmp_path: Path, damage: str) -> None:
    book, file = workbook(tmp_path, ["Name"], ["A"])
    book.save(file)
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:2000])
    elif damage == "old":
        file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    else:
        kept = {} if damage == "not a workbook" else {"[Content_Types].xml": b"<a>"}
        with ZipFile(file, "w") as package:
            for name, data in {"a.txt": b"a", **kept}.items():
                package.writestr(name, data)
    with pytest.raises(NotReadable, match=r"save it again as an Excel workbook \(\.xlsx\)"):
        read_workbook(file, None)
