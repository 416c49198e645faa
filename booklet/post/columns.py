"""What the columns of a list are: by names that lists use, and by those a clinic wrote down."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from booklet.content.fields import Part
from booklet.content.letter_fields import plain_name
from booklet.content.suggestion import close_to
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import read_yaml
from booklet.post.headings import column_meant
from booklet.post.known_columns import keys_by_name, known_columns, titles
from booklet.post.table import Table
from booklet.post.worksheet import column_letters
from booklet.problems import FaultsFound, InList, Problem

COLUMNS_FILE = "columns.yaml"
"""What a clinic's own names for columns are kept in, in its folder below `content/clinics`."""
_LEFT_OUT, _FIELD = "left out", "field"  # What stands for a key where the file says so
_ABOVE = 9  # Rows in which headings are looked for that stand below a title
_LIKE = 0.8  # How alike a heading is to a name we know, between 0 and 1, to be meant
_LIKE_A_TITLE = 0.75  # The same of what a clinic's file says: a “Time” is no “Title”
_NEEDS_NO_QUOTES = re.compile(r"[^\W\d_][\w ]*")  # A key of YAML that is text as it stands
_NAMES = ("name", "surname", "name_turned")
"""Who is written to: one of these, by their keys."""
_ADDRESSES = ("address", "address_1", "address_2", "house")


class ColumnsFile(Part):
    """`clinics/<name>/columns.yaml`: what the columns of a clinic's own lists are."""

    columns: dict[str, str] = Field(description="The name in the list, and what we call it.")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what, counted from 0."""

    known: Mapping[str, int]  # By the key of a column we know
    fields: Mapping[str, int]  # By heading: the columns we do not know that the letter prints
    titles: Mapping[str, str]  # The headings of the known ones by key, to speak of them
    width: int  # How many headings there are; what stands behind them has none
    unread: tuple[str, ...] = ()  # The headings of those it does not print: nobody looks at them

    def titled(self, key: str) -> str:
        """What the list calls a column, or what we call it where the list has none.

        A column of an address stands for all of them.
        """
        return self.titles.get(key) or titles()[key]


def columns_of(
    table: Table, own: Mapping[str, str], printed: frozenset[str] | None = None
) -> Columns:
    """The columns of a table; `own` are the clinic's names, as `own_columns` reads them.

    `printed` are the names of the columns that the letter asks for, as `plain_name` has them; all
    are taken for printed where it is `None`. `FaultsFound` names every column that is needed and
    missing, every one that stands twice, and every one that is not known and may be needed.
    Headings are quoted only where they are near to names we know: a list without headings has a
    person in their place.
    """
    keys = keys_of(table, own)
    known: dict[str, int] = {}
    fields: dict[str, int] = {}
    unread: list[str] = []
    faults: list[str] = []
    for at, (heading, key) in enumerate(zip(table.headings, keys, strict=True)):
        name = plain_name(heading)
        if key == _LEFT_OUT:
            continue
        if key not in (None, _FIELD):
            faults += _twice(known, at, str(key), titles().get(str(key), ""))
            known[str(key)] = at
        elif printed is None or name in printed:
            faults += _twice(fields, at, name, "one field")
            fields[name] = at
        else:
            unread.append(heading)
    # With headings that we or the letter know, no person stands in their place.
    has_headings = len(known) + len(fields if printed else ()) > 1
    faults += _unknown(table, keys, known, own, quote=has_headings)
    if faults:
        place = InList(table.heading_row)
        raise FaultsFound(Problem(table.file, fault, place) for fault in faults)
    return Columns(
        known,
        {table.headings[at]: at for at in fields.values()},
        {key: table.headings[at] for key, at in known.items()},
        len(table.headings),
        tuple(unread),
    )


def keys_of(table: Table, own: Mapping[str, str]) -> list[str | None]:
    """The key of each column of a table, `None` where we do not know its heading."""
    by_name = _by_name(own)
    return [by_name.get(plain_name(each)) if each else _LEFT_OUT for each in table.headings]


def lower_headings(table: Table, own: Mapping[str, str]) -> int | None:
    """The row that holds headings below the first, as where exports have a title above them."""
    known = _by_name(own)
    for row in table.rows[:_ABOVE]:
        if sum(plain_name(str(cell)) in known for cell in row.cells) > 1:
            return row.number
    return None


def _by_name(own: Mapping[str, str]) -> dict[str, str]:
    """The key of each column by the names that lists use and by the clinic's own."""
    return keys_by_name() | {plain_name(theirs): key for theirs, key in own.items()}


def without_heading(table: Table) -> tuple[str, ...]:
    """What to tell of columns that hold something and have no heading: nobody reads them."""
    unread = [
        column_letters(at)
        for at, heading in enumerate(table.headings)
        if not heading and any(row.cells[at] for row in table.rows)
    ]
    said = f"nothing is read of columns without a heading: {', '.join(unread)}"
    return (said,) if unread else ()


def own_columns(file: Path) -> dict[str, str]:
    """A clinic's names for columns from its file, each with the key of ours.

    `FaultsFound` where the file cannot be used.
    """
    source = read_yaml(file)
    try:
        listed = ColumnsFile.model_validate(source.values or {}).columns
    except ValidationError as error:
        raise FaultsFound(in_plain_words(error, source, ColumnsFile)) from error
    data = known_columns()
    by_title = {title: key for key, title in titles().items()}
    by_title |= {data.left_out: _LEFT_OUT, data.field: _FIELD}
    keys = {plain_name(title): key for title, key in by_title.items()}
    faults = [
        source.problem(_no_such_title(theirs, ours, by_title), ("columns", theirs))
        for theirs, ours in listed.items()
        if plain_name(ours) not in keys
    ]
    if faults:
        raise FaultsFound(faults)
    return {theirs: keys[plain_name(ours)] for theirs, ours in listed.items()}


def _no_such_title(theirs: str, ours: str, known: Mapping[str, str]) -> str:
    """What to say where a clinic's file has a word of its own on the right."""
    close = close_to(ours, known, _LIKE_A_TITLE)
    meant = (
        f"did you mean `{close}`?"
        if close
        else f"a letter prints a column by its own name: write `{{{theirs}}}` in the letter, and "
        f"take this line out; docs/mail-list.md has the names we know"
    )
    return f"we know no column `{ours}`; {meant}"


def _twice(taken: Mapping[str, int], at: int, name: str, what: str) -> Iterator[str]:
    if name in taken:
        first, second = column_letters(taken[name]), column_letters(at)
        yield (
            f"columns {first} and {second} are both for “{what}”; keep one, or call one of them "
            "something else"
        )


def _unknown(
    table: Table,
    keys: Sequence[str | None],
    known: Mapping[str, int],
    own: Mapping[str, str],
    *,
    quote: bool,
) -> Iterator[str]:
    """What to say of columns that are asked for and not there, or there and not known."""
    unknown = [at for at, key in enumerate(keys) if key is None]
    told: set[str] = set()
    for theirs, key in own.items():
        if key in (_LEFT_OUT, _FIELD) or key in known:
            continue
        at = _like(theirs, key, table, unknown)
        near = "" if at is None else _said(at, table.headings[at] if quote else "")
        yield _not_in_list(theirs, key, near)
        told.add(key)
        unknown = [each for each in unknown if each != at]
    for at in unknown:
        if meant := column_meant(table.headings[at], known.keys()):
            yield _unclear(at, meant, table.headings[at] if quote else "")
            told.add(meant)
    there = known.keys() | told
    if there.isdisjoint(_NAMES):
        yield _without("a name", ("Name", "Surname"), table, unknown)
    if there.isdisjoint(_ADDRESSES):
        yield _without("an address", ("Address", "Address 1"), table, unknown)


def _said(at: int, heading: str) -> str:
    """A column by its letters, and by its heading where that quotes nobody."""
    return f"column {column_letters(at)}{f' (“{heading}”)' if heading else ''}"


def _not_in_list(theirs: str, key: str, near: str) -> str:
    """What to say of a column that the clinic's file names, and that the list has not at all."""
    meant = (
        f"did you mean {near}?"
        if near
        else "correct the name, or name another file with --columns for this list"
    )
    return (
        f"{COLUMNS_FILE} of the clinic says that “{theirs}” is the column “{titles()[key]}”, and "
        f"the list has neither; {meant}"
    )


def _unclear(at: int, meant: str, heading: str) -> str:
    """What to say of a column that may be needed; it is named where that quotes nobody."""
    data = known_columns()
    theirs = heading or "its name"
    theirs = (
        theirs if _NEEDS_NO_QUOTES.fullmatch(theirs) else json.dumps(theirs, ensure_ascii=False)
    )
    return (
        f"{_said(at, heading)} looks like “{titles()[meant]}”, and its name is not "
        f"known; call it so, or write `{theirs}: {titles()[meant]}` in {COLUMNS_FILE} of the "
        f"clinic (“{data.left_out}” or “{data.field}” where it is something else)"
    )


def _like(theirs: str, key: str, table: Table, among: Iterable[int]) -> int | None:
    """The column whose heading is most like a name, or looks like the column that it stands for."""
    names = {plain_name(table.headings[at]): at for at in among}
    if close := close_to(plain_name(theirs), names, _LIKE):
        return names[close]
    return next((at for at in among if column_meant(table.headings[at], ()) == key), None)


def _without(what: str, asked: tuple[str, str], table: Table, unknown: Iterable[int]) -> str:
    keys = {key for key, title in titles().items() if title in asked}
    names = frozenset(name for name, key in keys_by_name().items() if key in keys)
    near_by = [
        f"is it “{table.headings[at]}” in column {column_letters(at)}? "
        for at in unknown
        if close_to(plain_name(table.headings[at]), names, _LIKE)
    ]
    return (
        f"no column has {what} (“{asked[0]}” or “{asked[1]}”); {''.join(near_by)}name it so in "
        f"the list, or say what it is called in {COLUMNS_FILE} of the clinic"
    )
