"""What a finished PDF falls short of, as a clerk reads it when a build stops."""

from dataclasses import replace

from booklet.check.check_pdf import check_pdf
from booklet.problems import FaultsFound, OnPage
from tests.check.pdfs import BROKEN


def test_a_fault_of_a_pdf_names_its_page_in_words_and_where_to_read_on() -> None:
    said = []
    for rule in ("split-information", "attachable"):
        [problem] = check_pdf(BROKEN[rule](), "a.pdf").problems
        assert problem.rule == rule
        said.append(str(problem))
    assert said == [
        "a.pdf: error: page 5: 0808 2080 888: Telephone numbers, dates, measures and the like "
        "broken at the end of a line, limit none; "
        "`booklet check --explain split-information` says more",
        "a.pdf: error: too large to attach: Size of the file, limit at most 700 kB; "
        "`booklet check --explain attachable` says more",
    ]


def test_faults_of_a_pdf_are_told_in_the_order_of_its_pages() -> None:
    [problem] = check_pdf(BROKEN["contrast"](), "a.pdf").problems
    pages = [OnPage(number) for number in (10, 0, 9)]
    faults = FaultsFound(replace(problem, at=page) for page in pages).problems
    assert [fault.at for fault in faults] == [OnPage(0), OnPage(9), OnPage(10)]
