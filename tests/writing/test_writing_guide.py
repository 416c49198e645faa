"""The guide for writers: its commands print what it says, its examples are what they look like."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from booklet.content.blocks import KINDS
from booklet.review.booklet import load_booklet
from tests.commands.program import run
from tests.conftest import ROOT, TODAY
from tests.writing.block_pictures import GUIDE, MADE_OF, PICTURES, digest, examples, write_content
from tests.writing.editor_yaml import read_as_editors_do
from tests.writing.test_schema import faults_of

TEXT = GUIDE.read_text(encoding="utf-8")
PROGRAM = "booklet"
_STEP = re.compile(
    r"<!-- (?:run(?:: (?P<code>\d))?|edit: (?P<file>\S+)) -->\n```(?:sh|diff)\n(?P<what>.*?)\n```\n"
    r"(?:\n```text\n(?P<says>.*?)\n```)?",
    re.S,
)


def test_every_kind_has_its_section_with_an_example_and_a_picture() -> None:
    assert list(examples()) == re.findall(r"^### `([a-z-]+)`$", TEXT, re.M)
    assert set(examples()) == set(KINDS)
    shown = dict(re.findall(r"^!\[([^\]]{15,})\]\(blocks/([a-z-]+)\.png\)$", TEXT, re.M))
    assert set(shown.values()) == set(KINDS)
    assert {path.stem for path in PICTURES.iterdir()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_that_of_its_example(kind: str) -> None:
    with Image.open(PICTURES / f"{kind}.png") as picture:
        made_of = picture.text[MADE_OF]  # type: ignore[attr-defined]
    stale = "stale; run: .venv/bin/python -m tests.writing.block_pictures"
    assert made_of == digest(examples()[kind]), stale


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 400_000


def test_every_example_is_of_its_kind_and_right(tmp_path: Path) -> None:
    write_content(tmp_path / "content")
    booklet = load_booklet(tmp_path / "content", "example", TODAY)["family"]
    assert {named.id: named.section.blocks[0].kind for named in booklet.sections} == {
        kind: kind for kind in KINDS
    }
    for example in examples().values():
        (block,) = read_as_editors_do(example)
        assert faults_of({"title": "A", "blocks": [block]}, "section") == []


def test_readme_and_reference_lead_to_the_guide() -> None:
    assert "(docs/writing.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(writing.md)" in (ROOT / "docs/content.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_commands_of_the_guide_print_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    steps = list(_STEP.finditer(TEXT))
    assert len(steps) == TEXT.count("<!-- run") + TEXT.count("<!-- edit") >= 6
    for step in steps:
        if step["file"]:
            _edit(tmp_path / step["file"], step["what"])
            continue
        assert step["what"].startswith(f"{PROGRAM} ")
        arguments = shlex.split(step["what"].removeprefix(PROGRAM))
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == int(step["code"] or 0), done.stderr
        _holds(_measured(done.stdout + done.stderr), step["says"])


def _edit(path: Path, diff: str) -> None:
    """Put the lines with + in the place of those with -."""
    old, new = (
        "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[0] == sign) for sign in "-+"
    )
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _measured(words: str) -> str:
    """What is printed, with … for the figures that change with the look of the pages."""
    return re.sub(r"\d+ (pages|kB)", r"… \1", words)


def _holds(printed: str, told: str) -> None:
    """Every piece between two … stands in what was printed, in that order."""
    rest = printed
    for piece in _pieces(told):
        _, found, rest = rest.partition(piece)
        assert found, f"{piece!r} is not printed; printed was:\n{printed}"


def _pieces(told: str) -> Iterator[str]:
    return (piece.strip("\n") for piece in re.split(r"^…$", told, flags=re.M) if piece.strip())
