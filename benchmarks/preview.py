"""How long the preview takes from a save to the picture of the page looked at, and to all pages.

Run from the project's folder: `.venv/bin/python -m benchmarks.preview [RUNS] [SIZE]`. It serves a
copy of the content, changes a word of the AML booklet each time, early in it, late in it and in two
sections at once by turns, and listens as a browser does. Between the saves plain WeasyPrint sets
the same HTML, warm, in this process: a ratio is that of medians, and holds on a busy machine too.
"""

import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import weasyprint

from booklet.editions import all_sizes
from booklet.preview.choice import Choice
from booklet.preview.prepare import prepare
from booklet.tagging.typeset import parsed

ORIGINAL = Path("content")

View = dict[str, Any]
"""What the server tells a page of the preview."""

Heading = tuple[str, str]
"""A file, and a heading in it."""

EARLY: Heading = ("aml-relapse/05-feelings.yaml", "When you feel low")
LATE: Heading = ("aml-relapse/18-living-with-treatment.yaml", "Tiredness and exercise")

CHANGED = {
    "early in the booklet": (EARLY,),
    "late in the booklet": (LATE,),
    "the later of two sections": (EARLY, LATE),
}
"""The headings that a save changes; the page of the last is looked at."""


@dataclass(frozen=True)
class Times:
    """Seconds from a save."""

    page: float  # To the web page
    picture: float  # To the picture of the printed page that is looked at
    pages: float  # To all printed pages

    def __str__(self) -> str:
        return "web page {:.2f} s, picture {:.2f} s, all pages {:.2f} s".format(*astuple(self))


@dataclass(frozen=True)
class Served:
    """A preview that runs, its content, and what it tells."""

    address: str
    query: str
    content: Path
    news: Iterator[View]

    def after_a_save(
        self, view: View, headings: tuple[Heading, ...], number: int
    ) -> tuple[Times, View]:
        """The times after this number was written into headings, and what is seen at last.

        The page of the last heading is looked at, among those that are seen before.
        """
        self.look(view, headings[-1][1])
        for name, heading in headings:
            words = (ORIGINAL / name).read_text(encoding="utf-8")
            changed = words.replace(heading, f"{heading} {number}")
            (self.content / name).write_text(changed, encoding="utf-8")
        start = time.perf_counter()
        page = picture = 0.0
        looked = f"{headings[-1][1]} {number}"
        for view in self.news:
            if not page and view["screen"] and looked in self.screen(view):
                page = time.perf_counter() - start
            places = [int(at) for words, at in view["places"] if words == looked]
            if places and not picture:
                shown = f"page/{view['pages'][places[0]]}.png?{self.query}&width=1200"
                urlopen(self.address + shown).read()
                picture = time.perf_counter() - start
            if places and not view["pagesAreOld"]:
                break
        return Times(page, picture, time.perf_counter() - start), view

    def look(self, view: View, heading: str) -> None:
        """Tell, as a browser does, that the page of a heading is looked at."""
        at = next(int(at) for words, at in view["places"] if words.startswith(heading))
        told = f"looked?{self.query}&page={view['pages'][at]}"
        urlopen(Request(self.address + told, headers=OWN, method="POST")).read()

    def screen(self, view: View) -> str:
        """The web page."""
        with urlopen(f"{self.address}screen/{view['screen']}?{self.query}") as answer:
            return str(answer.read(), "utf-8")


OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a request of the preview's own page."""


def views(address: str, query: str) -> Iterator[View]:
    """What the server tells a page, as it comes."""
    asking = Request(f"{address}events?{query}", headers=OWN)
    with urlopen(asking) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def plain(content: Path, size: str) -> float:
    """Seconds that WeasyPrint alone takes for the same HTML, with its own structure."""
    chosen = next(each for each in all_sizes() if each.name == size)
    job = prepare(content, Choice("aml-relapse", size=chosen), date(2026, 1, 1))
    page = parsed(job.html, job.target.booklet.picture_folders)
    start = time.perf_counter()
    weasyprint.HTML(
        string=job.html, base_url=page.base_url, url_fetcher=page.url_fetcher
    ).write_pdf(pdf_variant="pdf/ua-1")
    return time.perf_counter() - start


def measure(content: Path, runs: int, size: str) -> None:
    """Print the times of each save, their medians, and the ratios to plain WeasyPrint."""
    command = [sys.executable, "make_booklet.py", "preview", "aml-relapse", "--size", size]
    server = subprocess.Popen(
        [*command, "--no-open", "--content", str(content)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    address, query = server.stdout.readline().split()[1].split("?")
    served = Served(address, query, content, views(address, query))
    times: dict[str, list[Times]] = {where: [] for where in CHANGED}
    alone: list[float] = []
    try:
        view = next(view for view in served.news if view["set"])
        for number, (where, headings) in enumerate([*CHANGED.items()] * runs, start=1):
            time.sleep(5)  # until the pages are measured and the words are checked too
            alone.append(plain(content, size))
            taken, view = served.after_a_save(view, headings, number)
            times[where].append(taken)
            print(f"{where}: {taken}; WeasyPrint alone {alone[-1]:.2f} s")
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
    for where, some in times.items():
        medians = Times(*map(statistics.median, zip(*map(astuple, some), strict=True)))
        ratios = [each / statistics.median(alone) for each in astuple(medians)]
        print(f"{where}, median: {medians};", end=" ")
        print("of WeasyPrint alone: {:.2f}, {:.2f}, {:.2f}".format(*ratios))


def main(runs: str = "5", size: str = "standard") -> None:
    """Measure on a copy of the content."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(ORIGINAL, content)
        measure(content, int(runs), size)


if __name__ == "__main__":
    main(*sys.argv[1:3])
