"""Roads with their limits, and files brought below them."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from booklet.attach.attaching import attached
from booklet.attach.fitting import fitted, what_would_fit
from booklet.attach.limit import Limit, in_words, size_in_bytes
from booklet.attach.order import AttachOrder, GivenPdf
from booklet.attach.roads import limit_of, road_named, roads
from booklet.commands.main import app
from booklet.problems import FaultsFound
from tests.attach.letters import booklet, by_typst
from tests.conftest import ROOT, TODAY
from tests.pdf.test_shrink import PHOTO, loosely, size_in, with_picture


def order(*sizes: int, letter: int = 20_000, standard: int | None = None) -> AttachOrder:
    """A letter and booklets of these sizes, which nobody opens."""
    letters = GivenPdf(Path("letter.pdf"), bytes(letter))
    booklets = tuple(
        GivenPdf(Path(f"{number}.pdf"), bytes(size), standard_bytes=standard)
        for number, size in enumerate(sizes, 1)
    )
    return AttachOrder(letters, booklets, TODAY)


def test_every_road_takes_pdf_and_stands_in_the_docs_with_its_limits() -> None:
    page = (ROOT / "docs/roads.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in page.splitlines() if row.startswith("| `")}
    assert [*rows] == [road.name for road in roads()]
    for road in roads():
        assert "pdf" in road.kinds
        said = (road.title, in_words(road.file), road.read, road.source)
        counts = (str(road.files), in_words(road.total)) if road.files and road.total else ()
        assert [each for each in (*said, *counts) if each not in rows[road.name]] == []


def test_a_road_that_is_described_wrongly_is_told_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "roads.yaml").write_text("roads: [{name: a road, file: none}]\n")
    with pytest.raises(FaultsFound, match="these data on roads cannot be used"):
        roads(tmp_path / "roads.yaml")


@pytest.mark.parametrize("written", ["", "much", "700 stone", "0kB", "-5MB"])
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write it like 700kB"):
        size_in_bytes(written)


def test_the_smaller_of_a_road_and_a_wish_holds() -> None:
    vision = road_named("vision")
    both, own = limit_of(vision, 100_000), limit_of(None, 100_000)
    assert both
    assert own
    assert (both.file, both.files, both.total) == (100_000, 4, 5_000_000)
    assert (own.file, own.files) == (100_000, None)
    assert limit_of(vision, 2_000_000) == vision.limit
    assert limit_of(None, None) is None


def test_no_more_is_done_to_a_file_than_must_be() -> None:
    loose = loosely(with_picture(PHOTO, (144, 216)))
    assert fitted(loose, len(loose)).data is loose
    tight = fitted(loose, len(loose) - 1)
    assert (size_in(tight.data), len(tight.steps), tight.fits) == ((1200, 1800), 1, True)
    print_shop = fitted(loose, len(tight.data) - 1)
    assert (size_in(print_shop.data), print_shop.fits) == ((600, 900), True)
    least = fitted(loose, 1)
    assert (size_in(least.data), least.fits) == ((300, 450), False)
    assert "150 dots an inch" in least.steps[-1]


def test_what_would_fit_is_named_with_its_size() -> None:
    vision = road_named("vision").limit
    large = order(900_000, standard=400_000)
    assert [*what_would_fit(large, vision)] == [
        "`--size standard`, about 420 kB",
        "`--size standard --as beside`, the largest about 400 kB",
    ]
    assert [*what_would_fit(order(500_000, 600_000), vision)] == [
        "`--as beside`, 3 files, the largest 600 kB"
    ]
    few = replace(vision, files=2)
    assert [*what_would_fit(order(500_000, 600_000), few)] == [
        "two files: the letter with 1.pdf, then 2.pdf without the letter"
    ]
    assert [*what_would_fit(order(900_000), vision)] == []


def sent(limit: Limit, **wishes: str) -> str:
    """What is told of a letter and a booklet for this limit."""
    parts = GivenPdf(Path("letter.pdf"), by_typst()), (GivenPdf(Path("b.pdf"), booklet(), True),)
    with pytest.raises(FaultsFound) as told:
        attached(AttachOrder(*parts, TODAY, limit=limit, **wishes))  # type: ignore[arg-type]
    return str(told.value)


def test_a_file_that_cannot_be_small_enough_is_refused_with_what_can() -> None:
    most = max(len(by_typst()), len(booklet()))
    told = sent(Limit("the road takes less", most))
    assert "letter.pdf: error: it is" in told
    assert "What would fit: `--as beside`, 2 files" in told
    assert "The letter alone is" in sent(Limit("the road takes less", 9))


def test_files_beside_are_counted_and_stay_as_they_are() -> None:
    told = sent(Limit("the road takes 9 bytes a file", 9, 1, 99), way="beside")
    assert "there are 2 files and it takes 1" in told
    assert "together and it takes 99 bytes" in told
    assert told.count("the road takes 9 bytes a file") == 2


def test_the_command_writes_what_fits_and_tells_what_the_road_does_with_it(tmp_path: Path) -> None:
    letter, given, out = (tmp_path / name for name in ("letter.pdf", "given.pdf", "out.pdf"))
    letter.write_bytes(by_typst())
    given.write_bytes(booklet())
    words = ["attach", *map(str, (letter, given)), "-o", str(out), "--for"]
    done = CliRunner().invoke(app, [*words, "docman"])
    assert (done.exit_code, out.exists()) == (0, True)
    assert "`--ink black` is made for that" in done.output
    out.unlink()
    refused = CliRunner().invoke(app, [*words, "vision", "--limit", "1kB"])
    assert isinstance(refused.exception, FaultsFound)
    assert not out.exists()
