"""One row of a list as the people it is about: who they are, where they live, what they get."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from booklet.content.language import Language
from booklet.content.letter_fields import plain_name
from booklet.post.addresses import LEAST_LINES, Address, AddressRules, address_of, tidy
from booklet.post.columns import Columns
from booklet.post.duplicates import Known
from booklet.post.form import ListChoice, given_to, named
from booklet.post.identity import (
    by_name,
    day_of_birth,
    identity_of,
    identity_of_copy,
    nhs_number_of,
    trace_of,
    without_title,
)
from booklet.post.known_columns import answer
from booklet.post.needs import needed
from booklet.post.postcodes import words
from booklet.post.recipient import Given, Recipient
from booklet.post.refusal import RefusedRow
from booklet.post.row_reader import RowReader, written
from booklet.post.table import Row

_LINES = (
    *("flat", "house", "address"),
    *(f"address_{number}" for number in range(1, 8)),
    *("locality", "town", "county", "postcode", "country"),
)
_COPY_LINES = (
    "copy_address",
    *(f"copy_address_{number}" for number in range(1, 7)),
    "copy_postcode",
)
_COPY_BESIDES = ("copy_needs", "copy_size", "copy_language", "copy_reader")
_TURNED = re.compile(r"([^,()]+), ?([^,()]+?)(?: ?\((\w{1,12}\.?)\)|, ?(\w{1,12}\.?))?")
"""Surname, comma, first names, and maybe a title in brackets or behind another comma."""
_MARKS = {"deceased": "deceased", "do_not_post": "do-not-post", "sensitive": "sensitive"}
PRINTED = {
    "title": "Title",
    "first_name": "First name",
    "surname": "Surname",
    "name": "Name",
    "nhs_number": "NHS number",
    "date_of_birth": "Date of birth",
}
"""Columns we know that a letter may print, by the names it prints them by."""


def people_of(row: Row, columns: Columns, choice: ListChoice) -> Known | RefusedRow:
    """The person of a row and whoever gets a copy, or every reason why nobody gets a letter."""
    reader, tried = RowReader(row, columns), tuple[Recipient, ...]()
    if not _is_marked(reader):
        reader.look_at_cells()
        known = _known(reader, choice)
        if known and not reader.reasons:
            return known
        tried = _tried(RowReader(row, columns), choice)
    return replace(
        _recognised(RowReader(row, columns), choice),
        reasons=tuple(dict.fromkeys(reader.reasons)),
        needs=named(needed(reader.text("needs"))),
        tried=tried,
    )


def _tried(reader: RowReader, choice: ListChoice) -> tuple[Recipient, ...]:
    """The people of a refused row: without an address, or in the usual form, where it has none."""
    usual = Given("", choice.audience, choice.size, choice.language)
    given, whose = given_to(reader, choice) or usual, _whose(reader)
    home = _home(reader, whose, choice)
    lines = () if home.broken else home.lines
    fields = _fields(reader, given.language, _number(reader))
    greeting = _greeting(reader, whose.name, "" if whose.parent else whose.child, given)
    greeting = greeting or "…"  # that there is no name was told before
    person = Recipient(reader.row.number, 0, "", greeting, lines, given, fields, whose.child)
    before = len(reader.reasons)
    copy = _copy(reader, choice, home.lines[len(whose.above) :], "")
    if copy is None or len(reader.reasons) > before:
        return (person,)
    return person, replace(copy, fields=fields, about=whose.child or whose.name.whole)


def _recognised(reader: RowReader, choice: ListChoice) -> RefusedRow:
    """A row that is refused, with what its person is known by as far as that can be told."""
    whose = _whose(reader)
    home = _home(reader, whose, choice).lines[len(whose.above) :]
    number, row = _number(reader), reader.row
    identity = trace = copy = ""
    if number or (whose.said and home):
        identity = identity_of(number, whose.said, home, reader.text("date_of_birth"))
    if not number:
        trace = _trace(reader, whose)
    name = tidy(reader.text("copy_name"))
    if identity and name:
        lines = [text for key in _COPY_LINES if (text := reader.text(key))]
        address = _address(reader, [name], lines or home, choice, "copy_")
        copy = identity_of_copy(identity, name, address.lines[1:])
    copies = ((copy, named(needed(reader.text("copy_needs")))),)
    return RefusedRow(row.number, (), row.cells, identity=identity, trace=trace, copies=copies)


def _trace(reader: RowReader, whose: "_Whose") -> str:
    return trace_of(reader.text("row") or f"{reader.row.number}", whose.said)


def fields_of(columns: Columns) -> tuple[str, ...]:
    """The names of what a letter may print of a row."""
    ours = (title for key, title in PRINTED.items() if key in columns.known)
    return tuple(dict.fromkeys((*ours, *columns.fields, *columns.unread)))


def _is_marked(reader: RowReader) -> bool:
    """Whether a person is not to be written to: of such a row nothing else needs to be told."""
    marked = False
    for key, rule in _MARKS.items():
        # A day in a column like “Date of death” says when, and so that.
        dated = key == "deceased" and any(map(str.isdigit, reader.text(key)[1:]))
        if dated or reader.says(key):
            reader.refuse(key, rule)
            marked = True
    return marked


def _known(reader: RowReader, choice: ListChoice) -> Known | None:
    """The people of a row as far as they can be known; the reader has the reasons."""
    whose = _whose(reader)
    if not whose.said:
        reader.refuse("surname" if "surname" in reader.columns.known else "name", "no-name")
    given = given_to(reader, choice)
    address = _home(reader, whose, choice)
    number = _number(reader)
    born = reader.text("date_of_birth")
    home = address.lines[len(whose.above) :]
    own = identity_of(number, whose.said, home, born)
    copy = _copy(reader, choice, home, own)
    if given is None or reader.reasons:
        return None
    greeting = _greeting(reader, whose.name, "" if whose.parent else whose.child, given)
    fields = _fields(reader, given.language, number)
    trace = _trace(reader, whose)
    letter = Recipient(reader.row.number, 0, own, greeting, address.lines, given, fields)
    person = replace(letter, about=whose.child, trace=trace)
    copies = (replace(copy, fields=fields, about=whose.child or whose.name.whole),) if copy else ()
    known = (number, by_name(whose.said, home), day_of_birth(born), reader.row.cells)
    return None if reader.reasons else Known((person, *copies), *known)


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose letter it is, as its address says."""

    name: "_Name" = field(repr=False)  # The name of the row
    parent: str = field(repr=False)  # Who stands on top, where it is no child's name
    child: str = field(repr=False)  # Whose parent or guardian it goes to
    above: tuple[str, ...] = field(repr=False)  # The lines above the house
    said: str = field(repr=False)  # All of these names; empty where there is none


def _whose(reader: RowReader) -> _Whose:
    parts = _name(reader)
    name = parts.whole
    child = reader.text("parent_of")
    of_child = answer("parent_of", child)
    # Some lists have the child's own name in both columns.
    if of_child is None and without_title(child) != without_title(name):
        child, parent = tidy(child), name
    else:
        child, parent = ("", name) if of_child is False else (name, "")
    above = [parent, _parent_of(child, "en") if child else ""]
    above.append(words()["care_of"].format(name=care) if (care := reader.text("care_of")) else "")
    said = name if name == child else f"{name} {child}".strip()
    return _Whose(parts, parent, child, tuple(filter(None, above)), said)


def _home(reader: RowReader, whose: _Whose, choice: ListChoice) -> Address:
    return _address(reader, whose.above, [reader.text(key) for key in _LINES], choice, "")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in its parts."""

    title: str = field(repr=False)  # As `Mrs`, where the list says one
    surname: str = field(repr=False)  # Where the list has it apart
    whole: str = field(repr=False)  # As it stands above the address; a title is not said twice


def _name(reader: RowReader) -> _Name:
    """The name of a row: whole, of its parts, or the surname first, as hospital systems have it."""
    title, first, surname, whole, turned = (
        tidy(reader.text(key)) for key in ("title", "first_name", "surname", "name", "name_turned")
    )
    if found := _TURNED.fullmatch(turned):
        surname, first, title = found[1], found[2], title or found[3] or found[4] or ""
    elif turned:
        reader.refuse("name_turned", "name-turned")
    if "," in whole:
        reader.refuse("name", "name-with-comma")
    if whole and plain_name(surname) not in plain_name(whole):
        reader.refuse("name", "name-without-surname", surname=reader.columns.titled("surname"))
    whole = whole or " ".join(filter(None, (first, surname)))
    if title and whole and not whole.casefold().startswith(f"{title} ".casefold()):
        whole = f"{title} {whole}"
    return _Name(title, surname, whole)


def _greeting(reader: RowReader, name: _Name, child: str, given: Given) -> str:
    """What stands behind "Dear": what the list says, title and surname, or the whole name.

    Without a title nobody is called by the surname alone. A child's parent has no name here.
    """
    if own := tidy(reader.text("greeting")):
        return own
    if child:
        greeting = _parent_of(child, given.language)
        if not greeting:
            language = Language(given.language).name
            reader.refuse("greeting", "no-wording-in-language", language=language)
        return greeting
    return f"{name.title} {name.surname}" if name.title and name.surname else name.whole


def _parent_of(child: str, language: str) -> str:
    """The parent or guardian of a child, as one is written to; nothing without words for it."""
    pattern = words()["parent_of"].get(language, "")
    return str(pattern.replace("{name}", child))


def _address(
    reader: RowReader, above: Sequence[str], lines: Sequence[str], choice: ListChoice, prefix: str
) -> Address:
    """An address; what is wrong with it is noted at the postcode or at the first line."""
    rules = AddressRules(choice.international, choice.most_lines)
    address = address_of([each for each in above if each], lines, rules)
    facts = {
        "least": LEAST_LINES,
        "lines": len(address.lines),
        "most": rules.most_lines,
        "signs": '@ ( ) = [ ] " \\ / , < > ~',
    }
    for rule in address.broken:
        reader.refuse(_column_of(rule, reader, prefix), rule, **facts)
    return address


def _column_of(rule: str, reader: RowReader, prefix: str) -> str:
    """The column to look at when an address breaks a rule."""
    if "postcode" in rule and f"{prefix}postcode" in reader.columns.known:
        return f"{prefix}postcode"
    keys = (f"{prefix}address", f"{prefix}address_1", f"{prefix}address_2")
    return next((key for key in keys if key in reader.columns.known), f"{prefix}address")


def _number(reader: RowReader) -> str | None:
    text = reader.text("nhs_number")
    number = nhs_number_of(text)
    if text and number is None:
        reader.refuse("nhs_number", "invalid-nhs-number")
    return number


def _copy(
    reader: RowReader, choice: ListChoice, home: tuple[str, ...], person: str
) -> Recipient | None:
    """Whoever gets a copy, at an address of their own or at that of the person."""
    name = tidy(reader.text("copy_name"))
    lines = [text for key in _COPY_LINES if (text := reader.text(key))]
    if not name:
        if lines or any(map(reader.text, _COPY_BESIDES)):
            reader.refuse("copy_name", "copy-without-name")
        return None
    given = given_to(reader, choice, "copy_")
    address = _address(reader, [name], lines or home, choice, "copy_")
    if given is None:
        return None
    identity = identity_of_copy(person, name, address.lines[1:])
    return Recipient(reader.row.number, 1, identity, name, address.lines, given)


def _fields(reader: RowReader, language: str, number: str | None) -> tuple[tuple[str, str], ...]:
    """What a letter may print of a row, by name; an NHS number in its groups of digits."""
    own = {title: reader.text(key, language) for key, title in PRINTED.items()}
    if number:
        own[PRINTED["nhs_number"]] = f"{number[:3]} {number[3:6]} {number[6:]}"
    cells = reader.row.cells
    others = ((name, written(cells[at], language)) for name, at in reader.columns.fields.items())
    ours = ((title, own[title]) for key, title in PRINTED.items() if key in reader.columns.known)
    return tuple(dict((*ours, *others)).items())
