"""The small language inside a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.content.addresses import Phone
from booklet.content.inline import Inline
from booklet.content.language import ENGLISH
from booklet.content.markup import MarkupFaults, parse
from booklet.content.validation_context import ValidationContext

CONTEXT = ValidationContext(
    audience="patient",
    language=ENGLISH,
    phones={"helpers": Phone("020 7946 0001")},
    abbreviations={"AML": "acute myeloid leukaemia", "FLT3": "fms-like tyrosine kinase 3"},
    sections=frozenset({"questions"}),
    elsewhere=frozenset({"family-only"}),
    page_reference="(page {page})",
)


def read(source: str) -> Inline:
    return parse(source, CONTEXT)


@pytest.mark.parametrize(
    "kept",
    [
        "0808 2080 888",
        "08088 010 444",
        "3 in 10",
        "22 November 2026",
        "November 2026",
        "FLAG-Ida",
        "24-hour",
        "40 mg",
        "18 pt",
        "SW1A 1AA",
    ],
)
def test_a_piece_of_information_is_kept_on_one_line(kept: str) -> None:
    assert f'<span class="keep">{kept}</span>' in read(f"There is {kept} to know").html


def test_a_telephone_number_comes_from_the_contact_and_can_be_dialled() -> None:
    text = read("Ring [](contact:helpers).")
    assert text.html == 'Ring <a class="keep" href="tel:02079460001">020 7946 0001</a>.'
    assert text.plain == "Ring 020 7946 0001."


def test_an_abbreviation_is_marked_wherever_it_stands_but_not_inside_other_words() -> None:
    html = read("**AML** and AMLs, FLT3, PRE-AML").html
    assert html.count("<abbr") == 2
    assert '<strong><abbr class="keep" title="acute myeloid leukaemia">AML</abbr></strong>' in html


def test_a_web_link_prints_its_address_for_those_who_read_on_paper() -> None:
    text = read("See [the forum](https://forum.example.org/).")
    assert text.plain == "See the forum (forum.example.org)."
    assert read("[](https://www.example.org)").plain == "example.org"


def test_a_section_link_says_its_page_in_print() -> None:
    html = read("See [Questions](#questions).").html
    link = '<a class="xref" data-before="(page " data-after=")" href="#questions">Questions</a>'
    assert html == f"See {link}."


def test_a_phrase_in_another_language_says_so() -> None:
    assert read("[Nos da](lang:cy)").html == '<span lang="cy">Nos da</span>'


def test_every_fault_of_a_text_is_told() -> None:
    with pytest.raises(MarkupFaults) as raised:
        read("*no* [a](#nowhere) [](contact:nobody) \U0001f600")
    assert len(raised.value.messages) == 4


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "http://example.org", "file:///etc/passwd", "data:x", "x"]
)
def test_a_link_leads_nowhere_unsafe(target: str) -> None:
    with pytest.raises(MarkupFaults):
        read(f"[here]({target})")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_no_text_can_smuggle_in_an_element(source: str) -> None:
    try:
        html = read(source).html
    except MarkupFaults:
        return
    for tag in ("<script", "<img", "<style", "<iframe", "<em", "<code"):
        assert tag not in html.lower()
