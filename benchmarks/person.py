"""A person of a mailing, against building the booklet for that person; and how a mailing grows."""

from collections.abc import Iterator
from statistics import median

from benchmarks import mail
from benchmarks.measuring import alone, here, interleaved
from benchmarks.row import Row, seconds
from booklet.post.order import WAYS
from booklet.scratch import scratch_folder

BAR = 1 / 30
MOST = mail.MOST / 1000
"""Seconds of one processor that a person may take in a whole run."""
FLAT = 1.05
"""A mailing's memory does not grow; a twentieth is for what else the machine does."""
PEOPLE = (100, 900)
"""A short run and a long one: a person costs what one more costs, for each builds the booklet. What
a batch of 100 left in memory would be there eight times."""
FEWEST_ROUNDS = 5
"""How often streams are made in turn at least: two runs of the same differ by a twentieth."""


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of a whole run: list read, letters set, checked, joined and written."""
    few, many = (10, 30) if quick else PEOPLE
    with scratch_folder():
        build = interleaved({"build": here(mail.build)}, rounds)["build"].processor
    for way in WAYS:
        ((before, low), *_), ((after, high), *_) = (
            alone(mail.run, people, way) for people in (few, many)
        )
        person = (after - before) / 1000 / (many - few)
        yield Row(
            f"a person of a whole run, as {way}",
            seconds(person),
            f"the booklet built {seconds(build)}",
            person / build,
            BAR,
            f"AML in large print; {many} people less {few}",
        )
        yield Row(
            f"the same, as {way}",
            seconds(person),
            f"the most it may take {seconds(MOST)}",
            person / MOST,
            1,
        )
        yield Row(
            f"memory for {many} people, as {way}",
            f"{high:.0f} MB",
            f"for {few} {low:.0f} MB",
            high / low,
            FLAT,
        )
    yield from _streams(1 if quick else max(rounds, FEWEST_ROUNDS), quick)


def _streams(rounds: int, quick: bool) -> Iterator[Row]:
    """Streams of letters that are set, one after another: medians of few and many in turn."""
    with scratch_folder():
        booklet, batch = mail.build(), mail.letters()
    few, many = mail.BATCHES[:2] if quick else mail.BATCHES[-2:]
    times: dict[int, list[float]] = {few: [], many: []}
    memory: dict[int, list[float]] = {few: [], many: []}
    for _ in range(rounds):
        for each in (few, many):
            (taken, most), *_ = alone(mail.streams, booklet, batch, each)
            times[each].append(taken)
            memory[each].append(most)
    before, after = median(times[few]), median(times[many])
    low, high = median(memory[few]), median(memory[many])
    people, against = f"{many * mail.BATCH:,} people", f"{few * mail.BATCH:,}"
    yield Row(
        f"joined to the booklet in a stream, a person of {people}",
        f"{after:.1f} ms",
        f"of {against} {before:.1f} ms",
        after / before,
        FLAT,
    )
    yield Row(
        f"memory for {people} in streams",
        f"{high:.0f} MB",
        f"for {against} {low:.0f} MB",
        high / low,
        FLAT,
    )
