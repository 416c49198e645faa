"""Rows of a list: each has a letter or every reason why not, and no reason quotes a cell."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.post.columns import columns_of, own_columns
from booklet.post.recipients import read_recipients
from booklet.post.refusal import wordings
from booklet.post.refused_list import refused_as_csv
from booklet.post.sample import sample_of
from booklet.problems import FaultsFound
from tests.post.lists import CHOICE, PERSON, as_csv, read, rules, table_of


def test_a_person_is_written_to_by_title_and_surname_never_by_surname_alone() -> None:
    names = [
        {},
        {"Title": ""},
        {"Title": "", "First name": ""},
        {"Greeting": "Ann", "Surname": "X"},
    ]
    found = read(*({**each, "Address 1": f"{n} St"} for n, each in enumerate(names)))
    assert [each.greeting for each in found.people] == [
        "Mrs Example",
        "Ann Example",
        "Example",
        "Ann",
    ]
    assert found.people[0].address == ("Mrs Ann Example", "0 St", "Lerwick", "ZE99 9ZZ")


@pytest.mark.parametrize("typed", ["EXAMPLE, Ann (Mrs)", "EXAMPLE, Ann, Mrs", "EXAMPLE,Ann(Mrs)"])
def test_a_name_with_the_surname_first_is_turned_where_the_column_says_so(typed: str) -> None:
    parts = dict.fromkeys(("Title", "First name", "Surname"))
    (person,) = read({**parts, "Surname, forename": typed}).people
    assert (person.address[0], person.greeting) == ("Mrs Ann EXAMPLE", "Mrs EXAMPLE")


def test_an_address_may_have_a_column_for_each_of_its_parts() -> None:
    parts = {"House no": "12", "Street": "Sample Street", "Village": "Hamlet", "Town": "Lerwick"}
    (person,) = read({"Address 1": None, "Address 2": None, **parts}).people
    assert person.address[1:] == ("12 Sample Street", "Hamlet", "Lerwick", "ZE99 9ZZ")


def test_what_is_between_a_person_and_the_letterbox_stands_in_the_address() -> None:
    rows = [
        {"Parent or guardian of": "yes"},
        {"Parent or guardian of": "Bo Example", "Care of": "Ms Sample"},
        {"Parent or guardian of": "no", "Care of": "Sample House", "Surname": "Other"},
        {"Parent or guardian of": "ydw", "Language": "Welsh", "Surname": "Tri"},
    ]
    child, parent, other, welsh = read(*rows).people
    assert child.address[0] == child.greeting == "Parent or guardian of Mrs Ann Example"
    assert parent.address[:3] == (
        "Mrs Ann Example",
        "Parent or guardian of Bo Example",
        "c/o Ms Sample",
    )
    assert parent.greeting == "Mrs Example"
    assert other.address[:2] == ("Mrs Ann Other", "c/o Sample House")
    assert [each.given.audience for each in (child, parent, other)] == [
        "family",
        "family",
        "patient",
    ]
    assert welsh.address[0] == "Parent or guardian of Mrs Ann Tri"
    assert welsh.greeting == "Rhiant neu warcheidwad Mrs Ann Tri"


def test_a_childs_own_name_in_both_columns_writes_to_the_parent() -> None:
    (person,) = read({"Parent or guardian of": "ann  EXAMPLE"}).people
    assert person.address[0] == "Parent or guardian of Mrs Ann Example"
    assert person.greeting == "Parent or guardian of Mrs Ann Example"
    assert person.about == "Mrs Ann Example"


def test_a_booklet_that_is_not_there_is_told_of_also_where_letters_go_alone() -> None:
    people = ({"Booklet": "nothing-such"}, {"Booklet": "aml-relapse", "Surname": "Other"})
    found = read(*people, booklet="", alone=True)
    assert rules(found) == ["unknown-booklet"]
    assert [each.given.booklet for each in found.people] == [""]


def test_a_list_that_names_no_booklet_is_one_fault_and_not_one_a_row(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = [[*PERSON], *([*PERSON.values()] for _ in range(3))]
    file.write_text(as_csv(rows), encoding="utf-8")
    with pytest.raises(FaultsFound, match="row 1: no booklet is named, and the list has") as told:
        read_recipients(file, replace(CHOICE, booklet=""))
    assert len(told.value.problems) == 1
    assert read_recipients(file, replace(CHOICE, booklet="", alone=True)).people


def test_a_carer_gets_a_copy_in_a_form_of_their_own() -> None:
    copy = {"Copy to": "Mx C Carer", "Copy needs": "28 point", "Appointment": "3 March"}
    elsewhere = {**copy, "Copy address": "2 Sample Road\nLerwick", "Copy postcode": "ZE99 9ZA"}
    found = read({**copy, "Needs": "large print"}, {**elsewhere, "Surname": "Other"})
    person, carer, _, other = found.people
    assert (person.part, carer.part, person.row, carer.row) == (0, 1, 2, 2)
    assert (person.given.size.floor, carer.given.size.floor) == (18, 28)
    assert (person.given.audience, carer.given.audience) == ("patient", "family")
    assert carer.address == ("Mx C Carer", "1 Sample Street", "Lerwick", "ZE99 9ZZ")
    assert other.address == ("Mx C Carer", "2 Sample Road", "Lerwick", "ZE99 9ZA")
    assert carer.fields == person.fields
    assert len({each.identity for each in found.people}) == 4
    assert [each.about for each in found.people] == ["", "Mrs Ann Example", "", "Mrs Ann Other"]


def test_a_copy_that_cannot_be_made_refuses_the_whole_row() -> None:
    found = read({"Copy to": "Mx C Carer", "Copy needs": "BSL"})
    assert rules(found) == ["unmet-need"]
    (carer,) = read({"Copy to": "Mx C Carer"}).people[1:]
    assert found.refused[0].copies == ((carer.identity, ("bsl",)),)
    assert rules(read({"Copy to": "", "Copy needs": "28 point"})) == ["copy-without-name"]


@pytest.mark.parametrize(
    ("rule", "row"),
    [
        ("no-name", {"Surname": "", "First name": "", "Title": ""}),
        ("name-with-comma", {"Name": "Example, Ann"}),
        ("name-turned", {"Surname, forename": "Ann Example"}),
        ("unknown-value", {"Note": "#N/A"}),
        ("unknown-value", {"Note": "########"}),
        ("unknown-booklet", {"Booklet": "aml-relapsed"}),
        ("unknown-reader", {"Reader": "the neighbours"}),
        ("unknown-language", {"Language": "Wellsh"}),
        ("unknown-size", {"Size": "72"}),
        ("deceased", {"Deceased": "Y"}),
        ("deceased", {"Deceased": date(2026, 3, 1)}),
        ("deceased", {"Date of death": "01/03/2026"}),
        ("do-not-post", {"Do not contact": "x"}),
        ("sensitive", {"S flag": "S"}),
        ("unknown-answer", {"Sensitive": "ask"}),
        ("invalid-nhs-number", {"NHS no.": "999 000 0017"}),
        ("lost-leading-zero", {"Telephone": "1632960001"}),
        ("number-cut-by-spreadsheet", {"NHS ref": "9.99E+09"}),
        ("hidden-characters", {"Surname": "Exa\u202emple"}),
        ("hidden-characters", {"Note": "a\0b"}),
        ("damaged-characters", {"First name": "SiÃ¢n"}),
        ("lost-letter", {"First name": "Ma?gorzata"}),
        ("lost-letter", {"Address 2": "?erwick"}),
        ("impossible-day", {"Appointment": "12/16/2026"}),
        ("impossible-day", {"Day": "31 February 2026"}),
        ("impossible-time", {"Time": "14:30pm"}),
        ("impossible-time", {"Appointment": "2026-12-16T25:00"}),
        ("number-for-day-or-time", {"Appt_Date": "44179"}),
        ("number-for-day-or-time", {"Appt Time": "2.5"}),
        ("cell-too-long", {"Note": "a" * 5001}),
        ("cant-send-international-letters", {"Address 3": "France", "Postcode": ""}),
        ("no-wording-in-language", {"Parent or guardian of": "yes", "Language": "Urdu"}),
    ],
)
def test_a_row_that_may_not_be_sent_is_refused_by_its_rule(rule: str, row: dict[str, str]) -> None:
    found = read(row, booklets={"aml-relapse": frozenset({"en", "ur"})})
    assert rules(found) == [rule]
    assert found.people == ()


def test_the_words_of_every_rule_have_what_they_ask_for() -> None:
    """A gap that nobody fills would be a traceback on the day it is needed."""
    names = "least lines most signs code length near which need do language known other run surname"
    facts = dict.fromkeys(names.split(" "), "1")
    for words in wordings().values():
        assert "{" not in words.says.format(**facts) + words.do.format(**facts)


def test_all_faults_of_all_rows_are_told_at_once_by_row_and_column() -> None:
    rows = [{"Size": "72", "Reader": "?"}, {}, {"Postcode": "ZE99 9ZC", "Surname": "B"}]
    found = read(*rows)
    told = [
        (each.row, reason.column, reason.rule) for each in found.refused for reason in each.reasons
    ]
    assert told == [
        (2, "Size", "unknown-size"),
        (2, "Reader", "unknown-reader"),
        (4, "Postcode", "not-a-real-uk-postcode"),
    ]
    assert str(found.problems()[2]).startswith("list.csv: error: row 4, Postcode: the address does")


def test_the_same_person_twice_gets_one_letter_or_none_where_the_rows_differ() -> None:
    number = {"NHS number": "999 000 0018"}
    moved = {**number, "Address 1": "2 Sample Street"}
    spelt = {"First name": "ANN", "Address 1": "1, sample  street", "Postcode": "ZE999ZZ"}
    assert rules(read(number, {**number, "Surname": "EXAMPLE "}, spelt)) == [
        "duplicate-person-differs",
        "duplicate-person-differs",
        "duplicate-person-differs",
    ]
    assert rules(read({}, {})) == ["duplicate-person"]
    assert rules(read({}, {"Title": None})) == 2 * ["duplicate-person-differs"]
    assert rules(read({}, {"Address 2": "Shetland"})) == 2 * ["duplicate-person-differs"]
    couple = [{"Name": name, "Surname": ""} for name in ("Mr Example", "Mrs Example")]
    assert rules(read(*({**each, "Title": "", "First name": ""} for each in couple))) == []
    assert rules(read(number, number, {"NHS number": ""})) == 3 * ["duplicate-person-differs"]
    assert rules(read(number, moved)) == 2 * ["duplicate-person-differs"]
    assert "row 2" in read({}, {}).refused[0].reasons[0].message


def test_two_people_who_share_name_and_address_are_told_apart_by_number_or_birth() -> None:
    numbers = [{"NHS number": "999 000 0018"}, {"NHS number": "999 000 0026"}]
    births = [{"Date of birth": "1 May 1950"}, {"Date of birth": "1 May 1980"}]
    same = [{"Date of birth": "1 May 1950"}, {"Date of birth": date(1950, 5, 1)}]
    assert rules(read(*same)) == ["duplicate-person"]
    assert rules(read(*numbers)) == rules(read(*births)) == []
    assert len({each.identity for each in read(*births).people}) == 2


def test_the_identity_of_a_person_is_the_same_however_the_list_is_typed() -> None:
    typed = {"First name": "ann ", "Surname": "EXAMPLE", "Title": "MRS", "Postcode": "ze999zz"}
    assert read({}).people[0].identity == read(typed).people[0].identity
    numbered = [{"NHS number": "9990000018"}, {"NHS number": "999-000-0018", "Surname": "New"}]
    first, second = (read(each).people[0].identity for each in numbered)
    assert first == second


NAMES = """O'Example|O’Example|D'Example-Sample|van der Example|de la Example y Sample|Example 3rd
Null|None|True|No|Nan|Jordan|Wales|Chad|Unknown|May|Test|Yes|A =Example|{Example}|A <b>Example</b>
Łukasz Żółć|Siân Ŵyn|Þórður Ðe|Nguyễn Thị Ánh|Øre Åsen|Çağrı Şükrü|Ἀλέξανδρος|Владимир|McExample
محمد الخالدي|דוד כהן|ਸਿੰਘ|முருகன்|王小明|佐藤さくら|ประเสริฐ|Ne\u0301e Combining|A\u200cB|X|Xy
Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch|Mr & Mrs Example|Example (née Sample)"""
"""Names as people have them, and as programs mistake them."""


@pytest.mark.parametrize("name", NAMES.replace("\n", "|").split("|"))
def test_a_name_is_printed_as_it_is_written(name: str) -> None:
    (person,) = read({"Title": "", "First name": "", "Surname": name}).people
    assert person.address[0] == person.greeting == normalize("NFC", name)
    assert person.address[1:] == ("1 Sample Street", "Lerwick", "ZE99 9ZZ")


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["=cmd|'/c calc'!A1", "{{ 7*7 }}", "<script>", "O’Exämple", "عمر", "{0}", "%s"]
    ),
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys([*PERSON, "Needs", "Note"], HOSTILE)), max_size=3)
)
def test_any_row_is_a_letter_or_reasons_that_quote_nothing_of_it(
    rows: list[dict[str, str]],
) -> None:
    marked = [{key: f"zqx{text}" for key, text in row.items()} for row in rows]
    found = read(*rows, *marked, {"Surname": "Last"})
    rows_made = {person.row for person in found.people}
    assert len(rows_made) + len(found.refused) == found.rows == 2 * len(rows) + 1
    assert rows_made.isdisjoint(each.row for each in found.refused)
    told = repr(found.refused) + repr(found.people) + str(found.problems())
    assert "zqx" not in told.replace("Recipients", "")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_a_field_comes_out_as_it_was_typed(text: str) -> None:
    found = read({"Note": f"a{text}b"})
    if found.people:
        assert "".join(dict(found.people[0].fields)["Note"].split()) == "".join(
            normalize("NFC", f"a{text}b").split()
        )


def test_days_and_times_of_a_spreadsheet_are_in_the_language_of_the_letter() -> None:
    rows = [{"Day": date(2026, 8, 6)}, {"Day": date(2026, 8, 6), "Language": "cy", "Surname": "B"}]
    assert [dict(each.fields)["Day"] for each in read(*rows).people] == [
        "6 August 2026",
        "6 Awst 2026",
    ]


@pytest.mark.parametrize(
    "row",
    [
        *({"Day": text} for text in ("16/12/2026", "16.12.26", "Friday 1st May 2026", "6", "May")),
        *({"Time": text} for text in ("9", "9.05", "14:30", "2:30 pm", "11:00:00", "noon", "0900")),
        *({"Ref": text} for text in ("16/12/99", "12.75", "44179", "0.375", "020-7946-0002")),
        {"Appointment": "16 December 2026, 2:30pm"},
    ],
)
def test_what_may_be_meant_so_is_printed_as_it_was_typed(row: dict[str, str]) -> None:
    ((key, text),) = row.items()
    assert dict(read(row).people[0].fields)[key] == text


def test_days_that_are_past_or_written_in_several_ways_are_told() -> None:
    days = ["16/12/2026", "2026-12-17", "1 January 2020", date(2026, 12, 18), "ask", "16/12/2026"]
    rows = [{"Day": day, "Time": "9:00:00", "Surname": f"{at}"} for at, day in enumerate(days)]
    several, past, seconds = read(*rows, today=date(2026, 11, 26)).notes
    assert "day/month/year (2 rows), year-month-day (1 row), day month year (1 row), as" in several
    assert past == "“Day” is past in row 4"
    assert (
        seconds == "“Time” has seconds in rows 2, 3, 4, 5, 6 and 1 more row, and letters print them"
    )


def test_a_list_without_headings_is_refused_without_quoting_its_first_person() -> None:
    table = table_of({"Mr": "Ms", "Zqx": "Example", "Postcoed": "ZE99 9ZZ", "Surnam": "x"})
    with pytest.raises(FaultsFound) as caught:
        columns_of(table, {})
    told = [problem.message for problem in caught.value.problems]
    assert len(told) == 2
    assert "column D looks like “Surname”" in told[0]
    assert "Zqx" not in str(told)


def test_headings_below_a_title_are_told_with_all_that_is_wrong_with_them(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Clinic list,,\n\nAddress,Postcode,Day\n1 Example Street,ZE99 9ZZ,x\n")
    with pytest.raises(FaultsFound) as caught:
        read_recipients(file, replace(CHOICE, booklet=""))
    assert [each.told.partition("; ")[0] for each in caught.value.problems] == [
        "row 1: the headings stand in row 3",
        "row 3: no booklet is named, and the list has no column “Booklet”",
        "row 3: no column has a name (“Name” or “Surname”)",
    ]


@pytest.mark.parametrize("heading", ["Accessability needs", "Braille?", "Died on", "Pt langauge"])
def test_a_column_that_looks_like_a_need_or_a_mark_is_not_passed_over(heading: str) -> None:
    table = table_of({**PERSON, heading: "yes"})
    with pytest.raises(FaultsFound, match=r"column G \(.* looks like “"):
        columns_of(table, {})
    assert list(columns_of(table, {heading: "field"}).fields) == [heading]


@pytest.mark.parametrize("heading", ["Pt Forename", "PT_FORENAME", "ptForename1", "Pt Forname"])
def test_a_first_name_in_a_column_that_is_not_known_is_not_left_out(heading: str) -> None:
    row = {key: cell for key, cell in PERSON.items() if key != "First name"}
    table = table_of({**row, heading: "Ann"})
    with pytest.raises(FaultsFound, match=f"looks like “First name”.*`{heading}: First name`"):
        columns_of(table, {})
    assert "first_name" in columns_of(table, {heading: "first_name"}).known


@pytest.mark.parametrize(
    "heading",
    ["GP forename", "Consultant name", "Email address", "Waiting list name", "First visit"],
)
def test_a_column_about_somebody_else_stops_nobody(heading: str) -> None:
    table = table_of({"Name": "Ann Example", "Address": "1 Sample Street", heading: "x"})
    assert list(columns_of(table, {}).fields) == [heading]


def test_each_line_of_an_address_that_is_not_known_is_told() -> None:
    table = table_of({**PERSON, "Pt address 3": "x", "Pt Addr Line 4": "x", "Pt street": "x"})
    with pytest.raises(FaultsFound) as caught:
        columns_of(table, {})
    assert [each.message.split("”")[1].split("“")[1] for each in caught.value.problems] == [
        "Address 3",
        "Address 4",
    ]


def test_a_column_that_the_clinics_file_names_and_the_list_has_not_is_told() -> None:
    own = {"Pt Forenam": "first_name", "Comm needs": "needs", "Note": "left out", "Sex": "surname"}
    row = {key: cell for key, cell in PERSON.items() if key != "First name"}
    with pytest.raises(FaultsFound) as caught:
        columns_of(table_of({**row, "Pt Forename": "Ann"}), own)
    needs, forename = (each.message for each in caught.value.problems)
    assert "“Pt Forenam”" in forename
    assert "did you mean column F (“Pt Forename”)?" in forename
    assert "“Comm needs” is the column “Needs”" in needs
    with pytest.raises(FaultsFound, match=r"did you mean column G \(“Info needs”\)") as caught:
        columns_of(table_of({**PERSON, "Info needs": "x"}), {"Comm needs": "needs"})
    assert len(caught.value.problems) == 1
    assert "--columns" in needs


def test_columns_that_the_letter_does_not_print_stop_nobody() -> None:
    row = {"Mobile": "7700900001", "Slot": "31/02/2026", "mobile ": "#N/A", "Day": "1/2/2026"}
    found = read(row, printed=frozenset({"day"}))
    assert [dict(each.fields).keys() for each in found.people] == [
        {"Title", "First name", "Surname", "Day"}
    ]
    assert {"Mobile", "Slot"} < {*found.fields}
    twice = read(row, {**row, "Mobile": "7700900002"}, printed=frozenset({"day"}))
    assert rules(twice) == ["duplicate-person"]
    assert rules(read({**row, "mobile ": ""}, printed=frozenset({"slot"}))) == ["impossible-day"]


def test_two_columns_that_the_letter_cannot_tell_apart_are_told() -> None:
    with pytest.raises(FaultsFound, match="columns G and H are both for “one field”"):
        columns_of(table_of({**PERSON, "Day": "x", "DAY ": "y"}), {}, frozenset({"day"}))


def test_a_name_without_its_surname_is_nobodys() -> None:
    assert rules(read({"Name": "Ann", "Pt": "x"})) == ["name-without-surname"]
    (person,) = read({"Name": "A O’Test", "Surname": "O'TEST"}).people
    assert person.address[0] == "Mrs A O’Test"


def test_a_column_without_a_heading_is_told_of() -> None:
    assert read({"Note": "a", "": "died"}).notes == (
        "nothing is read of columns without a heading: H",
    )


def test_two_columns_for_one_thing_are_told() -> None:
    with pytest.raises(FaultsFound, match="columns C and G are both for “Surname”"):
        columns_of(table_of({**PERSON, "Family name": "x"}), {})


def test_a_clinic_says_once_what_its_columns_are_called(tmp_path: Path) -> None:
    file = tmp_path / "columns.yaml"
    file.write_text(
        "columns:\n  Ref 1: NHS number\n  Ward: leave out\n  Bed: Surname\n  Post: letter field\n"
    )
    own = own_columns(file)
    row = {**PERSON, "Ref 1": "999 000 0018", "Ward": "7", "Bed": "Other", "Post": "x"}
    table = table_of({key: cell for key, cell in row.items() if key != "Surname"})
    columns = columns_of(table, own)
    assert columns.titled("surname") == "Bed"
    assert list(columns.fields) == ["Post"]
    file.write_text("columns:\n  Ref 1: NHS numbr\n  Ward: Bed\n")
    with pytest.raises(FaultsFound, match=r":2:10: error: .*did you mean `NHS number`") as caught:
        own_columns(file)
    assert len(caught.value.problems) == 2


def test_refused_rows_can_be_put_right_and_read_again(tmp_path: Path) -> None:
    rows = [{**PERSON, "Note": "=1+1"}, {**PERSON, "Surname": "B", "Note": "@x", "Postcode": "?"}]
    first = tmp_path / "list.csv"
    first.write_text(
        as_csv([list(rows[0]), *(list(row.values()) for row in rows)]), encoding="utf-8"
    )
    again = tmp_path / "again.csv"
    again.write_bytes(refused_as_csv(read_recipients(first, CHOICE)))
    text = again.read_text(encoding="utf-8-sig")
    assert ",'@x,3,Postcode: the address does not end" in text
    twice = refused_as_csv(read_recipients(again, CHOICE)).decode("utf-8-sig")
    assert (twice.count("Row of"), ",'@x,3,Postcode" in twice) == (1, True)
    again.write_text(text.replace("?", "ZE99 9ZZ"), encoding="utf-8-sig")
    (person,) = read_recipients(again, CHOICE).people
    assert dict(person.fields)["Note"] == "@x"
    assert "Row of the list" not in dict(person.fields)


def test_a_sample_has_the_shortest_and_the_longest_letter() -> None:
    rows = [{"Surname": "a" * n, "Note": "b" * n} for n in (5, 1, 9, 4, 3)]
    people = read(*rows).people
    assert {each.row for each in sample_of(people, 3)} >= {3, 4}
    assert [len(sample_of(people, count)) for count in (1, 3, 5, 9)] == [1, 3, 5, 5]
    assert asdict(people[0])["row"] == 2


def test_a_row_that_is_refused_is_known_again_when_it_was_put_right() -> None:
    broken = {"Postcode": "", "Needs": "large print"}
    (refused,) = read({}, broken, {"Surname": "Other"}).refused
    (right,) = read({"Row of the list": "3", "Why it was left out": "no postcode"}).people
    assert refused.trace == right.trace != read({}).people[0].trace
    (number,) = read({"NHS number": "999 000 0018", **broken}).refused
    (later,) = read({"NHS number": "999 000 0018", "Address 1": "elsewhere"}).people
    assert number.identity == later.identity
    assert number.trace == ""
    (nobody,) = read({"Title": "", "First name": "", "Surname": ""}).refused
    assert (nobody.identity, nobody.trace) == ("", "")
    (twice,) = read({}, {}).refused
    assert twice.identity == read({}).people[0].identity
