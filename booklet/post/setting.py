"""What is the same for all letters of a run: the words, where they stand, and how they are sent."""

from dataclasses import dataclass
from datetime import date

from booklet.content.read_letter import Letter
from booklet.html.area import Area
from booklet.html.letter import LetterLayout
from booklet.post.carriers import Carrier, carrier_named, carriers_of
from booklet.post.order import MailOrder, Way
from booklet.problems import WrongUsage

_GAP = 5  # Millimetres between what may come into view in the window, and other words
_LEAST_MARGIN = 15  # Millimetres at the sides of a letter, where the carrier asks for less


@dataclass(frozen=True, slots=True)
class Setting:
    """How the letters of a run are set, checked and put together."""

    letter: Letter  # Their words, in each language
    layout: LetterLayout  # Where things stand on them
    carrier: Carrier  # Who carries them
    way: Way  # How they are put together
    marks: bool  # Whether their sheets have marks for an inserting machine
    one_sided: bool  # Whether they are printed on one side only
    day: date  # The day on them


def setting_for(order: MailOrder, letter: Letter, carrier: Carrier) -> Setting:
    """How the letters of an order are made."""
    return Setting(
        letter=letter,
        layout=layout_for(carrier),
        carrier=carrier,
        way=order.way,
        marks=order.marks,
        one_sided=order.one_sided,
        day=order.today,
    )


def carrier_of(order: MailOrder) -> Carrier:
    """The carrier that was asked for; `WrongUsage` where it cannot be sent to in this way."""
    carrier = carrier_named(order.carrier, carriers_of(order.content, order.clinic))
    if carrier.bytes and order.way != "files":
        raise WrongUsage(
            f"{carrier.title} takes a file for each letter: add --as files, and --letter-alone "
            "where the booklet goes apart"
        )
    return carrier


def layout_for(carrier: Carrier) -> LetterLayout:
    """Where things stand on a letter for a carrier's window; the usual places where it has none.

    Nothing but the address stands where it may come into view.
    """
    usual = LetterLayout()
    window = carrier.window or usual.window
    seen = carrier.seen or carrier.window or usual.window
    left, _, right, _ = (max(each, _LEAST_MARGIN) for each in carrier.margins)
    body = max(carrier.areas["body"].top if "body" in carrier.areas else 0, seen.bottom + _GAP)
    beside = Area(
        max(usual.sender.left, seen.right), usual.sender.top, carrier.page[0] - right, body
    )
    return LetterLayout(
        window=window,
        sender=carrier.areas.get("sender", beside),
        body=max(body, usual.body) if not carrier.window else body,
        left=max(left, usual.left),
        right=max(right, usual.right),
        top=max(carrier.margins[1], usual.top),
        foot=max(carrier.margins[3], usual.foot),
    )
