"""Numbers among letters from right to left are seen as they were written."""

import pymupdf
import pytest

from booklet.check.check_pdf import PDF_RULES
from booklet.check.inspected_pdf import inspect_pdf
from booklet.check.pdf_rule import applied
from booklet.check.report import Finding
from booklet.content.language import Language
from booklet.content.unbreakable import kept_whole
from tests.check.pdfs import in_arabic

TURNED_ROUND = ("020 7946 0002", "37.5 mg", "38 C", "3 in 10", "+44 20 7946")
STRAIGHT = ("37.5C", "1,000", "8:30", "7", "1/2")
ONLY_SEEN = (
    "10 000 mg",
    "37.5\u00a0ml",
    "38 °C",
    "1,000 ml",
    "2–3 mg",
    "-5 C",
    "10.30 am",
    "38.5%",
    "38°C",
    "£5",
    "2–3",
)
WORD = "البيت"


def judged(pdf: bytes) -> Finding:
    return applied(PDF_RULES["number-order"], inspect_pdf(pdf, "a.pdf", None))


def seen(pdf: bytes) -> str:
    """The pages as they are seen, line by line from left to right, by MuPDF's places of glyphs."""
    chars = [
        (page.number, round(char["origin"][1]), char["origin"][0], char["c"])
        for page in pymupdf.open(stream=pdf)
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
    ]
    return "".join(char for *_, char in sorted(chars)).replace("\u00a0", " ")


@pytest.mark.slow
def test_the_program_keeps_every_number_as_it_was_written() -> None:
    told = (*TURNED_ROUND, *STRAIGHT, *ONLY_SEEN)
    lines = "<br>".join(str(kept_whole(f"{WORD} {each} {WORD}", Language("ar"))) for each in told)
    pdf = in_arabic(lines)
    page = seen(pdf)
    assert [each for each in told if each.replace("\u00a0", " ") not in page] == []
    assert judged(pdf).problems == ()


@pytest.mark.slow
def test_a_number_that_is_left_to_the_letters_around_it_is_found() -> None:
    lines = "<br>".join(f"{WORD} {each} {WORD}" for each in (*TURNED_ROUND, *STRAIGHT))
    found = judged(in_arabic(lines))
    assert {each.message for each in found.problems} == {each.strip("+") for each in TURNED_ROUND}
