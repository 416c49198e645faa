"""A content folder becomes a booklet for each reader."""

from pathlib import Path

import pytest

from booklet.content.load import load_with_files, texts
from booklet.content.names import booklet_names, clinic_names
from booklet.problems import WrongUsage


def words(content: Path, audience: str) -> str:
    booklet = load_with_files(content, "specimen")[0][audience]  # type: ignore[index]
    return "\n".join(text.plain for named in booklet.sections for text in texts(named.section))


def add_section(content: Path, name: str, text: str) -> None:
    (content / "specimen" / name).write_text(text, encoding="utf-8")


def test_each_reader_gets_their_own_wording(content: Path) -> None:
    assert "You have" in words(content, "patient")
    assert "The person you care for has" not in words(content, "patient")
    assert "The person you care for has" in words(content, "family")


def test_a_section_or_block_for_one_reader_is_not_in_the_others_booklet(content: Path) -> None:
    add_section(
        content,
        "02-theirs.yaml",
        "title: Theirs\nfor: family\nblocks:\n  - {kind: paragraph, text: Family section}\n",
    )
    add_section(
        content,
        "03-both.yaml",
        "title: Both\nblocks:\n  - {kind: paragraph, text: All}\n"
        "  - {kind: paragraph, for: patient, text: Patient block}\n",
    )
    assert "Family section" in words(content, "family")
    assert "Family section" not in words(content, "patient")
    assert "Patient block" in words(content, "patient")
    assert "Patient block" not in words(content, "family")


def test_sections_stand_in_the_order_of_their_numbers(content: Path) -> None:
    add_section(content, "00-zero.yaml", "title: Zero\nblocks:\n  - {kind: notes}\n")
    ids = [named.id for named in load_with_files(content, "specimen")[0]["patient"].sections]
    assert ids == ["zero", "first"]


def test_the_glossary_prints_only_the_terms_that_are_used(content: Path) -> None:
    text = "title: T\nblocks:\n  - {kind: paragraph, text: Two remissions}\n"
    add_section(content, "02-more.yaml", text)
    terms = [term.term for term in load_with_files(content, "specimen")[0]["patient"].glossary]
    assert terms == ["remission", "specimen testing rule"]


def test_a_term_inside_another_word_is_not_that_term(content: Path) -> None:
    glossary = content / "glossary.yaml"
    glossary.write_text(f"{glossary.read_text()}  - {{term: cell, meaning: A small part.}}\n")
    for text, found in (("Excellent cellars", False), ("A cell, say", True)):
        add_section(
            content, "02-more.yaml", f"title: T\nblocks:\n  - {{kind: paragraph, text: '{text}'}}\n"
        )
        terms = [term.term for term in load_with_files(content, "specimen")[0]["patient"].glossary]
        assert ("cell" in terms) is found


def test_a_section_for_one_reader_may_lead_to_another_of_theirs(content: Path) -> None:
    add_section(
        content,
        "02-theirs.yaml",
        'title: Theirs\nfor: family\nblocks:\n  - {kind: paragraph, text: "See [that](#more)."}\n',
    )
    add_section(content, "03-more.yaml", "title: More\nfor: family\nblocks:\n  - {kind: notes}\n")
    assert "See that." in words(content, "family")


def test_numbers_and_words_like_no_stay_as_they_were_typed(content: Path) -> None:
    add_section(
        content,
        "02-no.yaml",
        "title: no\nblocks:\n  - {kind: list, items: [on, 007, 1e3, 2026-11-22]}\n",
    )
    assert words(content, "patient").splitlines()[-5:] == ["no", "on", "007", "1e3", "2026-11-22"]


def test_an_unknown_booklet_or_clinic_names_those_there_are(content: Path) -> None:
    assert booklet_names(content) == ("specimen",)
    assert clinic_names(content) == ("example",)
    with pytest.raises(WrongUsage, match="did you mean `specimen`"):
        load_with_files(content, "specimens")
    with pytest.raises(WrongUsage, match="no clinic `nowhere`; there are: example"):
        load_with_files(content, "specimen", "nowhere")
