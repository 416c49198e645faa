"""The columns that lists may have and the words that stand in them, as `columns.yaml` has them."""

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from booklet.content.letter_fields import plain_name
from booklet.content.yaml_source import read_yaml
from booklet.editions import Audience

DATA = Path(__file__).with_name("columns.yaml")


class _Known(BaseModel):
    """A column we know."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str  # what the code calls it
    title: str  # what people call it
    also: tuple[str, ...]  # what lists call it besides


class Answers(BaseModel):
    """The words of a column of yes and no."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    yes: tuple[str, ...] = ()  # the words for yes
    no: tuple[str, ...] = ()  # the words for no


class Part(BaseModel):
    """A part of a name or of an address, as headings speak of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]  # what a heading has in it that means this part
    unless: tuple[str, ...]  # the columns that make another one for it needless, by their keys


class KnownColumns(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[_Known, ...]  # every column we know
    left_out: str  # what a clinic's file says of a column that is not read
    field: str  # what it says of one that only the letter prints
    telling: dict[str, tuple[str, ...]]  # words of headings that look like a column, by its key
    parts: dict[str, Part]  # the same of names and addresses, by the key of the column
    of_others: tuple[str, ...]  # words of headings about somebody who is not written to
    answers: Answers  # what means yes and no in all columns of yes and no
    answers_in: dict[str, Answers]  # what means so besides, by the key of the column
    readers: dict[Audience, tuple[str, ...]]  # the words for each reader
    not_said: tuple[str, ...]  # what systems write where nobody has asked for the language


def known_titles() -> tuple[str, ...]:
    """What we call the columns we know, in the order of the data."""
    return tuple(titles().values())


@cache
def titles() -> dict[str, str]:
    """What we call each column, by its key."""
    return {each.key: each.title for each in known_columns().columns}


@cache
def keys_by_name() -> dict[str, str]:
    """The key of each column by every name it goes by, as names are compared."""
    return {
        plain_name(name): each.key
        for each in known_columns().columns
        for name in (each.title, *each.also)
    }


@cache
def known_columns() -> KnownColumns:
    """The data file, read once."""
    return KnownColumns.model_validate(read_yaml(DATA).values)


def answer(key: str, text: str) -> bool | None:
    """Whether the cell of a column of yes and no says yes; `None` where nobody can tell.

    >>> answer("deceased", "Yes"), answer("deceased", ""), answer("sensitive", "U")
    (True, False, False)
    >>> answer("do_not_post", "ask first") is None
    True
    """
    word = text.strip().casefold()
    data = known_columns()
    more = data.answers_in.get(key, Answers())
    if not word or word in (*data.answers.no, *more.no):
        return False
    return True if word in (*data.answers.yes, *more.yes) else None


def reader_named(text: str) -> Audience | None:
    """For whom the words are; `None` where the text does not say.

    >>> reader_named("Carer"), reader_named("nobody")
    ('family', None)
    """
    word = " ".join(text.casefold().split())
    readers = known_columns().readers
    return next((each for each, words in readers.items() if word in words), None)
