"""The page that tells of the benchmarks, and the line of the README."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.engines import CHROMIUM
from benchmarks.row import Row, figure, table

MARK = "<!-- benchmarks -->"
"""Stands in the README before the paragraph that the command writes."""
PACKAGES = (
    *("weasyprint", "pydyf", "pypdfium2", "pikepdf", "typst", "formepdf", "pypdf", "pymupdf"),
    *("outloud", "page-validation"),
)
"""What works in the comparisons, besides Chromium."""
_ABOUT = """# Benchmarks

Made by `.venv/bin/python -m benchmarks --rounds {rounds}` on {day}, on {machine}.
{versions}.

Every way of a comparison was timed in turn, round by round; a ratio is that of the medians of one
run. A row that says "measured once" is of single runs: a twentieth more or less may be chance.
What other machines take is another number, and nearly the same ratio. Times are seconds of
processors, in all processes, where "clock" is not said. "Cold" is a new process with all it
imports; "warm" is the second time in one process. [speed.md](speed.md) tells where the time goes
and what was tried.
"""


def page(found: Mapping[str, Iterable[Row]], day: datetime, rounds: int) -> str:
    """The whole page; the tables stand under their headings."""
    about = _ABOUT.format(
        day=f"{day.day} {day:%B %Y}", rounds=rounds, machine=machine(), versions=versions()
    )
    return about + "".join(f"\n{each}\n" for each in _parts(found))


def _parts(found: Mapping[str, Iterable[Row]]) -> Iterator[str]:
    for heading, rows in found.items():
        yield f"## {heading}"
        yield "\n".join(table(rows))


def machine() -> str:
    """The machine, without its name."""
    told = Path("/proc/cpuinfo")
    text = told.read_text(encoding="utf-8") if told.exists() else ""
    model = re.search(r"model name\s*: (.+)", text)
    kind = model[1] if model else platform.machine()
    return f"{os.cpu_count()} processors ({kind}), {platform.system()}"


def versions() -> str:
    """The versions of what was compared."""
    return ", ".join([f"Python {platform.python_version()}", *_installed(), *_chromium()])


def _installed() -> Iterator[str]:
    for name in PACKAGES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} not installed"


def _chromium() -> Iterator[str]:
    if CHROMIUM:
        told = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=True)
        yield " ".join(told.stdout.split()[:2])


def readme_line(found: Mapping[str, Iterable[Row]]) -> str:
    """The paragraph of the README: an edition, what a person types, how many bars are met."""
    every = [row for rows in found.values() for row in rows]
    held = [row for row in every if row.verdict]
    met = sum(row.verdict == "met" for row in held)
    (first, *_) = held
    command = next((row for row in every if row.what.startswith("the command")), first)
    return (
        f"How long it takes, against WeasyPrint alone and others: [docs/benchmarks.md]"
        f"(docs/benchmarks.md)\n({first.what.partition(':')[0]}: {figure(first.ratio or 0)} × "
        f"WeasyPrint's time; the command, with web page and manifest, {figure(command.ratio or 0)} "
        f"×;\n{met} of {len(held)} bars met)."
    )


def with_line(text: str, paragraph: str) -> str:
    """The README with this paragraph behind the mark, in the place of the one that stood there.

    `ValueError` where the mark is not there.
    """
    before, mark, after = text.partition(f"{MARK}\n")
    if not mark:
        raise ValueError(f"the README lacks the line {MARK}")
    _, gap, rest = after.partition("\n\n")
    return f"{before}{mark}{paragraph}{gap}{rest}"
