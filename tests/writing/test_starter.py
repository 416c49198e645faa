"""`new`: a booklet that builds at once, holds every kind of block, and invents nothing."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePath

import pytest
import yaml

from booklet.approval import SignOff, approve, send_to_review
from booklet.build import Order, build
from booklet.check.check_words import check_words
from booklet.check.words.rules.unwritten import LEFT_BY_NEW
from booklet.content.blocks import KINDS, Topic
from booklet.content.review_file import ReviewFile
from booklet.editions import AUDIENCES, SIZES
from booklet.files import write_whole
from booklet.problems import FaultsFound, WrongUsage
from booklet.resources import starter_folder
from booklet.review.booklet import Booklet, load_booklet
from booklet.writing.schema import head, kind_of
from booklet.writing.starter import new_booklet
from tests.commands.program import run
from tests.conftest import ROOT
from tests.writing.editor_yaml import read_file
from tests.writing.test_schema import faults_of

TODAY = date(2026, 11, 22)


def start(content: Path, name: str = "blood-tests", title: str | None = None) -> Booklet:
    write_whole(content, new_booklet(content, name, title, TODAY))
    return load_booklet(content, name, TODAY)["family"]


def kinds(booklet: Booklet) -> Iterator[str]:
    for named in booklet.sections:
        for block in named.section.blocks:
            yield block.kind
            if isinstance(block, Topic):
                yield from (each.kind for each in block.blocks)


def test_it_holds_every_kind_of_block(tmp_path: Path) -> None:
    assert set(kinds(start(tmp_path))) == set(KINDS)


def test_it_starts_as_a_draft_with_an_empty_review_record(tmp_path: Path) -> None:
    booklet = start(tmp_path)
    assert booklet.status.state == "draft"
    assert booklet.review == ReviewFile()
    assert booklet.about.prepared == TODAY


def test_the_first_entry_of_its_record_stands_below_the_notes_that_were_there(
    tmp_path: Path,
) -> None:
    start(tmp_path)
    path = tmp_path / "blood-tests/review.yaml"
    notes = path.read_text(encoding="utf-8").removesuffix("record: []\n")
    send_to_review(tmp_path, "blood-tests", SignOff("Dr A. Example", TODAY, TODAY))
    assert path.read_text(encoding="utf-8").startswith(f"{notes}\nrecord:\n  - what: ")
    assert load_booklet(tmp_path, "blood-tests", TODAY)["family"].status.state == "in review"


@pytest.mark.slow
def test_it_builds_for_both_readers_in_the_smallest_and_the_largest_size(tmp_path: Path) -> None:
    # In large print an installed wheel builds it, below.
    start(tmp_path / "content", title="A title that is long enough to run over two lines at least")
    order = Order(tmp_path / "content", tmp_path / "out", (), AUDIENCES, SIZES[::2], today=TODAY)
    made = build(order, lambda each, of: None)
    assert len([each for each in made if each.pages]) == len(AUDIENCES) * 2


def test_check_finds_no_error_and_warns_only_of_what_is_to_be_filled_in(tmp_path: Path) -> None:
    start(tmp_path)
    problems = check_words(tmp_path, "blood-tests").problems
    assert {each.severity for each in problems} == {"warning"}
    assert {each.rule for each in problems} == {"source-without-date", *LEFT_BY_NEW}


def test_it_is_not_approved_before_every_text_of_it_is_written(tmp_path: Path) -> None:
    start(tmp_path)
    places = {
        (each.file, each.at)
        for each in check_words(tmp_path, "blood-tests").problems
        if each.rule in LEFT_BY_NEW
    }
    with pytest.raises(FaultsFound) as raised:
        approve(tmp_path, "blood-tests", SignOff("Dr A. Example", TODAY, TODAY, "Lead"))
    told = raised.value.problems
    assert {(each.file, each.at) for each in told} == places
    assert {each.severity for each in told} == {"error"}
    assert len(places) > 3
    assert load_booklet(tmp_path, "blood-tests", TODAY)["family"].review == ReviewFile()


@pytest.mark.parametrize(
    "left",
    ["a heading that", "what there is to see", "looked it up", "www.example.org", "in bold", "way"],
)
def test_each_text_that_is_to_be_written_is_told_where_all_others_are(
    left: str, tmp_path: Path
) -> None:
    start(tmp_path)
    for file in tmp_path.rglob("*.yaml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        written = [each if left in each else re.sub("rite[- ]here", "ord", each) for each in lines]
        file.write_text("\n".join(written), encoding="utf-8")
    found = [each for each in check_words(tmp_path, "blood-tests").problems if "write" in each.rule]
    assert found
    for each in found:
        assert left in each.file.read_text(encoding="utf-8").splitlines()[each.at.line - 1]


def test_every_file_names_a_schema_that_is_there_and_takes_it(tmp_path: Path) -> None:
    start(tmp_path)
    for path in tmp_path.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        assert first == head(path.relative_to(tmp_path))
        assert (path.parent / first.partition("$schema=")[2]).is_file()
        assert faults_of(read_file(path), kind_of(PurePath(path.relative_to(tmp_path)))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_beside_each_kind_says_what_it_is(kind: str, tmp_path: Path) -> None:
    start(tmp_path)
    files = sorted((tmp_path / "blood-tests").glob("*.yaml"))
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    before = written.split(f"- kind: {kind}\n")[0].rstrip("\n ").rsplit("\n", 3)
    assert kind == "paragraph" or f"# {kind}:" in "\n".join(before[1:])


def test_beside_other_booklets_it_uses_what_they_share_and_changes_nothing(tmp_path: Path) -> None:
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    before = {path: path.read_bytes() for path in content.rglob("*.*")}
    start(content, "another")
    assert {path: path.read_bytes() for path in before} == before
    problems = check_words(content, "another").problems
    assert not [each for each in problems if each.severity == "error"]


def test_it_takes_the_number_of_the_folder_where_there_is_no_nhs_111(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("terms: []\n")
    (tmp_path / "house.yaml").write_text(
        "contacts:\n"
        "  emergency: {name: A, offers: B, phone: 999, checked: C}\n"
        "  bare: {name: A, offers: B, checked: C}\n"
        "  ward: {name: A, offers: B, phone: 020 7946 0002, checked: C}\n"
    )
    assert start(tmp_path).about.help_line == "ward"


def test_without_an_emergency_number_it_says_where_to_add_it(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("contacts:\n  ward: {name: A}\n")
    with pytest.raises(FaultsFound, match=r"house\.yaml:2:3: .*`emergency`; add it"):
        new_booklet(tmp_path, "a", None, TODAY)


@pytest.mark.parametrize(
    "title",
    [
        "Blood: what’s #1, “when” & why? $today {x}",
        "It's - yes, really",
        "no",
        "2026-11-22",
        "- a",
        "é " * 44 + "é",
    ],
)
def test_a_title_stands_on_the_cover_as_it_was_typed(title: str, tmp_path: Path) -> None:
    printed = start(tmp_path, title=title).about.title.plain
    straight = str.maketrans("’‘“”", "''\"\"")
    assert printed.translate(straight) == title.translate(straight)


def test_without_a_title_the_name_becomes_one(tmp_path: Path) -> None:
    assert start(tmp_path).about.title.plain == "Blood tests"


@pytest.mark.parametrize(
    ("name", "title", "words"),
    [
        ("Blood Tests!", None, "did you mean `blood-tests`"),
        ("être-prêt", None, "did you mean `etre-pret`"),
        ("../elsewhere", None, "did you mean `elsewhere`"),
        ("!!!", None, "write it like `blood-tests`"),
        ("a" * 61, None, "60 letters at most"),
        ("clinics", None, "write another name"),
        ("specimen", None, "is there already"),
        ("new", "  ", "the title is empty"),
        ("new", "A *slanted* title", "italics are hard to read"),
        ("new", "Canoe 🛶", "no character “🛶”"),
    ],
)
def test_what_cannot_be_made_is_refused_with_the_remedy(
    name: str, title: str | None, words: str, content: Path
) -> None:
    with pytest.raises(WrongUsage) as raised:
        new_booklet(content, name, title, TODAY)
    assert words in str(raised.value)


def test_the_command_says_what_it_wrote_and_a_refusal_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    done = run("new", "blood-tests", "--title", "Blood tests", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    written = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    said = set(re.findall("^wrote (.*)$", done.stdout, re.M))
    assert said == {path for path in written if "/schema" not in path}
    again = run("new", "blood-tests", cwd=tmp_path)
    assert again.returncode == 2
    assert "content/blood-tests is there already" in again.stderr
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")} == written


def test_in_a_wrong_folder_no_content_folder_is_founded(tmp_path: Path) -> None:
    done = run("new", "blood-tests", cwd=tmp_path)
    assert (done.returncode, [*tmp_path.iterdir()]) == (2, [])
    assert f"there is no folder {tmp_path / 'content'}; go to the folder of the" in done.stderr
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").write_text("A web site's")
    done = run("new", "blood-tests", cwd=tmp_path)
    assert "holds other things and no booklet" in done.stderr
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["index.md"]


def test_its_words_to_avoid_are_the_house_list() -> None:
    own, house = (
        yaml.safe_load((folder / "words-to-avoid.yaml").read_text(encoding="utf-8"))
        for folder in (starter_folder() / "shared", ROOT / "content")
    )
    assert own == house


def test_it_names_no_illness_no_medicine_and_nobody() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in starter_folder().rglob("*.yaml")
        if path.name != "words-to-avoid.yaml"
    ]
    for word in ("AML", "leukaemia", "cancer", "chemotherapy", "Macmillan", "Blood Cancer UK"):
        assert not [text for text in texts if re.search(rf"\b{word}\b", text, re.I)], word


@pytest.mark.slow
def test_an_installed_wheel_brings_all_that_new_and_build_need(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    script = "import booklet.commands.main; booklet.commands.main.main()"
    (tmp_path / "content").mkdir()
    for arguments in (["new", "a"], ["build", "a", "--audience", "family", "--size", "large"]):
        done = subprocess.run(
            [sys.executable, "-P", "-c", script, *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "output").glob("[!.]*"))) == 3
