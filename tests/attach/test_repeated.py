"""One booklet joined to many letters: the same as each joined alone, and none knows of another."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest

from booklet.pdf.document import Document
from booklet.pdf.join.gathering import Taken
from booklet.pdf.join.joining import join
from booklet.pdf.join.packing import section
from booklet.pdf.join.part import Joined, Part
from booklet.pdf.join.repeated import RepeatedPart
from booklet.pdf.opening import CannotOpen
from booklet.tagging.conformance import write_pdf
from tests.attach.letters import booklet, by_reportlab, by_typst, changed
from tests.attach.test_joining import BOTH, facts, faults, parts_of, pictures, told
from tests.tagging.reading import document

BOOKLET = Part(booklet(), "booklet.pdf")


@cache
def letter(name: str = "Mrs Example", more: str = "") -> bytes:
    """Two tagged pages with a list and a link, as our letters are."""
    body = (
        '<p><a href="#where">Where to come</a></p>'
        # The heading looks like a reference inside a bracket that is not closed.
        f"<h1 id='where'>Room 4 0 R (\\left</h1><p>Dear {name}</p>"
        "<ul><li>Bring this letter<li>Bring your tablets</ul>"
        f'<p style="break-before: page"><a href="https://www.nhs.uk/">Read more</a></p>{more}'
    )
    return write_pdf(document(body, "@page { size: A4 }"))


def quickly(data: bytes) -> Joined:
    return repeated().joined_to(Part(data, "letter.pdf"))


@cache
def repeated() -> RepeatedPart:
    return RepeatedPart(BOOKLET)


def slowly(data: bytes) -> Joined:
    return join([Part(data, "letter.pdf"), BOOKLET])


def without_numbers(read: Document) -> Document:
    """What a file says of itself, but for the numbers of its objects."""
    return replace(read, links=tuple(replace(each, number=0) for each in read.links))


def without(data: bytes, key: str) -> bytes:
    def leave_out(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    return changed(data, leave_out)


def test_it_is_what_joining_both_gives() -> None:
    quick, slow = quickly(letter()), slowly(letter())
    assert (quick.pages, quick.claims, quick.notes) == (slow.pages, slow.claims, slow.notes)
    assert quick.claims == BOTH
    mine, theirs = parts_of(quick.data), parts_of(slow.data)
    assert [(each.title, each.language) for each in mine] == [
        (each.title, each.language) for each in theirs
    ]
    assert [[*told(each, 0)] for each in mine] == [[*told(each, 0)] for each in theirs]
    assert without_numbers(facts(quick.data)) == without_numbers(facts(slow.data))
    assert pictures(quick.data, 4) == pictures(slow.data, 4)
    assert len(quick.data) < len(letter()) + len(booklet())
    plain = without(letter(), "/Names")
    assert without_numbers(facts(quickly(plain).data)) == without_numbers(facts(slowly(plain).data))


def test_it_conforms_and_every_number_leads_to_its_element() -> None:
    made = quickly(letter()).data
    assert faults(made, page.ValidationProfile.PDF_UA_1) == []
    assert faults(made, page.ValidationProfile.PDF_A_2A) == []
    with pikepdf.open(BytesIO(made)) as opened:
        assert opened.check_pdf_syntax() == []
        owners = pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree)
        pages = [each.obj for each in opened.pages]
        places = [owners[int(each.StructParents)][0].Pg.objgen for each in pages]
        assert places == [each.objgen for each in pages]
        links = [link for each in pages for link in each.get("/Annots", [])]
        assert len(links) == 4
        assert [str(owners[int(each.StructParent)].S) for each in links] == ["/Link"] * 4


def test_what_is_said_of_letter_and_booklet_stays_where_join_leaves_it() -> None:
    found = []
    for made in (quickly(letter()), slowly(letter())):
        with pikepdf.open(BytesIO(made.data)) as opened:
            packets = (opened.Root.Metadata, opened.pages[2].obj.Metadata)
            catalog = {
                key: opened.Root[key] for key in ("/Lang", "/ViewerPreferences", "/MarkInfo")
            }
            told_there = {key: repr(value) for key, value in catalog.items()}
            information = {key: str(value) for key, value in opened.docinfo.items()}
            found.append(([each.read_bytes() for each in packets], told_there, information))
    assert found[0] == found[1]


def test_the_same_letter_gives_the_same_bytes_and_none_holds_words_of_another() -> None:
    first = quickly(letter())
    assert quickly(letter("Mr Sample")) != first
    assert quickly(letter()) == first == RepeatedPart(BOOKLET).joined_to(Part(letter(), "a.pdf"))


def test_what_both_hold_is_stored_once() -> None:
    with pikepdf.open(BytesIO(quickly(letter()).data)) as opened:
        streams = [each for each in opened.objects if isinstance(each, pikepdf.Stream)]
        held = [each.read_raw_bytes() for each in streams]
    assert len(held) == len({*held})


def test_data_that_ends_in_a_line_break_keeps_its_length() -> None:
    written = section([Taken(5, b"<< >>", b"data\r")], 0, 6).data
    assert b"/Length 5 >>\nstream\ndata\r\r\nendstream" in written


def with_named_place(pdf: pikepdf.Pdf) -> None:
    pikepdf.NameTree(pdf.Root.Names.Dests)["call"] = pikepdf.Array([pdf.pages[0].obj, "/Fit"])


def with_another_meaning(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap.Callout = pikepdf.Name.P
    pdf.Root.StructTreeRoot.K[0].K[0].S = pikepdf.Name.Callout


@pytest.mark.parametrize(
    "unusual",
    [
        by_typst,  # cells are known by IDs there
        by_reportlab,  # it has no tags
        lambda: changed(letter(), with_named_place),
        lambda: changed(letter(), with_another_meaning),
    ],
)
def test_a_letter_of_another_kind_is_joined_the_long_way(unusual: Any) -> None:
    assert quickly(unusual()) == slowly(unusual())


def test_a_letter_that_cannot_be_read_is_said() -> None:
    with pytest.raises(CannotOpen):
        quickly(b"%PDF-1.7 nothing")
