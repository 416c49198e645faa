"""A person to write to, as a row of a list says it when it has been checked."""

from dataclasses import dataclass, replace

from booklet.editions import Audience, Size


@dataclass(frozen=True, slots=True)
class Given:
    """The form a person gets the letter and the booklet in."""

    booklet: str  # The name of the booklet, without a language: `aml-relapse`
    audience: Audience  # For whom its words are
    size: Size  # How large the letter and the booklet are printed
    language: str  # Of both, as a tag: `en`, `cy`
    needs: tuple[str, ...] = ()  # The needs that this meets, by their names in `needs.yaml`


@dataclass(frozen=True, slots=True)
class Recipient:
    """One letter to make, and whom it goes to.

    All of it is private but `row` and `given`: it goes into the letter and nowhere else.
    """

    row: int
    """The row of the list as a spreadsheet counts it: the headings are row 1. Two recipients may
    share a row: the person, and a carer who gets a copy."""
    part: int  # 0 for the person of the row, 1 and up for those who get a copy
    identity: str
    """What tells this person from others, made of name, address and number in one fixed form: the
    ledger knows the person by a keyed hash of it."""
    greeting: str  # The name behind "Dear", as `Mrs Example`
    address: tuple[str, ...]  # The lines in the window, the name first, the postcode last
    given: Given  # The form it is made in
    fields: tuple[tuple[str, str], ...] = ()
    """What the letter prints of the row besides, as pairs of a field's name and its text."""
    about: str = ""  # Whom the letter is about, where that is not who gets it
    trace: str = ""
    """What the row is known by where it was left out before and was put right: see `trace_of`."""

    def __repr__(self) -> str:
        """The row alone: a traceback or a message must not have the name."""
        return f"Recipient(row={self.row}, part={self.part})"


def form_of(person: Recipient) -> Given:
    """What a person gets, whatever it is needed for."""
    return replace(person.given, needs=())
