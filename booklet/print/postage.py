"""Postage: the envelope that fits, the class of mail, the price and how old it is.

Sizes and prices stand in a data file that anybody can bring up to date.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from booklet.print.stock import Format
from booklet.problems import FaultsFound, Problem

DATA = Path(__file__).with_name("postage.yaml")

STALE = 365
"""Days after which a price is too old to rely on; Royal Mail changes its prices every April."""

ENVELOPE_THICKNESS = 0.5  # what an envelope adds to its contents, in mm

FOLDED_LEAVES = 5
"""Stapled leaves that fold flat: NHS Notify sends as many, folded in half in C5 (standards sheet,
4.2 and 4.3)."""

LETTER_WEIGHT = 5.0  # a covering letter of one A4 sheet, in grams

_EXACT = ConfigDict(extra="forbid")  # a key that is not known in the data file is a slip of the pen


@dataclass(frozen=True, slots=True, config=_EXACT)
class Price:
    """The price of a service up to a weight."""

    to: float  # the weight in grams
    first: Decimal | None = None  # first class in pounds, where it is known
    second: Decimal | None = None  # second class in pounds, where it is known
    as_of: date | None = None  # the day from which these prices hold

    def __post_init__(self) -> None:
        if (self.first or self.second) and not self.as_of:
            raise ValueError(f"the price to {self.to} g has no date; add `as_of: YYYY-MM-DD`")

    def stale(self, today: date) -> bool:
        """Whether the price is unknown, or older than twelve months."""
        return self.as_of is None or (today - self.as_of).days > STALE


@dataclass(frozen=True, slots=True, config=_EXACT)
class Service:
    """A class of mail."""

    name: str  # what Royal Mail calls it
    sides: tuple[float, float, float]  # the most it takes in mm, the longest side first
    prices: tuple[Price, ...]  # what it costs, the lightest first

    def price(self, sides: tuple[float, float, float], grams: float) -> Price | None:
        """What an item costs; `None` where it is too large or too heavy for this class."""
        fits = _fit(sides, self.sides)
        return next((each for each in self.prices if fits and grams <= each.to), None)


@dataclass(frozen=True, slots=True, config=_EXACT)
class Envelope:
    """An envelope or a box."""

    name: str  # what people call it
    sides: tuple[float, float]  # its sides in mm, the longer first
    weight: float  # what it weighs empty, in grams
    room: float  # how thick its contents may be, in mm


@dataclass(frozen=True, slots=True, config=_EXACT)
class Postage:
    """All that a booklet may be sent as and in."""

    services: tuple[Service, ...]  # classes of mail, the smallest first
    envelopes: tuple[Envelope, ...]  # envelopes, the smallest first

    def envelope(self, book: Format, thickness: float) -> Envelope | None:
        """The smallest envelope that takes a booklet as it is, 5 mm to spare each way."""
        sides = sorted((book.width + 5, book.height + 5), reverse=True)
        thick_enough = (each for each in self.envelopes if thickness <= each.room)
        return next((each for each in thick_enough if _fit(sides, each.sides)), None)

    def service(
        self, sides: tuple[float, float, float], grams: float
    ) -> tuple[Service, Price] | None:
        """The first class whose length, width, thickness and weight all hold."""
        priced = ((service, service.price(sides, grams)) for service in self.services)
        return next(((service, price) for service, price in priced if price), None)


@dataclass(frozen=True, slots=True, config=_EXACT)
class Parcel:
    """A booklet in its envelope with a covering letter."""

    envelope: Envelope  # the envelope
    thickness: float  # how thick it all is, in mm
    weight: float  # what it all weighs, in grams
    service: Service | None  # the class of mail that takes it
    price: Price | None  # what it costs, where it goes by a class known here


def load_postage(file: Path = DATA) -> Postage:
    """The services and envelopes of a data file; `FaultsFound` where it cannot be used."""
    try:
        return _POSTAGE.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValueError) as error:
        message = f"these postage data cannot be used ({error}); compare with the file we ship"
        raise FaultsFound([Problem(file, message)]) from error


def _fit(sides: Sequence[float], most: Sequence[float]) -> bool:
    return all(side <= limit for side, limit in zip(sides, most, strict=True))


_POSTAGE = TypeAdapter(Postage)


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
