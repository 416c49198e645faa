"""What the data on carriers say, and how a clinic writes its own."""

from pathlib import Path

import pytest

from booklet.html.area import Area
from booklet.post.carriers import (
    Carrier,
    carrier_named,
    carriers,
    carriers_of,
    machine_address,
    slides,
)
from booklet.problems import FaultsFound, WrongUsage
from tests.conftest import ROOT

OWN = """\
carriers:
  - name: desk-c5
    title: our own C5
    read: 2026-11
    source: measured with a ruler
    margins: [5, 5, 5, 5]
    panels: 2
    envelope:
      {name: C5, width: 229, height: 162, window: {left: 22, bottom: 58, width: 95, height: 40}}
"""


def test_every_carrier_says_when_and_where_it_was_read() -> None:
    names = [carrier.name for carrier in carriers()]
    assert names == [
        "gov-notify",
        "nhs-notify-c5",
        "nhs-notify-c4",
        "desk-dl",
        "desk-c5",
        "desk-c4",
    ]
    assert all(carrier.read and carrier.source for carrier in carriers())
    assert machine_address().letters == (2, 7)


def covers(outer: Area, inner: Area) -> bool:
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


@pytest.mark.parametrize("name", ["desk-dl", "desk-c5"])
def test_all_of_the_window_is_seen_wherever_the_sheet_has_slid_to(name: str) -> None:
    carrier = carrier_named(name)
    assert carrier.envelope
    assert carrier.envelope.window
    assert carrier.window
    assert carrier.seen
    cut, (across, down) = carrier.envelope.window, slides(carrier)
    upper = carrier.envelope.height - cut.bottom - cut.height
    for x, y in [(0.0, 0.0), (across, 0.0), (0.0, down), (across, down)]:
        view = Area(cut.left - x, upper - y, cut.left - x + cut.width, upper - y + cut.height)
        assert covers(view, carrier.window)
        assert covers(carrier.seen, view)


def test_what_nobody_says_is_left_out() -> None:
    assert carrier_named("nhs-notify-c5").window is None
    assert carrier_named("desk-c4").window is None
    assert carrier_named("gov-notify").languages == ()


def test_a_clinic_writes_a_carrier_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "clinics" / "ours"
    folder.mkdir(parents=True)
    (folder / "carriers.yaml").write_text(OWN, encoding="utf-8")
    folder.with_suffix(".yaml").write_text("name: Example Hospital\n", encoding="utf-8")
    known = carriers_of(tmp_path, "ours")
    assert [carrier.name for carrier in known].count("desk-c5") == 1
    assert carrier_named("desk-c5", known).title == "our own C5"
    assert carrier_named("desk-c5", known).window == Area(22, 64, 98, 90.5)
    assert carriers_of(tmp_path, None) == carriers()
    with pytest.raises(WrongUsage, match="there is no clinic `our`; did you mean `ours`"):
        carriers_of(tmp_path, "our")


def test_data_that_cannot_be_used_are_told_with_their_file(tmp_path: Path) -> None:
    file = tmp_path / "carriers.yaml"
    file.write_text("carriers:\n  - name: desk\n    windw: 3\n", encoding="utf-8")
    with pytest.raises(FaultsFound) as told:
        carriers(file)
    words = str(told.value)
    assert "carriers.yaml:3:5: error: `windw` is not known here; did you mean `window`?" in words
    assert "`source` is missing" in words


def test_an_unknown_carrier_is_told_with_those_there_are() -> None:
    with pytest.raises(WrongUsage, match="did you mean `desk-c5`"):
        carrier_named("desk-c6")


def in_a_table(carrier: Carrier) -> str:
    """The row of docs/carriers.md that a carrier has."""
    window = carrier.window
    place = (
        f"{window.left:g}–{window.right:g}, {window.top:g}–{window.bottom:g}"
        if window
        else "not said"
    )
    cells = (
        f"`{carrier.name}`",
        carrier.title,
        place,
        ", ".join(f"{width:g}" for width in carrier.margins),
        carrier.sheets or "not said",
        carrier.sides or "not said",
        f"{carrier.bytes / 1000:,.0f} kB" if carrier.bytes else "not said",
        f"black, less than {carrier.ink:.0%}" if carrier.ink else "not said",
        carrier.read,
        carrier.source,
    )
    return f"| {' | '.join(map(str, cells))} |"


def test_every_carrier_stands_in_the_docs_as_the_data_have_it() -> None:
    page = (ROOT / "docs/carriers.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in map(in_a_table, carriers()) if row not in page] == []
