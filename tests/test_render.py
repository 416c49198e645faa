"""What the page does with the words once it knows them all."""

from booklet.page.render import abbreviations_once

DLI = '<abbr class="keep" title="donor lymphocyte infusion">DLI</abbr>'


def test_an_abbreviation_is_read_out_in_full_once_in_a_section() -> None:
    html = abbreviations_once(f"<p>{DLI} and {DLI}</p><p>{DLI}</p>")
    assert html == f"<p>{DLI} and DLI</p><p>DLI</p>"


def test_it_is_not_read_out_where_the_text_says_it_before_or_behind() -> None:
    before = f"<h3>Donor <strong>lymphocyte infusion</strong> ({DLI})</h3><p>{DLI}</p>"
    assert "<abbr" not in abbreviations_once(before)
    assert "<abbr" not in abbreviations_once(f"<p>{DLI} (donor lymphocyte infusion)</p>")


def test_an_abbreviation_with_a_hyphen_is_still_kept_on_one_line() -> None:
    flag = '<abbr class="keep" title="four medicines">FLAG-Ida</abbr>'
    assert abbreviations_once(flag * 2) == f'{flag}<span class="keep">FLAG-Ida</span>'
