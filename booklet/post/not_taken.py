"""Booklets that a carrier does not take: as faults, or as reasons to leave their rows out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from booklet.messages import counted
from booklet.post.carrier_check import check_carrier
from booklet.post.carriers import Carrier, carriers_of
from booklet.post.enclosures import Enclosed
from booklet.post.order import MailOrder
from booklet.post.packs import Answer, Enclosure, answer
from booklet.post.recipient import Given, Recipient
from booklet.post.refusal import Refusal, RefusedRow
from booklet.post.run import form_of
from booklet.print.postage import load_postage
from booklet.problems import Problem

TOO_LONG = "letter-too-long"
"""The rule that a booklet breaks which does not go into the carrier's envelope."""
_TOLD_ELSEWHERE = (TOO_LONG, "letter-not-a4-portrait-oriented")
_ROWS_NAMED = 5
_OTHERWISE = "choose another carrier, or send the booklet apart"


def too_long(
    enclosed: Mapping[Given, Enclosed], carrier: Carrier, order: MailOrder
) -> dict[Given, Answer]:
    """Why a carrier does not take booklets with a letter of one page, and what would go, by form.

    No print is offered that is smaller than somebody needs.
    """
    known, postage = carriers_of(order.content, order.clinic), load_postage()
    found: dict[Given, Answer] = {}
    for form, each in enclosed.items():
        sizes = {
            other.size.name: there.printed
            for other, there in enclosed.items()
            if replace(other, size=form.size) == form and other.size.floor >= form.size.floor
        }
        told = answer(carrier, Enclosure(1, each.printed, order.one_sided), known, postage, sizes)
        if not told.fits:
            found[form] = told
    return found


def not_printed(enclosed: Mapping[Given, Enclosed], carrier: Carrier) -> Iterator[Problem]:
    """What is wrong with pages of booklets that a carrier is to print, found on their pictures.

    Of the pages that break a rule in the same way the first is told, and how many there are.
    """
    for each in enclosed.values() if carrier.prints else ():
        report = check_carrier(each.pdf, carrier, each.file, behind=True)
        for rule in dict.fromkeys(problem.rule for problem in report.problems):
            first, *more = (problem for problem in report.problems if problem.rule == rule)
            if rule not in _TOLD_ELSEWHERE:
                besides = f"; so it is on {counted(len(more), 'more page')}" if more else ""
                yield replace(first, message=f"{first.message}{besides}")


def as_faults(
    long: Mapping[Given, Answer], enclosed: Mapping[Given, Enclosed], people: Iterable[Recipient]
) -> Iterator[Problem]:
    """One fault for each booklet that is too long, with the rows of those who would get it."""
    rows: dict[Given, dict[int, None]] = {}
    for person in people:
        rows.setdefault(form_of(person), {})[person.row] = None
    for form, told in long.items():
        words = f"for {_in_words([*rows[form]])}: {told.said}"
        yield Problem(Path(enclosed[form].file), words, rule=TOO_LONG)


def as_rows(long: Mapping[Given, Answer], people: Iterable[Recipient]) -> Iterator[RefusedRow]:
    """The rows whose booklet is too long, each once."""
    left: dict[int, list[Refusal]] = {}
    for person in people:
        if told := long.get(form_of(person)):
            do = f"what would go: {told.instead}" if told.instead else _OTHERWISE
            left.setdefault(person.row, []).append(Refusal(person.row, "", TOO_LONG, told.why, do))
    return (RefusedRow(row, tuple(dict.fromkeys(mine))) for row, mine in left.items())


def _in_words(rows: list[int]) -> str:
    """The rows by number, where they are few.

    >>> _in_words([4]), _in_words([4, 9]), _in_words([1, 2, 3, 4, 5, 6, 7])
    ('row 4', 'rows 4, 9', 'rows 1, 2, 3, 4, 5 and 2 more rows')
    """
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {counted(len(rows) - _ROWS_NAMED, 'more row')}" if rows[_ROWS_NAMED:] else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {named}{more}"
