"""The paper commands: files appear whole or not at all, and every fault is told."""

import json

import pytest
from typer.testing import CliRunner

from booklet.commands.print import app
from booklet.problems import FaultsFound, WrongUsage
from tests.print.pdfs import A4, leaflet

RUN = CliRunner()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.pdf").write_bytes(leaflet(6))
    (tmp_path / "big.pdf").write_bytes(leaflet(4, A4, text=18))
    (tmp_path / "bad.pdf").write_bytes(b"no")
    return tmp_path


def run(*arguments):
    return RUN.invoke(app, [str(each) for each in arguments])


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_sheets_appear_beside_the_booklet_with_words(folder):
    result = run("sheets", folder / "a.pdf")
    assert result.exit_code == 0, result.output
    assert "a_PRINT-BOOKLET.pdf" in names(folder)
    assert "flipped on the short edge" in result.output
    assert "note: 2 blank pages" in result.output


def test_sheets_are_told_as_values_or_not_at_all(folder):
    (made,) = json.loads(run("sheets", folder / "a.pdf", "--json").output)["files"]
    assert (made["file"], made["sides"]) == (str(folder / "a_PRINT-BOOKLET.pdf"), 4)
    assert "flipped on the short edge" in made["instruction"]
    assert run("sheets", folder / "a.pdf", "--quiet").output == ""


def test_all_faults_of_all_files_are_told_and_nothing_is_written(folder):
    before = names(folder)
    files = [folder / name for name in ("a.pdf", "big.pdf", "bad.pdf")]
    result = run("sheets", *files, "--scheme", "booklet")
    assert isinstance(result.exception, FaultsFound)
    assert [problem.file.name for problem in result.exception.problems] == ["bad.pdf", "big.pdf"]
    assert names(folder) == before


def test_a_one_sided_printer_gets_two_files_in_another_folder(folder):
    out = folder / "out"
    result = run("sheets", folder / "a.pdf", "--one-sided-printer", "face-down", "--output", out)
    assert result.exit_code == 0, result.output
    assert names(out) == ["a_PRINT-BOOKLET-1-FRONTS.pdf", "a_PRINT-BOOKLET-2-BACKS.pdf"]
    assert "Turn the printed stack over as a whole" in result.output


def test_fit_and_floor_reach_the_sheets(folder):
    order = ("sheets", folder / "big.pdf", "--scheme", "booklet")
    assert "12.7 point, below 16" in str(run(*order, "--fit").exception)
    assert "12.7 point" in run(*order, "--fit", "--floor", "12").output


def test_a_floor_without_fit_is_wrong_usage(folder):
    result = run("sheets", folder / "a.pdf", "--floor", "9")
    assert isinstance(result.exception, WrongUsage)
    assert "add --fit" in str(result.exception)


def test_the_size_of_the_pages_chooses_the_scheme(folder):
    assert run("sheets", folder / "a.pdf", folder / "big.pdf").exit_code == 0
    assert {"a_PRINT-BOOKLET.pdf", "big_PRINT-FLAT.pdf"} <= set(names(folder))
    made = json.loads(run("ticket", folder / "big.pdf", "--json").output)
    assert made["files"] == ["big_PRINT-FLAT.pdf"]
    assert made["staple"].startswith("Two staples down the left edge")


def test_sheets_say_how_they_are_bound_and_the_ticket_says_it_once(folder):
    (folder / "thick.pdf").write_bytes(leaflet(44))
    said = run("sheets", folder / "thick.pdf").output
    assert "11 sheets are more than most booklet finishers take" in said
    assert "Two staples through the fold" in said
    assert "Two staples down the left edge" in run("sheets", folder / "big.pdf").output
    warnings = json.loads(run("ticket", folder / "thick.pdf", "--json").output)["warnings"]
    assert sum("booklet finishers" in words for words in warnings) == 1


def test_paper_weight_reaches_the_ticket(folder):
    made = [
        json.loads(run("ticket", folder / "a.pdf", "--json", "--paper-weight", weight).output)
        for weight in (80, 100)
    ]
    assert [each["weight"] for each in made] == [9.9, 12.4]
    assert made[0]["paper"].startswith("A4, 80 g/m²")


def test_a_ticket_names_both_files_of_a_one_sided_printer(folder):
    result = run("ticket", folder / "a.pdf", "--json", "--one-sided-printer", "face-up")
    made = json.loads(result.output)
    assert made["files"] == ["a_PRINT-BOOKLET-1-FRONTS.pdf", "a_PRINT-BOOKLET-2-BACKS.pdf"]
    assert any("2 blank pages" in words for words in made["warnings"])


def test_a_ticket_lies_beside_its_booklet_and_the_test_sheet_with_what_is_built(
    folder, monkeypatch
):
    ticket = run("ticket", folder / "a.pdf", "--output", folder)
    assert "it names a_PRINT-BOOKLET.pdf: make that with `booklet paper sheets`" in ticket.output
    assert run("sheets", folder / "a.pdf").exit_code == 0
    assert "it names" not in run("ticket", folder / "a.pdf").output
    assert "a_JOB-TICKET.pdf" in names(folder)
    monkeypatch.chdir(folder)
    assert run("test-sheet").exit_code == 0
    assert names(folder / "output") == ["PRINT-TEST-SHEET.pdf"]


def test_two_booklets_of_one_name_are_not_written_over_each_other(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / "a.pdf").write_bytes(leaflet(4))
    both = (folder / "a.pdf", folder / "sub" / "a.pdf")
    result = run("sheets", *both, "--output", folder / "out")
    assert isinstance(result.exception, WrongUsage)
    assert not (folder / "out").exists()
    assert run("sheets", *both).exit_code == 0
    assert "a_PRINT-BOOKLET.pdf" in names(folder / "sub")


def test_names_that_differ_in_capitals_alone_are_one_name(folder):
    (folder / "A.pdf").write_bytes(leaflet(4))
    result = run("sheets", folder / "a.pdf", folder / "A.pdf")
    assert isinstance(result.exception, WrongUsage)


def test_one_file_by_two_paths_is_made_once(folder):
    (folder / "sub").mkdir()
    (folder / "link.pdf").symlink_to(folder / "a.pdf")
    other = folder / "sub" / ".." / "a.pdf"
    result = run("sheets", folder / "a.pdf", other, folder / "link.pdf")
    assert result.exit_code == 0
    assert result.output.count("_PRINT-BOOKLET.pdf") == 1


def test_sheets_are_not_written_over_a_pdf_that_was_given(folder):
    theirs = folder / "a_PRINT-BOOKLET.pdf"
    theirs.write_bytes(leaflet(4))
    result = run("sheets", folder / "a.pdf", theirs)
    assert isinstance(result.exception, WrongUsage)
    assert theirs.read_bytes() == leaflet(4)


@pytest.mark.parametrize(
    "arguments", [("--scheme", "poster"), ("--one-sided-printer", "x"), ("--paper-weight", "5")]
)
def test_what_does_not_exist_is_wrong_usage(folder, arguments):
    assert run("sheets", folder / "a.pdf", *arguments).exit_code == 2
