"""The list of a run: which of its columns the letter asks for is known from the letter."""

from datetime import date
from pathlib import Path

import pytest

from booklet.content.read_letter import read_letter
from booklet.post.columns import own_columns
from booklet.post.order import MailOrder
from booklet.post.reading import read_list
from booklet.post.setting import carrier_of
from booklet.problems import FaultsFound
from tests.conftest import ROOT
from tests.post.lists import PERSON, as_csv, rules

ROW = PERSON | {"Reference": "R1", "Day": "1 March 2026", "Time": "10am", "Interpreter": "no"}


def order_of(file: Path, row: dict[str, str]) -> MailOrder:
    file.write_text(as_csv([[*row], [*row.values()]]), encoding="utf-8")
    names = ("appointment", "example", "aml-relapse", "desk-c4")
    return MailOrder(file, *names, ROOT / "content", file.parent, date(2026, 11, 26))


def test_faults_in_columns_that_no_letter_prints_do_not_stop_a_run(tmp_path: Path) -> None:
    row = ROW | {"Mobile": "7700900001", "Booked on": "44179", "Ward": "#N/A", "Interpreter": "yes"}
    order = order_of(tmp_path / "list.csv", row)
    found = read_list(order, carrier_of(order))
    assert len(found.people) == 1
    assert "“Day” is past in row 2" in found.notes
    order = order_of(tmp_path / "list.csv", row | {"Time": "#N/A", "Interpreter": "########"})
    assert rules(read_list(order, carrier_of(order))) == ["unknown-value", "unknown-value"]


def test_a_letter_says_which_columns_it_asks_for() -> None:
    letter = read_letter(ROOT / "content", "appointment", "example")
    assert {"day", "time", "reference", "interpreter"} < letter.first.file.columns


def test_a_field_of_the_letter_is_no_name_that_a_clinic_gives_a_column(tmp_path: Path) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text("columns:\n  Appt Date: Day\n  Appt Time: Time\n", encoding="utf-8")
    with pytest.raises(FaultsFound, match=r"write `\{Appt Date\}` in the letter") as caught:
        own_columns(file)
    assert "`Title`" not in str(caught.value)
