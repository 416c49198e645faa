"""What is typed with a mailing run and is not there: told at once, before the list is read."""

from datetime import date
from pathlib import Path

import pytest

from booklet.post.order import MailOrder
from booklet.post.reading import read_list
from booklet.post.setting import carrier_of
from booklet.post.there import must_be_there
from booklet.problems import FaultsFound, WrongUsage
from tests.commands.program import run
from tests.conftest import ROOT
from tests.post.letter_content import content_folder

CONTENT = ROOT / "content"


def test_everything_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    taken = tmp_path / "left-out.csv"
    taken.touch()
    order = MailOrder(
        *(tmp_path / "none.csv", "apointment", "", "aml", "royal-mail", CONTENT, tmp_path),
        *(date(2026, 12, 1), "letters"),
        columns=tmp_path / "none.yaml",
        skipped=taken,
    )
    with pytest.raises(WrongUsage) as told:
        must_be_there(order, new=True)
    assert [sentence.partition("; ")[0] for sentence in told.value.args] == [
        f"there is no list {tmp_path / 'none.csv'}",
        f"there is no file of columns {tmp_path / 'none.yaml'}",
        "there is no letter `apointment`",
        "name the clinic with --clinic",
        "there is no booklet `aml`",
        "there is no carrier `royal-mail`",
        f"{taken} is there already, and may have the rows that another run left out",
    ]


def test_options_that_are_missing_are_told_with_what_there_is(tmp_path: Path) -> None:
    told = run("mail", tmp_path / "none.csv", "--output", tmp_path / "out")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.splitlines() == [
        f"error: there is no list {tmp_path / 'none.csv'}",
        "error: name the letter with --letter; there are: appointment, withdrawn",
        "error: name the clinic with --clinic; there are: example",
    ]
    assert [*tmp_path.iterdir()] == []


def test_a_run_is_called_as_it_is_typed() -> None:
    told = run("mail", "list.csv", "--nothing")
    assert "mail [OPTIONS] {LIST}" in told.stderr
    assert "mail run" not in told.stderr


def test_faults_of_the_columns_come_with_those_of_the_letter(tmp_path: Path) -> None:
    content, file = content_folder(tmp_path / "content"), tmp_path / "list.csv"
    file.write_text("Address,Day\n1 Example Street,4 March 2030\n")
    letter = content / "letters/visit.yaml"
    letter.write_text(letter.read_text().replace("subject:", "subjekt:"))
    order = MailOrder(
        *(file, "visit", "example", "", "desk-c5", content, tmp_path, date(2026, 12, 1)),
        alone=True,
    )
    with pytest.raises(FaultsFound) as told:
        read_list(order, carrier_of(order))
    assert "no column has a name" in str(told.value)
    assert "`subjekt` is not known here; did you mean `subject`?" in str(told.value)
