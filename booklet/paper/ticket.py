"""The job ticket: what the person at the printer, the stapler and the post desk must know."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from booklet.paper.binding import STAPLERS, stapler_for
from booklet.paper.onesided import ONE_RUN
from booklet.paper.postage import Parcel, Postage, posted
from booklet.paper.schemes import STAPLE_MARGIN, Binding, Scheme
from booklet.paper.stock import Format, Paper


@dataclass(frozen=True, slots=True)
class Ticket:
    """One copy of a booklet on paper: lengths in mm, weights in grams, prices in pounds.

    `post_weight` and `post_thickness` are those of the envelope with the booklet and a
    covering letter of one sheet. Prices are text, `None` where they are not known.
    """

    files: tuple[str, ...]
    scheme: str
    pages: int
    paper: str
    printing: tuple[str, ...]
    sheets: int
    leaves: int
    finished: str
    fold: str
    staple: str
    thickness: float
    weight: float
    envelope: str | None
    post_thickness: float | None
    post_weight: float | None
    postage: str
    first_class: str | None
    second_class: str | None
    prices_as_of: str | None
    warnings: tuple[str, ...]

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
    price = parcel.price if parcel else None
    return Ticket(
        files=files,
        scheme=scheme.title,
        pages=pages,
        paper=_paper(scheme, paper),
        printing=instructions or (ONE_RUN[scheme.flip],),
        sheets=sheets,
        leaves=leaves,
        finished=f"{book.name}, {book}",
        fold=_FOLD[scheme.binding],
        staple=_staple(scheme, sheets, paper),
        thickness=round(thickness, 1),
        weight=round(weight, 1),
        envelope=parcel.envelope.name if parcel else None,
        post_thickness=round(parcel.thickness, 1) if parcel else None,
        post_weight=round(parcel.weight, 1) if parcel else None,
        postage=parcel.service.name if parcel and parcel.service else TOO_LARGE,
        first_class=_pounds(price.first if price else None),
        second_class=_pounds(price.second if price else None),
        prices_as_of=price.as_of.isoformat() if price and price.as_of else None,
        warnings=(*notes, *_warnings(scheme, sheets, paper), *_price_warnings(parcel, today)),
    )


TOO_LARGE = "no envelope known here takes it: pack it in a box, weigh it and ask the post"

_FOLD: dict[Binding, str] = {
    "saddle": "All sheets together, once across the middle, with page 1 outside in front.",
    "side": "Do not fold.",
    "shop": "The print shop folds.",
}
_STAPLE: dict[Binding, str] = {
    "saddle": "Two staples through the fold, a quarter of the way from each end. Take",
    "side": f"Two staples down the left edge, {STAPLE_MARGIN:g} mm in, so that it opens flat;"
    " not one in the corner. Take",
    "shop": "Two staples through the fold, by",
}


def _paper(scheme: Scheme, paper: Paper) -> str:
    size = scheme.sheet.name if scheme.sheet else "cut to the trim marks"
    return f"{size}, {paper.weight:g} g/m², white, matt"


def _staple(scheme: Scheme, sheets: int, paper: Paper) -> str:
    if scheme.binding == "side" and sheets == 1:
        return "One sheet: no staple."
    tool = stapler_for(scheme.binding, sheets, paper)
    if tool is None:
        return "Too thick for staples: punch it and use a wire or a ring binder."
    return f"{_STAPLE[scheme.binding]} {tool.words}."


def _warnings(scheme: Scheme, sheets: int, paper: Paper) -> Iterator[str]:
    tool = stapler_for(scheme.binding, sheets, paper)
    tools = STAPLERS[scheme.binding]
    if tool is None:
        yield f"{sheets} sheets are more than the {tools[-1].sheets} that any stapler here takes."
    elif scheme.binding == "saddle" and tool is not tools[0]:
        yield (
            f"{sheets} sheets are more than most booklet finishers take ({tools[0].sheets} of"
            " 80 g/m²): look at what yours takes."
        )


def _price_warnings(parcel: Parcel | None, today: date) -> Iterator[str]:
    price = parcel.price if parcel else None
    if price is None:
        return
    if price.as_of is None:
        yield "The price of this weight is not known here: look it up before you post."
    elif price.stale(today):
        yield f"The price is of {in_words(price.as_of)}, over a year old: look it up first."


def _pounds(price: Decimal | None) -> str | None:
    return None if price is None else f"£{price:.2f}"


def in_words(day: date) -> str:
    """A date as people write it, whatever the machine's locale.

    >>> in_words(date(2026, 4, 7))
    '7 April 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
