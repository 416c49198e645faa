"""Every rule over words speaks where words are bad, and is silent where they are good."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from booklet.check.check_words import WORD_RULES, check_words

FOLDER = Path(__file__).parent.parent / "words"
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


def rewritten(content: Path, case: dict[str, Any], how: str) -> None:
    """The content with the case's texts put in their places."""
    path = content / case["file"]
    text = path.read_text(encoding="utf-8")
    for old, new in case[how].items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    if how == "bad":
        for name, whole in case.get("also", {}).items():
            (content / name).write_text(whole, encoding="utf-8")
        if copy := case.get("copied_to"):
            shutil.copytree(content / "leaflet", content / copy)


def said(content: Path) -> list[str]:
    report = check_words(content, "leaflet")
    return [str(problem).replace(f"{content}/", "") for problem in report.problems]


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    without, of_none = WORD_RULES.keys() - CASES.keys(), CASES.keys() - WORD_RULES.keys()
    assert not without, f"write an example below {FOLDER} for each"
    assert not of_none, f"there is no such rule; take them out of {FOLDER}"


def test_content_that_breaks_no_rule_is_met_with_silence(words_content: Path) -> None:
    assert said(words_content) == []


@pytest.mark.parametrize("rule", CASES)
def test_bad_words_are_found_with_place_and_remedy(rule: str, words_content: Path) -> None:
    case = yaml.safe_load(CASES[rule].read_text(encoding="utf-8"))
    rewritten(words_content, case, "bad")
    report = check_words(words_content, case.get("copied_to", "leaflet"))
    assert [str(each).replace(f"{words_content}/", "") for each in report.problems] == case["says"]
    assert {each.rule for each in report.problems} == {rule}


@pytest.mark.parametrize("rule", CASES)
def test_good_words_are_met_with_silence(rule: str, words_content: Path) -> None:
    case = yaml.safe_load(CASES[rule].read_text(encoding="utf-8"))
    rewritten(words_content, case, "good")
    assert said(words_content) == []
