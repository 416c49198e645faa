"""Letters that are not as letters should be: each gets a clear answer, and is never changed."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader

from booklet.attach.attaching import attached
from booklet.attach.order import ActiveChoice, Attached, AttachOrder, GivenPdf, Way
from booklet.pdf.join.active import active_content
from booklet.pdf.join.marking import with_paragraphs
from booklet.pdf.tree import read_tree
from booklet.problems import FaultsFound
from tests.attach.letters import (
    booklet,
    by_ghostscript,
    by_reportlab,
    by_scanner,
    by_typst,
    changed,
)
from tests.attach.test_joining import pictures

LETTER = Path("letter.pdf")
ON = date(2026, 12, 1)


def done(letter: bytes, way: Way = "append", **wishes: Any) -> Attached:
    """The letter with our booklet, whose links may lead anywhere."""
    mine = GivenPdf(Path("booklet.pdf"), booklet(), is_ours=True)
    return attached(AttachOrder(GivenPdf(LETTER, letter), (mine,), ON, way, **wishes))


def told(letter: bytes, **wishes: Any) -> str:
    with pytest.raises(FaultsFound) as faults:
        done(letter, **wishes)
    return str(faults.value)


def form(**entries: Any) -> bytes:
    def give(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(Dictionary(T=String("Name"), **entries))
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    return changed(by_reportlab(), give)


def with_root(key: str, value: Any) -> bytes:
    return changed(by_reportlab(), lambda pdf: pdf.Root.__setitem__(key, value))


def locked(user: str, owner: str = "owner") -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(by_reportlab())) as opened:
        opened.save(target, encryption=pikepdf.Encryption(user=user, owner=owner))
    return target.getvalue()


SIGNATURE = {"FT": Name.Sig, "V": Dictionary(Type=Name.Sig)}
DIFFICULT = {
    "signed": (lambda: form(**SIGNATURE), "this PDF is signed, and any change breaks the sign"),
    "a form": (lambda: form(FT=Name.Tx), "this PDF is a form, and what is filled in could"),
    "XFA": (lambda: with_root("/AcroForm", Dictionary(XFA=String("x"))), "of the kind XFA"),
    "a portfolio": (lambda: with_root("/Collection", Dictionary()), "is a portfolio, a cover"),
    "protected": (lambda: locked(""), "this PDF is protected, and joining it would take"),
    "locked": (lambda: locked("secret"), "this PDF is locked by a password; save a copy"),
    "no PDF": (lambda: b"Dear patient", "this is not a PDF"),
    "damaged": (lambda: b"%PDF-1.7 and then nothing", "this PDF is damaged and cannot be read"),
}


@pytest.mark.parametrize("kind", DIFFICULT)
def test_each_kind_of_difficult_letter_is_told_with_a_remedy(kind: str) -> None:
    make, words = DIFFICULT[kind]
    said = told(make())
    assert said.startswith("letter.pdf: error: ")
    assert words in said
    assert "; " in said


@pytest.mark.parametrize("kind", ["signed", "a form", "a portfolio", "protected"])
def test_beside_the_letter_stays_byte_for_byte_what_it_was(kind: str) -> None:
    letter = DIFFICULT[kind][0]()
    made = done(letter, "beside")
    assert [each.data for each in made.files] == [letter, booklet()]
    assert [each.ending for each in made.files] == ["_1-of-2_letter", "_2-of-2_booklet"]


def test_all_that_speaks_against_letter_and_booklet_is_told_at_once() -> None:
    def give(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Collection = Dictionary()

    mine = GivenPdf(Path("other.pdf"), b"no PDF")
    order = AttachOrder(GivenPdf(LETTER, changed(form(**SIGNATURE), give)), (mine,), ON)
    with pytest.raises(FaultsFound) as faults:
        attached(order)
    assert [problem.file.name for problem in faults.value.problems] == [
        *("letter.pdf", "letter.pdf"),
        "other.pdf",
    ]


def action(kind: str, **entries: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **entries)


def link(pdf: pikepdf.Pdf, does: Dictionary) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=does)
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(annotation)])


def embed(pdf: pikepdf.Pdf, name: str, data: bytes) -> None:
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)


def address(text: str) -> Any:
    return lambda pdf: link(pdf, action("URI", URI=String(text)))


def script(pdf: pikepdf.Pdf) -> None:
    names = pikepdf.NameTree.new(pdf)
    names["a"] = action("JavaScript", JS=String("app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=names.obj)


ACTIVE = {
    "scripts": (script, "scripts"),
    "a script at once": (
        lambda pdf: pdf.Root.__setitem__("/OpenAction", action("JavaScript", JS=String("1"))),
        "a script",
    ),
    "a script on a page": (
        lambda pdf: pdf.pages[1].obj.__setitem__("/AA", Dictionary(O=action("JavaScript"))),
        "a script (page 2)",
    ),
    "a program": (
        lambda pdf: link(pdf, action("Launch", F=String("calc.exe"))),
        "a command that starts a program (page 2)",
    ),
    "a program behind a link": (
        lambda pdf: link(pdf, action("GoTo", D=String("x"), Next=action("Launch"))),
        "a command that starts a program (page 2)",
    ),
    "a link": (address("https://gov.uk.example.org/a"), "a link to gov.uk.example.org (page 2)"),
    "a link to a file": (address("file:///etc/passwd"), "a link that begins with `file:` (page 2)"),
    "an embedded program": (
        lambda pdf: embed(pdf, "notes.txt", b"MZ\x90"),
        "an embedded program, `notes.txt`",
    ),
}


@pytest.mark.parametrize("kind", ACTIVE)
def test_what_is_active_is_named_and_removed_or_refused(kind: str) -> None:
    change, words = ACTIVE[kind]
    letter = changed(by_reportlab(), change)
    made = done(letter)
    assert made.removed == (f"letter.pdf: {words}",)
    with pikepdf.open(BytesIO(made.files[0].data)) as opened:
        assert [each.page for each in active_content(opened, ("www.example.org",))] == []
    assert words.partition(" (")[0] in told(letter, active="refuse")


def test_what_is_active_is_taken_out_of_an_enclosed_file_and_files_in_it_are_told() -> None:
    other = GivenPdf(Path("other.pdf"), changed(by_reportlab(), ACTIVE["an embedded program"][0]))
    order = AttachOrder(GivenPdf(LETTER, by_typst()), (other,), ON, "enclose")
    made = attached(order)
    assert made.removed == ("other.pdf: an embedded program, `notes.txt`",)
    with pikepdf.open(BytesIO(made.files[0].data)) as opened:
        enclosed = opened.attachments["other.pdf"].get_file().read_bytes()
    with pikepdf.open(BytesIO(enclosed)) as opened:
        assert active_content(opened) == ()
    assert any("are left behind" in note for note in attached(replace(order, way="append")).notes)


def test_a_link_that_is_removed_keeps_its_place() -> None:
    made = done(changed(by_reportlab(), ACTIVE["a link"][0]))
    with pikepdf.open(BytesIO(made.files[0].data)) as opened:
        (place,) = opened.pages[1].obj.Annots
        assert place.Subtype == Name.Link
        assert "/A" not in place


@pytest.mark.parametrize("text", ["https://www.nhs.uk/a", "mailto:a@b.org", "tel:111", "nhs.uk/a"])
def test_links_to_health_services_and_to_those_that_were_allowed_stay(text: str) -> None:
    choice: ActiveChoice = "refuse"
    assert done(changed(by_reportlab(), address(text)), active=choice).removed == ()
    other = changed(by_reportlab(), address("https://www.example.org/"))
    assert done(other, active=choice, hosts=("example.org",)).removed == ()


@pytest.mark.parametrize("make", [by_reportlab, by_ghostscript])
def test_a_letter_tagged_by_machine_looks_the_same_and_says_so(make: Any) -> None:
    made = done(make(), tag_letter=True)
    data = made.files[0].data
    assert pictures(data, 2) == pictures(make(), 2)
    tree = read_tree(PdfReader(BytesIO(data)))
    assert tree is not None
    letter, mine = tree.elements[0].elements
    assert [each.role for each in letter.elements] == ["P"] * 4
    assert (letter.title, mine.title) == ("Letter", "A booklet about tests")
    assert made.claims == ()
    assert any("a machine found its structure" in note for note in made.notes)
    with pikepdf.open(BytesIO(data)) as opened:
        assert opened.Root.MarkInfo.Suspects


def test_a_claim_without_the_tags_it_needs_is_not_passed_on() -> None:
    def untag(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    letter = changed(by_typst(), untag)
    for wishes in ({}, {"tag_letter": True}):
        made = done(letter, **wishes)
        assert made.claims == ()
        assert b"pdfuaid:part" not in made.files[0].data


def test_a_scan_has_no_text_to_tag() -> None:
    assert with_paragraphs(by_scanner()) is None
    assert "they are pictures; recognise the text first" in told(by_scanner(), tag_letter=True)


def test_a_letter_with_tags_is_left_as_it_is() -> None:
    assert done(by_typst(), tag_letter=True) == done(by_typst())
