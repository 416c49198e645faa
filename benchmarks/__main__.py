"""All benchmarks by one command, and the page that tells of them.

    .venv/bin/python -m benchmarks

It needs what the tests need (`sh setup.sh tests`); other programs that are not there are named. It
writes `docs/benchmarks.md` and a line of the README. With `--only` or `--quick` the table is
printed and no file changes. Let nothing else run on the machine: ratios hold then too, but the
clock does not.
"""

import argparse
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.page import machine, page, readme_line, with_line
from benchmarks.row import Row, line
from benchmarks.specimen import ROOT

ROUNDS = 5
DOCS = ROOT / "docs/benchmarks.md"
README = ROOT / "README.md"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A module whose `rows(rounds, quick)` gives lines of the table."""

    name: str  # The name of the module, and of `--only`
    heading: str  # What it is about

    def rows(self, rounds: int, quick: bool) -> Iterator[Row]:
        """Its lines, as they are measured."""
        yield from importlib.import_module(f"benchmarks.{self.name}").rows(rounds, quick)


BENCHMARKS = (
    Benchmark("one_booklet", "One booklet"),
    Benchmark("engines", "The same words by other programs"),
    Benchmark("everything", "Everything"),
    Benchmark("unchanged", "Nothing changed"),
    Benchmark("changed", "One section changed"),
    Benchmark("saved", "Preview"),
    Benchmark("person", "Mail"),
    Benchmark("paper", "Sheets"),
    Benchmark("attach", "Join"),
    Benchmark("checks", "Check"),
    Benchmark("growth", "As pages and booklets grow"),
)


def arguments(typed: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    names = [each.name for each in BENCHMARKS]
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="NAME", choices=names, nargs="+", default=names,
                        help=f"some of: {', '.join(names)}")  # fmt: skip
    parser.add_argument("--rounds", metavar="N", type=int, default=ROUNDS,
                        help=f"how often each way is timed; {ROUNDS} if not said")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="one round, with less of everything")
    return parser.parse_args(typed)


def main() -> None:
    """Run what was asked for, printing each line as it is measured."""
    asked = arguments()
    rounds = 1 if asked.quick else asked.rounds
    began, found = datetime.now(UTC), {}
    for each in BENCHMARKS:
        if each.name in asked.only:
            print(f"\n{each.heading}", flush=True)
            found[each.heading] = []
            for row in each.rows(rounds, asked.quick):
                found[each.heading].append(row)
                print(line(row), flush=True)
    print(f"\n{machine()}, {datetime.now(UTC) - began}")
    if not asked.quick and len(found) == len(BENCHMARKS):
        DOCS.write_text(page(found, began, rounds), encoding="utf-8")
        text = README.read_text(encoding="utf-8")
        README.write_text(with_line(text, readme_line(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
