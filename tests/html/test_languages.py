"""Specimens in Welsh and Arabic: pages that mirror, letters that join, words that read back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import page as validator
import pymupdf
import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from booklet.build import Order, build
from booklet.check.inspected_pdf import InspectedPdf, inspect_pdf
from booklet.check.lines import Block
from booklet.editions import SIZES
from booklet.html.render import render
from booklet.review.booklet import load_booklet
from booklet.tagging.typeset import typeset
from booklet.tagging.weasyprint_patches import page_box
from tests import screen
from tests.conftest import TODAY

CONTENT = Path(__file__).parent.parent / "languages"
MM = 72 / 25.4
#: What outloud takes for faults: the order of links (see test_archive); a small table of which half
#: are headings; pieces of letters that have no words, because the run around them says its own.
NO_FAULTS = ("ORD-001", "TBL-010", "TXT-004")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("languages")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The specimens for patients in standard print and on the screen, by language and ending."""
    folder = tmp_path_factory.mktemp("languages")
    order = Order(
        CONTENT, folder, ("specimen.ar", "specimen.cy"), ("patient",), SIZES[:1], today=TODAY
    )
    names = [each.name for each in build(order, lambda each, of: None)]
    return {f"{name.split('_')[2]}.{name[-4:].lstrip('.')}": folder / name for name in names}


@pytest.fixture(scope="module")
def arabic(made: dict[str, Path]) -> InspectedPdf:
    return inspect_pdf(made["ar.pdf"].read_bytes(), made["ar.pdf"].name, None)


def blocks(evidence: InspectedPdf, words: str) -> list[Block]:
    return [block for block in evidence.blocks if words in block.text]


@pytest.mark.parametrize("language", ["ar", "cy"])
def test_file_names_say_the_language_once(made: dict[str, Path], language: str) -> None:
    assert made[f"{language}.pdf"].name == f"specimen_patient_{language}_standard_v0-1.pdf"


@pytest.mark.parametrize(("language", "direction"), [("ar", "/R2L"), ("cy", None)])
def test_the_file_says_its_language_and_on_which_side_it_is_bound(
    made: dict[str, Path], language: str, direction: str | None
) -> None:
    root = PdfReader(made[f"{language}.pdf"]).root_object
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"].get("/Direction") == direction


@pytest.mark.parametrize(("language", "words"), [("ar", "ليست نصيحة"), ("cy", "id cyngor")])
def test_every_leaf_says_that_it_is_no_advice(
    made: dict[str, Path], language: str, words: str
) -> None:
    evidence = inspect_pdf(made[f"{language}.pdf"].read_bytes(), "specimen.pdf", None)
    said = {line.page for line in evidence.lines if words in line.text}
    last = len(evidence.pages)
    assert said >= {1, *range(2, last, 2), last}
    assert words in made[f"{language}.html"].read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["ar", "cy"])
def test_it_conforms_to_both_standards(made: dict[str, Path], language: str) -> None:
    for profile in ("ua1", "2a"):
        report = validator.validate_pdf(made[f"{language}.pdf"], profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]
    found = outloud.check(str(made[f"{language}.pdf"]), skip=list(NO_FAULTS)).findings
    assert [str(each) for each in found if each.severity in ("error", "warning")] == []


@pytest.mark.parametrize(("language", "at_the_left"), [("ar", True), ("cy", False)])
def test_a_released_draft_is_marked_on_every_page_and_conforms(
    language: str, at_the_left: bool, tmp_path: Path
) -> None:
    order = Order(CONTENT, tmp_path, (f"specimen.{language}",), ("patient",), SIZES[:1],
                  mode="release as draft", today=TODAY)  # fmt: skip
    file = tmp_path / build(order, lambda each, of: None)[0].name
    for profile in ("ua1", "2a"):
        report = validator.validate_pdf(file, profile=profile)
        assert report.is_compliant, [str(failure) for failure in report.failures]
    evidence = inspect_pdf(file.read_bytes(), file.name, None)
    mark = {"ar": "مسودة", "cy": "Drafft"}[language]
    last = len(evidence.pages)
    for number in (1, last):
        assert any(line.text.startswith(f"{mark}: ") for line in evidence.lines_on(number))
    for number, page in enumerate(evidence.pages[1:-1], start=2):
        boxes = [line.box for line in evidence.lines_on(number) if line.text == mark]
        assert len(boxes) == 1, number
        assert (boxes[0].right < page.width / 2) is at_the_left


def test_a_picture_on_a_clinics_cover_stands_in_the_middle_from_right_to_left_too() -> None:
    # WeasyPrint moves a block with automatic margins past the edge of such a page.
    booklet = load_booklet(CONTENT, "specimen.ar", TODAY, "example")["patient"]
    folder = booklet.status.folder
    cover = typeset(render(booklet, SIZES[0]), booklet.picture_folders, folder).pages[0]
    boxes = (box for box in page_box(cover).descendants() if box.element is not None)
    (picture,) = (box for box in boxes if box.element.get("class") == "figure__picture")
    left = picture.content_box_x()
    assert left + picture.width / 2 == pytest.approx(cover.width / 2, abs=1)


def test_words_in_another_language_say_which(arabic: InspectedPdf) -> None:
    (phrase,) = (each for each in arabic.elements if each.role == "Span" and each.language == "en")
    assert arabic.words(phrase) == "good night"


def test_arabic_reads_back_in_the_order_it_was_written(arabic: InspectedPdf) -> None:
    (article,) = blocks(arabic, "يولد جميع الناس")
    assert article.text.startswith("يولد جميع الناس أحرارا متساوين في الكرامة والحقوق، وقد وهبوا")
    assert article.text.endswith("بروح الإخاء.")
    assert [heading.text for heading in arabic.headings][:3] == [
        "عينة من لغة",
        "المحتويات",
        "المادة الأولى",
    ]


def test_letters_join(made: dict[str, Path]) -> None:
    """A joined word is narrower than its letters one by one: each form alone is a wide one."""
    font = pymupdf.Font(fontfile=str(next(iter(_arabic_files()))))
    page = pymupdf.open(made["ar.pdf"])[2]
    spans = [
        span
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        if "Arabic" in span["font"]
    ]
    assert spans
    alone = font.text_length("المادة الأولى", fontsize=12 * 1.55)
    titles = [line for line in _lines(page) if abs(line[1] - line[0]) > 20]
    assert min(right - left for left, right in titles) < alone


def _arabic_files() -> Iterator[Path]:
    from booklet.typeface import typefaces

    yield from next(each for each in typefaces() if "Arabic" in each.family).paths.values()


def _lines(page: Any) -> list[tuple[float, float]]:
    blocks = page.get_text("dict")["blocks"]
    return [(line["bbox"][0], line["bbox"][2]) for each in blocks for line in each.get("lines", ())]


def test_paragraphs_start_at_the_right_and_the_wide_margin_is_at_the_spine(
    arabic: InspectedPdf,
) -> None:
    """The first page is a left-hand page: the spine is at its right."""
    (cover,), (article,), (title,) = (
        blocks(arabic, words) for words in ("ليست نصيحة:", "يولد جميع الناس", "ألوان البيوت")
    )
    width = arabic.pages[0].width
    inside = {block: 14 if block.page % 2 else 11 for block in (article, title)}
    for block, margin in ((cover, 13), *inside.items()):
        assert (width - block.lines[0].box.right) / MM == pytest.approx(margin, abs=1)


def test_page_numbers_stand_at_the_outer_edge(arabic: InspectedPdf) -> None:
    for number in (3, 4, 5):
        (foot,) = (line for line in arabic.lines_on(number) if line.text == f"صفحة {number}")
        middle = arabic.pages[0].width / 2
        assert (foot.box.right < middle) is (number % 2 == 1)


def test_labels_of_items_stand_right_and_numbers_of_the_contents_left(arabic: InspectedPdf) -> None:
    text = next(line for line in arabic.lines if line.text.startswith("البيت أبيض"))
    bullet = next(
        line
        for line in arabic.lines_on(text.page)
        if line.text == "•" and abs(line.baseline - text.baseline) < 2
    )
    assert bullet.box.left > text.box.right - 1
    entry = next(line for line in arabic.lines_on(2) if "المادة الأولى" in line.text)
    number = next(
        line
        for line in arabic.lines_on(2)
        if re.search(r"\d", line.text) and abs(line.baseline - entry.baseline) < 2
    )
    assert number.box.left < arabic.pages[1].width / 3


def test_a_line_that_begins_in_latin_letters_stands_clear_of_its_number(
    arabic: InspectedPdf,
) -> None:
    first, second = (
        next(line for line in arabic.lines if words in line.text)
        for words in ("United Nations", "بتاريخ")
    )
    assert first.box.right == pytest.approx(second.box.right, abs=1)


def test_columns_of_a_table_run_from_right_to_left(arabic: InspectedPdf) -> None:
    first, _colour, third = (
        blocks(arabic, words)[0].lines[0].box for words in ("البيت الأول", "أبيض", "العدد")
    )
    assert first.left > third.right
    assert blocks(arabic, "اللون")[0].lines[0].box.left > third.right


def test_a_telephone_number_is_not_turned_round(made: dict[str, Path]) -> None:
    words = [
        word
        for page in pymupdf.open(made["ar.pdf"])
        for word in sorted(page.get_text("words"), key=lambda word: (round(word[1]), word[0]))
    ]
    shown = [word[4].strip("\u061c\u200f") for word in words]
    told = [word for word in shown if word.isdigit() and len(word) > 2]
    assert " ".join(told).count("020 7946 0001")


@pytest.mark.parametrize(
    ("language", "families"),
    [
        ("ar", {"Atkinson-Hyperlegible", "IBM-Plex-Sans-Arabic"}),
        ("cy", {"Noto-Sans", "Atkinson-Hyperlegible"}),
    ],
)
def test_only_the_typefaces_in_use_are_inside(
    made: dict[str, Path], language: str, families: set[str]
) -> None:
    fonts = {font[3] for page in pymupdf.open(made[f"{language}.pdf"]) for font in page.get_fonts()}
    found = {re.sub(r"^[A-Z]{6}\+|-(?:Bold|Regular|Medium|Oblique)$", "", name) for name in fonts}
    assert found <= families
    assert any("Atkinson" not in name for name in found)
    html = made[f"{language}.html"].read_text(encoding="utf-8")
    other = {"ar": '"Noto Sans"', "cy": '"IBM Plex Sans Arabic"'}[language]
    assert f"font-family: {other}" not in html


@pytest.mark.parametrize("language", ["ar", "cy"])
def test_the_web_page_mirrors_and_fits_a_narrow_window(
    made: dict[str, Path], language: str, browser: Browser
) -> None:
    with screen.opened(browser, made[f"{language}.html"], width=320) as page:
        assert page.evaluate("document.documentElement.dir") == {"ar": "rtl", "cy": "ltr"}[language]
        assert screen.too_wide(page) == []
        drawn = "getComputedStyle(document.querySelector('svg text')).direction"
        assert page.evaluate(drawn) == "ltr"
        outside = "[...document.querySelectorAll('h2')].map(e => e.getBoundingClientRect())"
        boxes = page.evaluate(f"{outside}.map(box => [box.left, box.right])")
        assert all(left >= 0 and right <= 320 for left, right in boxes)
        said, passed = screen.violations(page)
        assert said == []
        assert passed > 10
        side = page.evaluate(
            "(() => { const s = getComputedStyle(document.querySelector('.key-points'));"
            " return [s.borderRightWidth, s.borderLeftWidth].map(parseFloat); })()"
        )
        assert (side[0] > side[1]) is (language == "ar")
