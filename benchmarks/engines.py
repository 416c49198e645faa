"""One booklet against other programs that make a PDF of the same words.

They do less: what their file lacks stands beside the figures. None is needed to use or to test
the builder; what is missing is named: `pip install typst 'formepdf[local]'`.
"""

import sys
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from benchmarks.edition import built
from benchmarks.facts import facts
from benchmarks.measuring import Way, command, here, interleaved
from benchmarks.other_engines import TOOLS, WHOLE_SHEET
from benchmarks.row import Row, seconds
from benchmarks.specimen import ROOT, as_files, edition, one_sheet
from benchmarks.words_in_typst import in_typst

CHROMIUM = which("chromium-headless-shell") or which("chromium")
SHEETS = ("editions/standard.css", "direction/ltr.css")
LESS = {
    "typst": "no drawings, no look of ours, no checks",
    "chromium": "no running heads, no page numbers in the contents, no checks",
    "formepdf": "no checks",
}
"""What else is not done."""


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds from cold, as a command, and warm, where it is a library."""
    with TemporaryDirectory() as name:
        folder, target = Path(name), edition()
        page = as_files(target, folder)
        (folder / "booklet.typ").write_text(in_typst(page.read_text(encoding="utf-8")))
        (folder / WHOLE_SHEET).write_text("".join(one_sheet(folder / each) for each in SHEETS))
        ways = {**_ours(folder), "warm": here(lambda: built(target))}
        for tool in LESS:
            if tool == "chromium" and CHROMIUM:
                ways["chromium"] = _chromium(page)
            elif find_spec(tool):
                ways[tool] = _python(tool, folder)
                ways[f"{tool} warm"] = here(partial(TOOLS[tool], folder))
        took = {name: each.processor for name, each in interleaved(ways, rounds).items()}
        for tool, less in LESS.items():
            if tool not in took:
                yield Row("one edition, cold", seconds(took["cold"]), f"{tool} is not installed")
                continue
            remark = f"{facts((folder / f'{tool}.pdf').read_bytes())}; {less}"
            yield _row("cold", took["cold"], tool, took[tool], remark)
            if f"{tool} warm" in took:
                yield _row("warm", took["warm"], tool, took[f"{tool} warm"], "")


def _row(way: str, ours: float, tool: str, theirs: float, remark: str) -> Row:
    against = f"{tool}, {way} {seconds(theirs)}"
    return Row(f"one edition, {way}", seconds(ours), against, ours / theirs, remark=remark)


def _ours(folder: Path) -> dict[str, Way]:
    words = [sys.executable, "-m", "benchmarks.edition", folder / "mine.pdf"]
    return {"cold": command(words, ROOT)}


def _python(tool: str, folder: Path) -> Way:
    """The tool in a process of its own."""
    return command([sys.executable, "-m", "benchmarks.other_engines", tool, folder], ROOT)


def _chromium(page: Path) -> Way:
    switches = ("--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    file = f"--print-to-pdf={page.with_name('chromium.pdf')}"
    outline = "--generate-pdf-document-outline"
    return command([str(CHROMIUM), *switches, outline, file, page.as_uri()])
