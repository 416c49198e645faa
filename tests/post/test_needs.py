"""What people need: words and codes are understood, and what no letter can be is never answered."""

import re

import pytest

from booklet.post.known_columns import known_titles
from booklet.post.needs import all_needs, needed
from tests.conftest import ROOT
from tests.post.lists import read, rules


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("large print", 18),
        ("Large print; 20pt", 20),
        ("957371000000106", 28),
        ("957331000000109\n957351000000102", 24),
        ("at least 22 point sans serif", 22),
        ("Arial 16", 16),
        ("large print 20 point bold", 20),
        ("x1", 18),
        ("10 pt", 12),
        ("Large print (20pt)", 20),
        ("16-18 point", 18),
        ("N18", 18),
        ("28+", 28),
        ("Needs large print", 18),
        ("SNOMED 957331000000109", 20),
        ("957331000000109 | 957351000000102", 24),
        ("957331000000109 |Requires information in at least 20 point font (finding)|", 20),
        ("957351000000102 Requires a thing (finding); 28 point", 28),
        ("written information, by letter; 30 point", 30),
        ("no special needs", 12),
        ("", 12),
    ],
)
def test_the_largest_size_that_is_needed_is_given(cell: str, points: int) -> None:
    (person,) = read({"Needs": cell}).people
    assert person.given.size.floor == points


def test_a_size_of_its_own_and_a_need_are_met_by_the_larger() -> None:
    sizes = [("large", "28 point"), ("30", "large print"), ("standard", ""), ("24 pt", "none")]
    found = read(*({"Size": a, "Needs": b, "Surname": f"{a}{b}"} for a, b in sizes))
    assert [each.given.size.floor for each in found.people] == [28, 30, 12, 24]
    assert found.people[0].given.needs == ("print-28",)


@pytest.mark.parametrize(
    "need", [each for each in all_needs() if each.do], ids=lambda need: need.name
)
def test_a_need_that_no_letter_meets_is_refused_with_what_a_person_must_do(need: object) -> None:
    for word in (*need.codes, *need.words):  # type: ignore[attr-defined]
        found = read({"Needs": f"20 point; {word.upper()}"})
        assert rules(found) == ["unmet-need"], word
        assert need.do in found.refused[0].reasons[0].remedy  # type: ignore[attr-defined]
        assert found.refused[0].needs == ("print-20", need.name)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "cell",
    [
        "large print and braille",
        "957331000000109 | braille | 957351000000102",
        "957331000000109 and braille",
        "24 point / braille",
        "Requires braille",
    ],
)
def test_none_of_several_needs_is_passed_over(cell: str) -> None:
    assert rules(read({"Needs": cell})) == ["unmet-need"]


def test_a_condition_says_nothing_of_a_form() -> None:
    found = read({"Needs": "Registered blind"})
    assert "ask the person which form" in str(found.problems())


def test_every_need_of_a_row_that_cannot_be_met_is_told() -> None:
    found = read({"Needs": "BSL, Easy Read, 48 point, brail"})
    assert sorted(rules(found)) == ["unknown-need", *3 * ["unmet-need"]]
    assert "need 4 of the 4 here is not one we know (did you mean “braille”?)" in str(
        found.problems()
    )


def test_a_code_is_known_by_what_a_spreadsheet_leaves_of_it() -> None:
    """Spreadsheets keep 15 digits of a number: the sixteenth of this code becomes a 0."""
    whole, cut = needed("1082551000000105").needs, needed("1082551000000100").needs
    assert [need.name for need in whole] == ["aphasia"]
    assert cut == whole


@pytest.mark.parametrize(
    "code", [code for need in all_needs() for code in need.codes if code.isdigit()]
)
def test_every_code_of_the_table_has_its_check_digit(code: str) -> None:
    assert verhoeff(code) == 0


def verhoeff(digits: str) -> int:
    """The check of SNOMED CT identifiers, by the dihedral group of order ten."""
    check, order = 0, (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    for place, digit in enumerate(map(int, reversed(digits))):
        for _ in range(place % 8):
            digit = order[digit]
        turns = (check + digit) % 5 if check < 5 else (check - digit) % 5
        check = turns + 5 * ((check < 5) != (digit < 5))
    return check


def test_a_language_among_the_needs_is_the_language_of_the_letter() -> None:
    found = read({"Needs": "Welsh; large print"}, {"Needs": "Urdu", "Surname": "Other"})
    assert found.people[0].given.language == "cy"
    assert rules(found) == ["language-not-made"]
    assert "only in English, Welsh" in str(found.problems()[0])


def test_a_language_is_known_by_the_codes_and_the_silence_of_national_records() -> None:
    said = ["ENG", "wel", "Not known", "-", "cym"]
    found = read(*({"Language": text, "Surname": text} for text in said))
    assert [each.given.language for each in found.people] == ["en", "cy", "en", "en", "cy"]
    (told,) = read({"Language": "QQX"}).problems()
    assert "did you mean" not in str(told)


def test_support_for_a_meeting_is_no_need_of_a_letter() -> None:
    (person,) = read({"Needs": "hearing loop; 441092009"}).people
    assert person.given.needs == ()


def test_the_guide_for_clerks_has_every_column_and_every_need() -> None:
    guide = (ROOT / "docs/mail-list.md").read_text(encoding="utf-8")
    assert [title for title in known_titles() if title not in guide] == []
    assert [need.title for need in all_needs() if need.title not in guide] == []
    codes = {code for need in all_needs() for code in need.codes}
    assert set(re.findall(r"\d{8,18}", guide)) - codes == set()
