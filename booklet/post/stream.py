"""Letters and booklets as one file for the printer, in the order they go into envelopes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from booklet.pdf.opening import open_pdf
from booklet.pdf.pages import frames
from booklet.pdf.stacking import StackedPage, stacked
from booklet.post.sheet_marks import SheetMarks
from booklet.print.drawing import FOR_PAPER_ONLY, TITLE, printer_preferences
from booklet.print.imposition import blanks
from booklet.print.stock import A4, format_of, points

LETTERS = 0
"""Which of the files of a stream the letters are: the first."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What goes into one envelope, as it lies in the stream."""

    first: int  # the page of the stream, from 1, that its letter begins on
    letter_sheets: int  # how many sheets of paper the letter has
    booklet_sheets: int  # how many the booklet behind it has; 0 where none is in the stream
    from_shelf: bool
    """Whether its booklet is not in the stream, because its pages are not A4: it is taken from the
    shelf, where copies lie that were printed by themselves."""

    @property
    def sheets(self) -> int:
        """How many sheets of the stream go into the envelope."""
        return self.letter_sheets + self.booklet_sheets


@dataclass(frozen=True, slots=True)
class Stream:
    """One file for the printer: nothing in it is tagged, it is for paper only."""

    pdf: bytes  # the file
    sheets: int  # how many sheets of paper it takes
    packets: tuple[Packet, ...]  # what goes into each envelope, in the order of the letters


def print_stream(
    letters: bytes,
    spans: Sequence[range],
    booklets: Sequence[bytes | None],
    *,
    duplex: bool = True,
    marks: SheetMarks | None = None,
) -> Stream:
    """Letter, its booklet, the next letter, its booklet: all on A4.

    `spans` are the pages of each letter in the file of letters, from 0; `booklets` the PDF that
    goes with each, or `None`. Letters and booklets begin on a new sheet: where both sides are
    printed, an empty page stands behind an odd count. The pages of a booklet are stored once,
    however many get it. A booklet whose pages are not A4 upright is not in the stream: A5 is
    folded and stapled, which no stream for A4 leaves does. `marks` are printed on the sheets of
    letters only. The same letters give the same bytes. `ValueError` where there are not as many
    booklets as letters; `CannotOpen` where a PDF cannot be read.
    """
    known = _enclosures(booklets)
    enclosures = [known[each] for each in booklets]
    if len(enclosures) != len(spans):
        raise ValueError(f"{len(spans)} letters, but {len(enclosures)} booklets")
    packets = tuple(_packets(spans, enclosures, duplex))
    pages: list[StackedPage] = []
    for number, (span, enclosure) in enumerate(zip(spans, enclosures, strict=True)):
        pages += _letter(span, _marks(marks, number, packets), duplex)
        pages += _on_sheets(enclosure.file, range(enclosure.pages), duplex)
    pdf = stacked(
        [letters, *(data for data, each in known.items() if data and each.pages)],
        pages,
        information={"/Title": f"{TITLE}letters", "/Subject": FOR_PAPER_ONLY},
        preferences=printer_preferences("long" if duplex else None),
    )
    return Stream(pdf, sum(each.sheets for each in packets), packets)


@dataclass(frozen=True, slots=True)
class _Enclosure:
    """What goes behind a letter."""

    file: int = 0  # which of the files of the stream it is
    pages: int = 0  # how many pages of it are in the stream
    from_shelf: bool = False  # whether its pages are for other paper


def _enclosures(booklets: Sequence[bytes | None]) -> dict[bytes | None, _Enclosure]:
    """What becomes of each booklet; those in the stream are numbered behind the letters."""
    found: dict[bytes | None, _Enclosure] = {None: _Enclosure()}
    file = LETTERS
    for data in dict.fromkeys(booklets):
        if data is not None:
            pages = _pages_on_a4(data)
            file += bool(pages)
            found[data] = _Enclosure(file, pages) if pages else _Enclosure(from_shelf=True)
    return found


def _pages_on_a4(booklet: bytes) -> int:
    """How many pages it has, if all of them are A4 upright; else 0."""
    pages = frames(open_pdf(booklet))
    sizes = {format_of(*(side / points(1) for side in each.upright)) for each in pages}
    return len(pages) if sizes == {A4} else 0


def _packets(
    spans: Sequence[range], enclosures: Sequence[_Enclosure], duplex: bool
) -> Iterator[Packet]:
    first = 1
    for span, enclosure in zip(spans, enclosures, strict=True):
        letter, booklet = _sheets(len(span), duplex), _sheets(enclosure.pages, duplex)
        yield Packet(first, letter, booklet, enclosure.from_shelf)
        first += (letter + booklet) * (2 if duplex else 1)


def _sheets(pages: int, duplex: bool) -> int:
    """How many sheets so many pages take.

    >>> [_sheets(3, duplex) for duplex in (True, False)]
    [2, 3]
    """
    return (pages + blanks(pages, 2)) // 2 if duplex else pages


def _letter(span: range, marks: Sequence[str], duplex: bool) -> list[StackedPage]:
    """The pages of a letter, a mark on the front of each sheet."""
    pages = _on_sheets(LETTERS, span, duplex)
    a_sheet = 2 if duplex else 1
    for sheet, mark in enumerate(marks):
        pages[sheet * a_sheet] = replace(pages[sheet * a_sheet], over=mark)
    return pages


def _on_sheets(file: int, pages: range, duplex: bool) -> list[StackedPage]:
    """Pages of a file, with an empty one behind where a sheet is left half."""
    found = [StackedPage(file, page) for page in pages]
    if duplex and len(pages) % 2:
        found.append(StackedPage(file, pages[-1], empty=True))
    return found


def _marks(marks: SheetMarks | None, number: int, packets: Sequence[Packet]) -> list[str]:
    """The marks of the sheets of one letter; none where none are asked for."""
    if marks is None:
        return []
    envelope, packet = marks.first + number, packets[number]
    of = marks.of or marks.first + len(packets) - 1
    return [
        marks.drawn(envelope, of, sheet, packet.sheets)
        for sheet in range(1, packet.letter_sheets + 1)
    ]
