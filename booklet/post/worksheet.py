"""What a reader of workbooks does not tell: hidden rows, formulas without a value, masks of zeros.

It stands in the parts of the package (ECMA-376 Part 1, SpreadsheetML): `row/@hidden`, `c/@t="e"`,
`c/f` without `c/v`, and number formats made of zeros alone, as `00000000000`.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, iterparse

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ZEROS = re.compile(r"(?=.*0.*0)[0 ()-]+")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is to know of a sheet besides its values; rows count from 1, columns from 0."""

    hidden: frozenset[int]  # The rows that are hidden, by hand or by a filter
    unknown: dict[int, frozenset[int]]  # By row: the cells whose formula failed or has no value
    masks: dict[tuple[int, int], str]  # By row and column: how many digits a number is shown with


def unseen_in(package: zipfile.ZipFile, sheet: str) -> Unseen:
    """What is to know of the sheet of that name.

    `KeyError` where a part is missing, `SyntaxError` (`ParseError`) where one is no XML.
    """
    masks = _masks(package)
    hidden: set[int] = set()
    unknown: dict[int, frozenset[int]] = {}
    shown: dict[tuple[int, int], str] = {}
    row = 0
    for element in _elements(package, _part_of(package, sheet), "row"):
        row = int(element.get("r") or row + 1)
        if element.get("hidden") in ("1", "true"):
            hidden.add(row)
        failed = set()
        for column, cell in _cells(element):
            if _is_unknown(cell):
                failed.add(column)
            if mask := masks.get(int(cell.get("s") or 0)):
                shown[row, column] = mask
        if failed:
            unknown[row] = frozenset(failed)
    return Unseen(frozenset(hidden), unknown, shown)


def column_number(letters: str) -> int:
    """The number of a column, counted from 0.

    >>> column_number("A"), column_number("Z"), column_number("AB")
    (0, 25, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """What a spreadsheet writes above a column, counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(27)
    ('A', 'Z', 'AB')
    """
    letters, number = "", number + 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(65 + last) + letters
    return letters


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    column = -1
    for cell in row:
        if _name(cell) == "c":
            place = _CELL.fullmatch(cell.get("r") or "")
            column = column_number(place[1]) if place else column + 1
            yield column, cell


def _is_unknown(cell: Element) -> bool:
    """Whether a cell shows an error, or holds a formula that nobody has worked out."""
    parts = {_name(part): part.text for part in cell}
    if cell.get("t") == "str":  # a formula that gives text, which may be none
        return False
    return cell.get("t") == "e" or ("f" in parts and not parts.get("v"))


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """The part that holds a sheet: the workbook names a relation, and that the part."""
    book = next(_targets(package, "_rels/.rels", "/officeDocument"), ("", "xl/workbook.xml"))[1]
    folder, name = posixpath.split(book)
    for element in _elements(package, book, "sheet"):
        if element.get("name") == sheet:
            relation = element.get(_RELATION) or element.get(_STRICT_RELATION)
            for id, target in _targets(package, f"{folder}/_rels/{name}.rels", "/worksheet"):
                if id == relation:
                    return _resolved(folder, target)
    raise KeyError("no part holds the sheet")


def _masks(package: zipfile.ZipFile) -> dict[int, str]:
    """The number formats that are zeros alone, by the number of the style that cells name."""
    styles = next((name for name in package.namelist() if name.endswith("/styles.xml")), None)
    if styles is None:
        return {}
    formats = {
        each.get("numFmtId"): re.sub(r'["\\]', "", each.get("formatCode") or "")
        for each in _elements(package, styles, "numFmt")
    }
    used = [formats.get(each.get("numFmtId"), "") for each in _formats_of_cells(package, styles)]
    return {number: mask for number, mask in enumerate(used) if _ZEROS.fullmatch(mask)}


def _formats_of_cells(package: zipfile.ZipFile, styles: str) -> Iterator[Element]:
    for element in _elements(package, styles, "cellXfs"):
        yield from element


def _targets(package: zipfile.ZipFile, part: str, kind: str) -> Iterator[tuple[str, str]]:
    for each in _elements(package, part, "Relationship"):
        if (each.get("Type") or "").endswith(kind):
            yield each.get("Id") or "", (each.get("Target") or "").lstrip("/")


def _resolved(folder: str, target: str) -> str:
    """The name of a part that another names, from its folder or from the top.

    >>> _resolved("xl", "worksheets/sheet1.xml"), _resolved("xl", "xl/worksheets/sheet1.xml")
    ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet1.xml')
    """
    return target if target.startswith(f"{folder}/") else posixpath.join(folder, target)


def _elements(package: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    """The elements of a part that have this name, each let go when the next is asked for."""
    with package.open(part) as file:
        for _, element in iterparse(file):
            if _name(element) == name:
                yield element
                element.clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
