"""Postage: the envelope that fits, the class of mail, the price and how old it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from booklet.print.stock import Format

STALE = 365
"""Days after which a price is too old to rely on; Royal Mail changes its prices every April."""

ENVELOPE_THICKNESS = 0.5
"""What an envelope adds to its contents, in mm."""

FOLDED_LEAVES = 5
"""Stapled leaves that fold flat: NHS Notify sends as many, folded in half in C5 (standards sheet,
4.2 and 4.3)."""

LETTER_WEIGHT = 5.0
"""A covering letter of one A4 sheet, in grams."""


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a service up to a weight in grams; `None` where it is not known."""

    to: float
    first: Decimal | None = None
    second: Decimal | None = None
    as_of: date | None = None

    def stale(self, today: date) -> bool:
        """Whether the price is unknown, or older than twelve months."""
        return self.as_of is None or (today - self.as_of).days > STALE


@dataclass(frozen=True, slots=True)
class Service:
    """A class of mail: its longest sides in mm, longest first, and its prices by weight."""

    name: str
    sides: tuple[float, float, float]
    prices: tuple[Price, ...]

    def price(self, sides: tuple[float, float, float], grams: float) -> Price | None:
        """What an item costs; `None` where it is too large or too heavy for this class."""
        fits = all(side <= most for side, most in zip(sides, self.sides, strict=True))
        return next((each for each in self.prices if fits and grams <= each.to), None)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope or a box: its sides in mm, its weight in grams, how thick its contents may be."""

    name: str
    sides: tuple[float, float]
    weight: float
    room: float


@dataclass(frozen=True, slots=True)
class Postage:
    """All services and envelopes, the smallest first."""

    services: tuple[Service, ...]
    envelopes: tuple[Envelope, ...]

    def envelope(self, book: Format, thickness: float) -> Envelope | None:
        """The smallest envelope that takes a booklet as it is, 5 mm to spare each way."""
        contents = sorted((book.width + 5, book.height + 5), reverse=True)
        return next(
            (
                each
                for each in self.envelopes
                if thickness <= each.room
                and all(side <= most for side, most in zip(contents, each.sides, strict=True))
            ),
            None,
        )

    def service(
        self, sides: tuple[float, float, float], grams: float
    ) -> tuple[Service, Price] | None:
        """The first class whose length, width, thickness and weight all hold."""
        priced = ((service, service.price(sides, grams)) for service in self.services)
        return next(((service, price) for service, price in priced if price), None)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A booklet in its envelope with a covering letter: mm and grams, and how it is posted."""

    envelope: Envelope
    thickness: float
    weight: float
    service: Service | None
    price: Price | None


def folded_once(leaves: int, book: Format, thickness: float) -> tuple[Format, float] | None:
    """Size and thickness of loose leaves folded once across; `None` where they are too many.

    >>> folded_once(5, Format("A4", 210, 297), 0.5)
    (Format(name='A4 folded once', width=148.5, height=210), 1.0)
    """
    if leaves > FOLDED_LEAVES:
        return None
    return Format(f"{book.name} folded once", book.height / 2, book.width), 2 * thickness


def posted(book: Format, thickness: float, grams: float, postage: Postage) -> Parcel | None:
    """A booklet made ready for the post; `None` where no envelope takes it."""
    envelope = postage.envelope(book, thickness)
    if envelope is None:
        return None
    thick = thickness + ENVELOPE_THICKNESS
    weight = grams + envelope.weight + LETTER_WEIGHT
    service, price = postage.service((*envelope.sides, thick), weight) or (None, None)
    return Parcel(envelope, thick, weight, service, price)
