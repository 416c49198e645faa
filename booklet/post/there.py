"""What an order names has to be there: all that is not is told at once, before a list is read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial

from booklet.content.names import booklet_names, clinic_names, letter_names, some_booklets
from booklet.content.suggestion import near
from booklet.post.order import MailOrder
from booklet.post.refused_list import must_be_apart, must_be_new
from booklet.post.setting import carrier_of
from booklet.problems import WrongUsage


def must_be_there(order: MailOrder, *, new: bool) -> None:
    """`WrongUsage` with a sentence for each thing that an order names and that is not there.

    A file for rows left out is in the way where it is read for the run, too, and where it is there
    already though it has to be `new`.
    """
    if not letter_names(order.content):
        some_booklets(order.content)  # which says so of a folder that has no content at all
    if found := [*_not_there(order), *_in_the_way(order, new)]:
        raise WrongUsage(*found)


def _not_there(order: MailOrder) -> Iterator[str]:
    clinics, booklets = clinic_names(order.content), booklet_names(order.content)
    for what, file in (("list", order.recipients), ("file of columns", order.columns)):
        if file and not file.exists():
            yield f"there is no {what} {file}"
    yield from _unknown("letter", order.letter, letter_names(order.content))
    yield from _unknown("clinic", order.clinic, clinics)
    if order.booklet:
        yield from _unknown("booklet", order.booklet, {name.partition(".")[0] for name in booklets})
    # Nobody knows the carriers of a clinic that is not there: ours stand for them.
    sender = order.clinic if order.clinic in clinics else ""
    yield from _said(partial(carrier_of, replace(order, clinic=sender)))


def _in_the_way(order: MailOrder, new: bool) -> Iterator[str]:
    apart = [*_said(partial(must_be_apart, order))]
    yield from apart
    if new and order.skipped and not apart:
        yield from _said(partial(must_be_new, order.skipped))


def _unknown(what: str, name: str, known: Collection[str]) -> Iterator[str]:
    """What to say of a name that nothing goes by, or that was not given."""
    if name not in known:
        wrong = f"there is no {what} `{name}`" if name else f"name the {what} with --{what}"
        yield f"{wrong}; {near(name, frozenset(known))}"


def _said(check: Callable[[], object]) -> Iterator[str]:
    """Why something that was asked for cannot be; nothing where it can."""
    try:
        check()
    except WrongUsage as error:
        yield str(error)
