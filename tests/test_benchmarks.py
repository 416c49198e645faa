"""The benchmarks' command, table and page. Nothing is timed here."""

import doctest
import importlib.util
from datetime import UTC, datetime

import pytest

from benchmarks import row
from benchmarks.__main__ import BENCHMARKS, README, arguments
from benchmarks.page import page, readme_line, with_line
from benchmarks.row import Row, table
from benchmarks.words_in_typst import in_typst

ROWS = (
    Row("an edition, cold: all of it", "2.0 s", "WeasyPrint 1.8 s", 1.11, 1.25),
    Row("the command", "3.0 s", "pypdf 2.0 s", 1.5, 1.25, "both draw"),
    Row("a letter", "1.0 s", "qpdf 2.0 s", 0.5),
)


def test_a_row_says_whether_its_bar_is_met() -> None:
    assert [each.verdict for each in ROWS] == ["met", "**missed**", ""]
    assert doctest.testmod(row).failed == 0


def test_every_line_of_the_table_has_as_many_cells_as_its_head() -> None:
    head, *lines = "\n".join(table(ROWS)).splitlines()
    assert len(lines) == 1 + len(ROWS)
    assert {each.count("|") for each in lines} == {head.count("|")}


def test_the_page_has_each_table_under_its_heading() -> None:
    made = page({"One": ROWS[:1], "Two": ROWS[1:]}, datetime(2026, 11, 26, tzinfo=UTC), 5)
    assert "--rounds 5` on 26 November 2026" in made
    assert made.index("## One") < made.index(" cold: ") < made.index("## Two") < made.index("qpdf")


def test_the_line_of_the_readme_is_replaced_and_nothing_else() -> None:
    text = README.read_text(encoding="utf-8")
    told = readme_line({"One": ROWS})
    assert "an edition, cold: 1.11 ×" in told
    assert "the command, with web page and manifest, 1.50 ×" in told
    assert "1 of 2 bars met" in told
    once = with_line(text, told)
    assert told in once
    assert with_line(once, "another") == with_line(text, "another")
    assert once.splitlines()[-5:] == text.splitlines()[-5:]
    with pytest.raises(ValueError, match="lacks the line"):
        with_line("no mark", told)


def test_every_benchmark_has_a_module_of_its_name() -> None:
    for each in BENCHMARKS:
        assert importlib.util.find_spec(f"benchmarks.{each.name}"), each.name
    assert arguments(["--only", "paper", "attach"]).only == ["paper", "attach"]


def test_the_help_names_every_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(["--help"])
    told = capsys.readouterr().out
    assert all(each.name in told for each in BENCHMARKS)


def test_words_for_typst_are_those_of_the_page_in_their_order() -> None:
    made = in_typst(
        '<title>T</title><h1>A "b"</h1><p>C \\ <b>d</b></p><ul><li>E<li>F</ul>'
        "<table><tr><th>G<th>H<tr><td>I<td>J</table><svg><text>K</text></svg>"
    )
    words = [made.index(each) for each in ('"A \\"b\\""', '"C \\\\ d"', '"E"', '"F"', '"G"', '"J"')]
    assert words == sorted(words)
    assert '"K"' not in made
