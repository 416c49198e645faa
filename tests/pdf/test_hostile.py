"""PDFs made to exhaust the machine are answered in a sentence, within limits."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.check.check_pdf import check_pdf
from booklet.check.read import said_of
from booklet.checking import check
from booklet.pdf.guarded import Limits
from booklet.pdf.opening import LONGEST_SIDE, MOST_PAGES
from booklet.pdf.pages import without_quotes
from booklet.print.sheets import make_sheets
from booklet.problems import FaultsFound
from tests.conftest import TODAY


def pdf(*objects: bytes, root: bytes = b"/Pages 2 0 R") -> bytes:
    """A PDF of these objects, numbered from 2; number 1 is its catalogue."""
    data = b"%PDF-1.7\n"
    starts = []
    for number, each in enumerate((b"<</Type/Catalog " + root + b">>", *objects), 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(starts) + 1, table)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(starts) + 1, len(data))
    return data + head + end


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<<%s>>%s>>"


def page(content: bytes, resources: bytes = b"", more: bytes = b"", *others: bytes) -> bytes:
    return pdf(PAGES, PAGE % (resources, more), content, *others)


def a_form_that_draws_itself() -> bytes:
    named = b"/XObject<</X 5 0 R>>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<" + named + b">>"
    marks = b"<</Type/StructTreeRoot/K[<</S/P/Pg 3 0 R/K[<</Type/MCR/Stm 5 0 R/MCID 0>>]>>]>>"
    return pdf(
        PAGES,
        PAGE % (named, b""),
        stream(b"/X Do"),
        stream(b"/X Do /X Do", form),
        marks,
        root=b"/Pages 2 0 R/StructTreeRoot 6 0 R",
    )


def a_structure_tree_that_doubles() -> bytes:
    levels = [b"<</S/P/K[%d 0 R %d 0 R]>>" % (n, n) for n in range(7, 47)]
    root = b"<</Type/StructTreeRoot/K[6 0 R]>>"
    return pdf(
        PAGES,
        PAGE % (b"", b""),
        stream(b""),
        root,
        *levels,
        b"<</S/P/K 0/Pg 3 0 R>>",
        root=b"/Pages 2 0 R/StructTreeRoot 5 0 R",
    )


def a_page_larger_than_a_hall() -> bytes:
    return page(stream(b"")).replace(b"[0 0 400 400]", b"[0 0 1000000 1000000]")


def more_pages_than_a_booklet() -> bytes:
    kids = b"3 0 R " * 100_000
    pages = b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids
    return pdf(pages, PAGE % (b"", b""), stream(b""))


SENTENCES: dict[Callable[[], bytes], str] = {
    a_form_that_draws_itself: "its forms paint one another without an end",
    a_structure_tree_that_doubles: "its structure has more than 100,000 elements",
    a_page_larger_than_a_hall: "page 1 is larger than A0",
    more_pages_than_a_booklet: "has 100000 pages; it is no booklet",
}


@pytest.mark.parametrize(
    ("make", "says"), SENTENCES.items(), ids=lambda x: getattr(x, "__name__", "")
)
def test_what_grows_without_an_end_is_told_as_such(make: Callable[[], bytes], says: str) -> None:
    report = check_pdf(make(), "a.pdf")
    assert not report.passed
    assert says in report.problems[0].message


def test_what_takes_too_much_memory_or_time_is_a_fault_of_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = bytes(200_000_000)
    for _ in range(2):
        bomb = zlib.compress(bomb, 9)
    packed = page(stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"))
    (tmp_path / "bomb.pdf").write_bytes(packed)
    (tmp_path / "plain.pdf").write_bytes(page(stream(b"0 0 9 9 re f")))
    monkeypatch.setattr("booklet.checking.STRANGERS", Limits(seconds=8, megabytes=700))
    names = [tmp_path / "bomb.pdf", tmp_path / "plain.pdf"]
    bomb_report, plain = check(names, tmp_path, tmp_path, TODAY).files
    assert len(packed) < 20_000
    assert not bomb_report.passed
    assert plain.findings


@pytest.mark.parametrize(
    "data",
    [b"BI ID " * 30_000, b"(" * 100_000, b"(a" * 100_000, b"\\(" * 100_000, b"BI " * 100_000],
    ids=["pictures", "brackets", "words", "escapes", "beginnings"],
)
def test_content_that_never_ends_its_quotes_is_read_once(data: bytes) -> None:
    assert without_quotes(data + b" /F1 9 Tf").endswith(b"/F1 9 Tf")


def test_quotes_are_taken_out_and_the_rest_is_kept() -> None:
    data = rb"/F1 9 Tf (a \) (b) /X Do) Tj BI /W 1 ID /Y Do EI /Z Do"
    assert re.findall(rb"/\w+ Do", without_quotes(data)) == [b"/Z Do"]


@pytest.mark.parametrize("odd", [b"/Kids 2 0 R", b"/Group 4 0 R"], ids=["loop", "group"])
def test_pages_that_qpdf_cannot_take_apart_are_told_as_damage(odd: bytes) -> None:
    with pytest.raises(FaultsFound, match="this PDF is damaged and cannot be read"):
        make_sheets(page(stream(b"0 0 9 9 re f"), b"", odd))


def test_a_cell_that_says_nonsense_of_its_columns_is_one_cell(tmp_path: Path) -> None:
    cell = b"<</S/TD/Pg 3 0 R/K 0/A<</O/Table/ColSpan(abc)/RowSpan -1>>>>"
    table = b"<</S/Table/K<</S/TR/K %s>>>>" % cell
    root, tree = b"/Pages 2 0 R/StructTreeRoot 5 0 R", b"<</Type/StructTreeRoot/K 6 0 R>>"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(PAGES, PAGE % (b"", b""), stream(b""), tree, table, root=root))
    assert said_of(path, pages=False)[0][1] == "Table of 1 rows and 1 columns"
    check_pdf(path)


def test_text_pressed_flat_has_a_size_that_is_too_small() -> None:
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    lines = b"".join(b"1 0 0 0 10 %d Tm (two words) Tj " % height for height in (300, 286))
    words = stream(b"/P <</MCID 0>> BDC BT /F 12 Tf %sET EMC" % lines)
    root, tree = b"/Pages 2 0 R/StructTreeRoot 5 0 R", b"<</Type/StructTreeRoot/K 6 0 R>>"
    paragraph = b"<</S/P/Pg 3 0 R/K 0>>"
    report = check_pdf(pdf(PAGES, PAGE % (font, b""), words, tree, paragraph, root=root))
    assert report.findings["smallest-print"].verdict == "failed"


def test_the_limits_are_above_what_people_print() -> None:
    assert MOST_PAGES >= 2000
    assert LONGEST_SIDE > 1189 / 25.4 * 72
