"""What each field of content is to its readers, and the one walk over all that is written.

A field of a model says in its own annotation what is done with its words: `Annotated[…, LAYOUT]`.
The types of `fields.py` say it for the fields that are made of them, so most fields need not.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from booklet.content.yaml_source import Route
from booklet.editions import AUDIENCES

#: How the word check reads a text; a short form repeats a heading at the head of pages, and a
#: picture is described at whatever length it needs.
ReadAs = Literal["prose", "heading", "short form", "name", "description"]


@dataclass(frozen=True, slots=True)
class Role:
    """What is done with the words of a field.

    `checked` is how the word check reads them, `None` where it does not; `translated` says that a
    translation has its own; `fingerprinted`, that an approval holds for these very words;
    `picture`, that they name a picture, whose bytes count as well.
    """

    checked: ReadAs | None
    translated: bool
    fingerprinted: bool
    picture: bool = False


PROSE = Role("prose", translated=True, fingerprinted=True)
HEADING = Role("heading", translated=True, fingerprinted=True)
SHORT_FORM = Role("short form", translated=True, fingerprinted=True)
DESCRIPTION = Role("description", translated=True, fingerprinted=True)
#: A name or a title as others have it.
NAME = Role("name", translated=True, fingerprinted=True)
#: A name that is the same in every language.
PROPER_NAME = Role("name", translated=False, fingerprinted=True)
#: Words that are no sentences: keywords, terms.
WORD = Role(None, translated=True, fingerprinted=True)
#: Numbers, days, addresses, kinds, references: what a reader is told that is no text of ours.
FACT = Role(None, translated=False, fingerprinted=True)
PICTURE = Role(None, translated=False, fingerprinted=True, picture=True)
#: How a page is laid out, and notes for those who write: no reader is told.
LAYOUT = Role(None, translated=False, fingerprinted=False)
#: What the whole text that is fingerprinted says elsewhere: at its head, or as a contact's card.
SAID_AHEAD = LAYOUT


@dataclass(frozen=True, slots=True)
class PrintedBy:
    """Says of a field of `booklet.yaml`, or of a label, which kind of block prints it.

    Those of which nothing is said are on a cover.
    """

    kind: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a model, as a walk needs to know it.

    `name` is its attribute; `printed_by` is the kind of block that prints it, where one does;
    `models` are the parts its value may be made of; `keyed` says that they stand under keys of the
    writer's own; `default` is its value where nothing is written.
    """

    name: str
    role: Role
    printed_by: str | None = None
    models: tuple[type[BaseModel], ...] = ()
    keyed: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Written:
    """One value that is written: the way to it from where the walk began, and its field."""

    route: Route
    field: Field
    value: Any


#: A key that no model knows: a fault, told elsewhere. Until it is put right its words are words.
_UNKNOWN = Field("", PROSE)


@cache
def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    """The fields of a model by the keys they are written under.

    A field that says nothing of its role is a fact: then a new one makes approved words a draft,
    and nobody takes words for approved that nobody has seen.
    """
    fields = {}
    for name, found in model.model_fields.items():
        said = (*_parts(found.annotation), *found.metadata)
        types = (each for each in said if isinstance(each, type))
        fields[found.alias or name] = Field(
            name=name,
            # What is said on the field itself comes last, and holds.
            role=[FACT, *(each for each in said if isinstance(each, Role))][-1],
            printed_by=next((each.kind for each in said if isinstance(each, PrintedBy)), None),
            models=tuple(each for each in types if issubclass(each, BaseModel)),
            keyed=get_origin(found.annotation) is dict,
            default=found.get_default(),
        )
    return fields


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation and everything it is made of: types, and what is said of them."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def walk(
    part: Any,
    model: type[BaseModel] | None,
    route: Route = (),
    only: Callable[[Field], bool] = lambda field: True,
) -> Iterator[Written]:
    """Everything that is written in a part and in the parts below, in the order it stands.

    The part is a checked one, whose values are for one reader, or the plain values of a file,
    where a pair of wordings is one value. A key at its default is not written. `route` is the way
    to the part, `only` says which of its fields are wanted.
    """
    fields = fields_of(model) if model else {}
    if isinstance(part, BaseModel):
        values = {key: getattr(part, field.name) for key, field in fields.items()}
        part = {key: value for key, value in values.items() if value != fields[key].default}
    for key, value in part.items():
        field = fields.get(key, _UNKNOWN)
        if only(field):
            yield from _below(value, field, (*route, key), field.keyed)


def _below(value: Any, field: Field, route: Route, keyed: bool) -> Iterator[Written]:
    if isinstance(value, BaseModel):
        yield from walk(value, type(value), route)
    elif isinstance(value, dict) and value and keyed:
        for key, item in value.items():
            yield from _below(item, field, (*route, key), False)
    # Without a model, the readers' names are the keys of one text in two wordings.
    elif isinstance(value, dict) and value and (field.models or value.keys() - set(AUDIENCES)):
        # The model of plain values: the field's one, or of several that of their `kind`.
        kind, one = value.get("kind"), len(field.models) == 1
        fitting = (each for each in field.models if one or kind_of(each) == kind)
        yield from walk(value, next(fitting, None), route)
    elif isinstance(value, tuple | list) and value:
        for index, item in enumerate(value):
            yield from _below(item, field, (*route, index), False)
    else:
        yield Written(route, field, value)


def kind_of(model: type[BaseModel]) -> str | None:
    """The `kind` that a block of this model has; `None` for what is no block."""
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else None
