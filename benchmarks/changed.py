"""One section changed: what a build takes when all else stands, against making everything anew."""

import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Spent, Way, command, interleaved
from benchmarks.row import Row, seconds
from benchmarks.shelf import shelf
from benchmarks.specimen import LONG, ROOT, SHORT

SECTIONS = {"long": f"{LONG}/07-choosing-treatment.yaml", "short": f"{SHORT}/04-why.yaml"}
BUILD = (sys.executable, ROOT / "make_booklet.py", "--quiet")


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Seconds of the clock: a section's title has another number each time."""
    kinds = [*SECTIONS][-1:] if quick else [*SECTIONS]
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = shelf(folder, 2)
        command(BUILD, folder)()
        build, numbers = command(BUILD, folder), count(1)

        def after_changing(section: str) -> Spent:
            file = content / section
            words = file.read_text(encoding="utf-8")
            title = next(each for each in words.splitlines() if each.startswith("title:"))
            file.write_text(words.replace(title, f"{title} {next(numbers)}"), encoding="utf-8")
            return build()

        ways: dict[str, Way] = {kind: partial(after_changing, SECTIONS[kind]) for kind in kinds}
        ways["all"] = command((*BUILD, "--force"), folder)
        took = interleaved(ways, min(rounds, 3))
    whole = took["all"]
    for kind in kinds:
        yield Row(
            f"one section of the {kind} booklet changed (clock)",
            seconds(took[kind].clock),
            f"everything anew {seconds(whole.clock)}",
            took[kind].clock / whole.clock,
        )
