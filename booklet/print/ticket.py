"""The job ticket: what the person at the printer, the stapler and the post desk must know."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from booklet.content.language import ENGLISH
from booklet.print.binding import WAYS, fold, paper_in_words, stapler_warnings, staples
from booklet.print.onesided import one_run
from booklet.print.postage import Parcel, Postage, folded_once, posted
from booklet.print.schemes import Scheme
from booklet.print.stock import Format, Paper


@dataclass(frozen=True, slots=True)
class Ticket:
    """One copy of a booklet on paper; lengths are in mm, weights in grams."""

    files: tuple[str, ...]  # the files to print, in order
    scheme: str  # how its pages go on paper, in words
    pages: int  # pages of the booklet
    paper: str  # what to put into the drawer
    printing: tuple[str, ...]  # how to print each file
    sheets: int  # sheets of paper
    leaves: int  # leaves of the finished booklet
    finished: str  # its size
    fold: str  # how to fold the sheets
    staple: str  # how to staple them
    thickness: float  # how thick it is
    weight: float  # what it weighs
    envelope: str | None  # the envelope that takes it
    post_thickness: float | None  # how thick it is with its envelope and a letter of one sheet
    post_weight: float | None  # what all of that weighs
    postage: str  # the class of mail, or what to do where none here takes it
    first_class: str | None  # the price by first class, where it is known: `£1.80`
    second_class: str | None  # the price by second class, where it is known
    prices_as_of: str | None  # the day of these prices, as ISO 8601 writes it
    folded: str | None  # how a thin booklet of A4 leaves may go by post folded once
    proof: str  # what to look at before printing many
    warnings: tuple[str, ...]  # what nobody would expect of it

    def as_json(self) -> str:
        """The ticket for another program: one object, keys named as the fields are."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def make_ticket(
    pages: int,
    scheme: Scheme,
    *,
    postage: Postage,
    today: date,
    files: tuple[str, ...] = (),
    instructions: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    stock: Paper | None = None,
    finished: Format | None = None,
) -> Ticket:
    """The ticket of a booklet of this many pages, at the prices known `today`.

    `files`, `instructions` and `notes` are those of its print files. `finished` is the size
    of the booklet where the scheme leaves it open.
    """
    paper, book = stock or Paper(), finished or scheme.finished
    sheets, leaves = scheme.sheets(pages), scheme.leaves(pages)
    weight, thickness = leaves * paper.grams(book), leaves * paper.caliper
    parcel = posted(book, thickness, weight, postage)
    thin = folded_once(leaves, book, thickness)
    folded = _offered(posted(*thin, weight, postage), parcel) if thin else None
    price = parcel.price if parcel else None
    return Ticket(
        files=files,
        scheme=scheme.title,
        pages=pages,
        paper=paper_in_words(scheme, paper, book),
        printing=instructions or (one_run(scheme, pages, paper),),
        sheets=sheets,
        leaves=leaves,
        finished=f"{book.name}, {book}",
        fold=fold(scheme, sheets, paper),
        staple=staples(scheme, sheets, paper),
        thickness=round(thickness, 1),
        weight=round(weight, 1),
        envelope=parcel.envelope.name if parcel else None,
        post_thickness=round(parcel.thickness, 1) if parcel else None,
        post_weight=round(parcel.weight, 1) if parcel else None,
        postage=_service(parcel, postage),
        first_class=_pounds(price.first if price else None),
        second_class=_pounds(price.second if price else None),
        prices_as_of=price.as_of.isoformat() if price and price.as_of else None,
        folded=_folded(folded) if folded else None,
        proof=WAYS[scheme.binding].proof,
        warnings=(
            *notes,
            *stapler_warnings(scheme, sheets, paper),
            *_price_warnings(parcel, today, "The price"),
            *_price_warnings(folded, today, "The price of it folded"),
        ),
    )


def _service(parcel: Parcel | None, postage: Postage) -> str:
    """The class of mail, or what to do where none here takes it."""
    if parcel is None:
        return "no envelope known here; measure what you pack it in"
    if parcel.service:
        return parcel.service.name
    last = postage.services[-1]
    sides = " × ".join(f"{side:g}" for side in last.sides)
    most = f"{sides} mm, {last.prices[-1].to / 1000:g} kg"
    return f"larger or heavier than a {last.name.lower()} ({most}), so ask them"


def _offered(parcel: Parcel | None, flat: Parcel | None) -> Parcel | None:
    """A thin booklet folded, where that brings it into a smaller class of mail."""
    if parcel is None or parcel.service is None or (flat and parcel.service == flat.service):
        return None
    return parcel


def _folded(parcel: Parcel) -> str:
    """How a booklet goes by post folded, and what that costs."""
    service = parcel.service.name if parcel.service else ""
    words = f"once across the middle, it goes in {parcel.envelope.name} as a {service}"
    price = parcel.price
    if price is None or price.as_of is None:
        return words
    prices = prices_in_words(_pounds(price.first), _pounds(price.second))
    return f"{words}: {prices} (price of {ENGLISH.day(price.as_of)})"


def prices_in_words(first: str | None, second: str | None) -> str:
    """The prices that are known, with their classes.

    >>> prices_in_words("£1.80", None)
    '1st class £1.80'
    """
    named = (("1st class", first), ("2nd class", second))
    return ", ".join(f"{name} {price}" for name, price in named if price)


def _price_warnings(parcel: Parcel | None, today: date, what: str) -> Iterator[str]:
    price = parcel.price if parcel else None
    if price is None:
        return
    if price.as_of is None:
        yield f"{what} is not known here for this weight: look it up before you post."
    elif price.stale(today):
        yield f"{what} is of {ENGLISH.day(price.as_of)}, over a year old: look it up first."


def _pounds(price: Decimal | None) -> str | None:
    return None if price is None else f"£{price:.2f}"
