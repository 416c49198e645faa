"""What goes into one envelope: whether a carrier takes letter and booklet, or what would go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.messages import counted
from booklet.post.carriers import Carrier, WindowEnvelope
from booklet.print.postage import Postage, posted
from booklet.print.stock import A4, Format, Paper

SPARE = 5  # mm an envelope is larger than what slips into it, as for booklets of their own


@dataclass(frozen=True, slots=True)
class Printed:
    """A booklet on paper.

    >>> Printed(44, A4).leaves, round(Printed(44, A4).grams(Paper()), 1)
    (22, 109.8)
    >>> folded = Printed(42, Format("A5", 148, 210))
    >>> folded.leaves, round(folded.grams(Paper()), 1)
    (22, 54.7)
    """

    pages: int  # its pages
    format: Format  # their size
    one_sided: bool = False  # whether A4 pages have a leaf each

    @property
    def leaves(self) -> int:
        """Its leaves: A4 pages are printed on both sides, smaller ones folded, four a sheet."""
        folded = self.format.height < A4.height
        return -(-self.pages // 4) * 2 if folded else sheets_in(self.pages, self.one_sided)

    def grams(self, paper: Paper) -> float:
        """What it weighs."""
        return self.leaves * paper.grams(self.format)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A letter of A4 pages, and the booklet that is sent with it, if any."""

    letter: int  # the pages of the letter
    booklet: Printed | None = None  # the booklet
    one_sided: bool = False  # whether the letter is printed on one side of its sheets

    @property
    def letter_sheets(self) -> int:
        """The sheets of the letter."""
        return sheets_in(self.letter, self.one_sided)

    @property
    def pages(self) -> int:
        """All pages."""
        return self.letter + (self.booklet.pages if self.booklet else 0)


def sheets_in(pages: int, one_sided: bool = False) -> int:
    """The sheets that A4 pages take, printed on both sides or on one.

    >>> sheets_in(3), sheets_in(3, one_sided=True)
    (2, 3)
    """
    return pages if one_sided else -(-pages // 2)


def on_both_sides(whole: Enclosure) -> Enclosure:
    """The same where the printer prints both sides."""
    book = replace(whole.booklet, one_sided=False) if whole.booklet else None
    return replace(whole, booklet=book, one_sided=False)


def refusals(carrier: Carrier, whole: Enclosure) -> Iterator[str]:
    """Why a carrier does not take a letter with its booklet, in words; nothing where it does."""
    if carrier.envelope:
        yield from _does_not_slip_in(carrier, carrier.envelope, whole)
    else:
        yield from _is_not_printed(carrier, whole)


def _is_not_printed(carrier: Carrier, whole: Enclosure) -> Iterator[str]:
    """Of a carrier that prints one file."""
    book = whole.booklet
    if book and (book.format.width, book.format.height) != carrier.page:
        wide, high = carrier.page
        yield f"it prints {wide:g} × {high:g} mm, and a page of the booklet is {book.format}"
        return
    sheets = whole.letter_sheets + (book.leaves if book else 0)
    if carrier.sides and whole.pages > carrier.sides:
        yield f"it takes {counted(carrier.sides, 'page')}, and these are {whole.pages}"
    if carrier.sheets and sheets > carrier.sheets:
        yield f"it takes {counted(carrier.sheets, 'sheet')}, and these are {sheets}"
    if carrier.paper is None:
        return
    paper = Paper(carrier.paper)
    grams, thick = sheets * paper.grams(A4), sheets * carrier.panels * paper.caliper
    yield from _too_heavy(carrier, grams, thick)


def _does_not_slip_in(
    carrier: Carrier, envelope: WindowEnvelope, whole: Enclosure
) -> Iterator[str]:
    """Of a post room: the letter is folded, a booklet lies flat or is folded with the letter."""
    book = whole.booklet
    if book and not _lies_flat(book.format, envelope) and book.format.height != carrier.page[1]:
        yield f"a booklet of {book.format} does not go into {envelope.name} unfolded"
        return
    sheets, _ = _folded_and_flat(envelope, whole)
    if carrier.sheets and sheets > carrier.sheets:
        fold = {2: "once", 3: "twice"}.get(carrier.panels, "")
        yield f"{counted(carrier.sheets, 'sheet')} fold {fold} for {envelope.name}, not {sheets}"
        return
    yield from _too_heavy(carrier, *contents(carrier, envelope, whole))


def contents(carrier: Carrier, envelope: WindowEnvelope, whole: Enclosure) -> tuple[float, float]:
    """What a letter and its booklet weigh without their envelope, and how thick they are.

    In grams and mm, on the carrier's paper or on 80 g/m².
    """
    paper = Paper(carrier.paper or Paper().weight)
    sheets, leaves = _folded_and_flat(envelope, whole)
    book = whole.booklet.grams(paper) if whole.booklet else 0
    grams = whole.letter_sheets * paper.grams(A4) + book
    return grams, (sheets * carrier.panels + leaves) * paper.caliper


def _folded_and_flat(envelope: WindowEnvelope, whole: Enclosure) -> tuple[int, int]:
    """The sheets that are folded into an envelope, and the leaves of a booklet that lies flat."""
    sheets, book = whole.letter_sheets, whole.booklet
    if book is None:
        return sheets, 0
    return (sheets, book.leaves) if _lies_flat(book.format, envelope) else (sheets + book.leaves, 0)


def _lies_flat(book: Format, envelope: WindowEnvelope) -> bool:
    sides = sorted((envelope.width, envelope.height))
    needed = sorted((book.width + SPARE, book.height + SPARE))
    return all(side <= room for side, room in zip(needed, sides, strict=True))


def _too_heavy(carrier: Carrier, grams: float, thick: float) -> Iterator[str]:
    if carrier.weight and grams > carrier.weight:
        yield f"it takes {carrier.weight:g} g, and these weigh {grams:.0f} g without the envelope"
    if carrier.thickness and thick > carrier.thickness:
        yield f"it takes {carrier.thickness:g} mm, and these are {thick:.1f} mm thick"


def takes(carrier: Carrier, whole: Enclosure) -> bool:
    """Whether a carrier takes a letter with its booklet in one envelope."""
    return next(refusals(carrier, whole), None) is None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a carrier says to a letter with a booklet."""

    fits: bool  # whether it takes both in one envelope
    said: str  # that it does; or why not, and what would go
    why: str = ""  # why it does not
    instead: str = ""  # what would go


def answer(
    carrier: Carrier,
    whole: Enclosure,
    known: Sequence[Carrier],
    postage: Postage,
    sizes: Mapping[str, Printed] | None = None,
) -> Answer:
    """Whether a carrier takes a letter with its booklet, and if not, what would go instead.

    Asked are `sizes` of the same booklet by their names, all of which its reader can read; then
    the other carriers `known`; then the letter alone, with the booklet in an envelope of its own.
    """
    why = [*refusals(carrier, whole)]
    if not why:
        return Answer(True, f"{carrier.title} takes {_in_words(whole)} in one envelope")
    instead = [*_instead(carrier, whole, known, postage, sizes or {})]
    would, reasons = "; or ".join(instead), "; ".join(why)
    refused = f"{carrier.title} does not take {_in_words(whole)}: {reasons}"
    said = f"{refused}. What would go: {would}" if would else refused
    return Answer(False, said, refused, would)


def _in_words(whole: Enclosure) -> str:
    letter = f"a letter of {counted(whole.letter, 'page')}"
    if whole.booklet is None:
        return letter
    return f"{letter} with a booklet of {counted(whole.booklet.pages, 'page')}"


def _instead(
    carrier: Carrier,
    whole: Enclosure,
    known: Sequence[Carrier],
    postage: Postage,
    sizes: Mapping[str, Printed],
) -> Iterator[str]:
    if takes(carrier, on_both_sides(whole)):
        yield "the same printed on both sides"
    for name, printed in sizes.items():
        if printed != whole.booklet and takes(carrier, replace(whole, booklet=printed)):
            yield f"`--size {name}`, a booklet of {counted(printed.pages, 'page')}"
    others = [
        each.name for each in known if each != carrier and each.uploads and takes(each, whole)
    ]
    if others:
        yield f"both by {' or '.join(f'`{name}`' for name in others)}"
    if whole.booklet and takes(carrier, replace(whole, booklet=None)):
        yield f"the letter alone by `{carrier.name}`, and the booklet {_apart(whole, postage)}"


def _apart(whole: Enclosure, postage: Postage) -> str:
    """How the booklet goes by itself, in words."""
    assert whole.booklet is not None, "asked where there is one"
    book, paper = whole.booklet, Paper()
    parcel = posted(book.format, book.leaves * paper.caliper, book.grams(paper), postage)
    if parcel is None:
        return "apart, in what you find for it"
    service = f" as a {parcel.service.name}" if parcel.service else ""
    return f"apart, in {parcel.envelope.name}{service}, {parcel.weight:.0f} g with a slip"
