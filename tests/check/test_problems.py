"""What a finished PDF falls short of, as a clerk reads it when a build stops."""

from booklet.check import problems_of
from booklet.check.report import Report
from booklet.check.rule import Finding, Place


def test_a_fault_of_a_pdf_names_its_page_in_words_and_where_to_read_on() -> None:
    places = (Place(13, "020 7946 0002"), Place(0, "no title"))
    finding = Finding("split-information", "Broken numbers", "2", "none", "failed", "", places)
    assert [str(each) for each in problems_of(Report("a.pdf", 20, 12, (finding,)))] == [
        "a.pdf: error: page 13: 020 7946 0002: Broken numbers, limit none; "
        "`check --explain split-information` says more",
        "a.pdf: error: no title: Broken numbers, limit none; "
        "`check --explain split-information` says more",
    ]
