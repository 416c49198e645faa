"""What a person costs in a mailing run, against building the booklet for each; and how runs grow.

    .venv/bin/python -m benchmarks.mail [RUNS]

The booklet is the AML booklet for patients in large print. All ways are timed in turn, run by run,
in processor time: only what one run measured compares. The letters are stand-ins of one page, set
by WeasyPrint in a batch. `join` is that of `booklet attach`: it opens the booklet anew each time.
At the end one, ten and a hundred batches of letters are put into streams, each in a process of its
own that tells how much memory it took at most.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from weasyprint import HTML

from booklet.build import Order, make, plan
from booklet.editions import SIZES
from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Part
from booklet.pdf.join.parting import parted
from booklet.pdf.join.repeated import RepeatedPart
from booklet.post.one_file import one_file_each
from booklet.post.stream import print_stream
from booklet.tagging.conformance import write_pdf

BATCH = 100
"""Letters that are set as one file."""
LONG_WAY = 5
"""How many of them are joined by `join`: each takes as long as the one before."""
BATCHES = (1, 10, 100)
"""How many batches a run has, to see how it grows."""
ORDER = Order(
    Path("content"), Path("output"), ("aml-relapse",), ("patient",), SIZES[1:2], today=date.today()
)
WORDS = f"<p>{'We have made an appointment for you at the day unit, and ask you to come. ' * 6}</p>"


def build() -> bytes:
    """The booklet, set and written."""
    target = next(each for each in plan(ORDER).targets if each.file_name.endswith(".pdf"))
    return next(iter(make(target))).content


def letters(count: int = BATCH) -> bytes:
    """Stand-ins for letters, a page each."""
    bodies = (
        f"<article><h1>Your appointment</h1><p>Person {number}<br>1 Example Road<br>ZZ99 9ZZ</p>"
        f"<p>Dear Person {number}</p>{WORDS * 4}<ul><li>This letter<li>Glasses</ul></article>"
        for number in range(count)
    )
    look = "@page { size: A4; margin: 20mm } article { break-before: page }"
    html = f"<!doctype html><html lang=en-GB><title>A letter</title><style>{look}</style>"
    return write_pdf(HTML(string=html + "".join(bodies)).render())


SPANS = [range(number, number + 1) for number in range(BATCH)]


def milliseconds(work: Callable[[], object], people: int = 1) -> float:
    """The processor time of a piece of work, for each of so many people."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began) / people


def long_way(alone: Sequence[bytes], booklet: bytes) -> None:
    for letter in alone[:LONG_WAY]:
        join([Part(letter, "letter"), Part(booklet, "booklet")])


def all_of(files: object) -> None:
    """Make each, and keep none."""
    for _ in files:  # type: ignore[attr-defined]
        pass


def compare(runs: int, booklet: bytes, batch: bytes) -> None:
    """The medians of the runs, and how many times building the booklet takes as long."""
    alone, repeated = [*parted(batch, SPANS)], RepeatedPart(Part(booklet, "booklet"))
    joined = [partial(repeated.joined_to, Part(each, "letter")) for each in alone]
    together = [booklet] * BATCH
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "build the booklet": (build, 1),
        "set the letter, in a batch": (letters, BATCH),
        "take it apart": (lambda: all_of(parted(batch, SPANS)), BATCH),
        "join by `join`": (partial(long_way, alone, booklet), LONG_WAY),
        "join to a repeated booklet": (lambda: [each() for each in joined], BATCH),
        "one file, apart and joined": (
            lambda: all_of(one_file_each(batch, SPANS, together)),
            BATCH,
        ),
        "print stream": (partial(print_stream, batch, SPANS, together), BATCH),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, (work, people) in ways.items():
            times[name].append(milliseconds(work, people))
    for name, taken in times.items():
        ratio = statistics.median(
            a / b for a, b in zip(times["build the booklet"], taken, strict=True)
        )
        print(f"{name:28} {statistics.median(taken):8.1f} ms a person, building is {ratio:7.1f} ×")
    for way, last in (("files", "one file, apart and joined"), ("stream", "print stream")):
        parts = zip(
            times["build the booklet"],
            times["set the letter, in a batch"],
            times[last],
            strict=True,
        )
        ratio = statistics.median(built / (letter + rest) for built, letter, rest in parts)
        print(f"{'letter and ' + way:28} {'':8}    in all,      building is {ratio:7.1f} ×")


def sizes(booklet: bytes, batch: bytes) -> None:
    """How large files are, and what a letter more adds to a stream."""
    (one, *_), file = parted(batch, SPANS), next(one_file_each(batch, SPANS, [booklet] * BATCH))
    few, many = (
        len(print_stream(batch, SPANS[:count], [booklet] * count).pdf) for count in (10, BATCH)
    )
    print(
        f"booklet {len(booklet):,} bytes, letter {len(one):,}, one file {len(file.data):,}"
        f" ({len(file.data) / (len(one) + len(booklet)):.3f} of the sum);"
        f" stream of {BATCH} {many:,}, a letter more {(many - few) / (BATCH - 10):,.0f}"
    )


def most_memory() -> float:
    """The most memory that this process has had, in MB, as Linux tells it.

    `getrusage` would tell that of the process it was started from, where that had more.
    """
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(told[1]) / 1024 if told else 0.0


def streams(booklet: bytes, batch: bytes, batches: int) -> tuple[float, float]:
    """Milliseconds a person, and the most memory it took, in MB; no stream is kept."""
    one = partial(print_stream, batch, SPANS, [booklet] * BATCH)
    taken = milliseconds(lambda: all_of(one() for _ in range(batches)), batches * BATCH)
    return taken, most_memory()


def growth(booklet: bytes, batch: bytes) -> None:
    """Whether time is linear and memory flat."""
    for batches in BATCHES:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            taken, memory = alone.submit(streams, booklet, batch, batches).result()
        print(f"{batches * BATCH:7,} people in streams: {taken:5.2f} ms a person, {memory:4.0f} MB")


def main(runs: int = 5) -> None:
    """Print all of it."""
    booklet, batch = build(), letters()
    compare(runs, booklet, batch)
    sizes(booklet, batch)
    growth(booklet, batch)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
