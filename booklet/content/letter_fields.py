"""Fields of a letter: names in braces, like `{Appointment}`, that each person's row fills in.

A field is named as the column of the list is, without regard to capitals, spaces and signs.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from booklet.content.inline import Inline, Span, all_spans
from booklet.content.suggestion import close_to, offered

GREETING = "greeting"  # The name behind "Dear": the list always has it
WITH_BOOKLET = "booklet"  # `when: booklet`: for those who get a booklet with the letter
OF_CLINIC = ("clinic name", "clinic department", "clinic phone")
"""Fields that the clinic's profile fills in."""
_FIELD = re.compile(r"\{([^{}]*)\}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_MARKS = re.compile("\ue000([\ue100-\uefff])\ue001")
_FIRST_MARK = 0xE100
_LIKE = 0.75  # How alike names of columns are, between 0 and 1: a “Time” is no “Title”


def plain_name(name: str) -> str:
    """A field's name or a column's as they are compared.

    >>> plain_name("First_Name "), plain_name("NHS number")
    ('firstname', 'nhsnumber')
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())


_KNOWN = {plain_name(each) for each in (GREETING, *OF_CLINIC)}


def fields_in(text: Inline) -> tuple[str, ...]:
    """The names of the fields in a text, as they are written, in the order they stand."""
    words = (span.words for span in all_spans(text.spans))
    return tuple(name for each in words for name in _FIELD.findall(each))


def field_faults(text: Inline, columns: frozenset[str] | None) -> Iterator[str]:
    """What is wrong with the fields of a text; any name may be right where `columns` is `None`."""
    words = " ".join(span.words for span in all_spans(text.spans))
    for found in dict.fromkeys(_BRACES.findall(words)):
        if not plain_name(found):
            yield (
                f"`{found}` is no field; write the name of a column in braces, like "
                "`{Appointment}`, on one line"
            )
        elif wrong := column_fault(found[1:-1], columns):
            yield wrong
    targets = (span.target for span in all_spans(text.spans))
    if any("{" in each or "%7B" in each for each in targets):  # as addresses have it
        yield "a field cannot stand in an address or in the full words of an abbreviation"


def column_fault(name: str, columns: frozenset[str] | None) -> str | None:
    """What to say of a field that the list has no column for; `None` where it has one.

    >>> column_fault("Apointment", frozenset({"Appointment", "Ward"}))
    'the list has no column `Apointment`; did you mean `Appointment`?'
    >>> column_fault("Time", frozenset({"Title", "Appt Time"}))
    'the list has no column `Time`; write `Appt Time` in the letter, if that is meant'
    >>> column_fault("ward", frozenset({"Ward"})), column_fault("clinic name", frozenset())
    (None, None)
    """
    there = {plain_name(each) for each in columns or ()}
    if plain_name(name) in _KNOWN & there:
        return (
            f"`{name}` is filled in by the program, and the list has a column of that name; call "
            "the column something else"
        )
    if columns is None or plain_name(name) in _KNOWN | there:
        return None
    return f"the list has no column `{name}`; {_column_meant(name, columns)}"


def _column_meant(name: str, columns: frozenset[str]) -> str:
    """Which column was probably meant: one with these words in its name, or one spelt like it."""
    words = set(name.casefold().split())
    having = sorted(each for each in columns if words <= set(each.casefold().split()))
    if having:
        named = " or ".join(f"`{each}`" for each in having)
        return f"write {named} in the letter, if that is meant"
    close = close_to(name, columns, _LIKE)
    return f"did you mean `{close}`?" if close else offered(columns)


@lru_cache(maxsize=1024)
def template(text: Inline) -> tuple[str, ...]:
    """A text as safe HTML in pieces; at every second place stands a field's plain name.

    Fields are taken out before there is HTML, so that nothing in their names becomes part of it.
    """
    names: list[str] = []
    marked = replace(text, spans=tuple(_marked(span, names) for span in text.spans))
    pieces = _MARKS.split(str(marked.html))
    pieces[1::2] = (plain_name(names[ord(mark) - _FIRST_MARK]) for mark in pieces[1::2])
    return tuple(pieces)


def _marked(span: Span, names: list[str]) -> Span:
    """The span with a mark of one character in place of each field, whose name is noted."""

    def mark(found: re.Match[str]) -> str:
        names.append(found[1])
        return f"\ue000{chr(_FIRST_MARK + len(names) - 1)}\ue001"

    children = tuple(_marked(child, names) for child in span.children)
    return replace(span, words=_FIELD.sub(mark, span.words), children=children)
