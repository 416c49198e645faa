"""Print streams: letters and booklets in the order of envelopes, each booklet stored once."""

from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from booklet.pdf.opening import CannotOpen
from booklet.post.sheet_marks import SheetMarks
from booklet.post.stream import Packet, Stream, print_stream
from tests.attach.test_joining import pictures
from tests.tagging.reading import document

A4 = (595, 842)


@cache
def pages(*words: str, size: str = "A4") -> bytes:
    """A PDF with a page for each word, and links and tags on it."""
    body = "".join(
        f'<p id="{word}" style="break-after: page"><a href="#{word}">{word}</a></p>'
        for word in words
    )
    made: bytes = document(body, f"@page {{ size: {size} }} p:last-child {{ break-after: auto }}")
    return made.write_pdf(pdf_variant="pdf/ua-1")


@cache
def stream(marks: SheetMarks | None = None) -> Stream:
    letters = pages("Ann1", "Bob1", "Bob2", "Cid1", "Dee1", "Dee2", "Dee3")
    spans = (range(1), range(1, 3), range(3, 4), range(4, 7))
    large, family = pages("L1", "L2", "L3"), pages("F1", "F2")
    booklets = (large, pages("Folded", size="A5"), large, family)
    return print_stream(letters, spans, booklets, marks=marks)


def words(pdf: bytes) -> list[str]:
    return [each.extract_text().strip() for each in PdfReader(BytesIO(pdf)).pages]


def test_each_letter_and_each_booklet_begins_on_a_new_sheet() -> None:
    made = stream()
    on_paper = ["Ann1", "", "L1", "L2", "L3", "", "Bob1", "Bob2", "Cid1", "", "L1", "L2", "L3", ""]
    assert words(made.pdf) == [*on_paper, "Dee1", "Dee2", "Dee3", "", "F1", "F2"]
    assert made.packets == (
        Packet(1, 1, 2, from_shelf=False),
        Packet(7, 1, 0, from_shelf=True),
        Packet(9, 1, 2, from_shelf=False),
        Packet(15, 2, 1, from_shelf=False),
    )
    assert made.sheets == sum(each.sheets for each in made.packets) == 10


def test_pages_look_as_they_did() -> None:
    made = pictures(stream().pdf, 20)
    letters = pictures(pages("Ann1", "Bob1", "Bob2", "Cid1", "Dee1", "Dee2", "Dee3"), 7)
    assert [made[page] for page in (0, 6, 7, 8, 14, 15, 16)] == letters
    assert made[2:5] == made[10:13] == pictures(pages("L1", "L2", "L3"), 3)


def test_on_one_side_no_page_is_empty() -> None:
    made = print_stream(
        pages("Ann1", "Bob1"), [range(1), range(1, 2)], [None, pages("L1")], duplex=False
    )
    assert words(made.pdf) == ["Ann1", "Bob1", "L1"]
    assert [(each.first, each.sheets) for each in made.packets] == [(1, 1), (2, 2)]


def test_what_booklets_paint_is_stored_once_and_no_page_twice() -> None:
    with pikepdf.open(BytesIO(stream().pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        nodes = [each.obj.objgen for each in opened.pages]
        assert len({*nodes}) == len(nodes) == 20
        for one, other in zip(range(2, 5), range(10, 13), strict=True):
            first, again = opened.pages[one].obj, opened.pages[other].obj
            assert first.Contents.objgen == again.Contents.objgen
            assert first.Resources.objgen == again.Resources.objgen
        assert {tuple(map(round, map(float, each.mediabox[2:]))) for each in opened.pages} == {A4}


def test_a_letter_more_adds_its_own_bytes_only() -> None:
    letters, large = pages(*(f"Letter{n}" for n in range(20))), pages(*map(str, range(40)))
    sizes = [
        len(print_stream(letters, [range(n, n + 1) for n in range(count)], [large] * count).pdf)
        for count in (1, 10, 20)
    ]
    assert (sizes[2] - sizes[0]) / 19 < 0.1 * sizes[0]
    assert (sizes[2] - sizes[1]) / 10 == pytest.approx((sizes[1] - sizes[0]) / 9, rel=0.5)


def test_a_stream_is_for_paper_claims_nothing_and_says_no_name() -> None:
    with pikepdf.open(BytesIO(stream().pdf)) as opened:
        assert not {"/StructTreeRoot", "/MarkInfo", "/Metadata", "/Outlines"} & {*opened.Root}
        assert opened.Root.ViewerPreferences.Duplex == pikepdf.Name.DuplexFlipLongEdge
        assert str(opened.docinfo.Title) == "Print sheets: letters"
        assert not any(
            "/Annots" in each.obj or "/StructParents" in each.obj for each in opened.pages
        )
    made = stream()
    again = print_stream(pages("Ann1"), [range(1)], [pages("L1")])
    assert again == print_stream(pages("Ann1"), [range(1)], [pages("L1")])
    assert made.pdf.count(b"%%EOF") == 1


def test_marks_stand_on_the_front_of_letters_only_and_where_they_are_asked_for() -> None:
    def ink(pdf: bytes, page: int) -> tuple[int, int, int, int] | None:
        """The box around what is painted left of the letter's margin, in millimetres."""
        with pypdfium2.PdfDocument(pdf) as opened:
            drawn = opened[page].render(scale=1).to_pil().convert("L")
        margin = drawn.crop((0, 0, 45, drawn.height)).point(lambda grey: 255 * (grey < 200))
        box = margin.getbbox()
        return None if box is None else tuple(round(edge / 72 * 25.4) for edge in box)  # type: ignore[return-value]

    plain, made = stream().pdf, stream(SheetMarks()).pdf
    found = [ink(made, page) for page in range(20)]
    assert [page for page, box in enumerate(found) if box] == [0, 6, 8, 14, 16]
    assert [ink(plain, page) for page in range(20)] == [None] * 20
    left, top, right, bottom = found[6] or (0, 0, 0, 0)
    assert (left, right, bottom) == (6, 11, 190 + 4 + 3)
    assert 150 < top < 190


def test_what_does_not_fit_together_is_said() -> None:
    with pytest.raises(ValueError, match="2 letters, but 1 booklets"):
        print_stream(pages("Ann1", "Bob1"), [range(1), range(1, 2)], [None])
    with pytest.raises(CannotOpen):
        print_stream(b"no PDF", [range(1)], [None])
