"""A rule over finished PDFs: it yields the places that fall short, and returns what it measured."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from pathlib import Path

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.report import Finding, Nothing
from booklet.check.rule import Rule
from booklet.messages import counted
from booklet.pdf.page_model import TextRun
from booklet.problems import OnPage, Problem

Shortfall = tuple[int, str]
"""A page, or 0 for the file as a whole; and the words that stand there, or what is wrong."""

Shortfalls = Generator[Shortfall, None, str]
"""What a rule gives: every place that falls short, and at last what it measured, in words."""

PdfRule = Rule[InspectedPdf, Shortfalls]

LONGEST_PLACE = 60  # Letters quoted of a place, so that a report stays readable
PIECES = ("piece of text", "pieces of text")  # How runs of text are counted


def applied(rule: PdfRule, pdf: InspectedPdf) -> Finding:
    """A rule applied to a PDF."""
    if pdf.is_print_sheets and not rule.on_sheets:
        return Finding(Nothing("asked of the reading copy, not of sheets"))
    measured = ""

    def places() -> Iterator[Shortfall]:
        nonlocal measured
        measured = yield from rule.judge(pdf)

    problems = tuple(
        rule.named(Problem(Path(pdf.name), words, OnPage(page)))
        for page, words in unique_places(places())
    )
    return Finding(measured, problems)


def unique_places(places: Iterable[Shortfall]) -> list[Shortfall]:
    """Places without repeats, by page and then in the order found; long words cut short.

    >>> unique_places([(3, "two   words"), (0, "no title"), (3, "two words")])
    [(0, 'no title'), (3, 'two words')]
    """
    told = dict.fromkeys((page, _cut(" ".join(words.split()))) for page, words in places)
    return sorted(told, key=lambda place: place[0])


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_PLACE else words[: LONGEST_PLACE - 1] + "…"


def passages(pdf: InspectedPdf, chosen: Callable[[TextRun], bool]) -> list[Shortfall]:
    """Where the chosen text stands, a place for each stretch of it in a line."""
    return [(run.page, words) for run, words in pdf.passages(chosen)]


def looked_at(items: Sized, thing: str, many: str | None = None, among: Sized | None = None) -> str:
    """What was measured where all there is to say is how many things were looked at, or found.

    `Nothing` where there is none, or, of things that may well be missing, nothing to find them in.

    >>> looked_at(["a"], "table"), isinstance(looked_at([], "table"), Nothing)
    ('1 table', True)
    """
    words = counted(len(items), thing, many)
    return words if len(items if among is None else among) else Nothing(words)


def among(places: Iterable[Shortfall], whole: str) -> str:
    """How many places fall short, and among what.

    >>> among([], "12 lines"), among([(3, "here")], "12 lines")
    ('none in 12 lines', '1 in 12 lines')
    """
    words = f"{len(unique_places(places)) or 'none'} in {whole}"
    return Nothing(words) if isinstance(whole, Nothing) else words
