"""The words that templates print, in every language: complete, filled in, and counted."""

from pathlib import Path

import pytest
import yaml

from booklet.editions import size_named
from booklet.html.render import render
from booklet.problems import FaultsFound
from booklet.review.booklet import load_booklet
from tests.conftest import TODAY

TESTS = Path(__file__).parent.parent
CASES = yaml.safe_load((TESTS / "labels.yaml").read_text(encoding="utf-8"))


def speaking(content: Path, language: str, old: str = "", new: str = "") -> list[str]:
    """The specimen in another language, one thing changed in its labels; what is said of it."""
    labels = (TESTS / "languages" / "labels" / f"{language}.yaml").read_text(encoding="utf-8")
    assert old in labels
    file = content / "labels" / f"{language}.yaml"
    file.parent.mkdir()
    file.write_text(labels.replace(old, new, 1) if old else labels, encoding="utf-8")
    about = content / "specimen" / "booklet.yaml"
    about.write_text(about.read_text() + f"language: {language}\n")
    try:
        load_booklet(content, "specimen", TODAY)
    except FaultsFound as error:
        return [str(problem).replace(f"{file.parent}/", "") for problem in error.problems]
    return []


@pytest.mark.parametrize(("language", "word"), [("cy", "Cynnwys"), ("ar", "المحتويات")])
def test_a_content_folder_brings_the_labels_of_a_language(
    content: Path, language: str, word: str
) -> None:
    assert speaking(content, language) == []
    html = render(load_booklet(content, "specimen", TODAY)["patient"], size_named("standard"))
    assert word in html
    assert "Contents" not in html


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"][:60])
def test_labels_that_fall_short_are_told_with_their_place(
    case: dict[str, str], content: Path
) -> None:
    assert speaking(content, case["language"], case["old"], case["new"])[0] == case["says"]


def test_a_label_that_counts_needs_words_for_every_number(content: Path) -> None:
    file = TESTS / "languages" / "labels" / "ar.yaml"
    text = file.read_text(encoding="utf-8")
    begin, end = text.index("treatment_ask:"), text.index("phone:")
    wanted = "`zero:`, `one:`, `two:`, `few:`, `many:`, `other:`"
    assert speaking(content, "ar", text[begin:end], "treatment_ask: أسئلة\n") == [
        f"ar.yaml:29:16: error: this label counts; give its words under {wanted}"
    ]


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("en", 1, "Question to ask"),
        ("en", 0, "Questions to ask"),
        ("cy", 0, "Dim cwestiwn i’w ofyn"),
        ("cy", 1, "1 cwestiwn i’w ofyn"),
        ("cy", 2, "2 gwestiwn i’w gofyn"),
        ("cy", 3, "3 chwestiwn i’w gofyn"),
        ("cy", 4, "4 cwestiwn i’w gofyn"),
        ("cy", 6, "6 chwestiwn i’w gofyn"),
        ("cy", 11, "11 cwestiwn i’w gofyn"),
        ("ar", 0, "لا أسئلة لطرحها"),
        ("ar", 1, "سؤال واحد لطرحه"),
        ("ar", 2, "سؤالان لطرحهما"),
        ("ar", 3, "3 أسئلة لطرحها"),
        ("ar", 11, "11 سؤالا لطرحها"),
        ("ar", 100, "100 سؤال لطرحها"),
        ("ar", 103, "103 أسئلة لطرحها"),
    ],
)
def test_a_label_counts_as_its_language_does(
    content: Path, language: str, count: int, words: str
) -> None:
    if language != "en":
        speaking(content, language)
    assert (
        load_booklet(content, "specimen", TODAY)["patient"].labels.treatment_ask.words(count)
        == words
    )
