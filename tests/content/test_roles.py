"""Each field says what is done with its words, and the walks go by that and by nothing else."""

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field

from booklet.check.check_words import check_words
from booklet.content import load
from booklet.content.fields import Text
from booklet.content.labels import Labels
from booklet.content.load import load_with_files
from booklet.content.model import KINDS_OF_FILE, BookletFile, Section
from booklet.content.passages import passages
from booklet.content.plain_text import fingerprint, whole_text
from booklet.content.roles import LAYOUT, fields_of, walk
from booklet.content.shared_contacts import ContactsFile
from booklet.content.wordings import wordings
from tests.conftest import ROOT


class WithTwoMoreKeys(Section):
    """A section with a key for its layout and a key for words."""

    tint: Annotated[str, LAYOUT] = Field("", description="Layout.")
    aside: Text | None = Field(None, description="Words.")


@pytest.fixture
def section(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A section of the specimen that may have the two keys."""
    monkeypatch.setattr(load, "Section", WithTwoMoreKeys)
    monkeypatch.setitem(KINDS_OF_FILE, "section", WithTwoMoreKeys)
    return content / "specimen/01-first.yaml"


def taken(section: Path, keys: str) -> tuple[str, set[str], set[str]]:
    """With these keys: the fingerprint, the words to translate and the words that are checked."""
    before = section.read_text(encoding="utf-8")
    section.write_text(f"{before}{keys}", encoding="utf-8")
    booklets, files = load_with_files(section.parent.parent, "specimen")
    section.write_text(before, encoding="utf-8")
    checked = {each.words for each in wordings(booklets["patient"], files)}
    section.with_suffix(".txt").write_text(f"{before}{keys}", encoding="utf-8")
    translated = {each.words for each in passages(section.with_suffix(".txt")).values()}
    return fingerprint(whole_text(booklets)), translated, checked


def test_a_new_key_for_layout_is_left_and_a_new_key_for_words_is_taken(section: Path) -> None:
    known, translated, checked = taken(section, "")
    assert taken(section, "tint: pale colours\n") == (known, translated, checked)
    more = taken(section, "tint: pale colours\naside: Beside it.\n")
    assert more[0] != known
    assert more[1:] == (translated | {"Beside it."}, checked | {"Beside it."})


def test_the_word_check_reads_the_new_key(section: Path) -> None:
    words = section.parent.parent.parent / "content"
    for name in ("words-to-avoid.yaml", "spelling.yaml"):
        (words / name).write_text((ROOT / "tests/words/content" / name).read_text())
    section.write_text(section.read_text() + "tint: pael\naside: pael\n")
    said = [str(each) for each in check_words(words, "specimen").problems]
    assert len([each for each in said if "pael" in each]) == 1
    assert any("01-first.yaml:8:8: error: “pael” is not in the dictionary" in each for each in said)


def test_a_field_that_says_nothing_is_fingerprinted() -> None:
    class New(Section):
        unsaid: str = ""

    role = fields_of(New)["unsaid"].role
    assert (role.checked, role.translated, role.fingerprinted) == (None, False, True)


def test_labels_that_no_reader_is_advised_by_are_not_fingerprinted() -> None:
    advice = {name for name, field in fields_of(Labels).items() if field.role.fingerprinted}
    kinds = {"other", "someone", "tone", "treatment", "read", "temperature", "thermometer"}
    assert {name.split("_")[0] for name in advice} == kinds
    assert len(advice) == 3 + 3 + 7 + 1 + 1 + 6


def test_values_of_a_file_are_walked_as_the_parts_they_are_to_be() -> None:
    pair = {"patient": "Yours", "family": "Theirs"}
    values = {
        "contacts": {"patient": {"name": pair, "offers": "Talk", "phone": "111", "wrong": "x"}}
    }
    found = {".".join(map(str, each.route)): each for each in walk(values, ContactsFile)}
    assert {way: each.value for way, each in found.items() if each.field.role.translated} == {
        "contacts.patient.name": pair,
        "contacts.patient.offers": "Talk",
        "contacts.patient.wrong": "x",
    }
    empty = walk({"sources": {}, "keywords": []}, BookletFile)
    assert [each.value for each in empty] == [{}, []]
