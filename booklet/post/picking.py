"""Booklets to take from the shelf: how many of each form."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from booklet.post.recipient import Given


@dataclass(frozen=True, slots=True)
class Picked:
    """One form of a booklet, and how many copies of it are wanted."""

    given: Given  # the form, without the needs it meets: those are the persons'
    copies: int  # how many envelopes it goes into


def picking_list(given: Iterable[Given]) -> tuple[Picked, ...]:
    """How many copies of each form go out: by booklet, reader, language, smallest print first."""
    counted = Counter(replace(each, needs=()) for each in given)
    return tuple(
        Picked(form, counted[form])
        for form in sorted(
            counted, key=lambda each: (each.booklet, each.audience, each.language, each.size.floor)
        )
    )
