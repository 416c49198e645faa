"""The fingerprint: the same words give the same one, however they are laid out; others do not."""

import hashlib
import re
import shutil
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet.content.load import load_with_files
from booklet.content.plain_text import fingerprint, whole_text
from booklet.content.version_code import LETTERS, as_printed, code_of, nearly
from booklet.review.booklet import load_booklet
from tests.conftest import ROOT, TODAY

AML = ROOT / "content/aml-relapse"
#: Keys that are not words: layout, sources of sections, when a number was looked up, other forms.
NOT_WORDS = {"large", "place", "starts", "alone", "on_purpose", "also"}


def known(content: Path, name: str = "specimen") -> str:
    return fingerprint(whole_text(load_with_files(content, name)[0]))


@cache
def known_now() -> str:
    """The fingerprint of the AML booklet as it is, worked out once."""
    return known(ROOT / "content", "aml-relapse")


@pytest.fixture
def aml(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def test_the_fingerprint_is_the_sha_256_of_the_whole_text_alike_for_both_readers(
    content: Path,
) -> None:
    booklets = load_with_files(content, "specimen")[0]
    text = whole_text(booklets)
    assert fingerprint(text) == hashlib.sha256(text.encode()).hexdigest()
    statuses = {each.status for each in load_booklet(content, "specimen", TODAY).values()}
    assert {each.fingerprint for each in statuses} == {fingerprint(text)}


def test_yaml_laid_out_another_way_has_the_same_fingerprint(aml: Path) -> None:
    for path in (*(aml / "aml-relapse").glob("*.yaml"), aml / "house.yaml", aml / "glossary.yaml"):
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        text = yaml.safe_dump(
            values, width=40, allow_unicode=True, sort_keys=False, default_style='"'
        )
        path.write_text(f"# another layout\n{text}", encoding="utf-8")
    for drawing in (aml / "aml-relapse/pictures").glob("*.svg"):
        drawing.write_bytes(drawing.read_bytes().replace(b"\n", b"\r\n"))
    assert known(aml, "aml-relapse") == known_now()


def words_in(value: object, route: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    """The way to every text of a file that somebody reads or hears."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_WORDS:
                yield from words_in(item, (*route, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from words_in(item, (*route, index))
    elif isinstance(value, str) and re.search(r"[a-z]{3} [a-z]", value):
        yield route


PLACES = [
    (path, route)
    for path in sorted(AML.glob("*.yaml"))
    for route in words_in(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
]


@settings(max_examples=8, deadline=None)
@given(place=st.sampled_from(PLACES), word=st.text(string.ascii_lowercase, min_size=1, max_size=9))
def test_one_more_word_anywhere_changes_the_fingerprint(
    place: tuple[Path, tuple[object, ...]], word: str
) -> None:
    path, route = place
    values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    here = values
    for step in route[:-1]:
        here = here[step]
    here[route[-1]] += f" {word}"
    with TemporaryDirectory() as folder:
        content = Path(shutil.copytree(ROOT / "content", Path(folder) / "content"))
        (content / "aml-relapse" / path.name).write_text(
            yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_style='"'),
            encoding="utf-8",
        )
        assert known(content, "aml-relapse") != known_now()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("house.yaml", "0808 2080 888", "0808 2080 889"),
        ("house.yaml", "999", "112"),
        ("glossary.yaml", "Into a vein.", "Into the vein."),
        ("aml-relapse/booklet.yaml", 'version: "0.1"', 'version: "0.2"'),
        ("aml-relapse/00-call.yaml", "tone: emergency", "tone: soon"),
        ("aml-relapse/pictures/three-in-ten.svg", "<svg ", "<svg  "),
    ],
)
def test_what_is_printed_from_other_files_counts(file: str, old: str, new: str, aml: Path) -> None:
    path = aml / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert known(aml, "aml-relapse") != known_now()


def test_sections_in_another_order_are_other_words(aml: Path) -> None:
    (aml / "aml-relapse/05-feelings.yaml").rename(aml / "aml-relapse/95-feelings.yaml")
    assert known(aml, "aml-relapse") != known_now()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("aml-relapse/booklet.yaml", "version:", "on_purpose: {numeral: why}\nversion:"),
        ("aml-relapse/13-if-aml-cannot-be-cured.yaml", "starts: page", "starts: flow"),
        ("house.yaml", "checked: ", "checked: again "),
    ],
)
def test_layout_notes_and_what_nobody_reads_do_not_count(
    file: str, old: str, new: str, aml: Path
) -> None:
    path = aml / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert known(aml, "aml-relapse") == known_now()


def test_a_clinics_profile_and_the_record_do_not_count(content: Path) -> None:
    before = known(content)
    assert fingerprint(whole_text(load_with_files(content, "specimen", "example")[0])) == before
    (content / "specimen/review.yaml").write_text("written_by: A Writer\n")
    assert known(content) == before


@given(st.binary(min_size=32, max_size=32), st.data())
def test_a_code_is_read_however_it_is_typed_and_one_wrong_letter_is_near(
    digest: bytes, data: st.DataObject
) -> None:
    code = code_of(digest.hex())
    assert int(digest.hex()[:10], 16) == sum(
        LETTERS.index(letter) << 5 * place
        for place, letter in enumerate(reversed(code.replace("-", "")))
    )
    typed = code.lower().replace("0", "o").replace("1", data.draw(st.sampled_from("il1")))
    assert as_printed(f" {typed.replace('-', ' ')} ") == code
    place = data.draw(st.sampled_from([0, 1, 2, 3, 5, 6, 7, 8]))
    other = data.draw(st.sampled_from([each for each in LETTERS if each != code[place]]))
    assert nearly(code[:place] + other + code[place + 1 :], [code]) == (code,)
