"""Booklets that a carrier does not take: as faults, or as reasons to leave their rows out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from booklet.editions import COLOUR
from booklet.messages import counted
from booklet.post.carrier_check import check_carrier
from booklet.post.carriers import Carrier, carriers_of
from booklet.post.enclosures import Enclosed, is_with_letter
from booklet.post.order import MailOrder
from booklet.post.packs import Answer, Enclosure, answer, takes
from booklet.post.recipient import Given, Recipient, form_of
from booklet.post.refusal import Refusal, RefusedRow
from booklet.print.postage import load_postage
from booklet.problems import InList, Problem

TOO_LONG = "letter-too-long"
"""The rule that a booklet breaks which does not go into the carrier's envelope."""
_TOLD_ELSEWHERE = (TOO_LONG, "letter-not-a4-portrait-oriented")
_OUTSIDE = "content-outside-printable-area"
_IN_BLACK = "; `--ink black` has a white cover, which keeps clear of the edges"
_ROWS_NAMED = 5
_OTHERWISE = "choose another carrier, or send the booklet apart"


def too_long(
    enclosed: Mapping[Given, Enclosed],
    carrier: Carrier,
    order: MailOrder,
    pages: Callable[[Given], int] = lambda form: 1,
) -> dict[Given, Answer]:
    """Why a carrier does not take booklets even with a letter of one page, and what would go.

    By form; `pages` tells how many the letter of a form has, so that what would go does go. No
    print is offered that is smaller than somebody needs.
    """
    known, postage = carriers_of(order.content, order.clinic), load_postage()
    found: dict[Given, Answer] = {}
    for form, each in enclosed.items():
        sizes = {
            other.size.name: there.printed
            for other, there in enclosed.items()
            if replace(other, size=form.size) == form and other.size.floor >= form.size.floor
        }
        whole = Enclosure(1, each.printed, order.one_sided)
        if not takes(carrier, whole):
            whole = replace(whole, letter=pages(form))
            found[form] = answer(carrier, whole, known, postage, sizes)
    return found


def not_printed(
    enclosed: Mapping[Given, Enclosed], carrier: Carrier, order: MailOrder
) -> Iterator[Problem]:
    """What is wrong with pages of booklets that are printed with letters, found on their pictures.

    Of the pages that break a rule in the same way the first is told, and how many there are.
    """
    for form, each in enclosed.items():
        if not carrier.prints and not is_with_letter(form, order):
            continue
        report = check_carrier(each.pdf, carrier, each.file, behind=True)
        for rule in dict.fromkeys(problem.rule for problem in report.problems):
            first, *more = (problem for problem in report.problems if problem.rule == rule)
            if rule not in _TOLD_ELSEWHERE:
                besides = f"; so it is on {counted(len(more), 'more page')}" if more else ""
                black = _IN_BLACK if rule == _OUTSIDE and order.ink == COLOUR else ""
                yield replace(first, message=f"{first.message}{besides}{black}")


def as_faults(
    long: Mapping[Given, Answer], people: Iterable[Recipient], file: Path
) -> Iterator[Problem]:
    """One fault of the list for each booklet that is too long, at the first row that gets it."""
    getting: dict[Given, list[Recipient]] = {}
    for person in people:
        getting.setdefault(form_of(person), []).append(person)
    for form, told in long.items():
        first, *others = getting[form]
        more = f". The same holds for {_in_words(others)}" if others else ""
        place = InList(first.row)
        yield Problem(file, f"{_whose(first)}{told.said}{more}", place, rule=TOO_LONG)


def _whose(person: Recipient) -> str:
    return "of the copy: " if person.part else ""


def as_rows(long: Mapping[Given, Answer], people: Iterable[Recipient]) -> Iterator[RefusedRow]:
    """The rows whose booklet is too long, each once."""
    left: dict[int, list[Refusal]] = {}
    for person in people:
        if told := long.get(form_of(person)):
            do = f"what would go: {told.instead}" if told.instead else _OTHERWISE
            why = f"{_whose(person)}{told.why}"
            left.setdefault(person.row, []).append(Refusal(person.row, "", TOO_LONG, why, do))
    return (RefusedRow(row, tuple(dict.fromkeys(mine))) for row, mine in left.items())


def _in_words(people: Sequence[Recipient]) -> str:
    """The rows of people by number, where they are few: `rows 4, 9 (the copy) and 2 more rows`."""
    rows = [f"{each.row}{' (the copy)' if each.part else ''}" for each in people]
    named = ", ".join(rows[:_ROWS_NAMED])
    more = f" and {counted(len(rows) - _ROWS_NAMED, 'more row')}" if rows[_ROWS_NAMED:] else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {named}{more}"
