"""`check` as the library has it: values out, nothing printed; and who needs PDFium for it."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from booklet.checking import Checked, check
from booklet.problems import OnPage, WrongUsage
from tests.check.pdfs import BROKEN, good
from tests.conftest import ROOT

NAME = "leaflet_patient_en_standard_v0-1.pdf"


def checked(content: Path, *names: str) -> Checked:
    return check(map(Path, names), content, content, date(2026, 11, 22))


def test_a_booklet_gives_its_words_its_pdfs_and_who_answers(
    words_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (words_content / NAME).write_bytes(good())
    found = checked(words_content, "leaflet")
    assert found.passed
    assert [report.name for report in found.words] == ["leaflet"]
    assert [report.name for report in found.files] == [NAME]
    assert [status.name for status in found.statuses] == ["leaflet"]
    assert found.not_built == ()
    assert capsys.readouterr() == ("", "")


def test_print_sheets_and_job_tickets_of_a_booklet_are_no_pdfs_to_read(words_content: Path) -> None:
    (words_content / NAME).write_bytes(good())
    for end in ("_PRINT-BOOKLET.pdf", "_JOB-TICKET.pdf"):
        (words_content / NAME.replace(".pdf", end)).write_bytes(BROKEN["contrast"]())
    assert [report.name for report in checked(words_content, "leaflet").files] == [NAME]


def test_a_booklet_without_a_pdf_and_a_name_of_nothing_do_not_pass(words_content: Path) -> None:
    found = checked(words_content, "leaflet")
    assert found.not_built == ("leaflet",)
    assert not found.passed
    with pytest.raises(WrongUsage, match="there is no file and no booklet `leafet`"):
        checked(words_content, "leafet")


def test_what_falls_short_is_a_problem_with_its_rule_and_its_page(words_content: Path) -> None:
    (words_content / NAME).write_bytes(BROKEN["contrast"]())
    found = checked(words_content, "leaflet")
    [problem] = found.files[0].errors
    assert problem.rule == "contrast"
    assert isinstance(problem.at, OnPage)
    assert not found.passed
    [row] = [
        row
        for row in json.loads(json.dumps(found.as_values()))["files"][0]["findings"]
        if row["verdict"] == "failed"
    ]
    assert row["places"][0]["page"] == problem.at.page


@pytest.mark.parametrize(
    ("modules", "without"),
    [
        (
            "booklet.review.history, booklet.content.translation, booklet.check.check_words",
            {"pypdfium2", "PIL", "pypdf"},
        ),
        ("booklet.check.check_pdf", {"spylls"}),
    ],
)
def test_words_are_looked_at_without_pdfium_and_pdfs_without_a_dictionary(
    modules: str, without: set[str]
) -> None:
    code = f"import sys, {modules}; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert not set(done.stdout.decode().split()) & without
