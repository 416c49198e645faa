"""A person of a mailing, against building the booklet for that person; and how a mailing grows."""

from collections.abc import Iterator

from benchmarks import mail
from benchmarks.measuring import alone, here, interleaved
from benchmarks.row import Row, seconds
from booklet.scratch import scratch_folder

BAR = 1 / 30
FLAT = 1.05
"""A mailing's memory does not grow; a twentieth is for what else the machine does."""


def rows(rounds: int, quick: bool) -> Iterator[Row]:
    """Processor seconds of a letter and its booklet in a print stream."""
    with scratch_folder():
        booklet, batch = mail.build(), mail.letters()
        ways = {
            "letter": here(mail.letters),
            "stream": here(lambda: mail.streams(booklet, batch, 1)),
            "build": here(mail.build),
        }
        took = {name: each.processor for name, each in interleaved(ways, rounds).items()}
    person = (took["letter"] + took["stream"]) / mail.BATCH
    yield Row(
        "a person: the letter set, and joined to the booklet in a print stream",
        seconds(person),
        f"the booklet built {seconds(took['build'])}",
        person / took["build"],
        BAR,
        f"AML in large print, {mail.BATCH} letters in a batch",
    )
    few, many = mail.BATCHES[:2] if quick else mail.BATCHES[-2:]
    ((before, low), *_), ((after, high), *_) = (
        alone(mail.streams, booklet, batch, each) for each in (few, many)
    )
    people, against = f"{many * mail.BATCH:,} people", f"{few * mail.BATCH:,}"
    yield Row(
        f"a person of {people} in streams",
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
