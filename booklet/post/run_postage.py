"""The postage of a run: envelope, weight, thickness, class and price of each kind, and the total.

Prices are those of `booklet.print.postage`; a price that is not known there is told as unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from booklet.content.language import ENGLISH
from booklet.messages import counted
from booklet.post.carriers import Carrier, blind_post, carriers
from booklet.post.packs import Enclosure, contents, takes
from booklet.print.postage import ENVELOPE_THICKNESS, Postage, Price


@dataclass(frozen=True, slots=True)
class Sent:
    """Letters of one kind in a run: as long, with as long a booklet, in one size of print."""

    size: str  # what the size of print is called
    print: float  # the smallest print of the booklet, in points
    count: int  # how many go
    whole: Enclosure  # the letter and the booklet of each


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of thing to post; what nobody knows is `None`."""

    what: str  # what it is, in words
    count: int  # how many go
    envelope: str | None  # the envelope it goes in
    grams: float | None  # what one weighs with its envelope
    thickness: float | None  # how thick one is with its envelope, in mm
    service: str | None  # the class of mail
    price: Price | None  # what one costs
    free: bool = False  # whether it goes free, as Articles for the Blind

    ours: bool = True  # whether the clinic posts it, and not who prints it

    def cost(self, by: str) -> Decimal | None:
        """What all of them cost `first` or `second` class, in pounds; `None` if unknown."""
        if self.free:
            return Decimal(0)
        each: Decimal | None = getattr(self.price, by) if self.price else None
        return each * self.count if each is not None else None


@dataclass(frozen=True, slots=True)
class RunPostage:
    """What a run costs to post."""

    items: tuple[Item, ...]  # what is to be posted, in the order of the run's kinds
    carrier: Carrier  # who takes it
    today: date  # the day it was asked
    could_go_free: int = 0  # booklets in large print that are paid for

    def total(self, by: str) -> tuple[Decimal, int]:
        """What is known of the total in pounds, `first` or `second` class; how many are unknown."""
        costs = [(item.cost(by), item.count) for item in self.items if item.ours]
        known = sum((cost for cost, _ in costs if cost is not None), Decimal(0))
        return known, sum(count for cost, count in costs if cost is None)


def postage_of(
    parts: Sequence[Sent],
    carrier: Carrier,
    postage: Postage,
    today: date,
    *,
    articles_for_the_blind: bool = False,
) -> RunPostage:
    """The postage of a run, kind by kind.

    With `articles_for_the_blind` each booklet in large print goes free in an open envelope, and
    its letter sealed beside it.
    """
    items = [
        item
        for part in parts
        for item in (
            _apart(part, carrier, postage, free=True)
            if articles_for_the_blind and _may_go_free(part)
            else _sent(part, carrier, postage)
        )
    ]
    paid = () if articles_for_the_blind else parts
    return RunPostage(
        tuple(items), carrier, today, sum(part.count for part in paid if _may_go_free(part))
    )


def _may_go_free(part: Sent) -> bool:
    return part.whole.booklet is not None and part.print >= blind_post().print


def _sent(part: Sent, carrier: Carrier, postage: Postage) -> tuple[Item, ...]:
    """A letter and its booklet in one envelope; or each by itself, where its carrier prints it."""
    if carrier.envelope is None and part.whole.booklet and not takes(carrier, part.whole):
        return _apart(part, carrier, postage, free=False)
    return (_paid(part, carrier, postage),)


def _apart(part: Sent, carrier: Carrier, postage: Postage, *, free: bool) -> tuple[Item, ...]:
    """The letter by its carrier, and the booklet in an envelope of its own."""
    letter = replace(part, whole=replace(part.whole, booklet=None))
    return _paid(letter, carrier, postage), _alone(part, postage, free=free)


def _paid(part: Sent, carrier: Carrier, postage: Postage) -> Item:
    """A letter, with its booklet if it has one, sealed and paid for."""
    what = f"{part.size}, {_described(part.whole)}"
    if carrier.envelope is None:  # who prints it pays the post, and has a price for both
        return Item(what, part.count, None, None, None, None, None, ours=False)
    return _packed(what, part.count, part.whole, carrier, postage)


def _described(whole: Enclosure) -> str:
    letter = f"letter of {counted(whole.letter, 'page')}" if whole.letter else ""
    book = f"booklet of {counted(whole.booklet.pages, 'page')}" if whole.booklet else ""
    return " with ".join(part for part in (letter, book) if part)


def _packed(what: str, count: int, whole: Enclosure, carrier: Carrier, postage: Postage) -> Item:
    """In the carrier's envelope, or the next of a post room that takes it."""
    rooms = (each for each in (carrier, *carriers()) if each.envelope and takes(each, whole))
    room = next(rooms, None)
    if room is None or room.envelope is None:
        return Item(what, count, None, None, None, None, None)
    grams, thick = contents(room, room.envelope, whole)
    grams, thick = grams + _empty(room.envelope.name, postage), thick + ENVELOPE_THICKNESS
    longer, shorter = sorted((room.envelope.width, room.envelope.height), reverse=True)
    service, price = postage.service((longer, shorter, thick), grams) or (None, None)
    name = service.name if service else None
    return Item(what, count, room.envelope.name, grams, thick, name, price)


def _empty(envelope: str, postage: Postage) -> float:
    """What an envelope weighs; one that is not known here, as much as the smallest that is."""
    weights = {each.name: each.weight for each in postage.envelopes}
    return weights.get(envelope, postage.envelopes[0].weight)


def _alone(part: Sent, postage: Postage, *, free: bool) -> Item:
    """A booklet in an envelope of its own, which stays open where it goes free."""
    whole = Enclosure(0, part.whole.booklet)
    what = f"{part.size}, {_described(whole)} by itself"
    packed = _packed(what, part.count, whole, carriers()[0], postage)
    if not free or packed.grams is None or packed.grams > blind_post().weight:
        return packed
    return replace(packed, service=blind_post().title, price=None, free=True)


def lines(run: RunPostage) -> Iterator[str]:
    """The postage for people: a line for each kind, the total, and what to know."""
    for item in run.items:
        yield f"{item.count} × {item.what}: {_how(item)}"
    if run.carrier.envelope is None:
        price = run.carrier.price or "its price is not known here; ask it"
        yield f"{run.carrier.title} posts what it prints: {price}."
    if any(item.grams for item in run.items):
        yield from (f"Total, {word} class: {_total(run, by)}" for word, by in _CLASSES)
    yield from _old_prices(run)
    if any(item.free for item in run.items):
        yield from (f"{blind_post().title}: {note}." for note in blind_post().notes)
    elif run.could_go_free:
        yield (
            f"{counted(run.could_go_free, 'booklet')} in large print could go free to people who "
            "are blind or partially sighted: `--articles-for-the-blind` says how, and what "
            "speaks against it."
        )


_CLASSES = (("1st", "first"), ("2nd", "second"))


def _how(item: Item) -> str:
    if not item.ours:
        return "posted by who prints it"
    if item.grams is None or item.thickness is None:
        return "no envelope known here; measure what you pack it in"
    measures = f"{item.envelope}, {item.grams:.0f} g, {item.thickness:.1f} mm"
    if item.free:
        return f"{measures}, free as {item.service}"
    price = ", ".join(
        f"{word} class £{each:.2f}"
        for word, by in _CLASSES
        if (each := getattr(item.price, by) if item.price else None) is not None
    )
    service = item.service or "larger or heavier than any class known here"
    return f"{measures}, {service}: {price or 'price not known here'}"


def _total(run: RunPostage, by: str) -> str:
    known, unknown = run.total(by)
    if not unknown:
        return f"£{known:,.2f}"
    rest = f"and {counted(unknown, 'item')} whose price is not known here; look it up"
    return f"£{known:,.2f} {rest}" if known else f"not known here for {counted(unknown, 'item')}"


def _old_prices(run: RunPostage) -> Iterator[str]:
    prices = {item.price for item in run.items if item.price}
    days = sorted({price.as_of for price in prices if price.as_of and price.stale(run.today)})
    for day in days:
        yield f"Prices of {ENGLISH.day(day)} are over a year old: look them up."
