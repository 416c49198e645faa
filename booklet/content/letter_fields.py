"""Fields of a letter: names in braces, like `{appointment}`, that each person's row fills in."""

import re
from collections.abc import Iterator

from booklet.content.inline import Inline, all_spans
from booklet.content.suggestion import near

GREETING = "greeting"  # The name behind "Dear": the list always has it
OF_CLINIC = ("clinic", "department", "phone")  # Fields that the clinic's profile fills in
NAME = "[a-z][a-z0-9_]*"
"""How fields are named: as columns of a list, in small letters, digits and underlines."""
FIELD = re.compile(rf"\{{({NAME})\}}")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def fields_in(text: str) -> tuple[str, ...]:
    """The names of the fields in a text, in the order they stand.

    >>> fields_in("On {day} at {time}, {greeting}")
    ('day', 'time', 'greeting')
    """
    return tuple(FIELD.findall(text))


def field_faults(text: Inline, columns: frozenset[str] | None) -> Iterator[str]:
    """What is wrong with the fields of a text; any name may be right where `columns` is `None`."""
    words = "".join(span.words for span in all_spans(text.spans))
    for found in dict.fromkeys(_BRACES.findall(words)):
        name = found[1:-1]
        if not FIELD.fullmatch(found):
            yield (
                f"`{found}` is no field; write its name in braces, in small letters, digits and "
                "underlines, like `{appointment}`"
            )
        elif wrong := column_fault(name, columns):
            yield wrong
    if any("{" in span.target for span in all_spans(text.spans)):
        yield "a field cannot stand in an address or in the full words of an abbreviation"


def column_fault(name: str, columns: frozenset[str] | None) -> str | None:
    """What to say of a field that the list has no column for; `None` where it has one.

    >>> column_fault("appointmnet", frozenset({"appointment", "ward"}))
    'the list has no column `appointmnet`; did you mean `appointment`?'
    >>> column_fault("clinic", frozenset()) is None
    True
    """
    if columns is None or name in (GREETING, *OF_CLINIC) or name in columns:
        return None
    return f"the list has no column `{name}`; {near(name, columns)}"
