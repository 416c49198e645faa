"""A code or a file leads to its words: what they were, what they are now, and who approved them."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from booklet.approval import SignOff, approve, send_to_review, withdraw
from booklet.build import BuiltFile, Order, build
from booklet.commands.main import app
from booklet.content.language import ENGLISH
from booklet.editions import SIZES
from booklet.print.sheets import make_sheets
from booklet.problems import WrongUsage
from booklet.provenance.code_lookup import CodeIndex, code_index
from booklet.provenance.identify import NotKnown, as_values, identify, lines
from booklet.provenance.manifest import damaged, earlier_files
from booklet.provenance.overview import overview
from booklet.review.booklet import review_status
from booklet.review.integrity import LAST_SEAL
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.xdist_group("identify")
LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")
PDF = "leaflet_patient_en_standard_v0-1.pdf"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the leaflet approved as version 0.1, and its patients' files."""
    folder = tmp_path_factory.mktemp("identify")
    shutil.copytree(ROOT / "tests/words/content", folder / "content")
    approve(folder / "content", "leaflet", LEAD)
    built(folder)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "work"))


def code(folder: Path) -> str:
    return review_status(folder / "content", "leaflet", TODAY).code


def index(folder: Path, today: date = TODAY) -> CodeIndex:
    return code_index(folder / "content", folder / "out", today)


def found(folder: Path, asked: object, today: date = TODAY) -> list[str]:
    return list(lines(identify(index(folder, today), str(asked))))


def built(folder: Path) -> list[str]:
    """Build the patients' files anew, and give the remarks."""
    order = Order(
        folder / "content", folder / "out", ("leaflet",), ("patient",), SIZES[:1], today=TODAY
    )
    said: list[str] = []
    build(order, lambda each, of: None, said.append)
    return said


def write_next(folder: Path, version: str = "0.2") -> None:
    leaflet = folder / "content/leaflet"
    for name, old, new in (
        ("booklet.yaml", 'version: "0.1"', f'version: "{version}"'),
        ("03-rest.yaml", "You can say no.", "You may say no."),
    ):
        path = leaflet / name
        path.write_text(path.read_text().replace(old, new))


def test_a_code_as_it_is_read_from_paper_leads_to_words_people_and_files(folder: Path) -> None:
    typed = code(folder).replace("-", " ").lower().replace("0", "o").replace("1", "l")
    said = found(folder, typed)
    assert said[0] == f"{code(folder)}: leaflet, version 0.1"
    assert said[1].strip().startswith("now:   approved by Dr A. Example, Consultant, invented, on")
    assert said[2].strip().startswith("then:  approved by Dr A. Example")
    assert any(line.endswith(f"approved/0.1_{code(folder)}.txt") for line in said)
    assert any(line.endswith(f"{PDF} (approved)") for line in said)
    whole = review_status(folder / "content", "leaflet", TODAY).fingerprint
    assert found(folder, whole) == said


def test_words_that_were_replaced_are_told_as_superseded_with_what_changed(folder: Path) -> None:
    old = code(folder)
    write_next(folder)
    assert "the last words that were approved; those of the booklet have" in found(folder, old)[1]
    approve(folder / "content", "leaflet", LEAD)
    said = found(folder, old)
    assert f"superseded by version 0.2, code {code(folder)}, of 1 December 2026" in said[1]
    assert "  since: 1 sentence changed in 1 section: “The rest of it”" in said
    assert as_values(identify(index(folder), old))["status"] == "superseded"
    assert as_values(identify(index(folder), code(folder)))["status"] == "current"


def test_a_draft_under_an_approved_version_leaves_the_released_files_and_their_trace(
    folder: Path,
) -> None:
    old, out = code(folder), folder / "out"
    before = {file.name: file.read_bytes() for file in out.glob("[!.]*")}
    write_next(folder, version="0.1")
    assert "raise `version:` in booklet.yaml" in built(folder)[-1]
    assert {name: (out / name).read_bytes() for name in before} == before
    assert {file.name for file in out.glob("[!.]*")} - set(before) == {
        "leaflet_patient_en_standard_v0-1_draft.pdf",
        "leaflet_patient_en_web_v0-1_draft.html",
        "leaflet_en_v0-1_draft_manifest.json",
    }
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong", "0.1")
    said = found(folder, out / PDF)
    assert said[0] == f"{PDF}: byte for byte the file {PDF} that was built (state then: approved)"
    assert said[1] == f"{old}: leaflet, version 0.1"
    assert any(line.endswith(f"{PDF} (approved)") for line in said)


def test_a_draft_of_a_new_version_has_its_plain_name(folder: Path) -> None:
    write_next(folder, version="0.2")
    assert not any("raise `version:`" in words for words in built(folder))
    assert (folder / "out" / PDF.replace("v0-1", "v0-2")).is_file()


def test_withdrawn_words_are_told_with_who_and_why_whatever_their_version(folder: Path) -> None:
    old = code(folder)
    write_next(folder)
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong", "0.1")
    for each in (old, code(folder)):
        assert "withdrawn by Dr A. Example" in found(folder, each)[1]
        assert "A number in it is wrong. Take copies of it back" in found(folder, each)[1]
    values = as_values(identify(index(folder), old))
    assert values["status"] == "entered-in-error"
    json.dumps(values)


def test_a_draft_newer_than_the_approval_is_not_told_as_superseded_by_it(folder: Path) -> None:
    approved = code(folder)
    write_next(folder)
    send_to_review(folder / "content", "leaflet", LEAD)
    sent = code(folder)
    assert "in review, sent to review by Dr A. Example" in found(folder, sent)[1]
    assert as_values(identify(index(folder), sent))["status"] == "current"
    path = folder / "content/leaflet/03-rest.yaml"
    path.write_text(path.read_text().replace("You may say no.", "You may well say no."))
    assert "since then the words have changed" in found(folder, code(folder))[1]
    assert found(folder, sent)[1] == (
        "  now:   words that nobody approved, and that the booklet has no longer; those approved "
        f"last are version 0.1, code {approved}, of 1 December 2026"
    )


def test_words_withdrawn_before_others_went_to_review_stay_withdrawn(folder: Path) -> None:
    old = code(folder)
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong")
    write_next(folder)
    send_to_review(folder / "content", "leaflet", LEAD)
    assert "A number in it is wrong. Take copies of it back" in found(folder, old)[1]
    assert as_values(identify(index(folder), old))["status"] == "entered-in-error"
    assert "in review, sent to review by" in found(folder, code(folder))[1]
    assert as_values(identify(index(folder), code(folder)))["status"] == "current"


@pytest.mark.parametrize("before_editing", [True, False])
def test_a_withdrawal_stands_for_good_when_newer_words_are_approved(
    before_editing: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booklet.commands.review.date", OnTheDay)
    old, content = code(folder), folder / "content"
    steps = [lambda: take_back(folder, "--version", "0.1"), lambda: write_next(folder)]
    for step in steps if before_editing else reversed(steps):
        step()
    approve(content, "leaflet", LEAD)
    assert found(folder, code(folder))[1].strip().startswith("now:   approved by")
    built(folder)
    said = found(folder, folder / "out" / PDF)
    assert said[2].startswith("  now:   withdrawn by Dr A. Example, Consultant, invented, on")
    assert said[2].endswith("A number in it is wrong. Take copies of it back")
    values = as_values(identify(index(folder), old))
    assert values["status"] == "entered-in-error"
    assert values["withdrawal"]["why"] == "A number in it is wrong"  # type: ignore[index]
    documents = [each["document_reference"] for each in values["files"]]  # type: ignore[attr-defined]
    assert documents
    assert {each["status"] for each in documents} == {"entered-in-error"}
    manifest = json.loads((folder / "out/leaflet_en_v0-1_manifest.json").read_text())
    assert manifest["state"] == "withdrawn"
    assert manifest["withdrawal"]["why"] == "A number in it is wrong"
    assert {row["document_reference"]["status"] for row in manifest["files"]} == {
        "entered-in-error"
    }
    newer = json.loads((folder / "out/leaflet_en_v0-2_manifest.json").read_text())
    assert {row["document_reference"]["status"] for row in newer["files"]} == {"current"}


def test_a_build_marks_manifests_of_words_withdrawn_elsewhere(folder: Path) -> None:
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong")
    write_next(folder)
    approve(folder / "content", "leaflet", LEAD)
    built(folder)
    states = {
        file.name: json.loads(file.read_text())["state"]
        for file in (folder / "out").glob("*_manifest.json")
    }
    assert states == {
        "leaflet_en_v0-1_manifest.json": "withdrawn",
        "leaflet_en_v0-2_manifest.json": "approved",
    }
    # A build tells of what lies beside its files.
    name = "leaflet_en_v0-2_manifest.json"
    made = BuiltFile(name, (folder / "out" / name).read_bytes())
    assert earlier_files([made], folder / "out") == {"leaflet 0.1": 2}


class OnTheDay(date):
    """A calendar on which it is the day of these tests."""

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return TODAY


def take_back(folder: Path, *asked: str) -> None:
    where = ("--content", str(folder / "content"), "--built", str(folder / "out"))
    why = ("--why", "A number in it is wrong")
    person = ("--by", LEAD.by, "--role", str(LEAD.role))
    done = CliRunner().invoke(app, ["withdraw", "leaflet", *asked, *person, *why, *where, "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["what"], told["booklet"]) == ("withdrawn", "leaflet")
    assert all(Path(file).is_file() for file in told["written"])


def test_documents_of_superseded_words_are_told_as_superseded(folder: Path) -> None:
    old = code(folder)
    write_next(folder)
    approve(folder / "content", "leaflet", LEAD)
    newer = code(folder)
    (*documents,) = as_values(identify(index(folder), old))["files"]  # type: ignore[misc]
    assert {each["document_reference"]["status"] for each in documents} == {"superseded"}
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong")
    said = found(folder, old)[1]
    assert (
        f"superseded by version 0.2, code {newer}, of 1 December 2026, which is withdrawn" in said
    )
    assert said.endswith(": A number in it is wrong")


def test_words_whose_approval_has_ended_are_told_so(folder: Path) -> None:
    old, last_day, after = code(folder), date(2029, 12, 1), date(2029, 12, 2)
    ended = "the approval ended with 1 December 2029"
    assert found(folder, old, last_day)[1].endswith("until 1 December 2029")
    assert ended in found(folder, old, after)[1]
    assert "; review was due 1 December 2029" in found(folder, old, after)[2]
    write_next(folder)
    assert "ended" not in found(folder, old, last_day)[1]
    assert ended in found(folder, old, after)[1]


def test_a_file_is_told_byte_for_byte_or_as_changed(folder: Path) -> None:
    pdf, page = folder / "out" / PDF, folder / "out" / PDF.replace("standard", "web")
    page = page.with_suffix(".html")
    for file in (pdf, page):
        assert found(folder, file)[0] == (
            f"{file.name}: byte for byte the file {file.name} that was built (state then: approved)"
        )
        file.write_bytes(file.read_bytes() + b"\n")
        said = found(folder, file)
        assert said[0].startswith(f"{file.name}: NOT the file that was built under this name")
        assert said[1] == f"{code(folder)}: leaflet, version 0.1"
    other = folder / "renamed.pdf"
    other.write_bytes(pdf.read_bytes())
    assert "no manifest here names this file" in found(folder, other)[0]


def test_sheets_made_elsewhere_are_known_by_the_code_printed_on_them(folder: Path) -> None:
    (sheets,) = make_sheets((folder / "out" / PDF).read_bytes(), name=Path(PDF))
    file = folder / "sheets.pdf"
    file.write_bytes(sheets.pdf)
    assert found(folder, file)[1] == f"{code(folder)}: leaflet, version 0.1"


def test_words_are_found_when_only_the_manifest_or_only_the_kept_text_is_left(folder: Path) -> None:
    old = code(folder)
    write_next(folder)
    (folder / "content/leaflet/review.yaml").unlink()
    (folder / "content/leaflet" / LAST_SEAL).unlink()
    assert found(folder, old)[0] == f"{old}: leaflet, version 0.1"
    assert "words that nobody approved, and that the booklet has no longer" in found(folder, old)[1]
    shutil.rmtree(folder / "out")
    assert found(folder, old)[0] == f"{old}: leaflet, version 0.1"
    shutil.rmtree(folder / "content/leaflet/approved")
    with pytest.raises(NotKnown, match=f"no words here have the code {old}"):
        found(folder, old)


def test_an_unknown_code_names_the_nearest_and_what_is_no_code_is_told(folder: Path) -> None:
    right = code(folder)
    wrong = right[:-1] + ("7" if right[-1] != "7" else "8")
    with pytest.raises(NotKnown, match=f"the code {wrong}; did you mean {right}"):
        found(folder, wrong)
    with pytest.raises(NotKnown, match=r"no words here have the code 0000-0000$"):
        found(folder, "OOOO OOOO")
    for asked in ("7K2M", "U123-4567", "nowhere.pdf"):
        with pytest.raises(WrongUsage, match="is no file, and no code"):
            found(folder, asked)


def test_files_without_a_code_and_damaged_ones_are_told(folder: Path) -> None:
    for content, words in ((b"text", "carries no code"), (b"%PDF-1.7 broken", "cannot be read")):
        (folder / "a.pdf").write_bytes(content)
        with pytest.raises(NotKnown, match=words):
            found(folder, folder / "a.pdf")


def test_a_booklet_that_cannot_be_read_is_named_where_a_code_is_not_known(folder: Path) -> None:
    (folder / "content/leaflet/01-call.yaml").write_text("title: A\n")
    with pytest.raises(NotKnown, match=r"Not looked into, because they have faults .*: leaflet"):
        found(folder, "0000-0000")


def test_a_file_that_may_not_be_read_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    known = index(folder)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(WrongUsage, match=r"leaflet.* cannot be read: Permission denied"):
        identify(known, str(folder / "out" / PDF))


def test_the_list_of_booklets_tells_status_review_day_and_what_is_built(folder: Path) -> None:
    leaflet = next(
        row for row in overview(folder / "content", folder / "out", TODAY) if row.name == "leaflet"
    )
    assert leaflet.line() == (
        f"leaflet: version 0.1, approved; review due {ENGLISH.day(leaflet.review_due or TODAY)}; "
        "2 files built"
    )
    words = folder / "content" / "leaflet" / "booklet.yaml"
    words.write_text(words.read_text().replace('version: "0.1"', 'version: "0.2"'))
    [row] = overview(folder / "content", folder / "out", TODAY)
    assert row.line() == (
        "leaflet: version 0.2, draft; no review date; nothing built, 2 of earlier words"
    )
    said = json.loads(json.dumps(row.as_values()))
    assert (said["state"], said["built"], len(said["built_of_earlier_words"])) == ("draft", [], 2)
    words.write_text("nonsense")
    [row] = overview(folder / "content", folder / "out", TODAY)
    assert row.line().startswith("leaflet: 1 fault; `booklet check leaflet` tells ")


def test_files_of_withdrawn_words_are_named_and_get_no_sheets(folder: Path) -> None:
    content, pdf = folder / "content", folder / "out" / PDF
    sheets = pdf.with_name(f"{pdf.stem}_PRINT-BOOKLET.pdf")

    def run(*words: object) -> tuple[str, str]:
        made = CliRunner().invoke(app, [*map(str, words), "--content", str(content)])
        return made.output, str(made.exception)

    run("paper", "sheets", pdf)
    shutil.rmtree(content)  # the commands go by the day it is: the same words, approved on that
    shutil.copytree(ROOT / "tests/words/content", content)
    approve(content, "leaflet", SignOff(LEAD.by, date.today(), date.today(), "Lead"))
    why = ("--by", LEAD.by, "--role", "Lead", "--why", "A number in it is wrong")
    told, _ = run("withdraw", "leaflet", "--version", "0.1", *why, "--built", folder / "out")
    names = (pdf, sheets, pdf.with_name(PDF.replace("standard", "web")).with_suffix(".html"))
    assert {line for line in told.splitlines() if "delete" in line} == {
        f"  delete {each}" for each in names
    }
    told, _ = run("booklets", "--built", folder / "out")
    assert "2 of withdrawn words" in told
    assert [line for line in told.splitlines() if line.endswith(f"delete: {sheets}")]
    copy = folder / "copy.pdf"
    shutil.copy(pdf, copy)
    for command in ("sheets", "ticket"):
        _, error = run("paper", command, copy)
        assert "its words were withdrawn by Dr A. Example" in error
        assert "A number in it is wrong. Take copies of it back" in error
    assert sorted(folder.glob("copy*")) == [copy]


@pytest.mark.parametrize(
    "change",
    [
        {"files": None},
        {"files": [{"name": "a.pdf"}]},
        {"files": ["a.pdf"]},
        {"files": [{"name": "../a.pdf", "sha256": ""}]},
        {"fingerprint": None},
        {"manifest": 99},
    ],
    ids=str,
)
def test_a_damaged_manifest_is_passed_over_and_set_aside_when_it_is_made_anew(
    folder: Path, change: dict[str, object]
) -> None:
    (path,) = (folder / "out").glob("*_manifest.json")
    values = json.loads(path.read_text()) | change
    path.write_text(json.dumps({key: value for key, value in values.items() if value is not None}))
    before = path.read_bytes()
    assert not index(folder).files
    aside = f"{path.name}.damaged"
    assert damaged(folder / "out", [path.name, "not-there_manifest.json"]) == {aside: before}


def test_a_build_sets_a_damaged_manifest_aside_and_says_so(folder: Path) -> None:
    (path,) = (folder / "out").glob("*_manifest.json")
    whole = path.read_bytes()
    path.write_text("{}")
    aside = path.with_name(f"{path.name}.damaged")
    assert f"{path} was damaged: made anew; {aside.name} has what stood there" in built(folder)
    assert (path.read_bytes(), aside.read_text()) == (whole, "{}")
