"""What `translations` says of a translation that has fallen behind its original."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from booklet.approval import SignOff, approve
from booklet.commands.main import app
from booklet.content.load import load_with_files
from booklet.content.translation import compared, translations
from booklet.editions import AUDIENCES, SIZES
from booklet.files import write_whole
from booklet.order import BuildPlan, Order, plan
from booklet.problems import FaultsFound, WrongUsage
from booklet.review.booklet import status_of
from booklet.review.integrity import LAST_SEAL, last_seal, seals
from booklet.review.record import snapshot_name, with_entry
from booklet.review.release_policy import ReleaseMode
from tests.conftest import ROOT, TODAY


@pytest.fixture
def parallel(tmp_path: Path) -> Path:
    """A writable copy of the specimens, with Welsh marked as up to date."""
    folder = Path(shutil.copytree(Path(__file__).parent.parent / "languages", tmp_path / "content"))
    assert run(folder, "cy", "--mark", "all", *MEANT)[0] == 0
    return folder


MEANT = ("--same", "booklet.yaml", "--same", "house.yaml", "--same", "glossary.yaml")
"""The files of the specimens with names that are not translated."""


def run(content: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        app, ["translations", "specimen", *arguments, "--content", str(content)]
    )
    return done.exit_code, done.output


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def behind(content: Path) -> list[tuple[str, str]]:
    found = compared(content, "specimen.cy").behind
    return [(each.state, str(each.problem).replace(f"{content}/", "")) for each in found]


def test_a_translation_that_is_marked_is_up_to_date(parallel: Path) -> None:
    assert behind(parallel) == []
    code, said = run(parallel, "cy")
    assert code == 0
    assert "0 missing, 0 changed, 0 unmarked, 0 extra" in said


def test_one_that_nobody_marked_is_said_to_be_so(parallel: Path) -> None:
    code, said = run(parallel, "ar")
    assert code == 1
    assert "nobody has said which words this was made from" in said
    [row] = json.loads(run(parallel, "ar", "--json")[1])["translations"]
    assert row["booklet"] == "specimen.ar"
    assert sum(each["passages"] for each in row["behind"]) == sum(row["counts"].values()) > 0


def test_a_changed_passage_shows_the_old_words_and_the_new(parallel: Path) -> None:
    change(parallel / "specimen" / "01-article.yaml", "The house is white.", "The house is red.")
    assert behind(parallel) == [
        (
            "changed",
            "specimen.cy/01-article.yaml:14:9: error: the original was “The house is white.” and "
            "is now “The house is red.”; translate it again, then mark the file",
        )
    ]
    assert run(parallel, "cy")[0] == 1
    assert run(parallel, "cy", "--mark", "01-article.yaml")[0] == 0
    assert behind(parallel) == []


def test_a_copied_folder_is_missing_whatever_is_marked(parallel: Path) -> None:
    original = parallel / "specimen"
    for file in original.glob("0*.yaml"):
        shutil.copy(file, parallel / "specimen.cy")
    assert run(parallel, "cy", "--mark", "all")[0] == 0
    states = [state for state, _ in behind(parallel)]
    assert set(states) == {"missing"}
    assert len(states) > 20
    assert (
        "missing",
        "specimen.cy/03-lines.yaml:7:16: error: “Your name” is as in the original; translate it, "
        "or mark the file with `--same` where it is meant to be the same",
    ) in behind(parallel)
    with pytest.raises(FaultsFound, match="is behind its original"):
        planned(parallel, "release")


def test_a_passage_meant_to_be_the_same_is_so_until_the_original_changes(parallel: Path) -> None:
    for folder in ("specimen", "specimen.cy"):
        change(parallel / folder / "booklet.yaml", "Declaration of Human", "Declaration of All")
    ((state, said),) = behind(parallel)
    assert (state, "“Universal Declaration of All Rights” is as in" in said) == ("missing", True)
    code, told = run(parallel, "cy", "--same", "booklet.yaml")
    assert code == 0
    assert "booklet.yaml: meant to be the same: “Universal Declaration of All Rights”" in told
    assert behind(parallel) == []


def test_one_wording_left_as_in_the_original_is_missing(parallel: Path) -> None:
    for folder, words in (("specimen", "{patient: You, family: They}"), ("specimen.cy", WELSH)):
        change(parallel / folder / "03-lines.yaml", TITLE[folder], f"title: {words}")
    assert run(parallel, "cy", "--mark", "03-lines.yaml")[0] == 0
    assert [state for state, _ in behind(parallel)] == ["missing"]


WELSH = "{patient: Chi, family: They}"
TITLE = {"specimen": "title: Lines and numbers", "specimen.cy": "title: Llinellau a rhifau"}


def test_marking_one_file_leaves_the_others_as_they_were(parallel: Path) -> None:
    change(parallel / "specimen" / "01-article.yaml", "The house is white.", "The house is red.")
    change(parallel / "specimen" / "03-lines.yaml", "Your name", "Your first name")
    assert run(parallel, "cy", "--mark", "01-article.yaml")[0] == 0
    assert [state for state, _ in behind(parallel)] == ["changed"]


def test_missing_and_extra_passages_are_told_where_they_stand(parallel: Path) -> None:
    change(parallel / "specimen.cy" / "01-article.yaml", "      - Caewch y drws.\n", "")
    change(
        parallel / "specimen.cy" / "02-parts.yaml", "caption: Sgwâr", "caption: Sgwâr\n    intro: x"
    )
    (parallel / "specimen.cy" / "03-lines.yaml").unlink()
    assert behind(parallel) == [
        (
            "missing",
            "specimen/01-article.yaml:21:9: error: “Close the door.” is not translated; "
            "the file of the translation has no `blocks.3.items.1`",
        ),
        (
            "extra",
            "specimen.cy/02-parts.yaml:40:12: error: the original has no such passage; take it out",
        ),
        (
            "missing",
            "specimen.cy/03-lines.yaml: error: this file is not there; translate the 5 passages of "
            "03-lines.yaml into it",
        ),
    ]


def test_layout_numbers_and_names_are_no_passages(parallel: Path) -> None:
    change(parallel / "specimen" / "02-parts.yaml", "starts: page", "starts: flow")
    change(parallel / "house.yaml", "020 7946 0001", "020 7946 0009")
    assert behind(parallel) == []


def test_words_that_both_share_count_too(parallel: Path) -> None:
    change(parallel / "house.yaml", "Someone to talk to.", "Someone who listens.")
    ((state, said),) = behind(parallel)
    assert state == "changed"
    assert said.startswith("house.cy.yaml:4:13: error: the original was “Someone to talk to.”")


def test_terms_are_paired_by_the_term_and_asked_for_where_they_are_used(parallel: Path) -> None:
    glossary, welsh = parallel / "glossary.yaml", parallel / "glossary.cy.yaml"
    more = "terms:\n  - {term: Kettle, meaning: It boils.}\n  - {term: Door, meaning: A way in.}"
    change(glossary, "terms:", more)
    change(parallel / "house.yaml", "contacts:", f"contacts:\n{UNUSED_CONTACT}")
    assert [(state, re.findall("“.*”", said)) for state, said in behind(parallel)] == [
        ("missing", ["“Door”"]),
        ("missing", ["“A way in.”"]),
    ]
    with welsh.open("a", encoding="utf-8") as file:
        file.write("  - {term: Drws, of: Door, meaning: Ffordd i mewn.}\n")
    assert run(parallel, "cy", "--mark", "glossary.yaml")[0] == 0
    assert behind(parallel) == []
    change(welsh, "of: Door", "of: Dor")
    told = [said for state, said in behind(parallel) if state == "extra"]
    assert "say which one this is, `of: its term`, or take it out" in told[0]


UNUSED_CONTACT = "  unused: {name: A, offers: Nobody prints this., checked: x}"


def test_a_missing_file_counts_as_all_its_passages(parallel: Path) -> None:
    (parallel / "specimen.cy" / "03-lines.yaml").unlink()
    assert "; 5 missing, 0 changed, 0 unmarked, 0 extra" in run(parallel, "cy")[1]


def planned(content: Path, mode: ReleaseMode = "build") -> BuildPlan:
    names = ("specimen.cy", "specimen.ar") if mode == "build" else ("specimen.cy",)
    order = Order(content, content, names, AUDIENCES, SIZES[:1], "example", mode=mode, today=TODAY)
    return plan(order)


def approved(content: Path) -> None:
    """Approve the Welsh specimen, which lacks what `approve` asks of a booklet for patients."""
    contents, files = load_with_files(content, "specimen.cy")
    status = status_of(contents, files, TODAY)
    entry = {"what": "approved", "version": "0.1", "by": "A. Example", "role": "Editor"}
    days = {"on": TODAY, "review_due": TODAY.replace(year=TODAY.year + 1)}
    said = {**entry, **days, "fingerprint": status.fingerprint}
    record, entries = with_entry(files, said, lambda these: [*seals(these)][-1])
    kept = {snapshot_name("0.1", status.fingerprint): status.text.encode()}
    write_whole(files.folder, {**kept, "review.yaml": record, LAST_SEAL: last_seal(entries)})


def test_a_build_says_in_one_line_of_each_translation_how_far_it_is_behind(parallel: Path) -> None:
    assert run(parallel, "ar", "--mark", "all", *MEANT)[0] == 0
    assert [words for words in planned(parallel).remarks if "behind" in words] == []
    change(parallel / "specimen" / "01-article.yaml", "The house is white.", "The house is red.")
    (parallel / "specimen.ar" / "03-lines.yaml").unlink()
    assert [words for words in planned(parallel).remarks if "behind" in words] == [
        "specimen.cy: this translation is behind its original in 1 passage (1 changed); "
        "`booklet translations specimen cy` lists them",
        "specimen.ar: this translation is behind its original in 6 passages (5 missing, 1 "
        "changed); `booklet translations specimen ar` lists them",
    ]


def test_an_approved_translation_that_falls_behind_is_released_as_a_draft_only(
    parallel: Path,
) -> None:
    approved(parallel)
    assert not any(target.marked for target in planned(parallel, "release").targets)
    change(parallel / "specimen" / "01-article.yaml", "The house is white.", "The house is red.")
    with pytest.raises(FaultsFound) as raised:
        planned(parallel, "release")
    assert str(raised.value).startswith(
        f"{parallel}/specimen.cy/translation.yaml: error: specimen.cy: this translation is behind "
        "its original in 1 passage (1 changed); `booklet translations specimen cy` lists them. "
    )
    drafts = planned(parallel, "release as draft").targets
    assert all(target.marked and target.booklet.status.is_draft for target in drafts)
    assert {target.booklet.status.caution for target in drafts} == {"draft_behind"}
    assert "it is behind its original" in planned(parallel).remarks[0]
    assert run(parallel, "cy", "--mark", "01-article.yaml")[0] == 0
    assert not any(target.marked for target in planned(parallel, "release").targets)


def test_a_translation_that_is_behind_is_not_approved(parallel: Path) -> None:
    for words in ("words-to-avoid.yaml", "spelling.yaml"):
        shutil.copy(ROOT / "content" / words, parallel)
    change(parallel / "specimen" / "01-article.yaml", "The house is white.", "The house is red.")
    with pytest.raises(FaultsFound) as raised:
        approve(parallel, "specimen.cy", SignOff("A. Example", TODAY, TODAY, "Editor"))
    said = [each.message for each in raised.value.problems]
    assert sum("is behind its original in 1 passage (1 changed)" in words for words in said) == 1
    assert not (parallel / "specimen.cy" / "review.yaml").exists()


def test_what_is_not_there_cannot_be_compared(parallel: Path) -> None:
    with pytest.raises(WrongUsage, match=r"copy the folder specimen to specimen\.pl"):
        translations(parallel, "specimen", "pl")
    with pytest.raises(WrongUsage, match="there is no booklet `nothing`"):
        translations(parallel, "nothing")
    with pytest.raises(WrongUsage, match=r"there is no file `04-x\.yaml` to mark in specimen.cy"):
        raise run_error(parallel)


def run_error(content: Path) -> BaseException:
    arguments = ["translations", "specimen", "cy", "--mark", "04-x.yaml", "--content", str(content)]
    error = CliRunner().invoke(app, arguments).exception
    assert error is not None
    return error
