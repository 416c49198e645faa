"""Letters that were set together, apart again, and one file a person: tagged, and private."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest
from pypdf import PdfReader

from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Part
from booklet.pdf.join.parting import parted
from booklet.post.one_file import one_file_each
from booklet.tagging.conformance import write_pdf
from tests.attach.letters import booklet
from tests.attach.test_joining import BOTH, facts, faults, parts_of, pictures, told
from tests.tagging.reading import document

NAMES = ("Quillfeather", "Yarrowmouth", "Zephyrbank")
SPANS = (range(1), range(1, 3), range(3, 4))


@cache
def letters(
    names: Sequence[str] = NAMES, leads_to: Sequence[str] = ("a0", "a1", "a2"), lang: str = "cy"
) -> bytes:
    """Letters as one file, the second of two pages and in another language."""
    bodies = (
        f'<article lang="{lang if number == 1 else "en-GB"}" style="break-before: page">'
        f'<h1>Your appointment</h1><p>Dear {name}</p><h2 id="a{number}">Where to come</h2>'
        f'<p><a href="#{leads_to[number]}">Where</a></p>'
        f"{'<p style=break-before:page>More of it' * (number == 1)}</article>"
        for number, name in enumerate(names)
    )
    return write_pdf(document("".join(bodies), "@page { size: A4 }"))


@cache
def apart() -> tuple[bytes, ...]:
    return tuple(parted(letters(), SPANS))


def everything_in(pdf: bytes) -> str:
    """All that can be read anywhere in a file: its text, and every object unpacked."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        streams = (each for each in opened.objects if isinstance(each, pikepdf.Stream))
        held = [each.read_bytes().decode("latin-1") for each in streams]
        held += (repr(each) for each in opened.objects if not isinstance(each, pikepdf.Stream))
    return "".join([*held, *(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages)])


def fonts(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        found = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary))
        return {str(each.FontName) for each in found if "/FontName" in each}


def test_letters_come_apart_as_they_were_and_conform() -> None:
    whole = parts_of(letters())[0].elements
    for number, (alone, span) in enumerate(zip(apart(), SPANS, strict=True)):
        (top,) = parts_of(alone)[0].elements
        assert [*told(top, 0)] == [*told(whole[number], span[0])]
        assert pictures(alone, len(span)) == pictures(letters(), 4)[span.start : span.stop]
        said = facts(alone)
        assert said.language == ("cy" if number == 1 else "en-GB")
        assert [(each.title, each.level) for each in said.bookmarks] == [
            ("Your appointment", 1),
            ("Where to come", 2),
        ]
        assert [(each.page, each.target) for each in said.links] == [(1, 1)]
        assert said.labels == ("1", "2")[: len(span)]
        assert said.title == facts(letters()).title
        assert faults(alone, page.ValidationProfile.PDF_UA_1) == []
        assert faults(alone, page.ValidationProfile.PDF_A_2A) == []


def test_no_letter_holds_a_word_of_another() -> None:
    for number, alone in enumerate(apart()):
        found = everything_in(alone)
        assert [name in found for name in NAMES] == [each == number for each in range(3)]


def test_a_font_that_only_another_letter_uses_stays_away() -> None:
    bodies = "<article><p>Ann</article><article style='break-before: page'><p><b>Bob</b></article>"
    both = write_pdf(document(bodies, "@page { size: A4 }"))
    together, first, second = map(fonts, (both, *parted(both, [range(1), range(1, 2)])))
    assert (len(first), len(second)) == (1, 1)
    assert first | second == together
    assert first != second


def test_a_letter_that_leads_into_another_is_refused() -> None:
    tied = letters(leads_to=("a1", "a1", "a2"))
    with pytest.raises(ValueError, match="leads into another"):
        next(parted(tied, SPANS))
    with pytest.raises(ValueError, match="leads into another"):
        next(parted(letters(), [range(2)]))  # the second letter has a page more


def test_each_gets_their_letter_and_their_booklet_as_join_would_make_it() -> None:
    mine = booklet()
    made = [*one_file_each(letters(), SPANS, [mine, None, mine])]
    assert [each.pages for each in made] == [3, 2, 3]
    assert {each.claims for each in made} == {BOTH}
    assert made[1].data == apart()[1]
    slow = join([Part(apart()[2], "letter"), Part(mine, "booklet")]).data
    assert [[*told(each, 0)] for each in parts_of(made[2].data)] == [
        [*told(each, 0)] for each in parts_of(slow)
    ]
    assert made == [*one_file_each(letters(), SPANS, [mine, None, mine])]
    with pytest.raises(ValueError, match="3 letters, but 1 booklets"):
        next(one_file_each(letters(), SPANS, [mine]))
