"""A letter and booklets made one PDF: pages, structure, links, claims, from other programs too."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

from booklet.check.check_pdf import check_pdf
from booklet.pdf.document import Document, read_document
from booklet.pdf.join.colours import same_colours
from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Joined, Part
from booklet.pdf.join.walking import elements
from booklet.pdf.page_model import Mark
from booklet.pdf.pages import frames
from booklet.pdf.tree import Element, read_tree
from tests.attach.letters import (
    PRODUCERS,
    booklet,
    by_reportlab,
    by_typst,
    changed,
    letter_of,
)

BOTH = ("PDF/UA-1", "PDF/A-2a")


def joined(*parts: bytes) -> Joined:
    return join([Part(data, f"{number}.pdf") for number, data in enumerate(parts, 1)])


def pictures(pdf: bytes, count: int) -> list[bytes]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [opened[place].render(scale=1).to_pil().tobytes() for place in range(count)]


def parts_of(pdf: bytes) -> tuple[Element, ...]:
    """The Part elements of a joined file; of another, what stands for one."""
    tree = read_tree(PdfReader(BytesIO(pdf)))
    assert tree is not None
    top = tree.elements
    return top[0].elements if top[0].elements and top[0].elements[0].role == "Part" else top


def told(element: Element, before: int) -> Iterator[Any]:
    """All that is said of what stands in an element, pages counted behind those of other parts."""
    for kid in element.children:
        if isinstance(kid, Element):
            says = (kid.role, kid.alt, kid.actual, kid.expansion, kid.language, kid.title)
            yield says, str(sorted(kid.attributes.items())), [*told(kid, before)]
        elif isinstance(kid, Mark):
            yield kid.page - before, kid.form, kid.mcid
        else:
            yield kid.contents


def facts(pdf: bytes) -> Document:
    reader = PdfReader(BytesIO(pdf))
    return read_document(reader, frames(reader))


def faults(pdf: bytes, profile: page.ValidationProfile) -> list[str]:
    return [str(each.message) for each in page.validate_pdf_bytes(pdf, profile=profile).failures]


@pytest.mark.parametrize("producer", PRODUCERS)
def test_pages_and_elements_come_out_as_they_went_in(
    producer: str, request: pytest.FixtureRequest
) -> None:
    letter, mine = letter_of(producer, request), booklet()
    pages = len(PdfReader(BytesIO(letter)).pages)
    made = joined(letter, mine)
    assert pictures(made.data, pages + 2) == pictures(letter, pages) + pictures(mine, 2)
    *before, last = parts_of(made.data)
    assert [*told(last, pages)] == [*told(parts_of(mine)[0], 0)]
    assert (last.title, last.language) == ("A booklet about tests", "en-GB")
    is_tagged = producer in ("typst", "chromium")
    assert len(before) == is_tagged
    if is_tagged:
        assert [*told(before[0], 0)] == [*told(parts_of(letter)[0], 0)]
        assert before[0].title == "Your clinic letter"
    assert len(made.data) <= 1.02 * (len(letter) + len(mine))
    assert made.claims == (BOTH if producer == "typst" else ())
    assert any("no tags" in note for note in made.notes) != is_tagged
    assert not facts(made.data).claims or made.claims


def test_what_conforms_before_conforms_as_one_file() -> None:
    made = joined(by_typst(), booklet(), booklet("Another booklet"))
    assert made.claims == facts(made.data).claims == BOTH
    assert made.notes == ()
    assert faults(made.data, page.ValidationProfile.PDF_UA_1) == []
    assert faults(made.data, page.ValidationProfile.PDF_A_2A) == []
    assert made == joined(by_typst(), booklet(), booklet("Another booklet"))


def test_links_bookmarks_and_labels_lead_within_their_own_part() -> None:
    document = facts(joined(by_typst(), booklet(), booklet("Another booklet")).data)
    assert document.labels == ("1", "2") * 3
    inside = [(link.page, link.target) for link in document.links if not link.to]
    assert inside == [(3, 4), (5, 6)]
    heads = [(line.title, line.page) for line in document.bookmarks if line.level == 1]
    assert heads == [
        ("Your clinic letter", 1),
        ("A booklet about tests", 3),
        ("A booklet about tests", 5),
    ]
    assert [line.page for line in document.bookmarks if line.title == "When to call us"] == [4, 6]


def test_a_part_keeps_the_bookmark_of_its_heading_unless_another_has_the_same() -> None:
    def of_two(*titles: str) -> bytes:
        return join([Part(booklet(), f"{title}.pdf", title) for title in titles]).data

    def heads(pdf: bytes) -> list[str]:
        return [line.title for line in facts(pdf).bookmarks if line.level == 1]

    one, other = (f"A booklet about tests. For {reader}" for reader in ("patients", "families"))
    assert heads(of_two(one, "Letter")) == ["A booklet about tests", "Letter"]
    both = of_two(one, other)
    assert heads(both) == [one, other]
    told = [each.told for each in check_pdf(both).findings["bookmarks"].problems]
    assert told == [
        "page 1: bookmark adds to its heading: for patients",
        "page 3: bookmark adds to its heading: for families",
    ]


def test_headers_of_cells_are_found_in_their_own_one_of_two_booklets() -> None:
    with pikepdf.open(BytesIO(joined(booklet(), booklet()).data)) as opened:
        root = opened.Root.StructTreeRoot
        known = pikepdf.NameTree(root.IDTree)
        for part in root.K.K:
            cells = [each for each in elements(part) if "/A" in each and "/Headers" in each.A]
            assert cells
            named = [str(each) for cell in cells for each in cell.A.Headers]
            assert [str(known[each].ID) for each in named] == named
            assert {top_of(known[each]).objgen for each in named} == {part.objgen}


def top_of(element: pikepdf.Object) -> pikepdf.Object:
    """The part an element stands in."""
    while pikepdf.Name.Part != element.S:
        element = element.P
    return element


def test_bookmarks_that_go_to_a_place_by_its_name_find_it_under_its_new_name() -> None:
    def by_name(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.First.Dest = pikepdf.String("top")  # no link on a page does

    named = changed(booklet(), by_name)
    lines = facts(joined(named, named).data).bookmarks
    assert [line.page for line in lines if line.title == "When to call us"] == [1, 3]


def test_what_is_the_same_is_stored_once() -> None:
    def differ(pdf: pikepdf.Pdf) -> None:
        for each in pdf.pages:
            each.resources.ExtGState = pikepdf.Dictionary(Other=pikepdf.Dictionary(CA=1))

    alone = len(joined(booklet()).data)
    assert len(joined(booklet(), changed(booklet(), differ)).data) < 1.35 * alone


def test_the_letter_keeps_its_metadata_and_gets_none_of_a_machine() -> None:
    letter = changed(by_reportlab(), lambda pdf: pdf.docinfo.update({"/Author": "Dr A. Example"}))
    with pikepdf.open(BytesIO(letter)) as before:
        information = dict(before.docinfo.items())
        with pikepdf.open(BytesIO(joined(letter, booklet()).data)) as after:
            assert dict(after.docinfo.items()) == information
            assert "/Metadata" not in after.Root
    packets = []
    for pdf in (by_typst(), joined(by_typst(), booklet()).data):
        with pikepdf.open(BytesIO(pdf)) as opened:
            packets.append(opened.Root.Metadata.read_bytes())
    assert packets[0] == packets[1]


def test_a_booklet_is_named_on_its_first_page() -> None:
    with pikepdf.open(BytesIO(joined(by_typst(), booklet()).data)) as opened:
        assert b"about-tests 0.1 7K2M-9QXA" in opened.pages[2].obj.Metadata.read_bytes()
        assert "/Metadata" not in opened.pages[3].obj


def test_numbers_of_a_tree_that_is_gone_are_not_taken_for_those_of_another() -> None:
    def number(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.StructParents = 0

    letter = changed(by_reportlab(), number)
    with pikepdf.open(BytesIO(joined(letter, booklet()).data)) as opened:
        assert "/StructParents" not in opened.pages[0].obj
        numbers = pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree)
        assert numbers[int(opened.pages[2].obj.StructParents)][0].Pg == opened.pages[2].obj


def test_a_type_that_means_something_else_in_the_letter_keeps_both_meanings() -> None:
    def remap(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.RoleMap = pikepdf.Dictionary(Notice=pikepdf.Name.H1)
        root.ClassMap = pikepdf.Dictionary(Wide=pikepdf.Dictionary(O=pikepdf.Name.Layout))
        first = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
        kid = first.K[0] if isinstance(first.K, pikepdf.Array) else first.K
        kid.S = pikepdf.Name.Notice
        kid.C = pikepdf.Name.Wide

    def remap_otherwise(pdf: pikepdf.Pdf) -> None:
        remap(pdf)
        pdf.Root.StructTreeRoot.RoleMap.Notice = pikepdf.Name.P
        pdf.Root.StructTreeRoot.ClassMap.Wide.O = pikepdf.Name.List

    letter, mine = changed(by_typst(), remap), changed(booklet(), remap_otherwise)
    made = joined(letter, mine)
    assert [part.elements[0].role for part in parts_of(made.data)] == ["H1", "P"]
    with pikepdf.open(BytesIO(made.data)) as opened:
        owners = {name: value.O for name, value in opened.Root.StructTreeRoot.ClassMap.items()}
    assert owners == {"/Wide": pikepdf.Name.Layout, "/Wide.2": pikepdf.Name.List}


def test_a_claim_falls_to_the_lowest_level_and_other_colours_end_it() -> None:
    def lower(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["pdfaid:conformance"] = "B"

    def recolour(pdf: pikepdf.Pdf) -> None:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        profile.write(turned(profile.read_bytes()))

    made = joined(changed(by_typst(), lower), booklet())
    assert facts(made.data).claims == made.claims == ("PDF/UA-1", "PDF/A-2b")
    made = joined(by_typst(), changed(booklet(), recolour))
    assert facts(made.data).claims == made.claims == ("PDF/UA-1",)
    assert any("profiles of colour" in note for note in made.notes)


def turned(profile: bytes) -> bytes:
    """A profile of colour whose red is green."""
    return profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")


def test_profiles_of_two_makers_mean_the_same_colours() -> None:
    profiles = []
    for pdf in (by_typst(), booklet()):
        with pikepdf.open(BytesIO(pdf)) as opened:
            profiles.append(opened.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    assert profiles[0] != profiles[1]
    assert same_colours(*profiles)
    assert not same_colours(profiles[0], turned(profiles[1]))
    assert not same_colours(profiles[0], b"no profile")
