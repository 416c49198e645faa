"""Words of every script, taken out of a PDF by five programs, are those of the page, in order.

What no validator sees: an Arabic page passed them all while poppler found 24 of its 187 words.
"""

import re
from functools import cache
from pathlib import Path

import page
import pytest
import yaml

from booklet.html.font_faces import font_rules, served_font
from booklet.tagging.conformance import write_pdf
from booklet.tagging.typeset import typeset
from booklet.typeface import typefaces_for
from tests.conftest import ROOT
from tests.readers import READERS, words

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("readers")]

SENTENCES: dict[str, str] = yaml.safe_load(
    (ROOT / "tests/languages/sentences.yaml").read_text(encoding="utf-8")
)
LEFTWARDS = ("ar", "ckb", "fa", "he", "ps", "ur")
#: The word before each is the sentence's own: a number, a time, a name and a telephone number.
BETWEEN = ("38.5", "8:30", "gilteritinib", "020 7946 0018")
PAGE = """<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">
<title>Article 1</title><style>@page {{ size: A5 }} body {{ font-size: 14pt }} {rules}
@font-face {{ font-family: "Atkinson Hyperlegible"; src: url("fonts/Regular.ttf") }}</style>
</head><body><!-- {shared} --><p>{text}</p></body></html>"""


def sentence(language: str) -> str:
    """Article 1 with a number, a time, an English name and a telephone number among its words."""
    parts = SENTENCES[language].split()
    for place, each in enumerate(BETWEEN):
        parts.insert(2 + place * 3, each)
    return " ".join(parts)


def regular(rules: str) -> str:
    """The rules without the bold faces: no word here is bold, and each face takes a second."""
    return re.sub(r"@font-face \{[^}]*font-weight: 700;[^}]*\}", "", rules)


def letters_of_its_typeface(language: str) -> str:
    """Those of all languages drawn by the same: the typeface is cut to a page's once for them."""
    first = typefaces_for(language)[0]
    alike = (each for each in SENTENCES if typefaces_for(each)[0] == first)
    return "".join(sorted(set("".join(map(sentence, alike)))))


@cache
def written(language: str, folder: Path) -> Path:
    text = sentence(language)
    characters = {language: frozenset(map(ord, text)) - {ord(" ")}}
    html = PAGE.format(
        language=language,
        direction="rtl" if language in LEFTWARDS else "ltr",
        rules=regular(font_rules(characters, served_font, {})),
        shared=letters_of_its_typeface(language),
        text=text.replace(BETWEEN[-1], f'<bdi dir="ltr">{BETWEEN[-1]}</bdi>'),
    )
    path = folder / f"{language}.pdf"
    path.write_bytes(write_pdf(typeset(html, (), path)))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("reader", READERS)
def test_a_reader_gets_the_words_as_they_were_written(
    reader: str, language: str, folder: Path
) -> None:
    found = words(READERS[reader](written(language, folder)))
    wanted = words(sentence(language))
    if language == "zh":  # a line of Chinese breaks between any two letters
        found, wanted = ["".join(found)], ["".join(wanted)]
    assert found == wanted


@pytest.mark.parametrize("language", SENTENCES)
def test_it_conforms_all_the_same(language: str, folder: Path) -> None:
    data = written(language, folder).read_bytes()
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert [each.rule_id for each in report.failures] == [], profile
