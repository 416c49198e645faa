"""The list that lies beside the example letter: whoever tries the program begins with it."""

from datetime import date

from booklet.content.letter_fields import OF_CLINIC, fields_in
from booklet.post.making import unset
from booklet.post.order import MailOrder
from booklet.post.reading import letter_of, read_list
from booklet.post.setting import carrier_of, setting_for
from tests.conftest import ROOT

CONTENT = ROOT / "content"
ORDER = MailOrder(
    *(CONTENT / "letters/appointment.csv", "appointment", "example", "aml-relapse", "desk-c4"),
    *(CONTENT, ROOT / "output", date(2026, 12, 1)),
)


def test_each_row_has_a_letter_and_they_show_what_people_need() -> None:
    carrier = carrier_of(ORDER)
    found = read_list(ORDER, carrier)
    assert found.problems() == ()
    letter, faults = letter_of(ORDER, frozenset(found.fields))
    assert (letter is not None, faults) == (True, ())
    assert letter is not None
    assert [*unset(setting_for(ORDER, letter, carrier), found.people)] == []
    forms = {(each.given.audience, each.given.size.name) for each in found.people}
    assert forms == {("patient", "standard"), ("patient", "large"), ("family", "standard")}


def test_the_page_names_the_columns_that_the_example_letter_prints() -> None:
    letter, _ = letter_of(ORDER)
    assert letter is not None
    file = letter.first.file
    printed = {name for text in file.printed for name in fields_in(text)}
    columns = printed - {"greeting", *OF_CLINIC}
    page = (ROOT / "docs/mail.md").read_text(encoding="utf-8")
    assert columns == {name for name in columns if name in page}
    assert {"Reference", "Day", "Time"} <= columns
