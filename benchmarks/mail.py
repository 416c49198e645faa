"""What a person costs in a mailing run, against building the booklet for each; and how runs grow.

    .venv/bin/python -m benchmarks.mail [RUNS [PEOPLE]]

The booklet is the AML booklet for patients in large print, the letter the example. All ways are
timed in turn, run by run, in processor time: only what one run measured compares. `join` is that of
`booklet attach`: it opens the booklet anew each time. At the end one, ten and a hundred batches of
letters are put into streams, and whole runs made of a list, each in a process of its own that tells
how much memory it took at most. A whole run of PEOPLE is made beside a short one, and what a person
more costs is told: each builds the booklet once. The people are invented.
"""

import csv
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import most_memory
from booklet.build import Order, plan
from booklet.content.read_letter import read_letter
from booklet.editions import SIZES
from booklet.html.letter import LetterLayout
from booklet.making import make
from booklet.pdf.join.joining import join
from booklet.pdf.join.part import Part
from booklet.pdf.join.parting import parted
from booklet.pdf.join.repeated import RepeatedPart
from booklet.post.letters import LetterBatch, set_letters
from booklet.post.mailing import mail
from booklet.post.making import made
from booklet.post.one_file import one_file_each
from booklet.post.order import WAYS, MailOrder, Way
from booklet.post.recipient import Given, Recipient
from booklet.post.run import Means
from booklet.post.stream import print_stream
from booklet.workers import Processes

BATCH = 100
"""Letters that are set as one file."""
LONG_WAY = 5
"""How many of them are joined by `join`: each takes as long as the one before."""
BATCHES = (1, 10, 100)
"""How many batches a run has, to see how it grows."""
ORDER = Order(
    Path("content"), Path("output"), ("aml-relapse",), ("patient",), SIZES[1:2], today=date.today()
)
FIELDS = {"day": "Monday 7 December", "time": "10am", "interpreter": "no", "reference": "R1"}
FEW = 50
"""The people of a short run."""
MOST = 60
"""Milliseconds of one processor that a person may take in a whole run."""


def build() -> bytes:
    """The booklet, set and written."""
    target = next(each for each in plan(ORDER).targets if each.file_name.endswith(".pdf"))
    return next(iter(make(target))).content


def person(number: int) -> Recipient:
    """Somebody who was made up; there is no area ZE99."""
    given = Given("aml-relapse", "patient", SIZES[1], "en")
    address = (f"Mrs Person {number}", "1 Example Road", "Exampletown", "ZE99 9ZZ")
    return Recipient(number, 0, str(number), "Mrs Person", address, given, (*FIELDS.items(),))


def letters() -> LetterBatch:
    """A batch of letters, set and written."""
    letter = read_letter(ORDER.content, "appointment", "example")
    people = [person(number) for number in range(2, BATCH + 2)]
    return set_letters(letter, people, LetterLayout(), ORDER.today)


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


def compare(runs: int, booklet: bytes, batch: LetterBatch) -> None:
    """The medians of the runs, and how many times building the booklet takes as long."""
    alone, repeated = [*parted(batch.pdf, batch.pages)], RepeatedPart(Part(booklet, "booklet"))
    joined = [partial(repeated.joined_to, Part(each, "letter")) for each in alone]
    together = [booklet] * BATCH
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "build the booklet": (build, 1),
        "set the letter, in a batch": (letters, BATCH),
        "take it apart": (lambda: all_of(parted(batch.pdf, batch.pages)), BATCH),
        "join by `join`": (partial(long_way, alone, booklet), LONG_WAY),
        "join to a repeated booklet": (lambda: [each() for each in joined], BATCH),
        "one file, apart and joined": (
            lambda: all_of(one_file_each(batch.pdf, batch.pages, together)),
            BATCH,
        ),
        "print stream": (partial(print_stream, batch.pdf, batch.pages, together), BATCH),
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


def sizes(booklet: bytes, batch: LetterBatch) -> None:
    """How large files are, and what a letter more adds to a stream."""
    (one, *_), file = (
        parted(batch.pdf, batch.pages),
        next(one_file_each(batch.pdf, batch.pages, [booklet] * BATCH)),
    )
    few, many = (
        len(print_stream(batch.pdf, batch.pages[:count], [booklet] * count).pdf)
        for count in (10, BATCH)
    )
    print(
        f"booklet {len(booklet):,} bytes, letter {len(one):,}, one file {len(file.data):,}"
        f" ({len(file.data) / (len(one) + len(booklet)):.3f} of the sum);"
        f" stream of {BATCH} {many:,}, a letter more {(many - few) / (BATCH - 10):,.0f}"
    )


def streams(booklet: bytes, batch: LetterBatch, batches: int) -> tuple[float, float]:
    """Milliseconds a person, and the most memory it took, in MB; no stream is kept."""
    one = partial(print_stream, batch.pdf, batch.pages, [booklet] * BATCH)
    taken = milliseconds(lambda: all_of(one() for _ in range(batches)), batches * BATCH)
    return taken, most_memory()


def growth(booklet: bytes, batch: LetterBatch) -> None:
    """Whether time is linear and memory flat."""
    for batches in BATCHES:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            taken, memory = alone.submit(streams, booklet, batch, batches).result()
        print(f"{batches * BATCH:7,} people in streams: {taken:5.2f} ms a person, {memory:4.0f} MB")


def run(people: int, way: Way) -> tuple[float, float]:
    """A whole run: list read, booklet built, letters set, checked and written, ledger kept.

    Gives milliseconds of processor time in all, and the most memory in MB.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder, "list.csv")
        with file.open("w", newline="", encoding="utf-8") as written:
            rows = csv.writer(written)
            rows.writerow(["Title", "First name", "Surname", "Address 1", "Postcode", *FIELDS])
            for number in range(people):
                named = ("Mrs", "Person", f"Number {number}", f"{number} Example Road")
                rows.writerow([*named, "ZE99 9ZZ", *FIELDS.values()])
        order = MailOrder(
            *(file, "appointment", "example", "aml-relapse", "desk-c4", ORDER.content),
            *(Path(folder), ORDER.today, way),
            size=SIZES[1],
            draft=True,
        )
        means = Means(made, Processes(1, "fork"), lambda: "now")
        taken = milliseconds(lambda: mail(order, means))
        return taken, most_memory()


def runs_of(people: int) -> None:
    """What a person more costs in a run, each way of sending."""
    for way in WAYS:
        found = []
        for count in (FEW, people):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                found.append(alone.submit(run, count, way).result())
        (before, low), (after, high) = found
        more = (after - before) / (people - FEW)
        print(
            f"{people:7,} people, as {way:8} {after / 1000:6.1f} s, a person more {more:6.1f} ms"
            f" ({'under' if more < MOST else 'over'} {MOST} ms);"
            f" {high:4.0f} MB, with {FEW} people {low:4.0f} MB"
        )


def main(runs: int = 5, people: int = 200) -> None:
    """Print all of it."""
    booklet, batch = build(), letters()
    compare(runs, booklet, batch)
    sizes(booklet, batch)
    growth(booklet, batch)
    runs_of(people)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
