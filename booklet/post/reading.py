"""The list of a run read for its letter: who is written to, and what it may print of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from booklet.content.folder import language_said, read_file
from booklet.content.letter_fields import NAME
from booklet.content.names import BOOKLET_FILE, booklet_names
from booklet.editions import SIZES
from booklet.post.addresses import MOST_LINES
from booklet.post.carriers import Carrier
from booklet.post.columns import COLUMNS_FILE, own_columns
from booklet.post.form import ListChoice
from booklet.post.order import MailOrder
from booklet.post.recipients import Recipients, read_recipients
from booklet.problems import FaultsFound, Problem


def read_list(order: MailOrder, carrier: Carrier) -> Recipients:
    """Everybody on the list, with the fields of their rows by the names that letters use.

    `FaultsFound` where it cannot be read, a column is missing, or two are one field.
    """
    _, most = carrier.address_lines or (0, MOST_LINES)
    choice = ListChoice(
        booklets={} if order.alone else booklets_there(order.content),
        booklet=order.booklet,
        audience=order.audience,
        size=order.size or SIZES[0],
        language=order.language,
        columns=_own_columns(order),
        international=order.international,
        most_lines=most,
        sheet=order.sheet,
    )
    found = read_recipients(order.recipients, choice)
    names = field_names(order.recipients, found.fields)
    people = (
        replace(each, fields=tuple((names[name], text) for name, text in each.fields))
        for each in found.people
    )
    return replace(found, people=tuple(people), fields=tuple(names.values()))


def field_names(file: Path, headings: Iterable[str]) -> dict[str, str]:
    """What letters call each column, by its heading; `FaultsFound` where two would be one.

    >>> field_names(Path("list.csv"), ["NHS number", "Ward (old)"])
    {'NHS number': 'nhs_number', 'Ward (old)': 'ward_old'}
    """
    names = {each: re.sub(r"[^a-z0-9]+", "_", each.lower()).strip("_") for each in headings}
    # What begins with a figure, or has no letter of ours, no letter can name.
    names = {each: name if re.fullmatch(NAME, name) else "" for each, name in names.items()}
    taken: dict[str, str] = {}
    faults = [
        f"“{taken[name]}” and “{each}” are both `{{{name}}}` in a letter; call one something else"
        for each, name in names.items()
        if name and taken.setdefault(name, each) != each
    ]
    if faults:
        raise FaultsFound(Problem(file, each) for each in faults)
    return names


def booklets_there(content: Path) -> Mapping[str, frozenset[str]]:
    """The booklets there are, by name without a language, with the languages each is in."""
    found: dict[str, set[str]] = {}
    for folder in booklet_names(content):
        name, _, code = folder.partition(".")
        said = read_file(content / folder / BOOKLET_FILE, content, [])
        found.setdefault(name, set()).add(code or language_said(said, []).code)
    return {name: frozenset(codes) for name, codes in found.items()}


def _own_columns(order: MailOrder) -> dict[str, str]:
    """The clinic's names for columns; none where it wrote none down."""
    usual = order.content / "clinics" / order.clinic / COLUMNS_FILE
    file = order.columns or (usual if usual.exists() else None)
    return own_columns(file) if file else {}
