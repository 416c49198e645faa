"""Bad content in, the message out: every file below `faults/` is one case."""

from pathlib import Path

import pytest
import yaml

from booklet.build import Order, build
from booklet.editions import AUDIENCES, SIZES
from booklet.problems import FaultsFound
from tests.conftest import TODAY

CASES = sorted((Path(__file__).parent.parent / "faults").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_bad_content_is_refused_with_place_and_remedy(case: Path, content: Path) -> None:
    wanted = yaml.safe_load(case.read_text(encoding="utf-8"))
    spoil(content, wanted)
    before = content.parent / "output" / "there-before.pdf"
    before.parent.mkdir()
    before.write_bytes(b"kept")
    order = Order(
        content,
        before.parent,
        ("specimen",),
        AUDIENCES,
        SIZES[:1],
        wanted.get("clinic"),
        today=TODAY,
    )
    with pytest.raises(FaultsFound) as raised:
        build(order, lambda made, of: None)
    said = [str(problem).replace(f"{content}/", "") for problem in raised.value.problems]
    assert said == wanted["says"]
    assert [path.name for path in before.parent.iterdir()] == ["there-before.pdf"]


def spoil(content: Path, case: dict[str, object]) -> None:
    """Make the specimen content as bad as the case says."""
    path = content / str(case["file"])
    if "text" in case:
        path.write_text(str(case["text"]), encoding="utf-8")
    for old, new in dict(case.get("replace", {})).items():  # type: ignore[call-overload]
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    for name, text in dict(case.get("also", {})).items():  # type: ignore[call-overload]
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(text, encoding="utf-8")


def test_faults_of_several_files_and_readers_are_told_together(content: Path) -> None:
    section = content / "specimen" / "01-first.yaml"
    section.write_text("title: A\nblocks:\n  - kind: nothing\n", encoding="utf-8")
    house = content / "house.yaml"
    house.write_text(house.read_text().replace("offers:", "ofers:"), encoding="utf-8")
    with pytest.raises(FaultsFound) as raised:
        build(
            Order(content, content / "out", (), AUDIENCES, SIZES[:1], today=TODAY),
            lambda made, of: None,
        )
    assert {problem.file.name for problem in raised.value.problems} == {
        "01-first.yaml",
        "house.yaml",
    }
    assert len(raised.value.problems) == len(set(raised.value.problems)) == 2
