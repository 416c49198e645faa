"""Letters held against what a carrier takes: one PDF of any origin, or each letter of a batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any

from booklet.check.inspected_pdf import CannotRead, made_of
from booklet.check.pdf_report import places
from booklet.check.report import Finding, Report
from booklet.check.rule import rules_in
from booklet.messages import counted
from booklet.pdf.guarded import STRANGERS, TooMuch, in_child
from booklet.pdf.objects import text
from booklet.pdf.opening import open_pdf
from booklet.pdf.printed import printed_pages
from booklet.post import carrier_rules, window_rules
from booklet.post.carried import CarriedLetter, CarrierRule
from booklet.post.carriers import Carrier
from booklet.post.looks import Seen, laid_over, seen
from booklet.post.packs import Printed
from booklet.print.stock import A5
from booklet.problems import OnPage, Problem
from booklet.provenance.manifest import is_built_here

CARRIER_RULES: dict[str, CarrierRule] = rules_in(carrier_rules, window_rules)
"""Every rule of carriers by its id, in the order of the report."""

UNREADABLE = "unable-to-read-the-file"  # what GOV.UK Notify calls a file that cannot be opened
_LETTERS = "the letters"  # what a file of many letters is called in messages


@dataclass(frozen=True, slots=True)
class BatchLetter:
    """One of many letters in a file."""

    pages: range  # its pages, counted from 0
    language: str  # the language it is in, as a tag
    address: tuple[str, ...] = field(default=(), repr=False)
    """The lines that are to stand in the window; empty where that is not known."""
    enclosed: int = 0  # the pages of a booklet that the carrier prints with it
    titles: tuple[str, ...] = ()  # the titles of what is enclosed
    one_sided: bool = False  # whether each page takes a sheet


def check_carrier(
    file: Path | bytes, carrier: Carrier, name: str = "", *, behind: bool = False
) -> Report:
    """The report on a PDF that is one letter: whether a carrier takes it.

    A booklet that goes `behind` a letter in the same envelope has no address on page 1. A file
    that cannot be read gives a report that has not passed and says why.
    """
    name = name or (file.name if isinstance(file, Path) else "the file")
    try:
        letter = made_of(file, name, lambda data: _letter(data, carrier, behind))
    except CannotRead as error:
        return Report(name, (Problem(Path(name), str(error), rule=UNREADABLE),))
    findings = {id: _applied(rule, letter, name) for id, rule in CARRIER_RULES.items()}
    problems = tuple(each for finding in findings.values() for each in finding.problems)
    return Report(name, problems, findings, len(letter.pages))


def measured(file: Path, carrier: Carrier, *, draw: bool = False) -> tuple[Report, bytes]:
    """The same of a file of anybody, and a picture of its first page as a PNG if it is to `draw`.

    What its carrier wants white is red in it; it is empty where the file cannot be read. A file
    that was built here is a booklet that goes behind a letter; any other is taken for a letter,
    and read in a process of its own.
    """
    if is_built_here(file):
        return _measured(file, carrier, draw, True)
    try:
        return in_child(_measured, file, carrier, draw, False, limits=STRANGERS)
    except TooMuch as error:
        words = f"{file.name} cannot be measured: {error}"
        return Report(file.name, (Problem(file, words, rule=UNREADABLE),)), b""


def _measured(file: Path, carrier: Carrier, draw: bool, behind: bool) -> tuple[Report, bytes]:
    report = check_carrier(file, carrier, behind=behind)
    if not draw or not report.findings:
        return report, b""
    return report, made_of(file, file.name, lambda data: _drawn(data, carrier, behind))


def _drawn(data: bytes, carrier: Carrier, behind: bool) -> bytes:
    picture = BytesIO()
    with printed_pages(data) as page:
        laid_over(page(1), carrier, first=not behind).save(picture, "PNG")
    return picture.getvalue()


def _letter(data: bytes, carrier: Carrier, behind: bool) -> CarriedLetter:
    reader = open_pdf(data)
    language = text(reader.root_object, "/Lang") or None
    pages = _seen(data, carrier, range(len(reader.pages)), behind)
    own, beside = _parted(pages, carrier, behind)
    return CarriedLetter(carrier, own, len(data), language, beside=beside)


def _parted(
    pages: tuple[Seen, ...], carrier: Carrier, behind: bool
) -> tuple[tuple[Seen, ...], Printed | None]:
    """The pages of a letter, and the booklet of A5 pages behind them.

    A post room folds and staples those, and lays the booklet beside the letter: nobody prints them
    on the letter's paper.
    """
    folded = len([*takewhile(_is_a5, reversed(pages))]) if carrier.envelope else 0
    if folded == 0 or (folded == len(pages) and not behind):
        return pages, None
    return pages[: len(pages) - folded], Printed(folded, A5)


def _is_a5(page: Seen) -> bool:
    return tuple(map(round, page.size)) == (A5.width, A5.height)


def _seen(data: bytes, carrier: Carrier, pages: range, behind: bool) -> tuple[Seen, ...]:
    with printed_pages(data) as page:
        return tuple(seen(page(n + 1), carrier, first=not behind and n == pages[0]) for n in pages)


def faults_of_batch(
    data: bytes, carrier: Carrier, letters: Sequence[BatchLetter]
) -> tuple[tuple[Problem, ...], ...]:
    """What is wrong with each letter of a file, in their order; nothing private is in it.

    Each page is drawn once, at 72 dots an inch. The pages of problems count from 1 in the whole
    file. `CannotRead` where the file cannot be read.
    """
    return made_of(data, _LETTERS, lambda data: tuple(_of_batch(data, carrier, letters)))


def _of_batch(
    data: bytes, carrier: Carrier, letters: Sequence[BatchLetter]
) -> Iterator[tuple[Problem, ...]]:
    with printed_pages(data) as page:
        for each in letters:
            looks = tuple(seen(page(n + 1), carrier, first=n == each.pages[0]) for n in each.pages)
            letter = CarriedLetter(
                carrier,
                looks,
                language=each.language,
                enclosed=each.enclosed,
                address=each.address,
                titles=each.titles,
                one_sided=each.one_sided,
            )
            findings = (_applied(rule, letter, _LETTERS) for rule in CARRIER_RULES.values())
            yield tuple(problem for finding in findings for problem in finding.problems)


def _applied(rule: CarrierRule, letter: CarriedLetter, name: str) -> Finding:
    """A rule applied to a letter."""
    measured = ""

    def shortfalls() -> Iterator[tuple[int, str]]:
        nonlocal measured
        measured = yield from rule.judge(letter)

    problems = tuple(
        rule.named(Problem(Path(name), words, OnPage(page))) for page, words in shortfalls()
    )
    return Finding(measured, problems)


def lines(report: Report, carrier: Carrier, *, whole: bool = False) -> Iterator[str]:
    """The report for people: what is broken, with `whole` what was measured, and a verdict."""
    if not report.findings:
        yield from (f"{problem.message.rstrip('.')}." for problem in report.problems)
        return
    for id, finding in report.findings.items():
        if whole or finding.problems:
            yield f"{finding.verdict:<15} {id}: {CARRIER_RULES[id].checks} ({finding.measured})"
            yield from (f"{'':<15} - {place}" for place in places(finding))
    verdicts = [finding.verdict for finding in report.findings.values()]
    judged = len(verdicts) - verdicts.count("not applicable")
    known = f"{carrier.title} (as of {carrier.read})"
    if failed := verdicts.count("failed"):
        yield f"{report.name}: {failed} of {counted(judged, 'rule')} of {known} broken."
    else:
        yield f"{report.name}: none of {counted(judged, 'rule')} of {known} broken."
    if carrier.note:
        yield f"note: {carrier.title}: {carrier.note}"


def as_values(report: Report, carrier: Carrier) -> dict[str, Any]:
    """The report for programs, under keys that stay."""
    return {
        "name": report.name,
        "carrier": carrier.name,
        "as_of": carrier.read,
        "passed": report.passed,
        "pages": report.pages,
        "problems": [
            {"rule": each.rule, "page": getattr(each.at, "page", 0), "message": each.message}
            for each in report.problems
        ],
    }
