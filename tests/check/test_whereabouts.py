"""A fault on a page names the file and the line of the words there."""

from datetime import date
from pathlib import Path

import pytest

from booklet.check.check_pdf import check_pdf
from booklet.check.report import Report
from booklet.check.whereabouts import Whereabouts
from booklet.checking import check
from booklet.editions import SIZES, Edition
from booklet.making import measured
from booklet.order import Target
from booklet.problems import OnPage, Problem
from booklet.review.booklet import load_booklet
from tests.check.pdfs import page

NAME = "leaflet_patient_en_standard_v0-1.pdf"
PALE = "<p style='color: #767676'>"


def line_of(file: Path, words: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def of_contrast(report: Report) -> Problem:
    return next(each for each in report.problems if each.rule == "contrast")


def written(report: Report) -> tuple[str, ...]:
    at = of_contrast(report).at
    assert isinstance(at, OnPage)
    return at.written


def measured_with(content: Path, html: str) -> Report:
    return check_pdf(page(html), NAME, SIZES[0], Whereabouts(content, "leaflet", "patient"))


@pytest.mark.parametrize(
    ("printed", "file", "line"),
    [
        ("A passage to spoil.", "leaflet/02-page.yaml", "A passage to spoil"),
        ("The specimen testing rule (STR) asks for remission (page 3).", "leaflet/02-page.yaml",
         "testing rule (STR)"),
        ("Source: An example", "leaflet/booklet.yaml", "An example"),
    ],
)  # fmt: skip
def test_a_fault_that_quotes_words_names_where_they_are_written(
    printed: str, file: str, line: str, words_content: Path
) -> None:
    (place,) = written(measured_with(words_content, f"{PALE}{printed}</p>"))
    assert place.startswith(f"{words_content / file}:{line_of(words_content / file, line)}:")


def test_words_that_are_written_nowhere_are_given_no_place_of_their_own(
    words_content: Path,
) -> None:
    problem = of_contrast(measured_with(words_content, f"{PALE}Nobody wrote these words</p>"))
    assert isinstance(problem.at, OnPage)
    assert problem.at.written == ()


def test_a_page_without_such_words_is_known_by_those_it_begins_with(words_content: Path) -> None:
    html = f"<h2 class='new'>A page to spoil</h2>{PALE}Nobody wrote these words</p>"
    problem = of_contrast(measured_with(words_content, html))
    place = words_content / "leaflet/02-page.yaml"
    assert problem.told.endswith(f" (the page begins at {place}:1:8)")


def test_check_and_build_say_it_and_files_with_faults_are_no_hindrance(
    words_content: Path,
) -> None:
    pdf = page(f"{PALE}A passage to spoil.</p>")
    (words_content / NAME).write_bytes(pdf)
    today = date(2026, 11, 22)
    checked = check([Path("leaflet")], words_content, words_content, today)
    booklet = load_booklet(words_content, "leaflet", today)["patient"]
    target = Target(booklet, Edition("patient", SIZES[0]))
    place = f"(written at {words_content / 'leaflet/02-page.yaml'}:5:11)"
    assert place in str(of_contrast(checked.files[0]))
    assert place in str(of_contrast(measured(pdf, target, SIZES[0])))
    (words_content / "leaflet/02-page.yaml").write_text("titel: Gone")
    assert not written(measured(pdf, target, SIZES[0]))
