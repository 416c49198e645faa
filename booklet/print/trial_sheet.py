"""The test sheet: one sheet that shows whether a printer scales, shifts, cuts or flips."""

from booklet.pdf.writing import with_preferences
from booklet.print.drawing import printer_preferences
from booklet.print.plain_page import Fonts, typeset

FILE_NAME = "PRINT-TEST-SHEET.pdf"


def test_sheet(fonts: Fonts) -> bytes:
    """An A4 sheet of two sides that tells the printer what print sheets tell it.

    Lines of 100 mm across and down, a line of 18 point, and crosses on side 2 that fall into
    rings of 2 and 4 mm on side 1 where the sides meet. All words are at least 12 point.
    """
    return with_preferences(typeset("test-sheet.html", {}, fonts), printer_preferences("long"))
