"""Covering letters as they are printed: in the window, in the person's size, tagged, as typed."""

import re
import unicodedata
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pymupdf
import pypdfium2
import pytest
from pypdf import PdfReader

from booklet.content.read_letter import Letter
from booklet.html.area import Area
from booklet.html.letter import LetterLayout
from booklet.post import letters
from booklet.post.letter_text import RowFault
from booklet.post.letters import LetterBatch, LettersDoNotFit, set_letters
from tests.post.letter_content import person, visit, words_on
from tests.tagging.reading import tree

TODAY = date(2026, 12, 1)
SET = letters._set
LAYOUT = LetterLayout()
NAMES = (
    "O'Brien-Smith & <b>Sons</b>",
    "{{ 7 * 7 }} {greeting}",
    "{% raw %} </p><!--",
    "=1+1 @SUM(A1) -x +44",
    "; } * { color: red } \\",
    "Mrs Łukasz Żółć",
    "Nguyễn Thị Ánh",
    "محمد الأحمد",
    "דוד כהן",
    "李小龍 ȥ ڏ",
    "ਰਾਮ ਸਿੰਘ",
    "Ọlá Adébáyọ̀",
    "İsmail ßeck Ǆ",
    "a \u200f b ٪x",
    "\ufe92\uff32\uff04\ufeb3 Full width",
    "Ex\u20ddample \u277e\u2792",
    "Featherstonehaugh" * 2,
)
MIXED = ("{{ 7*7 }} محمد", "a +44 b דוד c", "محمد --> =1+1", "“x” ď שרה")
"""Words of both directions on one line: programs differ in which they read first."""
PEOPLE = (
    person("Mrs Short"),
    person("Mr Long", size="20", lines=7),
    person("Ms Giant", size="36", lines=5, audience="family", Interpreter="yes"),
    person("سلمى حداد", size="16", lines=6, language="ar"),
    *(person(name) for name in (*NAMES, *MIXED)),
)
UNSEEN = {**dict.fromkeys((0x200B, 0x200E, 0x200F, 0x061C, 0xFFFE, 0x2)), ord(">"): "<"}
"""What is in the text and is no letter; and programs turn brackets round."""

pytestmark = pytest.mark.xdist_group("letters")


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    return visit(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def batch(letter: Letter) -> LetterBatch:
    return set_letters(letter, PEOPLE, LAYOUT, TODAY)


@pytest.fixture(scope="module")
def pdf(batch: LetterBatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "letters.pdf"
    path.write_bytes(batch.pdf)
    return path


def folded(text: str) -> str:
    """Words without what breaks their lines, one way of writing each letter."""
    composed = unicodedata.normalize("NFKC", text.translate(UNSEEN))
    return "".join(composed.split()).replace("-", "")


def text_of(pdf: Path, pages: range) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(document[page].get_textpage().get_text_range() for page in pages)


def test_the_address_alone_stands_in_the_window_whatever_the_size(
    batch: LetterBatch, pdf: Path
) -> None:
    window = LAYOUT.window
    for one, pages in zip(PEOPLE[:4], batch.pages, strict=False):
        words = words_on(pdf, pages.start)
        inside = [
            each
            for each in words
            if each.left < window.right + 5
            and each.bottom > window.top - 3
            and each.top < window.bottom + 3
        ]
        # poppler has the letters of Arabic from left to right
        assert sorted(folded("".join(each.text for each in inside))) == sorted(
            folded("".join(one.address))
        )
        # poppler's boxes reach from the ascender to the descender, a little over the lines.
        assert min(each.left for each in inside) >= window.left
        assert max(each.right for each in inside) <= window.right
        assert min(each.top for each in inside) >= window.top - 0.9
        assert max(each.bottom for each in inside) <= window.bottom + 0.9


def test_all_but_the_address_has_the_size_of_the_person_or_more(
    batch: LetterBatch, pdf: Path
) -> None:
    document = pymupdf.open(pdf)
    for one, pages in zip(PEOPLE, batch.pages, strict=True):
        address = {folded(line) for line in one.address}
        for page in pages:
            for block in document[page].get_text("dict")["blocks"]:
                for line in block.get("lines", ()):
                    for span in line["spans"]:
                        in_window = LAYOUT.window.top < span["bbox"][1] * 25.4 / 72 + 1 < 67
                        least = 10 if page == pages.start and in_window else one.given.size.floor
                        assert span["size"] >= least - 0.01, (span["text"], address)


def test_names_and_fields_come_out_as_they_were_typed(batch: LetterBatch, pdf: Path) -> None:
    for one, pages in zip(PEOPLE, batch.pages, strict=True):
        text = folded(text_of(pdf, pages))
        typed = folded("".join((one.greeting, *one.address)))
        assert not Counter(typed) - Counter(text), one.row
        for word in one.greeting.split() if one.greeting not in MIXED else ():
            assert folded(word) in text, (one.row, word)


def test_a_letter_is_tagged_in_the_order_it_is_read(batch: LetterBatch, pdf: Path) -> None:
    first = next(each for each in tree(PdfReader(BytesIO(batch.pdf))).kids)
    said = [" ".join(each.split()) for each in re.split("\n", _lines(first)) if each.strip()]
    assert said[0].startswith("Example Hospital Example Day Unit 1 Example Street")
    assert said[1] == "1 December 2026"
    assert said[2] == "Mrs Short Flat 2 Example House ZZ99 9ZZ"
    assert said[3:6] == [
        "Our reference: 999 000 0000", "Your visit on 6 August 2026", "Dear Mrs Short",
    ]  # fmt: skip
    assert "An interpreter will be there." not in said


def _lines(element: object) -> str:
    """The words of each block of an element on a line of their own."""
    blocks = {"P", "H1", "H2", "LBody"}
    if element.role in blocks:  # type: ignore[attr-defined]
        return element.text + "\n"  # type: ignore[attr-defined]
    kids = element.kids  # type: ignore[attr-defined]
    return "".join(kid if isinstance(kid, str) else _lines(kid) for kid in kids)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_letters_conform_to_pdf_ua_1_and_pdf_a_2a(profile: str, pdf: Path) -> None:
    report = validator.validate_pdf(pdf, profile=profile)
    assert report.is_compliant, [str(failure) for failure in report.failures]


def test_the_file_names_the_clinic_and_nobody_else(batch: LetterBatch) -> None:
    with pikepdf.open(BytesIO(batch.pdf)) as file:
        metadata = str(file.open_metadata()) + str(file.docinfo)
        assert file.docinfo.Title == "Letter from Example Hospital"
    assert not [one.row for one in PEOPLE[:4] if one.greeting in metadata]


def test_pages_are_numbered_where_a_letter_has_several(batch: LetterBatch, pdf: Path) -> None:
    short, long, giant, arabic = (text_of(pdf, pages) for pages in batch.pages[:4])
    assert "Page" not in short
    assert "Page 1 of 2" in long
    assert "Page 2 of 2" in long
    assert f"Page {len(batch.pages[2])} of {len(batch.pages[2])}" in giant
    assert "An interpreter will be there." in giant
    assert "with them" in giant
    assert "السيد" in arabic


def test_no_page_has_the_closing_alone_or_one_point_of_a_list_or_the_greeting_without_words(
    letter: Letter,
) -> None:
    people = [person(size=size) for size in ("20", "30", "26")]
    batch = set_letters(letter, people, LAYOUT, TODAY)
    with pymupdf.open(stream=batch.pdf) as document:
        *begins, with_greeting = [document[pages[-1]].get_text() for pages in batch.pages]
    # Not “your glasses”, nor “Yours sincerely”.
    assert [each.split("\n")[0] for each in begins] == ["What to bring", "What to bring"]
    assert "Dear Mrs Example\nPlease come to the" in with_greeting


def test_a_letter_from_right_to_left_has_its_address_at_the_left(
    batch: LetterBatch, pdf: Path
) -> None:
    page = batch.pages[3].start
    body = [word for word in words_on(pdf, page) if LAYOUT.body < word.top < 270]
    assert max(word.right for word in body) > 210 - LAYOUT.right - 2
    (house,) = [word for word in words_on(pdf, page) if word.text == "House"]
    assert house.left < LAYOUT.window.left + 30


def test_the_same_people_give_the_same_bytes(letter: Letter) -> None:
    one, other = (set_letters(letter, PEOPLE[:2], LAYOUT, TODAY) for _ in range(2))
    assert one == other


def test_another_window_moves_the_address(letter: Letter, tmp_path: Path) -> None:
    dl = LetterLayout(Area(20, 57, 110, 81), Area(125, 15, 195, 100), 105)
    made = set_letters(letter, [person(lines=6)], dl, TODAY)
    path = tmp_path / "letter.pdf"
    path.write_bytes(made.pdf)
    (house,) = [word for word in words_on(path, 0) if word.text == "House"]
    assert dl.window.top < house.top < dl.window.bottom
    assert next(word for word in words_on(path, 0) if word.text == "Dear").top > 105


def test_what_shows_on_the_page_alone_is_told_by_row(letter: Letter) -> None:
    # Groups of digits stay on one line, as telephone numbers do.
    bad = person("Mrs Secret", row=9, size="36", Ward=" ".join(["01632"] * 9))
    with pytest.raises(LettersDoNotFit) as told:
        set_letters(letter, [bad], LAYOUT, TODAY)
    assert [(each.row, each.column) for each in told.value.faults] == [(9, "")]
    assert "Secret" not in f"{told.value} {told.value.faults}"


def test_a_letter_that_cannot_be_tagged_is_told_by_row_without_its_words(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booklet.tagging.marked_content import CannotTag

    def refuse(document: object, *rest: object) -> bytes:
        pages = document.pages  # type: ignore[attr-defined]
        if any("Secret" in str(box.text) for page in pages for box in _texts(page)):
            raise CannotTag("Mrs Secret is cut off")
        return b""

    monkeypatch.setattr(letters, "write_pdf", refuse)
    with pytest.raises(LettersDoNotFit) as told:
        set_letters(letter, [person(row=2), person("Mrs Secret", row=3)], LAYOUT, TODAY)
    assert told.value.faults == (RowFault(3, 0, "", letters._CANNOT_SET),)
    assert told.value.__cause__ is None
    assert "Secret" not in repr(told.value)


@pytest.mark.parametrize("together", [False, True])
def test_whatever_the_typesetter_stops_with_is_told_by_row_without_its_words(
    letter: Letter, monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    def stop(*asked: object) -> object:
        names = [each.address[0] for each in asked[1]]  # type: ignore[attr-defined]
        if "Mrs Secret" in names and (len(names) > 1 or not together):
            raise ZeroDivisionError("Mrs Secret")
        return SET(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(letters, "_set", stop)
    people = [person(row=2), person("Mrs Secret", row=3)]
    with pytest.raises(LettersDoNotFit) as told:
        set_letters(letter, people, LAYOUT, TODAY)
    rows = (2, 3) if together else (3,)
    assert told.value.faults == tuple(RowFault(row, 0, "", letters._CANNOT_SET) for row in rows)
    assert told.value.__cause__ is None


def _texts(page: object) -> list[object]:
    boxes = page._page_box.descendants()  # type: ignore[attr-defined]
    return [box for box in boxes if hasattr(box, "pango_layout")]
