"""Notes on purpose, figures by section, the commands, the page of rules, the lists."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from booklet.check.check_letter import check_letter
from booklet.check.check_words import WORD_RULES, check_words, found_in
from booklet.check.explain import explained, page_of_word_rules, page_of_wordings
from booklet.check.report import Report
from booklet.check.words.dictionary import british
from booklet.check.words.grade import flesch_kincaid, syllables
from booklet.check.words.lists import AVOID_FILE, read_lists
from booklet.check.words.passive import heavy_passive
from booklet.check.words.reader_text import ReaderText, sentences, words_of
from booklet.check.words_report import as_values, lines
from booklet.checking import letter_named
from booklet.commands.check import check
from booklet.content.load import load_with_files
from booklet.content.wordings import wordings
from booklet.problems import (
    FaultsFound,
    MissingOnMachine,
    Position,
    Problem,
    Severity,
    WrongUsage,
)
from tests.check.pdfs import BROKEN, good
from tests.conftest import BOOKLETS, ROOT

NOTE = "kind: paragraph\n    on_purpose: {numeral: the name of a film}\n    text: See Seven."
PLAIN = "kind: paragraph\n    text: A passage to spoil."


def page(content: Path, new: str, old: str = PLAIN) -> list[str]:
    """What is said once a part of the page is rewritten."""
    path = content / "leaflet/02-page.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    problems = check_words(content, "leaflet").problems
    return [str(each).replace(f"{content}/leaflet/", "") for each in problems]


def test_a_rule_broken_on_purpose_is_noted_and_not_reported(words_content: Path) -> None:
    assert page(words_content, NOTE) == []
    (note,) = check_words(words_content, "leaflet").on_purpose
    assert note.endswith("02-page.yaml:5:18: numeral: the name of a film")


def test_a_note_on_a_block_covers_that_block_only(words_content: Path) -> None:
    (said,) = page(words_content, f"{NOTE}\n  - kind: paragraph\n    text: See seven more.")
    assert said.startswith("02-page.yaml:8:11:")


def test_a_note_on_the_section_covers_its_blocks_and_no_other_section(words_content: Path) -> None:
    assert page(words_content, "kind: paragraph\n    text: See Seven.") != []
    new = "on_purpose: {numeral: the name of a film}\nsources: [example]"
    assert page(words_content, new, "sources: [example]") == []
    rest = words_content / "leaflet/03-rest.yaml"
    rest.write_text(rest.read_text().replace("You can say no.", "You can say no to seven."))
    assert len(check_words(words_content, "leaflet").problems) == 1


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("{numeral: ''}", "5:18: error: `numeral` is broken on purpose, and why is not said"),
        ("{numerals: a film}", "5:18: error: there is no rule `numerals`"),
        ("{decimal: a film}", "5:18: error: `decimal` is not broken here; take the note out"),
    ],
)
def test_a_note_needs_a_reason_a_known_rule_and_a_rule_that_is_broken(
    note: str, fault: str, words_content: Path
) -> None:
    found = page(words_content, NOTE.replace("{numeral: the name of a film}", note))
    assert any(each.startswith(f"02-page.yaml:{fault}") for each in found), found
    broken = {each.rule for each in check_words(words_content, "leaflet").problems}
    assert "on-purpose" in broken
    assert broken <= {"on-purpose", "numeral"}


def test_rules_that_know_english_only_are_silent_in_other_languages(words_content: Path) -> None:
    page(words_content, "kind: paragraph\n    text: Ring three drugs on 020 7946 0001.")
    booklets, files = load_with_files(words_content, "leaflet")
    booklet = booklets["patient"]
    welsh = replace(booklet, about=booklet.about.model_copy(update={"language": "cy"}))
    for each, wanted in (
        (booklet, {"numeral", "words-to-avoid", "telephone-number"}),
        (welsh, {"telephone-number"}),
    ):
        reader = ReaderText(each, files, wordings(each, files), read_lists(words_content), "")
        used = {problem.rule for problem in found_in(reader, WORD_RULES.values())}
        used -= {"entry-without-use"}
        assert used == wanted


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("01-call.yaml", "tone: emergency", "tone: soon", "when to call"),
        ("01-call.yaml", "Call [](contact:emergency)", "Call them", "when to call"),
        ("03-rest.yaml", "kind: questions", "kind: list", "questions to ask"),
        ("03-rest.yaml", "  - kind: glossary\n", "", "words explained"),
        ("03-rest.yaml", "  - kind: record\n", "", "review record"),
    ],
)
def test_each_required_part_is_missed_by_name(
    file: str, old: str, new: str, part: str, words_content: Path
) -> None:
    path = words_content / "leaflet" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    said = [each.message for each in check_words(words_content, "leaflet").problems]
    assert len(said) == 2
    assert all(f"no part for {part};" in each for each in said)


def test_a_part_inside_a_topic_counts(words_content: Path) -> None:
    rest = words_content / "leaflet/03-rest.yaml"
    topic = "kind: topic\n    title: Afterwards\n    blocks: [{kind: record}]"
    rest.write_text(rest.read_text().replace("kind: record", topic), encoding="utf-8")
    assert check_words(words_content, "leaflet").problems == ()


def test_a_missing_list_and_one_with_a_fault_are_told(words_content: Path) -> None:
    (words_content / "spelling.yaml").unlink()
    avoid = words_content / AVOID_FILE
    avoid.write_text(avoid.read_text(encoding="utf-8").replace("say:", "sya:", 1))
    with pytest.raises(FaultsFound) as raised:
        read_lists(words_content)
    said = [problem.message for problem in raised.value.problems]
    assert any("this list is needed" in each for each in said)
    assert any("did you mean `say`" in each for each in said)


def test_a_machine_without_the_dictionary_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("booklet.check.words.dictionary.LANGUAGE", "xx_XX")
    with pytest.raises(MissingOnMachine, match=r"sh setup\.sh"):
        british.__wrapped__()


@pytest.mark.parametrize("name", BOOKLETS)
def test_every_text_of_both_readers_has_its_place(name: str) -> None:
    booklets, files = load_with_files(ROOT / "content", name)
    for audience, booklet in booklets.items():
        met = wordings(booklet, files)
        assert ("description", "") in {(each.role, each.section) for each in met}
        files_met = {(each.source.file.name, each.route[-1]) for each in met}
        for file, key in (("house", "offers"), ("glossary", "meaning")):
            assert (f"{file}.yaml", key) in files_met
        assert {"title", "terms"} <= {key for file, key in files_met if file == "booklet.yaml"}
        for wording in met:
            raw = reduce(getitem, wording.route, wording.source.values)
            assert " ".join(raw.split()) == wording.text.source, (audience, wording.route)


@pytest.mark.parametrize(
    ("word", "count"),
    [("people", 2), ("temperature", 3), ("azacitidine", 5), ("relapse", 2), ("treated", 2),
     ("stopped", 1), ("nurses", 2), ("tables", 2), ("sometimes", 2), ("safely", 2)],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    split = [words_of(each) for each in sentences("You can ask the nurse. Nobody will mind it.")]
    syllables_by_hand = (1 + 1 + 1 + 1 + 1) + (3 + 1 + 1 + 1)
    wanted = 0.39 * 9 / 2 + 11.8 * syllables_by_hand / 9 - 15.59
    assert flesch_kincaid(split) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "silent",
    ["You may be worried.", "It is given into a vein.", "Ask by now.", "It is sent by post.",
     "They are tired and need rest.", "It was a red seed.", "You must be tired.",
     "It is held by a dressing.", "It is done by Friday.",
     "The line is kept in place by a dressing that your nurse changes."],
)  # fmt: skip
def test_the_passive_rule_does_not_cry_wolf(silent: str) -> None:
    assert heavy_passive(silent) is None


def test_the_report_is_told_in_lines_and_in_json(words_content: Path) -> None:
    page(words_content, "kind: paragraph\n    text: Ring 020 7946 0001 for three drugs.")
    report = check_words(words_content, "leaflet")
    assert not report.passed
    told = list(lines(report))
    assert told[0].endswith("[telephone-number]")
    assert told[-1].startswith("leaflet: 1 error, 2 warnings (")
    data = json.loads(json.dumps(as_values(report)))
    assert [each["rule"] for each in data["problems"]] == [
        "telephone-number", "words-to-avoid", "numeral",
    ]  # fmt: skip
    assert {each["reader"] for each in data["sections"]} == {"patient", "family"}


def test_many_warnings_of_one_rule_are_counted_and_all_errors_are_told() -> None:
    def found(rule: str, many: int, severity: Severity) -> Iterator[Problem]:
        places = (Position(line, 1) for line in range(1, many + 1))
        yield from (Problem(Path("a.yaml"), "wrong", at, severity, rule) for at in places)

    problems = (*found("numeral", 4, "warning"), *found("spelling", 9, "error"))
    report = Report("leaflet", (*problems, *found("passive", 3, "warning")))
    told = list(lines(report, whole=False))
    assert [line.rpartition(" ")[2] for line in told[:-1]] == [
        *(9 * ["[spelling]"] + 4 * ["[numeral]"] + 3 * ["[passive]"])
    ]
    assert told[12] == "and 1 more warning [numeral]"
    assert [*lines(report)][12].startswith("a.yaml:4:1: warning")


def test_the_pdfs_of_a_booklet_are_those_in_its_own_language(words_content: Path) -> None:
    about = words_content / "leaflet" / "booklet.yaml"
    about.write_text(f"{about.read_text()}language: cy\n")
    shutil.copytree(ROOT / "tests/languages/labels", words_content / "labels")
    app = typer.Typer()
    app.command()(check)
    where = ["leaflet", "--content", str(words_content), "--built", str(words_content)]
    (words_content / "leaflet_patient_en_standard_v0-1.pdf").write_bytes(good())
    assert "there is no PDF of it" in CliRunner().invoke(app, where).output
    (words_content / "leaflet_patient_cy_standard_v0-1.pdf").write_bytes(good())
    said = CliRunner().invoke(app, where).output
    assert "leaflet_patient_cy_standard_v0-1.pdf: none of" in said
    assert "_en_" not in said


def test_the_table_of_ages_says_what_a_dash_means(words_content: Path) -> None:
    said = "\n".join(lines(check_words(words_content, "leaflet")))
    assert "- in place of an age: the section has fewer than 100 words" in said


def test_warnings_alone_let_a_booklet_pass(words_content: Path) -> None:
    assert len(page(words_content, "kind: paragraph\n    text: Take three.")) == 1
    assert check_words(words_content, "leaflet").passed


def test_the_commands_print_and_say_by_their_exit_code_whether_there_is_an_error(
    words_content: Path,
) -> None:
    app = typer.Typer()
    app.command()(check)
    where = ["leaflet", "--content", str(words_content), "--built", str(words_content)]
    unbuilt = CliRunner().invoke(app, where)
    assert unbuilt.exit_code == 1
    assert f"leaflet: there is no PDF of it in {words_content}, so none was" in unbuilt.output
    said = json.loads(CliRunner().invoke(app, [*where, "--format", "json"]).stdout)
    assert (said["passed"], said["not_built"]) == (False, ["leaflet"])
    (words_content / "leaflet_patient_en_standard_v0-1.pdf").write_bytes(good())
    assert CliRunner().invoke(app, where).exit_code == 0
    page(words_content, "kind: paragraph\n    text: Ring 020 7946 0001.")
    assert CliRunner().invoke(app, where).exit_code == 1
    said = json.loads(CliRunner().invoke(app, [*where, "--format", "json"]).stdout)
    assert said["passed"] is False
    assert said["words"][0]["problems"][0]["rule"] == "telephone-number"
    assert said == json.loads(CliRunner().invoke(app, [*where, "--json"]).stdout)
    assert "overwhelming" in CliRunner().invoke(app, ["--explain", "spelling"]).stdout
    assert "7:1" in CliRunner().invoke(app, ["--explain", "contrast"]).stdout
    with pytest.raises(WrongUsage, match="did you mean `spelling`"):
        CliRunner().invoke(app, ["--explain", "speling"], catch_exceptions=False)
    with pytest.raises(WrongUsage, match="there is no rule `nonsense`; `check --rules`"):
        CliRunner().invoke(app, ["--explain", "nonsense"], catch_exceptions=False)


def test_what_passes_has_a_line_and_its_details_are_told_on_demand(words_content: Path) -> None:
    app = typer.Typer()
    app.command()(check)
    names = [f"leaflet_{reader}_en_standard_v0-1.pdf" for reader in ("patient", "family")]
    for name in names:
        (words_content / name).write_bytes(good())
    where = ["leaflet", "--content", str(words_content), "--built", str(words_content)]
    said = CliRunner().invoke(app, where).stdout.splitlines()
    assert [sum(line.startswith(name) for line in said) for name in names] == [1, 1]
    assert not any("For a person to check" in line or "reading age by" in line for line in said)
    whole = CliRunner().invoke(app, [*where, "--verbose"]).stdout
    assert whole.count("For a person to check:") == 2
    assert "Edition for family: reading age by formula" in whole
    assert CliRunner().invoke(app, [*where, "--quiet"]).stdout == ""


def test_what_falls_short_is_told_with_its_places_alone(words_content: Path) -> None:
    app = typer.Typer()
    app.command()(check)
    page(words_content, "kind: paragraph\n    text: Ring 020 7946 0001.")
    fine, pale = words_content / "fine.pdf", words_content / "pale.pdf"
    fine.write_bytes(good())
    pale.write_bytes(BROKEN["contrast"]())
    where = ["leaflet", str(fine), str(pale), "--content", str(words_content)]
    said = CliRunner().invoke(app, [*where, "--quiet", "--built", str(words_content)]).stdout
    assert "telephone-number" in said
    assert "failed          contrast:" in said
    assert "passed" not in said
    assert "fine.pdf" not in said
    assert "Not done." in said


def test_every_rule_explains_itself_with_a_bad_and_a_better_wording() -> None:
    for rule in WORD_RULES.values():
        text = explained(rule.id)
        for part in (rule.why, rule.bad, rule.better, rule.limit, rule.source):
            assert part.strip()
            assert part in text


def test_the_page_of_rules_is_the_table_of_rules() -> None:
    shown = (ROOT / "docs/words.md").read_text(encoding="utf-8")
    assert shown == page_of_word_rules(), "run: booklet check --explain all > docs/words.md"
    shown = (ROOT / "docs/wordings.md").read_text(encoding="utf-8")
    assert shown == page_of_wordings(), "run: booklet check --explain wordings > docs/wordings.md"


@pytest.mark.parametrize("booklet", BOOKLETS)
def test_the_real_booklets_have_no_error_in_their_words(booklet: str) -> None:
    report = check_words(ROOT / "content", booklet)
    assert list(map(str, report.errors)) == []
    assert {each.rule for each in report.warnings} <= {"source-without-date"}
    assert all(each.age is None or each.age <= 11 for each in report.grades)


def test_a_letter_is_held_against_the_rules_for_words_with_file_and_line(
    words_content: Path,
) -> None:
    folder = words_content / "letters"
    folder.mkdir()
    letter = folder / "visit.yaml"
    long = "We will see you " + "and then you " * 8
    letter.write_text(
        "subject: Your visit on {Day}\nsalutation: Dear {greeting}\nbody:\n"
        f"  - text: {long}wait.\n  - text: Your MRD resultt from {{Pat Xref}} is back.\n"
        "closing: Yours sincerely\n"
    )
    report = check_letter(words_content, "visit")
    found = {(each.rule, each.at.line) for each in report.errors}
    assert found == {("very-long-sentence", 4), ("abbreviation", 5), ("spelling", 5)}
    assert report.name == "letters/visit"
    text = letter.read_text().replace(
        "  - text: We", "  - on_purpose: {very-long-sentence: a test}\n    text: We"
    )
    letter.write_text(text)
    assert {each.rule for each in check_letter(words_content, "visit").errors} == {
        "abbreviation", "spelling",
    }  # fmt: skip
    with pytest.raises(WrongUsage, match="there is no letter"):
        check_letter(words_content, "visits")


def test_the_letters_that_come_with_the_program_have_nothing_to_tell() -> None:
    for name in ("appointment", "withdrawn"):
        assert check_letter(ROOT / "content", name).problems == ()
        assert letter_named(ROOT / f"content/letters/{name}.yaml", ROOT / "content") == name
    assert letter_named(ROOT / "content/house.yaml", ROOT / "content") is None
