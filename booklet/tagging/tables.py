"""Which headers speak for which cell of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

Slot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the rows and columns it covers, and its scope if it is a header.

    `scope` is `Column` or `Row` as in ISO 32000-1, table 349, and empty for a data cell.
    """

    element: Element
    row: int
    column: int
    rows: int
    columns: int
    scope: str

    def slots(self) -> Iterator[Slot]:
        """Every place in the grid the cell covers, as row and column."""
        for row in range(self.row, self.row + self.rows):
            for column in range(self.column, self.column + self.columns):
                yield row, column


def read_table(table: Element) -> tuple[Cell, ...]:
    """The cells of a table in reading order, laid on a grid as HTML lays them.

    >>> from xml.etree.ElementTree import XML
    >>> rows = '<tr><th>Day</th><th>Pills</th></tr><tr><th>1</th><td>2</td></tr>'
    >>> table = XML(f'<table>{rows}</table>')
    >>> [(cell.row, cell.column, cell.scope) for cell in read_table(table)]
    [(0, 0, 'Column'), (0, 1, 'Column'), (1, 0, 'Row'), (1, 1, '')]
    """
    taken: set[Slot] = set()
    cells: list[Cell] = []
    for number, row in enumerate(table.iter("tr")):
        for element in row:
            if element.tag in ("th", "td"):
                cell = _place(element, row, number, taken)
                taken.update(cell.slots())
                cells.append(cell)
    return tuple(cells)


def headers_of(cell: Cell, cells: tuple[Cell, ...]) -> tuple[Element, ...]:
    """The header cells of a data cell: those of its rows, then those of its columns."""
    if cell.scope:
        return ()
    rows = set(range(cell.row, cell.row + cell.rows))
    columns = set(range(cell.column, cell.column + cell.columns))
    of_rows = [c.element for c in cells if c.scope == "Row" and not rows.isdisjoint(_rows(c))]
    of_columns = [
        c.element for c in cells if c.scope == "Column" and not columns.isdisjoint(_columns(c))
    ]
    return (*of_rows, *of_columns)


def cell_attributes(cell: Cell, headers: tuple[str, ...]) -> dict[str, str | int | tuple[str, ...]]:
    """What PDF says about a cell (ISO 32000-1, table 349); `headers` by their names."""
    said = {
        "Scope": f"/{cell.scope}" if cell.scope else None,
        "Headers": headers or None,
        "RowSpan": cell.rows if cell.rows > 1 else None,
        "ColSpan": cell.columns if cell.columns > 1 else None,
    }
    return {"O": "/Table"} | {key: value for key, value in said.items() if value is not None}


def _place(element: Element, row: Element, number: int, taken: set[Slot]) -> Cell:
    column = 0
    while (number, column) in taken:
        column += 1
    spans = int(element.get("rowspan", 1)), int(element.get("colspan", 1))
    return Cell(element, number, column, *spans, _scope(element, row))


def _scope(element: Element, row: Element) -> str:
    if element.tag == "td":
        return ""
    said = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
    heads_a_row = row.find("td") is not None
    return said.get(element.get("scope", ""), "Row" if heads_a_row else "Column")


def _rows(cell: Cell) -> range:
    return range(cell.row, cell.row + cell.rows)


def _columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)
