"""One tagged file a person: their letter, and behind it their booklet."""

from collections.abc import Iterator, Sequence

from booklet.pdf.join.joining import open_part
from booklet.pdf.join.part import Joined, Part
from booklet.pdf.join.parting import parted
from booklet.pdf.join.repeated import RepeatedPart

LETTER, BOOKLET = "letter", "booklet"
"""What the two are called in notes if they have no title: never the name of a person."""


def one_file_each(
    letters: bytes, spans: Sequence[range], booklets: Sequence[bytes | None]
) -> Iterator[Joined]:
    """The file of each person, in the order of the letters.

    `spans` are the pages of each letter in the file of letters, from 0; `booklets` the PDF that
    goes with each, or `None`. Each booklet is opened and written once, however many get it; one
    file at a time is in memory. What each file may claim and what was dropped is told as `join`
    does. The same letters give the same bytes. `ValueError` where there are not as many booklets
    as letters, or one letter leads into another; `CannotOpen` where a PDF cannot be read.
    """
    if len(spans) != len(booklets):
        raise ValueError(f"{len(spans)} letters, but {len(booklets)} booklets")
    repeated = {data: RepeatedPart(Part(data, BOOKLET)) for data in dict.fromkeys(booklets) if data}
    for letter, booklet in zip(parted(letters, spans), booklets, strict=True):
        yield _with_booklet(Part(letter, LETTER), repeated[booklet] if booklet else None)


def _with_booklet(letter: Part, booklet: RepeatedPart | None) -> Joined:
    if booklet is not None:
        return booklet.joined_to(letter)
    facts = open_part(letter).facts
    return Joined(letter.data, facts.pages, facts.claims, ())
