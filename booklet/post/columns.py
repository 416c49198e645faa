"""What the columns of a list are: by names that lists use, and by those a clinic wrote down."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from booklet.content.fields import Part
from booklet.content.letter_fields import plain_name
from booklet.content.suggestion import close_to, near
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import read_yaml
from booklet.editions import Audience
from booklet.post.table import Table
from booklet.post.worksheet import column_letters
from booklet.problems import FaultsFound, InList, Problem

DATA = Path(__file__).with_name("columns.yaml")
COLUMNS_FILE = "columns.yaml"
"""What a clinic's own names for columns are kept in, in its folder below `content/clinics`."""
_LEFT_OUT, _FIELD = "left out", "field"  # What stands for a key where the file says so
_ABOVE = 9  # Rows in which headings are looked for that stand below a title
_SHORT, _LIKE_A_WORD = 5, 0.85  # Words of fewer letters must be the same; the others so alike
_LIKE = 0.8  # How alike a heading is to a name we know, between 0 and 1, to be meant


class _Known(BaseModel):
    """A column we know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str  # what the code calls it
    title: str  # what people call it
    also: tuple[str, ...]  # what lists call it besides


class _Answers(BaseModel):
    """The words of a column of yes and no."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    yes: tuple[str, ...]  # the words for yes
    no: tuple[str, ...]  # the words for no


class _Data(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[_Known, ...]  # every column we know
    left_out: str  # what a clinic's file says of a column that is not read
    field: str  # what it says of one that only the letter prints
    telling: dict[str, tuple[str, ...]]  # words of headings that look like a column, by its key
    answers: _Answers  # what means yes and no in all columns of yes and no
    answers_in: dict[str, _Answers]  # what means so besides, by the key of the column
    readers: dict[Audience, tuple[str, ...]]  # the words for each reader


class ColumnsFile(Part):
    """`clinics/<name>/columns.yaml`: what the columns of a clinic's own lists are."""

    columns: dict[str, str] = Field(description="The name in the list, and what we call it.")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table holds what, counted from 0."""

    known: Mapping[str, int]  # By the key of a column we know
    fields: Mapping[str, int]  # By heading: the columns we do not know, which a letter may print
    titles: Mapping[str, str]  # The headings of the known ones by key, to speak of them
    width: int  # How many headings there are; what stands behind them has none

    def titled(self, key: str) -> str:
        """What the list calls a column, or what we call it where the list has none.

        A column of an address stands for all of them.
        """
        return self.titles.get(key) or _titles()[key]


def columns_of(table: Table, own: Mapping[str, str]) -> Columns:
    """The columns of a table; `own` are the clinic's names, as `own_columns` reads them.

    `FaultsFound` names every column that is needed and missing, and every one that stands twice.
    Headings are quoted only where they are near to names we know: a list without headings has a
    person in their place.
    """
    by_name = _by_name() | {plain_name(theirs): key for theirs, key in own.items()}
    known: dict[str, int] = {}
    fields: dict[str, int] = {}
    faults: list[str] = []
    for at, heading in enumerate(table.headings):
        key = by_name.get(plain_name(heading))
        if not heading or key == _LEFT_OUT:
            continue
        is_field = key is None or key == _FIELD
        taken, name = (fields, heading) if is_field else (known, str(key))
        if key is None and (like := _looks_like(heading)):
            faults.append(_unclear(at, like))
        elif name in taken:
            faults.append(_twice(taken[name], at, _titles().get(name, "one field")))
        taken[name] = at
    faults += _missing(known, table, own)
    if faults:
        place = InList(table.heading_row)
        raise FaultsFound(Problem(table.file, fault, place) for fault in faults)
    titles = {key: table.headings[at] for key, at in known.items()}
    return Columns(known, fields, titles, len(table.headings))


def without_heading(table: Table) -> tuple[str, ...]:
    """What to tell of columns that hold something and have no heading: nobody reads them."""
    unread = [
        column_letters(at)
        for at, heading in enumerate(table.headings)
        if not heading and any(row.cells[at] for row in table.rows)
    ]
    said = f"nothing is read of columns without a heading: {', '.join(unread)}"
    return (said,) if unread else ()


def _unclear(at: int, like: str) -> str:
    return (
        f"column {column_letters(at)} looks like “{like}”, and its name is not known; call it so, "
        f"or say in {COLUMNS_FILE} of the clinic what it is (“{_data().left_out}” or "
        f"“{_data().field}” where it is something else)"
    )


def _twice(first: int, second: int, what: str) -> str:
    return (
        f"columns {column_letters(first)} and {column_letters(second)} are both for “{what}”; keep "
        "one, or call one of them something else"
    )


def own_columns(file: Path) -> dict[str, str]:
    """A clinic's names for columns from its file, each with the key of ours.

    `FaultsFound` where the file cannot be used.
    """
    source = read_yaml(file)
    try:
        listed = ColumnsFile.model_validate(source.values or {}).columns
    except ValidationError as error:
        raise FaultsFound(in_plain_words(error, source, ColumnsFile)) from error
    besides = {_data().left_out: _LEFT_OUT, _data().field: _FIELD}
    titles = {title: key for key, title in _titles().items()} | besides
    keys = {plain_name(title): key for title, key in titles.items()}
    known = frozenset(titles)
    faults = [
        source.problem(f"we know no column `{ours}`; {near(ours, known)}", ("columns", theirs))
        for theirs, ours in listed.items()
        if plain_name(ours) not in keys
    ]
    if faults:
        raise FaultsFound(faults)
    return {theirs: keys[plain_name(ours)] for theirs, ours in listed.items()}


def answer(key: str, text: str) -> bool | None:
    """Whether the cell of a column of yes and no says yes; `None` where nobody can tell.

    >>> answer("deceased", "Yes"), answer("deceased", ""), answer("sensitive", "U")
    (True, False, False)
    >>> answer("do_not_post", "ask first") is None
    True
    """
    word = text.strip().casefold()
    data = _data()
    more = data.answers_in.get(key, _Answers(yes=(), no=()))
    if not word or word in (*data.answers.no, *more.no):
        return False
    return True if word in (*data.answers.yes, *more.yes) else None


def reader_named(text: str) -> Audience | None:
    """For whom the words are; `None` where the text does not say.

    >>> reader_named("Carer"), reader_named("nobody")
    ('family', None)
    """
    word = " ".join(text.casefold().split())
    return next((each for each, words in _data().readers.items() if word in words), None)


def known_titles() -> tuple[str, ...]:
    """What we call the columns we know, in the order of the data."""
    return tuple(_titles().values())


def _looks_like(heading: str) -> str | None:
    """The column that an unknown heading may mean, where to pass it over would do harm.

    >>> _looks_like("Acessible information"), _looks_like("Pt RIP / died"), _looks_like("Ward")
    ('Needs', 'Deceased', None)
    """
    words = re.findall(r"\w+", heading.casefold())
    telling = {word: key for key, several in _data().telling.items() for word in several}
    names = {name: key for name, key in _by_name().items() if key in _data().telling}
    for word in words:
        least = 1 if len(word) < _SHORT else _LIKE_A_WORD
        if told := close_to(word, telling, least):
            return _titles()[telling[told]]
    close = close_to(plain_name(heading), names, _LIKE)
    return _titles()[names[close]] if close else None


def _missing(known: Mapping[str, int], table: Table, own: Mapping[str, str]) -> Iterator[str]:
    """What to say where nobody can be written to."""
    if lower := _lower_headings(table):
        yield f"the headings stand in row {lower}; delete the rows above them"
        return
    if not {"name", "surname", "name_turned"} & known.keys():
        yield _without("a name", ("Name", "Surname"), table, own)
    if not {"address", "address_1", "address_2", "house"} & known.keys():
        yield _without("an address", ("Address", "Address 1"), table, own)


def _lower_headings(table: Table) -> int | None:
    """The row that holds headings below the first, as where exports have a title above them."""
    known = _by_name()
    for row in table.rows[:_ABOVE]:
        if sum(plain_name(str(cell)) in known for cell in row.cells) > 1:
            return row.number
    return None


def _without(what: str, titles: Iterable[str], table: Table, own: Mapping[str, str]) -> str:
    names = [each for each in _by_name() if _by_name()[each] in _keys(titles)]
    near_by = [
        f"is it “{heading}” in column {column_letters(at)}?"
        for at, heading in enumerate(table.headings)
        if close_to(plain_name(heading), frozenset(names), _LIKE) and heading not in own
    ]
    asked = " or ".join(f"“{title}”" for title in titles)
    return (
        f"no column has {what} ({asked}); {' '.join(near_by)}{' ' if near_by else ''}name it so in "
        f"the list, or say what it is called in {COLUMNS_FILE} of the clinic"
    )


def _keys(titles: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key, title in _titles().items() if title in titles)


@cache
def _by_name() -> dict[str, str]:
    """The key of each column by every name it goes by."""
    return {
        plain_name(name): each.key for each in _data().columns for name in (each.title, *each.also)
    }


@cache
def _titles() -> dict[str, str]:
    return {each.key: each.title for each in _data().columns}


@cache
def _data() -> _Data:
    return _Data.model_validate(read_yaml(DATA).values)
