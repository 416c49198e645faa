"""The list of a run, read with what the order says of rows that do not say otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from booklet.check.check_letter import check_letter
from booklet.content.folder import language_said, read_file
from booklet.content.names import BOOKLET_FILE, booklet_names
from booklet.content.read_letter import Letter, read_letter
from booklet.editions import SIZES
from booklet.post.addresses import MOST_LINES
from booklet.post.carriers import Carrier
from booklet.post.columns import COLUMNS_FILE, own_columns
from booklet.post.form import ListChoice
from booklet.post.order import MailOrder
from booklet.post.recipients import Recipients, read_recipients
from booklet.problems import FaultsFound, Problem


def read_list(order: MailOrder, carrier: Carrier) -> Recipients:
    """Everybody on the list of an order, and what to tell of its carrier.

    `FaultsFound` where the list cannot be read as one; it has the faults of the letter, too.
    """
    try:
        found = read_recipients(order.recipients, _choice(order, carrier))
    except FaultsFound as error:
        raise FaultsFound((*error.problems, *letter_of(order)[1])) from error
    return found if carrier.uploads else replace(found, notes=(*found.notes, _no_pdfs(carrier)))


def letter_of(
    order: MailOrder, columns: frozenset[str] | None = None
) -> tuple[Letter | None, tuple[Problem, ...]]:
    """The letter of an order and all that is wrong with it; `None` where it cannot be read.

    `columns` are the headings that it may print; without them any name will do.
    """
    try:
        letter = read_letter(order.content, order.letter, order.clinic, columns)
    except FaultsFound as error:
        return None, error.problems
    try:
        return letter, check_letter(order.content, order.letter).errors
    except FaultsFound as error:
        return letter, error.problems


def _choice(order: MailOrder, carrier: Carrier) -> ListChoice:
    """What holds for all rows of the list of an order that do not say otherwise."""
    _, most = carrier.address_lines or (0, MOST_LINES)
    return ListChoice(
        # Of a letter about words that were withdrawn: the list may name booklets that are gone.
        booklets={} if order.recalled else booklets_there(order.content),
        booklet=order.booklet,
        audience=order.audience,
        size=order.size or SIZES[0],
        language=order.language,
        columns=_own_columns(order),
        international=order.international,
        most_lines=most,
        sheet=order.sheet,
        alone=order.alone,
        printed=_printed(order),
        today=order.today,
    )


def _no_pdfs(carrier: Carrier) -> str:
    """What to tell those whose carrier takes no files of ours."""
    return f"{carrier.title}: {carrier.note}. These letters show what its templates must hold"


def booklets_there(content: Path) -> Mapping[str, frozenset[str]]:
    """The booklets there are, by name without a language, with the languages each is in."""
    found: dict[str, set[str]] = {}
    for folder in booklet_names(content):
        name, _, code = folder.partition(".")
        said = read_file(content / folder / BOOKLET_FILE, content, [])
        found.setdefault(name, set()).add(code or language_said(said, []).code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _printed(order: MailOrder) -> frozenset[str] | None:
    """The columns that the letter asks for; `None` where it cannot be read, which is told later."""
    try:
        letter = read_letter(order.content, order.letter, order.clinic)
    except FaultsFound:
        return None
    return frozenset(name for each in letter.wordings.values() for name in each.file.columns)


def _own_columns(order: MailOrder) -> dict[str, str]:
    """The clinic's names for columns; none where it wrote none down."""
    usual = order.content / "clinics" / order.clinic / COLUMNS_FILE
    file = order.columns or (usual if usual.exists() else None)
    return own_columns(file) if file else {}
