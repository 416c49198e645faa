"""Addresses of a list: what the post needs is put right, what it cannot find is refused."""

from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from booklet.post.addresses import AddressRules, address_of
from booklet.post.postcodes import normalised

AT_HOME = AddressRules()
ABROAD = AddressRules(international=True)


def lines(*given: str, rules: AddressRules = AT_HOME) -> tuple[str, ...]:
    address = address_of(["A Example"], given, rules)
    assert address.broken == ()
    return address.lines[1:]


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        (["1 Sample Street", "Lerwick", "ze99 9zz"], ["1 Sample Street", "Lerwick", "ZE99 9ZZ"]),
        (["1  Sample Street ,", "Lerwick ZE999ZZ"], ["1 Sample Street", "Lerwick", "ZE99 9ZZ"]),
        (["12, Sample St, Lerwick, ZE99 9ZZ"], ["12 Sample St", "Lerwick", "ZE99 9ZZ"]),
        (["1 Far Road; Lerwick; ZE99 9ZZ"], ["1 Far Road", "Lerwick", "ZE99 9ZZ"]),
        (["12a", "Sample St", "Lerwick", "ZE99 9ZZ"], ["12a Sample St", "Lerwick", "ZE99 9ZZ"]),
        (["1 Sample St\nLerwick\nZE99 9ZZ"], ["1 Sample St", "Lerwick", "ZE99 9ZZ"]),
        (["a example", "1 Sample St", "ZE99 9ZZ"], ["1 Sample St", "ZE99 9ZZ"]),
        (["1 St", "X", "ZE99 9ZZ", "Scotland", "UK"], ["1 St", "X", "ZE99 9ZZ"]),
        (["1 St", "X", "Cymru", "ZE99 9ZZ"], ["1 St", "X", "ZE99 9ZZ"]),
        (["1 St", "X", "ZE99 9ZZ", "ZE99 9ZZ"], ["1 St", "X", "ZE99 9ZZ"]),
        (["1 St", "St Sample", "JE99 9ZZ", "Jersey"], ["1 St", "St Sample", "Jersey", "JE99 9ZZ"]),
        (["1 Unit", "bfpo c/o 9999"], ["1 Unit", "BFPO 9999"]),
        (["1 Unit", "BFPO 9999", "BF1 9ZZ"], ["1 Unit", "BF1 9ZZ", "BFPO 9999"]),
        (["١ شارع", "ليرويك", "ZE99 9ZZ"], ["١ شارع", "ليرويك", "ZE99 9ZZ"]),
    ],
)
def test_the_line_the_post_sorts_by_is_the_last(typed: list[str], set_as: list[str]) -> None:
    assert list(lines(*typed)) == set_as


def test_a_letter_abroad_ends_with_the_country_in_english() -> None:
    assert lines("1 Rue", "75001 Paris", "Ffrainc", rules=ABROAD)[-1] == "France"
    assert lines("1 Rue", "Paris", "France", "75001", rules=ABROAD)[-2:] == ("75001", "France")
    assert lines("1 St", "Lebanon", "ZE99 9ZZ", rules=ABROAD)[-2:] == ("Lebanon", "ZE99 9ZZ")


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        ("address-is-empty", ["", " , "]),
        ("not-enough-address-lines", ["ZE99 9ZZ"]),
        ("too-many-address-lines", [*"123456", "ZE99 9ZZ"]),
        ("invalid-address-line-1-or-2", ["?", "Lerwick", "ZE99 9ZZ"]),
        ("invalid-char-in-address", ["(1) St", "Lerwick", "ZE99 9ZZ"]),
        ("no-fixed-abode-address", ["NFA", "Lerwick", "ZE99 9ZZ"]),
        ("no-fixed-abode-address", ["of no fixed Abode, Lerwick", "x", "ZE99 9ZZ"]),
        ("no-fixed-abode-address", ["1 St", "Lerwick", "zz993vz"]),
        ("not-a-real-uk-postcode", ["1 St", "Lerwick"]),
        ("not-a-real-uk-postcode", ["1 St", "Lerwick", "ZE99 9ZC"]),
        ("not-a-real-uk-postcode", ["1 St", "Lerwick", "ＺE99 9ZZ"]),
        ("nearly-a-postcode", ["1 St", "Lerwick", "ZE99 OZZ"]),
        ("cant-send-international-letters", ["1 Rue", "Paris", "France"]),
        ("has-country-for-bfpo-address", ["1 Unit", "BFPO 9999", "Germany"]),
    ],
)
def test_an_address_the_post_cannot_use_is_refused_by_its_rule(rule: str, typed: list[str]) -> None:
    assert rule in address_of(["A Example"], typed, AT_HOME).broken


def test_an_address_abroad_that_names_no_country_is_asked_for_one() -> None:
    found = address_of(["A Example"], ["1 Rue", "75001 Paris"], ABROAD)
    assert found.broken == ("not-a-real-uk-postcode-or-country",)


ANY = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(ANY, st.lists(ANY, max_size=9))
def test_no_letter_of_a_hostile_address_is_lost(name: str, typed: list[str]) -> None:
    assume(name.casefold() not in {line.casefold() for line in typed})
    found = address_of([name], [*typed, "ZE99 9ZZ"], ABROAD)
    if not found.broken:
        *lines, last = found.lines
        assert letters(*lines) == letters(name, *typed)
        assert last == "ZE99 9ZZ"
        assert all(line == " ".join(line.split()) and line for line in lines)


def letters(*lines: str) -> str:
    return "".join(sign for line in lines for sign in normalize("NFC", line) if sign.isalnum())


@pytest.mark.parametrize(
    "code", ["M1 1AA", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB"]
)
def test_each_form_of_postcode_is_known(code: str) -> None:
    assert normalised(code.lower().replace(" ", "")) == code
