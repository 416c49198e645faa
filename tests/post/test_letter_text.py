"""A letter before it is set: what a row lacks is told by its number, and never by its words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinyhtml5 import parse

from booklet.content.read_letter import Letter, read_letter
from booklet.html.area import Area
from booklet.html.letter import LetterLayout, render_letters
from booklet.post.carriers import carrier_named
from booklet.post.letter_text import ADDRESS_SIZES, address_type, letter_text
from booklet.post.letters import row_faults
from booklet.post.recipient import Recipient
from booklet.post.setting import layout_for
from booklet.problems import FaultsFound, WrongUsage
from booklet.typeface import drawable
from tests.conftest import ROOT
from tests.post.letter_content import COLUMNS, content_folder, person, visit

LAYOUT = LetterLayout()
REFUSED: list[tuple[Recipient, str, str]] = [
    (person(Ward=""), "Ward", "it is empty, and the letter prints it"),
    (person(Interpreter="maybe"), "Interpreter", "it says neither yes nor no"),
    (person("Mrs \U0001f600"), "greeting", "(U+1F600)"),
    (person("Mrs \u202eelpmaxE"), "greeting", "(U+202E)"),
    (person(Ward="\ud800"), "Ward", "(U+D800)"),
    (person("W" * 40), "Address", "longer than the 92.4 mm of the window at 10 point"),
    (replace(person(), address=("a",) * 9), "Address", "it has 9 lines, and the window holds 7"),
    (replace(person(), address=()), "Address", "there is no address"),
    (person(language="cy"), "", "the letter is not written in Welsh; write letters/visit.cy.yaml"),
]


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    return visit(tmp_path_factory.mktemp("content"))


@pytest.mark.parametrize(("one", "column", "says"), REFUSED, ids=[each[2] for each in REFUSED])
def test_what_keeps_a_letter_from_being_made_is_told(
    letter: Letter, one: Recipient, column: str, says: str
) -> None:
    found = letter_text(letter, one, LAYOUT)[1]
    assert [each for each in found if each.column == column and says in each.message], found
    assert {each.row for each in found} == {one.row}


def test_all_faults_of_all_rows_are_told_at_once_and_quote_nobody(letter: Letter) -> None:
    people = [person("Mrs Secret \u200b", row=7, Ward=""), person(row=3), person(row=2, Day=" ")]
    found = row_faults(letter, people, LAYOUT)
    assert [(each.row, each.column) for each in found] == [
        (2, "Day"), (7, "Address"), (7, "Ward"), (7, "greeting"),
    ]  # fmt: skip
    assert "Secret" not in repr(found)
    assert "Secret" not in repr(letter_text(letter, person("Mrs Secret"), LAYOUT)[0])


def test_a_field_that_a_letter_does_not_print_may_be_empty(letter: Letter) -> None:
    assert letter_text(letter, person(audience="family", Ward=""), LAYOUT)[1] == ()


def test_a_letter_that_goes_alone_says_nothing_of_a_booklet() -> None:
    letter = read_letter(ROOT / "content", "appointment", "example", None)
    said = {"Reference": "1", "Day": "Monday", "Time": "10am"}
    with_one = person(**said)
    alone = replace(with_one, given=replace(with_one.given, booklet=""))
    texts = [letter_text(letter, each, LAYOUT)[0] for each in (with_one, alone)]
    pages = [render_letters([each], LAYOUT, date(2026, 12, 1), "") for each in texts if each]
    body = [page.partition("<body>")[2] for page in pages]
    assert ["booklet" in each for each in body] == [True, False]


def test_a_copy_says_that_it_is_one_and_a_letter_to_a_parent_whom_it_is_about(
    letter: Letter,
) -> None:
    own, parents = person(), replace(person(), about="Jo <b>Child</b>")
    for one, said in ((own, None), (parents, "About: "), (replace(parents, part=1), "a copy.")):
        (text, _) = letter_text(letter, one, LAYOUT)
        assert text
        words = render_letters([text], LAYOUT, date(2026, 12, 1), "").partition("<body>")[2]
        assert ("Jo &lt;b&gt;Child" in words) is (said is not None)
        assert said is None or said in words
        assert said or not {"About:", "copy"} & {*words.split()}


def test_seven_lines_need_more_than_the_usual_window_of_dl(letter: Letter) -> None:
    dl = carrier_named("desk-dl")
    (fault,) = letter_text(letter, person(lines=7), layout_for(dl))[1]
    assert fault.message == (
        "it has 7 lines, and the window holds 6; put two lines on one, or take a larger window: "
        "`--carrier desk-c5`"
    )
    assert letter_text(letter, person(lines=7), layout_for(carrier_named("desk-c5")))[1] == ()
    higher = LetterLayout(Area(20, 56, 100, 81))  # what is seen for certain of one of 36 mm
    assert letter_text(letter, person(lines=7), higher)[1] == ()
    mixed = letter_text(letter, person("سلمى", lines=7), higher)[1]
    assert ["it has 7 lines, and the window holds 6" in each.message for each in mixed] == [True]


def test_an_address_is_set_as_large_as_its_window_allows() -> None:
    sizes = [
        address_type(person(lines=lines).address, LAYOUT, "en").points  # type: ignore[union-attr]
        for lines in range(3, 8)
    ]
    assert sizes == [12, 12, 12, 11.5, 10]
    long = address_type(("Mrs " + "Example " * 5,), LAYOUT, "en")
    assert long is not None
    assert long.points in ADDRESS_SIZES


SIGNS = st.sampled_from(sorted(set(map(chr, drawable())) & {*map(chr, range(33, 0x2000))}))
PIECES = st.sampled_from(
    ["<b>", "</p>", "{{ 7*7 }}", "{greeting}", "{Day}", "&amp;", "=1+1", '"', "'", "\\", "-->"]
)
TYPED = st.lists(st.one_of(PIECES, st.text(SIGNS, min_size=1, max_size=6)), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(name=TYPED, ward=TYPED, house=TYPED)
@example(name=["<b>Smith-Jones</b>"], ward=["<i>7</i>"], house=["<u>12</u>"])
@example(name=["<b>"], ward=["\u0980", "0\u1dc0"], house=["<b>"])
@example(name=["&lt;", "שרה"], ward=["<b>", "שרה-דוד"], house=["<u>", "דוד"])
def test_whatever_is_typed_is_text(
    letter: Letter, name: list[str], ward: list[str], house: list[str]
) -> None:
    one = person(" ".join(name), Ward=" ".join(ward))
    one = replace(one, address=(*one.address[:1], " ".join(house), *one.address[2:]))
    text, faults = letter_text(letter, one, LAYOUT)
    if text is None:
        told = {each.message.partition("; ")[0] for each in faults if each.column != "Address"}
        assert told <= {"no typeface here has all its letters with their accents"}
        assert faults  # those of an address are of its window, too
        return
    page = parse(render_letters([text], LAYOUT, date(2026, 12, 1), "Letter"))
    printed = "".join("".join(page.itertext()).split())
    for typed in (text.fields["greeting"], text.fields["ward"], *text.address):
        assert "".join(typed.split()) in printed


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{Day}", "{Dayy}", "visit.yaml:2:10: error: the list has no column `Dayy`; did you"),
        ("when: Interpreter", "when: Interpeter", "the list has no column `Interpeter`; did you"),
        ("{Ward}", "{Ward", "`{` is no field; write the name of a column in braces"),
        ("{Ward}", "{?}", "`{?}` is no field"),
        ("{Ward}", "[x](https://a.org/{Ward})", "a field cannot stand in an address"),
        ("subject:", "sujbect:", "`sujbect` is not known here; did you mean `subject`?"),
        ("    text: An interpreter will be there.\n", "", "this part has no words"),
    ],
)
def test_faults_of_a_letter_are_told_with_their_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    file = content_folder(tmp_path) / "letters" / "visit.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FaultsFound) as told:
        read_letter(tmp_path, "visit", "example", COLUMNS)
    assert says in str(told.value)


def test_a_clinic_without_an_address_and_a_letter_that_asks_it_for_more_are_told_together(
    tmp_path: Path,
) -> None:
    profile = content_folder(tmp_path) / "clinics" / "example.yaml"
    profile.write_text("name: Example Hospital\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as told:
        read_letter(tmp_path, "visit", "example")
    said = str(told.value)
    assert "a letter needs the sender's address; write `letters:` with `address:`" in said
    assert "the clinic's profile has nothing for `clinic phone`; write `phone: …` below" in said


def test_a_letter_or_clinic_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    content = content_folder(tmp_path)
    with pytest.raises(WrongUsage, match="there is no letter `vist`; did you mean `visit`"):
        read_letter(content, "vist", "example")
    with pytest.raises(WrongUsage, match="there is no clinic `exmple`; did you mean `example`"):
        read_letter(content, "visit", "exmple")


def test_a_column_by_the_name_of_what_the_clinic_says_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="the list has a column of that name"):
        read_letter(content_folder(tmp_path), "visit", "example", COLUMNS | {"Clinic phone"})


def test_the_guide_shows_the_example_as_it_is() -> None:
    example = (ROOT / "content/letters/appointment.yaml").read_text(encoding="utf-8")
    _, _, shown = example.partition("\n")  # without the line for editors
    assert shown in (ROOT / "docs/letters.md").read_text(encoding="utf-8")
    columns = frozenset({"Reference", "Day", "Time", "Interpreter"})
    assert read_letter(ROOT / "content", "appointment", "example", columns).languages == ("en",)
