"""The command that sends booklets with a letter, and what it leaves for the record."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pytest
from fhir.resources.R4B.documentreference import DocumentReference
from pypdf import PdfReader
from typer.testing import CliRunner

from booklet.approval import SignOff, approve, withdraw
from booklet.attach import choosing
from booklet.attach.attaching import attached
from booklet.attach.choosing import Choice, chosen, in_standard_print
from booklet.attach.given import document_reference, slip
from booklet.attach.order import Attached, AttachOrder, GivenPdf
from booklet.build import Order, build, plan
from booklet.commands.main import app
from booklet.editions import SIZES
from booklet.problems import FaultsFound, WrongUsage
from booklet.provenance.code_lookup import code_index
from booklet.provenance.identify import NotKnown, identify_each, lines
from tests.attach.letters import booklet, by_reportlab, by_typst
from tests.conftest import ROOT, TODAY

pytestmark = pytest.mark.xdist_group("attach")

LEAD = SignOff("Dr A. Example", TODAY, TODAY, "Consultant, invented")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the leaflet approved, and its patients' files built."""
    folder = tmp_path_factory.mktemp("attach")
    shutil.copytree(ROOT / "tests/words/content", folder / "content")
    approve(folder / "content", "leaflet", LEAD)
    order = Order(
        *(folder / "content", folder / "out", ("leaflet",), ("patient",), SIZES[:1]), today=TODAY
    )
    build(order, lambda made, of: None)
    return folder


@pytest.fixture
def folder(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "work"))


def choice(folder: Path) -> Choice:
    return Choice(folder / "content", folder / "out", ("patient",), SIZES[:1], today=TODAY)


def sent(folder: Path, way: str = "append") -> Attached:
    mine = chosen(["leaflet"], choice(folder))
    order = AttachOrder(GivenPdf(Path("Jane Example.pdf"), by_typst()), mine, TODAY, way)  # type: ignore[arg-type]
    return attached(order)


def test_a_released_booklet_is_taken_as_it_was_built(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(choosing, "make")  # nothing is built
    (mine,) = chosen(["leaflet"], choice(folder))
    assert mine.data == next((folder / "out").glob("*.pdf")).read_bytes()
    assert mine.said.startswith("approved by Dr A. Example")
    assert (mine.is_ours, mine.is_draft) == (True, False)
    (file,) = chosen([str(next((folder / "out").glob("*.pdf")))], choice(folder))
    assert (file.data, file.is_ours, file.is_draft) == (mine.data, True, False)


def test_the_size_in_standard_print_is_known_where_that_was_built(folder: Path) -> None:
    large = replace(choice(folder), sizes=SIZES[1:2])
    order = Order(
        folder / "content", folder / "out", ("leaflet",), ("patient",), SIZES[1:2], today=TODAY
    )
    target = plan(order).targets[0]
    (standard,) = chosen(["leaflet"], choice(folder))
    assert in_standard_print(target, large) == len(standard.data)
    assert in_standard_print(target, replace(large, output=folder / "empty")) is None
    assert standard.standard_bytes is None


def test_words_that_are_not_approved_or_are_withdrawn_are_not_given(folder: Path) -> None:
    pdf = str(next((folder / "out").glob("*.pdf")))
    withdraw(folder / "content", "leaflet", LEAD, "A number in it is wrong")
    for asked in ("leaflet", pdf):
        with pytest.raises(FaultsFound, match="withdrawn by Dr"):
            chosen([asked], choice(folder))
    new = replace(choice(folder), content=ROOT / "tests/words/content")
    with pytest.raises(FaultsFound, match="nobody has approved these words"):
        chosen(["leaflet"], new)
    with pytest.raises(WrongUsage, match="no leaflet in the language `cy`"):
        chosen(["leaflet"], replace(new, language="cy", draft=True))


@pytest.mark.parametrize("way", ["append", "enclose"])
def test_identify_names_the_booklet_in_the_letter(folder: Path, way: str, tmp_path: Path) -> None:
    made, file = sent(folder, way), tmp_path / "sent.pdf"
    file.write_bytes(made.files[0].data)
    index = code_index(folder / "content", folder / "out", TODAY)
    (known,) = identify_each(index, str(file))
    assert not isinstance(known, NotKnown)
    assert "leaflet, version 0.1" in list(lines(known))[1]
    assert ("is part of this file" if way == "append" else "byte for byte") in known.note


def test_a_file_joined_of_known_and_unknown_words_tells_of_both(folder: Path) -> None:
    made = sent(folder)
    order = AttachOrder(
        GivenPdf(Path("a.pdf"), made.files[0].data),
        (GivenPdf(Path("b.pdf"), booklet(), is_ours=True),),
        TODAY,
    )
    file = folder / "both.pdf"
    file.write_bytes(attached(order).files[0].data)
    index = code_index(folder / "content", folder / "out", TODAY)
    known, unknown = identify_each(index, str(file))
    assert not isinstance(known, NotKnown)
    assert "7K2M-9QXA" in str(unknown)


def test_an_enclosed_booklet_makes_the_letter_an_archive_of_any_files(folder: Path) -> None:
    made = sent(folder, "enclose")
    assert made.claims == ("PDF/UA-1", "PDF/A-3a")
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(made.files[0].data, profile=profile).failures == []


def test_the_record_says_what_was_given_and_no_name_of_the_letter(folder: Path) -> None:
    made = sent(folder)
    (given,) = made.given
    words = slip(made.given, date(2026, 12, 1))
    assert words.startswith("Information and advice given\n\nGiven on 1 December 2026: ")
    assert "Version 0.1, code " + given.identifier[-9:] in words
    assert "Approved by Dr A. Example" in words
    document = document_reference(made.files[0], "sent.pdf", date(2026, 12, 1))
    checked = DocumentReference.model_validate(document)
    assert checked.docStatus == "final"
    assert document["context"]["related"][0]["identifier"]["value"] == given.identifier
    assert "Jane" not in words + json.dumps(document)


def run(*arguments: object) -> tuple[int, str]:
    made = CliRunner().invoke(app, ["attach", *map(str, arguments)])
    return made.exit_code, f"{made.output}{made.exception or ''}"


def test_the_command_writes_all_of_it_and_never_over_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letter, mine = Path("Jane Example.pdf"), Path("other.pdf")
    letter.write_bytes(by_reportlab())
    mine.write_bytes(booklet())
    wishes = ("--as", "beside", "--slip", "--slip-page", "--fhir")
    code, said = run(letter, mine, "-o", "sent.pdf", *wishes)
    assert code == 0, said
    assert {path.name for path in Path().iterdir()} - {letter.name, mine.name} == {
        *("sent_1-of-2_letter.pdf", "sent_2-of-2_other.pdf"),
        *("sent_2-of-2_other.json", "sent_slip.txt", "sent_slip.pdf"),
    }
    assert "other.pdf: a link to www.example.org (page 2)" in said
    assert letter.read_bytes() == by_reportlab()
    assert "Information and advice given" in PdfReader("sent_slip.pdf").pages[0].extract_text()
    for out, words in ((letter, "would be written over"), ("sent.txt", "no name of a PDF")):
        code, said = run(letter, mine, "-o", out)
        assert (code, words in said) == (1, True)
    letter.write_bytes(b"%PDF-1.7 damaged")
    before = sorted(Path().iterdir())
    code, said = run(letter, mine, "-o", "new.pdf")
    assert (code, "this PDF is damaged" in said) == (1, True)
    assert sorted(Path().iterdir()) == before
