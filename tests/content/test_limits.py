"""What is larger than content can be is answered at once, and what is large but right is read."""

from pathlib import Path

import pytest

from booklet.content.limits import LARGEST_FILE, LONGEST_TEXT, long_words, too_long
from booklet.content.yaml_source import read_yaml
from booklet.problems import FaultsFound


def test_a_file_larger_than_any_section_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "01-first.yaml"
    path.write_text(f"title: {LARGEST_FILE * 'x'}\n", encoding="utf-8")
    with pytest.raises(FaultsFound, match=r"this file has 300,008 bytes, and the most is 300,000"):
        read_yaml(path)


def test_a_text_longer_than_any_paragraph_is_a_fault() -> None:
    assert too_long(LONGEST_TEXT * "x") is None
    assert "10,001 characters; make paragraphs of it" in (too_long(LONGEST_TEXT * "x" + "x") or "")


@pytest.mark.parametrize(
    "held",
    [
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "a/" * 60,
        "如果出现胸痛，请立即拨打急救电话。" * 8,
        "หากคุณเจ็บหน้าอกให้โทรเรียกรถพยาบาลทันที" * 4,
    ],
)
def test_a_word_that_breaks_over_lines_or_has_a_place_to_is_no_fault(held: str) -> None:
    assert list(long_words(held)) == []


def test_a_chain_of_hyphens_is_kept_on_one_line_and_breaks_in_an_address() -> None:
    assert len(list(long_words("a-" * 31))) == 1
    assert list(long_words("a-" * 31, address=True)) == []
